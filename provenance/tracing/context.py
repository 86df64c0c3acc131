"""What else than words speaks for two texts rendering one statement.

A match gives the chance by the words alone. That one text names the other's outlet or both name
one source, that one person speaks in both within days, or that the two documents share another
statement, makes a doubtful likeness likely; it makes nothing out of no likeness at all. What each
weighs stands in ``context.toml``, with the command that counted it.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from provenance.model import Match, Rendering, Span
from provenance.tracing import times
from provenance.tracing._outlets import face, own, relays
from provenance.tracing._people import called, figures
from provenance.tracing._surroundings import surroundings

if TYPE_CHECKING:
    from provenance.naming.people import Person

Compared = tuple[Match, Rendering, Rendering]  # with the later text, and the earlier

_ALIKE = 0.02  # below this the words are too different for anything else to matter
_DOUBT = 0.02  # no single match is believed beyond 98 in a hundred
_NEAR, _FAR = 1.5 * 24.0, 7 * 24.0  # hours: a day and how times are rounded, a week
_DESCRIBED = 2  # words that tell an office and a country, at least
_NAME = re.compile(r"\b(?=[^\W\d_])\w[\w’'-]*")  # of these, what begins with a capital
_ONE = 0.5  # chance that two names name one person, from which they do


def in_context(
    match: Match,
    later: Rendering,
    earlier: Rendering,
    shared: float = 0.0,
    explained: bool = False,
) -> Match:
    """`match` with the probability it has when outlets, links, speakers and times are known.

    `shared` is the chance that the two documents share another statement. Where the words have
    a likelier partner in the same document, circumstances are `explained` by that and speak for
    nothing more. What was added, in log-odds, is the match's feature ``context``.
    """
    if not _ALIKE <= match.probability < 1.0:
        return match
    added = weight(circumstances(later, earlier), shared)
    added = min(added, 0.0) if explained else added
    if not added:
        return match
    odds = match.probability / (1 - match.probability) * math.exp(added)
    features = {**match.features, "context": added}
    return replace(match, probability=odds / (1 + odds), features=features)


def all_in_context(found: Sequence[Compared]) -> list[Match]:
    """The matches of one document's renderings in context, each also of what the others say
    about the two documents sharing statements."""
    known = zip(found, sharing(found), _explained(found), strict=True)
    return [in_context(*one, chance, explained) for one, chance, explained in known]


def precedes(one: Rendering, two: Rendering) -> bool:
    """Whether `one` is taken for the earlier of the two: by time, where that is known, else by
    what stands in them; never by which was stored first."""
    order = times.order(one.published, two.published)
    if order != "unknown":
        return order == "before"
    return _contents(one) <= _contents(two)


def _contents(rendering: Rendering) -> tuple[str, str, str, str, int]:
    published, outlet, url = rendering.published, rendering.outlet, rendering.url
    return published, outlet, url, rendering.text, rendering.start


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of two renderings besides their words.

    `voice`: the ``same`` person speaks, an ``office`` for the person, ``another`` public
    figure, or it is ``open``; then the person who speaks in one may be ``named`` beside the
    other, which says not or wrongly who speaks. `days`: they appeared within a ``day``, a
    ``week``, or ``longer`` apart, or it is ``open``. `pointed`: one text names the other's
    outlet or links to it. `one_source`: both name one source, not an agency.
    `around`: the share of what stands around them that texts in one language have in common.
    """

    voice: str
    days: str
    pointed: bool
    one_language: bool
    one_source: bool = False
    around: float = 0.0


def circumstances(one: Rendering, two: Rendering) -> Circumstances:
    """What is known of two renderings besides their words, whichever comes first."""
    kin = one.language == two.language
    return Circumstances(
        _voice(one, two),
        _days(one, two),
        _pointed(one, two),
        kin,
        _one_source(one, two),
        surroundings(one, two) if kin else 0.0,
    )


def weight(known: Circumstances, shared: float) -> float:
    """The log-odds that circumstances, and documents that share another statement, add.

    That they share none says nothing: one of them may hold nothing else.
    """
    worth = weights()
    added = worth["shared" if known.one_language else "shared_abroad"] * shared
    if known.voice == "another" and not known.pointed:
        return added + worth["another"]
    added += _voiced(known) if known.voice in ("same", "office") else _apart(known)
    added += worth["named"] if known.voice == "named" else 0.0
    added += worth["one_source"] if known.one_source else 0.0
    return added + (worth["pointed"] if known.pointed else 0.0)


