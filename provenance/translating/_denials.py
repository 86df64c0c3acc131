"""What speaks for a denial being lost or put in between a passage and its English.

Two questions are asked of each side. Where its denials stand, is there an answer about the
place their neighbours are aligned to? And, by all its words: would the other side deny
anything at all? The second knows that ``почти ничего`` is ``little`` and ``не смог`` is
``failed``: it is a logistic model a language and direction, learned from translated sentences
(``python -m training.denials``) and kept in ``denials.tsv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from provenance.languages import negation
from provenance.languages.words import fold, words
from provenance.languages.writing import unspaced
from provenance.model import Aligned, Span
from provenance.translating._changes import Place, around, nearness, places

FEATURES = (
    "denied, nothing answers",
    "denies, nothing asked",
    "denied, not surely answered",
    "denies, not surely asked",
    "expected, denied in neither",
    "unexpected, yet denied",
    "asked for, denied in neither",
    "not asked for, yet denied",
    "lost against expectation",
    "put in against expectation",
    "denied elsewhere",
    "denies elsewhere",
    "how far, denied",
    "how far, denies",
    "how far, denied surely",
    "how far, denies surely",
    "more denials",
    "other number of denials",
    "denied twice",
    "denies twice",
    "as many denials",
    "length",
    "more that may deny",
    "other number that may deny",
    "expected in a clause, undenied there",
    "denied in a clause against expectation",
    "an English clause no denial leads to",
    "a denial leads to a clause",
    "leads to a clause in which nothing denies",
    "comes from a clause in which nothing denies",
)
_Signed = tuple[str, Collection[float]]  # a text, and where in it signs stand, from 0 to 1
_SURE = 5.0  # log odds beyond which an expectation is no surer
_FAR = 4.0  # times the usual distance beyond which an answer is no answer
_STOP = re.compile(r"(?<!\d)[.,،:]|[,.](?!\d)|[;?!，。；：！？؛؟—–]")
_LEAST, _LEAST_UNSPACED = 15, 5  # letters of a clause; shorter ones go with the next
_LONG = 300  # letters from which a sentence is as long as any


def evidence(
    text: str, language: str, english: str, aligned: Sequence[Aligned]
) -> tuple[float, ...]:
    """The `FEATURES` of a pair, for the model that weighs them."""
    ours, theirs = negation.denials(text, language), negation.denials(english, "en")
    may_ours, may_theirs = negation.possible(text, language), negation.possible(english, "en")
    kept = [link for link in aligned if not _own(link, (text, may_ours), (english, may_theirs))]
    links = places(text, english, kept)
    back = [(there, here) for here, there in links]
    near = nearness(language, english)
    expected = expectation(signs(text, language), language, "english")
    asked = expectation(signs(english, "en"), language, "foreign")
    denied, denies = bool(ours), bool(theirs)
    lost, put_in = denied and not denies, denies and not denied
    far = [
        min(_furthest(some, others, by) / near, _FAR) / _FAR
        for some, others, by in (
            (ours, may_theirs, links),
            (theirs, may_ours, back),
            (ours, theirs, links),
            (theirs, ours, back),
        )
    ]
    more = _more(ours, theirs)
    may_more = _more(set(may_ours), set(may_theirs))
    found = (
        denied and not may_theirs,
        denies and not may_ours,
        lost,
        put_in,
        0.0 if denies else expected,
        -expected if denies else 0.0,
        0.0 if denied else asked,
        -asked if denied else 0.0,
        (expected - asked) if lost else 0.0,
        (asked - expected) if put_in else 0.0,
        far[0] * _FAR > 1,
        far[1] * _FAR > 1,
        *far,
        more,
        abs(more),
        len(ours) > 1,
        len(theirs) > 1,
        len(ours) == len(theirs),
        min(len(english), _LONG) / _LONG,
        may_more,
        abs(may_more),
        *_by_clause(text, language, english, links, back),
    )
    return tuple(float(value) for value in found)


def _own(link: Aligned, ours: _Signed, theirs: _Signed) -> bool:
    """Whether a link is between two signs of denial.

    It says where the answer stands, not where it belongs: a denial moved to another clause
    would look answered.
    """
    return _holds(link.from_span, *ours) and _holds(link.to_span, *theirs)


def _holds(span: Span, text: str, signs: Collection[float]) -> bool:
    return any(span.start <= round(sign * len(text)) < span.end for sign in signs)


def _by_clause(
    text: str, language: str, english: str, links: Sequence[Place], back: Sequence[Place]
) -> tuple[float, ...]:
    """What each clause leads to expect, against the denials that its words are aligned to."""
    ours, theirs = _clauses(text, language), _clauses(english, "en")
    led = [_met(theirs, denial, links) for denial in negation.denials(text, language)]
    come_from = [_met(ours, denial, back) for denial in negation.denials(english, "en")]
    expected = [expectation(signs(clause.text, language), language, "english") for clause in ours]
    met, come = frozenset[int]().union(*led), frozenset[int]().union(*come_from)
    return (
        max((odds for n, odds in enumerate(expected) if n not in come), default=-_SURE),
        max((-max(expected[n] for n in some) for some in come_from if some), default=-_SURE),
        0.0 if len(met) < len(theirs) else -_SURE,
        0.0 if met else -_SURE,
        _bare(theirs, led),
        _bare(ours, come_from),
    )


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause: where it ends in the text, from 0 to 1, and whether anything in it may deny."""

    text: str
    end: float
    denies: bool


