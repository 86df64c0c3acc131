"""Particles on the back of a word, parted from it as Korean writes them: 장관은, 러시아가.

Which of two forms a particle has goes by whether the word before it ends in a consonant, which
a syllable of Hangul shows by its place in the alphabet.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.quoting._lexicon import Lexicon
from provenance.quoting._tokens import Token

# Syllables of a Korean name, of the longest particle.
_SYLLABLES, _LONGEST = 3, 4
# The first syllable of Hangul in Unicode, how many there are, and finals a syllable may have.
_FIRST, _COUNT, _FINALS = 0xAC00, 11172, 28


def parted(every: Sequence[Token], words: Lexicon) -> list[Token]:
    """`every` with the particles on the back of words as words of their own."""
    found: list[Token] = []
    for token in every:
        cut = _seam(token, words)
        found += [_piece(token, 0, cut), _piece(token, cut, len(token.text))] if cut else [token]
    return found


def _piece(token: Token, first: int, last: int) -> Token:
    return Token(token.start + first, token.start + last, token.text[first:last],
                 token.normal[first:last])  # fmt: skip


def _seam(token: Token, words: Lexicon) -> int:
    """Where the particle of a word begins, 0 for a word without one."""
    text = token.text
    if not "가" <= text[-1:] <= "힣" or words.labels(token.normal):
        return 0
    for length in range(min(_LONGEST, len(text) - 1), 0, -1):
        stem, particle = text[:-length], text[-length:]
        if particle in words.particles[_final(stem)] and not _name_ends(text, particle, words):
            return len(stem)
    return 0


def _final(stem: str) -> str:
    """Which particles a stem takes: "closed" behind a consonant, "open" behind a vowel."""
    last = ord(stem[-1]) - _FIRST
    if not 0 <= last < _COUNT:
        return "any"
    return "closed" if last % _FINALS else "open"


def _name_ends(text: str, particle: str, words: Lexicon) -> bool:
    """Whether the particle is the end of a name of three syllables: "김정은"."""
    name = len(text) == _SYLLABLES and particle == "은"
    return name and "speakers.surname" in words.labels(text[0]) and not words.labels(text[:2])
