"""Words of a language that parts none and ends its verbs in kana (Japanese): a run of characters
cut where the tables know a word, else where the script changes.

An unknown run of one or two kanji keeps the hiragana behind it ("応じた"), a name in katakana
its dots ("エリック・ホルデン"); neither is cut by a shorter word within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.quoting._lexicon import Lexicon
from provenance.quoting._little_names import named
from provenance.quoting._tokens import Token, tokens

# Characters of the longest entry looked for, and of a stem whose ending is written in kana.
_LONGEST, _STEM = 14, 2


def phrase(text: str, words: Lexicon) -> list[Token]:
    """The tokens of a phrase as its sentence has them, at offsets from its beginning."""
    every = named(tokens(text, words.code), words)
    return joined(every, words) if words.unspaced else every


def joined(every: Sequence[Token], words: Lexicon) -> list[Token]:
    """`every`, a token a character, with the characters of each word as one token."""
    found: list[Token] = []
    run: list[Token] = []
    for token in every:
        if run and (not _script(token.text) or token.start != run[-1].end):
            found += _cut(run, words)
            run = []
        if _script(token.text):
            run.append(token)
        else:
            found.append(token)
    return [*found, *_cut(run, words)]


def _script(text: str) -> str:
    """Which script a character is in, "" for any other than these."""
    char = text[0]
    if "\u3041" <= char <= "\u309f":
        return "hiragana"
    if "\u30a0" <= char <= "\u30ff":
        return "katakana"
    return "kanji" if "\u3400" <= char <= "\u9fff" or char == "々" else ""


def _cut(run: Sequence[Token], words: Lexicon) -> Iterator[Token]:
    text = "".join(token.text for token in run)
    scripts = [_script(char) for char in text]
    at = first = 0
    while at < len(text):
        size = _known(text, scripts, at, words)
        if size:
            if first < at:
                yield _word(run, first, at)
            yield _word(run, at, at + size)
            first = at = at + size
        else:
            if first < at and not _goes_on(scripts, first, at):
                yield _word(run, first, at)
                first = at
            at += 1
    if first < at:
        yield _word(run, first, at)


def _known(text: str, scripts: Sequence[str], at: int, words: Lexicon) -> int:
    """The length of the longest entry that begins at `at`, 0 without one."""
    if at and scripts[at] == scripts[at - 1] == "katakana":
        return 0
    for size in range(min(_LONGEST, len(text) - at), 0, -1):
        end = at + size
        whole = end == len(text) or not scripts[end - 1] == scripts[end] == "katakana"
        lone = size == 1 and scripts[at] == "kanji"
        ends = end == len(text) or scripts[end] != "kanji"
        if whole and (ends or not lone) and text[at:end] in words.whole:
            return size
    return 0


def _goes_on(scripts: Sequence[str], first: int, at: int) -> bool:
    """Whether the character at `at` belongs to the unknown word that begins at `first`."""
    stem = at - first <= _STEM and scripts[first] == scripts[at - 1] == "kanji"
    ending = scripts[first] == "kanji" and scripts[at - 1] == scripts[at] == "hiragana"
    same = scripts[at] == scripts[at - 1] and (scripts[first] == scripts[at] or ending)
    return same or (stem and scripts[at] == "hiragana")


def _word(run: Sequence[Token], first: int, last: int) -> Token:
    text = "".join(token.text for token in run[first:last])
    return Token(run[first].start, run[last - 1].end, text, text)