def _clauses(text: str, language: str) -> list[_Clause]:
    found: list[_Clause] = []
    start, last = 0, len(text)
    least = _LEAST_UNSPACED if unspaced(language) else _LEAST
    for end in [*(match.end() for match in _STOP.finditer(text)), last]:
        if end - start >= least or (end == last and start < last):
            clause = text[start:end]
            found.append(_Clause(clause, end / last, bool(negation.possible(clause, language))))
            start = end
    return found


def _bare(clauses: Sequence[_Clause], met: Sequence[frozenset[int]]) -> float:
    """How many denials lead to clauses in which nothing can deny, two at most."""
    return float(min(2, sum(not any(clauses[n].denies for n in some) for some in met)))


def _met(clauses: Sequence[_Clause], denial: float, links: Sequence[Place]) -> frozenset[int]:
    """The clauses that the neighbours of a denial are aligned to."""
    ends = [clause.end for clause in clauses]
    places = around(denial, links)
    return frozenset(min(bisect_left(ends, place), len(ends) - 1) for place in places if ends)


def _more(some: Collection[float], others: Collection[float]) -> int:
    """How many more `some` are than `others`, two at most either way."""
    return max(-2, min(2, len(some) - len(others)))


def _furthest(denials: Sequence[float], answers: Sequence[float], links: Sequence[Place]) -> float:
    """The distance, as a share of the text, of the denial whose answer is farthest off."""
    return max(
        (
            min((abs(place - a) for a in answers for place in around(denial, links)), default=1.0)
            for denial in denials
        ),
        default=0.0,
    )


def signs(text: str, language: str) -> frozenset[str]:
    """What of a text tells whether its translation denies anything.

    Stems as they are; ``=1`` and ``=2`` for that many sure denials, ``=may`` for a possible
    one; ``!word`` for a denying word, ``+stem`` and ``-stem`` for those beside one.
    """
    return frozenset(_signs(text, language))


def _signs(text: str, language: str) -> Iterator[str]:
    sure = len(negation.denials(text, language))
    yield from (f"={count}" for count in (1, 2) if sure >= count)
    if len(negation.possible(text, language)) > sure:
        yield "=may"
    before, denied = "", False
    for word in words(text, language):
        folded = fold(word.text)
        yield word.stem
        if denied:
            yield from (f"+{word.stem}", f"-{before}")
        else:
            before = word.stem
        denied = negation.denies(folded, language)
        if denied:
            yield f"!{folded}"


def expectation(found: frozenset[str], language: str, side: str) -> float:
    """Log odds, from -5 to 5, that the ``english`` or the ``foreign`` side denies anything."""
    weights = _weights().get((language, side), {})
    odds = sum(weight for sign, weight in weights.items() if sign in found or not sign)
    return max(-_SURE, min(_SURE, odds))


def denial_expected(text: str, language: str, other: str) -> float:
    """Log odds, from -5 to 5, that a translation of `text` denies anything, by the words of it.

    One of the two languages is English; of a language without a lexicon nothing is known, 0.
    """
    if language == "en":
        return expectation(signs(text, "en"), other, "foreign")
    return expectation(signs(text, language), language, "english")


@cache
def _weights() -> Mapping[tuple[str, str], Mapping[str, float]]:
    """Weights of signs by language and side; that of the empty sign always counts."""
    path = files(__package__) / "denials.tsv"
    found: dict[tuple[str, str], dict[str, float]] = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            language, side, sign, weight = row.split("\t")
            found.setdefault((language, side), {})[sign] = float(weight)
    return found
