"""Conjunctions written onto the front of a word, parted from it behind a verb of saying:
"הודיע שהתרגיל יסתיים"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.quoting._lexicon import Lexicon
from provenance.quoting._tokens import Token

_SAYING = frozenset({"verbs.say", "verbs.think", "verbs.participle"})
# Behind an office and a given name stands the surname: "שר האוצר דנה שפירא".
_OFFICES = frozenset({"speakers.roles", "speakers.groups", "speakers.portfolios"})
_THAT_THE = ("שה",)
# Words between the verb and its conjunction, letters of the shortest word behind one.
_BETWEEN, _SHORTEST = 7, 2


def unfronted(every: Sequence[Token], words: Lexicon) -> list[Token]:
    """`every` with the conjunction on the front of a word as a word of its own."""
    found: list[Token] = []
    left = unknown = 0
    office = False
    for token in _undated(every, words):
        labels = words.labels(token.normal)
        begins = left > 0 and token.normal.startswith(words.fronted) and not _known(token, words)
        begins = begins and not (office and unknown == 1 and not token.normal.startswith(_THAT_THE))
        if begins and len(token.text) > _SHORTEST:
            found += [_piece(token, 0, 1), _piece(token, 1, len(token.text))]
        else:
            found.append(token)
        unknown = 0 if labels else unknown + 1
        office = bool(labels & _OFFICES) or (office and not labels)
        if labels & _SAYING:
            left = _BETWEEN
        elif begins or "clause.that" in labels or not token.word:
            left = 0
        else:
            left -= 1
    return found


def _undated(every: Sequence[Token], words: Lexicon) -> Iterator[Token]:
    """`every` less a day between brackets, as papers set it behind "today": "היום (שני)"."""
    place = 0
    while place < len(every):
        marks = [one.text for one in every[place : place + 3 : 2]]
        middle = every[place + 1 : place + 2]
        if marks == ["(", ")"] and "speakers.when" in words.labels(middle[0].normal):
            place += 3
        else:
            yield every[place]
            place += 1


def _known(token: Token, words: Lexicon) -> bool:
    """Whether the tables know a word with its first letter: "שר", "של"."""
    return token.normal in words.whole


def _piece(token: Token, first: int, last: int) -> Token:
    return Token(token.start + first, token.start + last, token.text[first:last],
                 token.normal[first:last])  # fmt: skip
