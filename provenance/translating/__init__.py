"""Into English without the network: Argos packages run directly, and a built-in gloss.

`translator` gives the best engine that is installed for a pair of languages, `gloss` a
word-by-word rendering that needs nothing installed, `lexicon` the word translation
probabilities underneath it. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from provenance.translating.lexicon import Frequencies, Lexicon, frequencies, lexicon

__all__ = ["Frequencies", "Lexicon", "frequencies", "lexicon"]