def _voiced(known: Circumstances) -> float:
    """What it adds that one person speaks in both, by how far apart they appeared: he repeats
    himself, and in two languages that he speaks on another day counts for nothing."""
    worth = weights()
    if known.days == "day":
        return worth["same_day"]
    if known.pointed or known.days == "open":
        return worth["same"]
    if known.days == "longer":
        return worth["same_late"]
    return worth["same"] if known.one_language else 0.0


def _apart(known: Circumstances) -> float:
    """What it adds how far apart in time two texts of no known one voice appeared; a citation
    makes up for being late."""
    worth = weights()
    if known.one_language:
        near = worth.get(known.days, 0.0)
        dated = not (known.pointed or known.days == "open")
        return near + (worth["alone"] + worth["around"] * known.around if dated else 0.0)
    if known.days == "day":
        return worth["day_abroad"]
    away = known.days == "longer" or (known.days == "week" and known.voice == "named")
    return worth["away"] if away and not known.pointed else 0.0


@cache
def weights() -> Mapping[str, float]:
    """What each circumstance adds, in log-odds, by name."""
    text = (files(__package__) / "context.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


# ---------------------------------------------------------------- one pair


def _pointed(one: Rendering, two: Rendering) -> bool:
    """Whether either text names the other's outlet as a source, or links to it."""
    if (two.url and two.url in one.links) or (one.url and one.url in two.links):
        return True
    cited = ({face(relay.name).key for relay in relays(r)} for r in (one, two))
    return any(own(r).key in keys for r, keys in zip((two, one), cited, strict=True))


def _one_source(one: Rendering, two: Rendering) -> bool:
    """Whether both texts name one outlet as a source, and not an agency, which all have."""
    mine, theirs = ({face(relay.name) for relay in relays(r)} for r in (one, two))
    return any(source.kind != "agency" for source in mine & theirs)


def _days(one: Rendering, two: Rendering) -> str:
    gap = times.hours(one.published, two.published)
    if gap is None:
        return "open"
    if abs(gap) <= _FAR:
        return "day" if abs(gap) <= _NEAR else "week"
    return "open" if _recalls(one, two) or _recalls(two, one) else "longer"


def _recalls(later: Rendering, earlier: Rendering) -> bool:
    """Whether a text names the year in which the other appeared, and is of another: it speaks of
    what was said then."""
    years = times.years(earlier.published)
    named = any(str(year) in later.around for year in range(years[0], years[1] + 1))
    return named and times.years(later.published) != years


def _voice(one: Rendering, two: Rendering) -> str:
    mine, theirs = figures(one), figures(two)
    if mine and theirs:
        return "same" if mine & theirs else "another"
    if (mine or _incumbents(one)) & (theirs or _incumbents(two)):
        return "same"
    if _speaks_for(two, mine) or _speaks_for(one, theirs):
        return "office"
    voice = _by_name(one, two)
    if voice == "open" and (_beside(one, two) or _beside(two, one)):
        return "named"
    return voice


def _beside(told: Rendering, other: Rendering) -> bool:
    """Whether who speaks in the other is named beside `told`, of whose speaker no full name is
    known."""
    if told.speaker_kind == "person" and len(told.speaker.split()) > 1:
        return False
    people = figures(other)
    if other.speaker_kind != "person" or not (people or len(other.speaker.split()) > 1):
        return False
    if people:
        return any(people & called(name) for name in _names(told.around))
    full = (name for name in _names(told.around) if " " in name)
    return any(_named_alike(*sorted((name, other.speaker))) >= _ONE for name in full)


def _by_name(one: Rendering, two: Rendering) -> str:
    """Whether two people no table lists are one, by their full names: that these differ says
    little, as often as a name is misread."""
    names = sorted(r.speaker for r in (one, two) if r.speaker_kind == "person")
    if len(names) < 2 or any(len(name.split()) < 2 for name in names):
        return "open"
    return "same" if _named_alike(*names) >= _ONE else "open"


@lru_cache(maxsize=16384)
def _named_alike(one: str, two: str) -> float:
    from provenance.naming import same

    return same(one, two).probability


def _incumbents(rendering: Rendering) -> frozenset[Person]:
    """The public figures who held the office by which the speaker is called ("the Ukrainian
    president") when the text appeared. No other spoke: tables of offices have gaps."""
    if rendering.speaker_kind != "person" or len(rendering.speaker.split()) < _DESCRIBED:
        return frozenset()
    return _in_office(rendering.speaker, rendering.language, times.years(rendering.published))


@lru_cache(maxsize=4096)
def _in_office(phrase: str, language: str, years: tuple[int, int]) -> frozenset[Person]:
    from provenance.naming import people
    from provenance.quoting import office

    post = office(phrase, language)
    return people.holders(post.offices, post.countries, years)


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[str, ...]:
    """The words of a text that may be names, single and in pairs."""
    words = ((m.start(), m.end(), m.group()) for m in _NAME.finditer(text))
    found = [word for word in words if word[2][0].isupper()]
    pairs = (f"{a} {b}" for (_, end, a), (start, _, b) in pairwise(found) if start == end + 1)
    return (*(word for _, _, word in found), *pairs)


def _speaks_for(rendering: Rendering, people: frozenset[Person]) -> bool:
    """Whether the office of one of `people`'s country published it."""
    outlet = own(rendering)
    office = outlet.kind == "government" and bool(outlet.country)
    return office and outlet.country in {person.country for person in people}


# ---------------------------------------------------------------- two documents


def sharing(found: Sequence[Compared]) -> list[float]:
    """For each pair, the chance that its two documents share a statement besides: that not all
    other pairs are two statements. A quote within a quote, or beside it in another pair, is
    no other."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, (_, later, earlier) in enumerate(found):
        if later.document and earlier.document:
            places[earlier.document].append(place)
    chances = [0.0] * len(found)
    for together in places.values():
        if len(together) > 1:
            for place, chance in zip(together, _besides([found[p] for p in together]), strict=True):
                chances[place] = chance
    return chances


def _besides(found: Sequence[Compared]) -> list[float]:
    ours = _passages(later for _, later, _ in found)
    theirs = _passages(earlier for _, _, earlier in found)
    pairs = [(ours[later.quote], theirs[earlier.quote]) for _, later, earlier in found]
    best: dict[tuple[int, int], float] = defaultdict(float)
    for pair, (match, _, _) in zip(pairs, found, strict=True):
        best[pair] = max(best[pair], min(match.probability, 1 - _DOUBT))
    denied = {pair: math.log1p(-chance) for pair, chance in best.items()}
    rows: dict[int, list[float]] = defaultdict(list)
    columns: dict[int, list[float]] = defaultdict(list)
    for (row, column), log in denied.items():
        rows[row].append(log)
        columns[column].append(log)
    total = math.fsum(denied.values())
    of_row = {row: math.fsum(logs) for row, logs in rows.items()}
    of_column = {column: math.fsum(logs) for column, logs in columns.items()}
    return [
        -math.expm1(min(0.0, total - of_row[row] - of_column[column] + denied[row, column]))
        for row, column in pairs
    ]


def _explained(found: Sequence[Compared]) -> list[bool]:
    """For each pair, whether the same words of one text have a partner elsewhere in the other's
    document that words alone make likely, and likelier than this.

    That a speaker and a day are one is as true of everything he said that day: what he did say
    there is found, and need not be found once more in his next sentence.
    """
    rivals: dict[tuple[int, int], list[_Partner]] = defaultdict(list)
    for match, later, earlier in found:
        for partner in _partners(match, later, earlier):
            if partner.chance >= _ONE:
                rivals[partner.text, partner.other.document].append(partner)
    return [
        any(
            rival.explains(partner)
            for partner in _partners(match, later, earlier)
            for rival in rivals[partner.text, partner.other.document]
        )
        for match, later, earlier in found
    ]


@dataclass(frozen=True, slots=True)
class _Partner:
    """What stands opposite one text of a pair: its words, by offset, have `other`'s opposite."""

    text: int
    other: Rendering
    chance: float
    words: frozenset[int]

    def explains(self, weaker: _Partner) -> bool:
        """Whether this is a likelier partner of the words of `weaker`, in another place."""
        one, two = self.other, weaker.other
        elsewhere = one.end <= two.start or two.end <= one.start
        same_words = len(self.words & weaker.words) > len(weaker.words) / 2
        return elsewhere and self.chance > weaker.chance and same_words


def _partners(match: Match, later: Rendering, earlier: Rendering) -> tuple[_Partner, _Partner]:
    ours = offsets(pair.from_span for pair in match.alignment)
    theirs = offsets(pair.to_span for pair in match.alignment)
    chance = match.probability
    return (
        _Partner(later.quote, earlier, chance, ours),
        _Partner(earlier.quote, later, chance, theirs),
    )


def offsets(spans: Iterable[Span]) -> frozenset[int]:
    """The characters of a text that lie in one of `spans`, by offset."""
    return frozenset(at for span in spans for at in range(span.start, span.end))


def _passages(renderings: Iterable[Rendering]) -> dict[int, int]:
    """For each quote of one document the number of the passage it stands in: quotes that
    overlap stand in one."""
    passages: dict[int, int] = {}
    number, end = 0, 0
    for one in sorted(set(renderings), key=lambda r: (r.start, -r.end, r.quote)):
        number += one.start >= end
        passages[one.quote] = number
        end = max(end, one.end)
    return passages
