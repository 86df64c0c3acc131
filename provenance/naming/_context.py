"""What stands beside a doubtful name and shows that it is an outlet.

*Time*, *Правда* and *Die Zeit* are words before they are names. Data in each language's
``origin.toml`` say which nouns and verbs beside them settle the matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from provenance import languages
from provenance.languages.writing import capital_nouns
from provenance.naming._folding import fold, stem
from provenance.naming._gazetteer import WORD

PAIRS = {
    "«": "»",
    "“": "”",
    "„": "“”",
    '"': '"',
    "‹": "›",
    "「": "」",
    "『": "』",
    "”": "”",
    "‘": "’",
    "'": "'",
    "‚": "‘",
    "»": "«",
}
_CLAUSE = re.compile(r"[,;:()—–]")
_NEAR = 64  # characters looked at on either side: room for six words


@dataclass(frozen=True, slots=True)
class Company:
    """The words that keep outlets company in some language, folded and stemmed.

    Behind `unquoted` nouns a name needs no quotation marks, behind `stations` one of capitals.
    `openers` are the last words of the citing phrases; `said` are verbs of saying and `to` the
    prepositions of whom something was said to, with the speaker between; no name begins with a
    word of `never`, of this language or of English; `capitals` says that the language writes every
    noun with one, so that a capital tells nothing.
    """

    nouns: frozenset[str]
    naming: frozenset[str]
    unquoted: frozenset[str]
    stations: frozenset[str]
    before: frozenset[tuple[str, ...]]
    after: frozenset[tuple[str, ...]]
    openers: frozenset[str]
    said: frozenset[str]
    to: frozenset[str]
    never: frozenset[str]
    capitals: bool


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word.group()) for word in WORD.finditer(text))


@lru_cache(maxsize=64)
def company(language: str) -> Company:
    """The words of `language`; those of all languages together when it is empty or unknown."""
    tables = [languages.table(language, "origin")] if language else []
    if not any(tables):
        tables = [languages.table(code, "origin") for code in languages.codes()]
    words = [table.get("outlets", {}) for table in tables]
    before = frozenset(_stems(cue) for part in words for cue in part.get("before", ()))
    return Company(
        nouns=_last_stems(words, "nouns"),
        naming=_last_stems(words, "naming"),
        unquoted=_last_stems(words, "unquoted"),
        stations=_last_stems(words, "stations"),
        before=before,
        after=frozenset(_stems(cue) for part in words for cue in part.get("after", ())),
        openers=frozenset(cue[-1] for cue in before),
        said=_last_stems(words, "said"),
        to=_last_stems(words, "to"),
        never=_never("en") | _never(language),
        capitals=capital_nouns(language),
    )


@cache
def _never(language: str) -> frozenset[str]:
    listed = languages.table(language, "origin").get("outlets", {}).get("never", ())
    return frozenset(fold(word) for word in listed)


def _last_stems(words: list[Mapping[str, Any]], field: str) -> frozenset[str]:
    return frozenset(_stems(noun)[-1] for part in words for noun in part.get(field, ()))


def quoted(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is all that stands between two quotation marks."""
    after = text[end : end + 1]
    return bool(after) and after in PAIRS.get(text[start - 1 : start], "")


_CREDIT = re.compile(r"\)(?:[.,]?\s?[-–—―]|[ \t.]*(?:\n|\Z))")


def credited(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stands alone in brackets as an agency's credit does: before
    a dash, "Madrid, 2 mar (EFE).-", or at the end of a line."""
    return text[start - 1 : start] == "(" and bool(_CREDIT.match(text, end))


# Whose outlet it is, right before its name: "according to Spain's EFE".
_POSSESSED = re.compile(r"\b\w+['’]s $")
# The ending of a case behind an apostrophe: "AA'nın haberine göre".
_ENDING = re.compile(r"^['’](?!s\b)[^\W\d_]{1,6}(?=\s)")


def vouched(text: str, start: int, end: int, words: Company) -> bool:
    """Whether the words beside ``text[start:end]`` show that an outlet is meant.

    A noun of the trade next to it does; a verb of citing does unless the name may owe its
    capital to the sentence it opens, or is part of a longer name (*Sumitomo Life*).
    """
    if stem(text[start:end]) in words.nouns:
        return False
    before, after = _line_before(text, start), _ENDING.sub("", _line_after(text, end))
    before = _POSSESSED.sub("", before)
    past, coming = _stems(before)[-4:], _stems(after)[:3]
    if (past and past[-1] in words.nouns) or (coming and coming[0] in words.nouns):
        return True
    citing = any(coming[:size] in words.after for size in range(1, len(coming) + 1))
    if not past:
        return citing and text[start:end].isupper()  # an acronym owes its capitals to nothing
    if _continues(before, after, citing, words):
        return False
    phrased = any(past[-size:] in words.before for size in range(1, len(past) + 1))
    return citing or phrased or _told(before, words)


def _told(before: str, words: Company) -> bool:
    """Whether somebody is said to say something to what follows: "a déclaré le maire au"."""
    past = _stems(_CLAUSE.split(before)[-1])
    return bool(past) and past[-1] in words.to and not words.said.isdisjoint(past)


def citing(text: str, start: int, end: int, words: Company) -> bool:
    """Whether a phrase of citing stands before ``text[start:end]`` in the same clause, three
    words at most between them or what is between ends in a noun of the trade (*told the
    Russian state news agency*), or directly after it."""
    before = _CLAUSE.split(_line_before(text, start))[-1]
    past, coming = _stems(before)[-8:], _stems(_line_after(text, end))[:3]
    if any(coming[:size] in words.after for size in range(1, len(coming) + 1)):
        return True
    gap = 6 if past and past[-1] in words.nouns else 3
    tails = [past[: len(past) - skip] for skip in range(min(gap, len(past)) + 1)]
    return any(tail[-size:] in words.before for tail in tails for size in range(1, len(tail) + 1))


_JOINED = re.compile(r"\w[.’']? \Z")  # a word and a space: nothing parts it from what follows


def _continues(before: str, after: str, citing: bool, words: Company) -> bool:
    """Whether a capitalised neighbour makes the name part of a longer one."""
    if words.capitals:
        return False
    last = WORD.findall(before)[-1] if _JOINED.search(before) else ""
    following = after[1:2] if after.startswith((" ", "-")) else ""
    longer = last[:1].isupper() and stem(last) not in words.openers
    return longer or (following.isupper() and not citing)


def _line_before(text: str, start: int) -> str:
    near = text[max(0, start - _NEAR) : start]
    for stop in ("\n", ". ", "! ", "? "):
        near = near.rpartition(stop)[2]
    return near


def _line_after(text: str, end: int) -> str:
    near = text[end : end + _NEAR]
    for stop in ("\n", ". ", "! ", "? "):
        near = near.partition(stop)[0]
    return near
