"""Into English without the network: Argos packages run directly, and a built-in gloss.

`translator` gives the best engine that is installed for a pair of languages, `gloss` a
word-by-word rendering that needs nothing installed, `lexicon` the word translation
probabilities underneath it, `compare` a direct comparison with no translation at all,
`direction` which of two texts is the translation.
Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from provenance.model import Translation
from provenance.translating._lexicon import Frequencies, Lexicon, frequencies, lexicon
from provenance.translating._tables import languages as glossed
from provenance.translating._tables import synonyms

if TYPE_CHECKING:
    from provenance.translating._denials import denial_expected
    from provenance.translating._direct import Correspondence, compare
    from provenance.translating._direction import direction
    from provenance.translating._gloss import gloss
    from provenance.translating._judging import Change, changed
    from provenance.translating._libretranslate import address as server
    from provenance.translating._packages import Package, broken, packages
    from provenance.translating._round_trip import RoundTrip, round_trip
    from provenance.translating._translator import translator, untranslated

# What only some commands need, by its home: the rest costs each of them a tenth of a second less.
_LATER = {
    "Change": "_judging",
    "Correspondence": "_direct",
    "Package": "_packages",
    "RoundTrip": "_round_trip",
    "broken": "_packages",
    "changed": "_judging",
    "compare": "_direct",
    "denial_expected": "_denials",
    "direction": "_direction",
    "gloss": "_gloss",
    "packages": "_packages",
    "round_trip": "_round_trip",
    "server": "_libretranslate",
    "translator": "_translator",
    "untranslated": "_translator",
}


def __getattr__(name: str) -> object:
    """What is imported when it is first asked for (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"{__name__}.{_LATER[name]}")
    return getattr(home, "address" if name == "server" else name)


class Translator(Protocol):
    """An engine that renders passages of one language in another.

    `name` says which engine, `package` which version of what, `parameters` how it decodes:
    all are recorded with every translation, the last as the `settings` of its text.
    """

    name: str
    package: str
    parameters: str

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        names: Mapping[str, str] | None = None,
    ) -> list[Translation]:
        """One translation a text, in order; `names` as the texts write them, with their English."""
        ...

    def settings(
        self, text: str, source: str, target: str, names: Mapping[str, str] | None = None
    ) -> str:
        """All that a translation of `text` depends on beside it and the package."""
        ...


__all__ = [
    "Change",
    "Correspondence",
    "Frequencies",
    "Lexicon",
    "Package",
    "RoundTrip",
    "Translator",
    "broken",
    "changed",
    "compare",
    "denial_expected",
    "direction",
    "frequencies",
    "gloss",
    "glossed",
    "lexicon",
    "packages",
    "round_trip",
    "server",
    "synonyms",
    "translator",
    "untranslated",
]
