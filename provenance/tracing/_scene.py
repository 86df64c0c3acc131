"""Everything known about one statement's renderings, looked up by quote key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from provenance.model import Match, Rendering
from provenance.tracing import _outlets, times
from provenance.tracing._people import figure, figures, namesake
from provenance.tracing._sameness import Sameness
from provenance.tracing._texts import Texts

# Hours by which an office's transcript may come after the reports of what it records. Of nine
# relays of speeches whose official text is dated, six were published before it, five of them
# by less than a day.
_RECORDED = 48.0
# Hours for which live coverage is written on: by hand, a week; most is closed within two days, and
# that of a war's beginning was not.
_LIVE = 7 * 24.0


class Scene:
    """The renderings of one statement with their matches, outlets, relays and words.

    `renderings` is ordered by quote key whatever the order they came in, so that nothing
    depends on it. Of the pairs in `decided` a person said that one came from the other.
    """

    def __init__(
        self,
        renderings: Sequence[Rendering],
        matches: Sequence[Match],
        decided: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.renderings = {r.quote: r for r in sorted(renderings, key=lambda r: r.quote)}
        everyone = tuple(self.renderings.values())
        self.outlets = {r.quote: _outlets.own(r) for r in everyone}
        self.relays = {r.quote: _outlets.relays(r) for r in everyone}
        self.texts = Texts(everyone)
        self._tongues = self._spoken(everyone)
        self._when = {quote: self._said(quote) for quote in self.renderings}
        self._matches = _by_pair(matches, set(self.renderings))
        self.sameness = Sameness(tuple(self._matches.values()), decided)
        self._partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
        self._rendered: dict[tuple[int, str], float] = defaultdict(float)
        self._nearest = self._read_matches()
        self._by_outlet: dict[str, list[int]] = defaultdict(list)
        self._naming: dict[str, list[int]] = defaultdict(list)
        for quote, outlet in self.outlets.items():
            self._by_outlet[outlet.key].append(quote)
            for relay in self.relays[quote][:1]:
                self._naming[_outlets.face(relay.name).key].append(quote)

    def match(self, later: int, earlier: int) -> Match | None:
        """The match of the two, in whichever direction it was computed."""
        return self._matches.get((later, earlier)) or self._matches.get((earlier, later))

    def compared(self, later: int, earlier: int) -> Match:
        """The match of the two read in this direction, computed where it is not given."""
        given = self._matches.get((later, earlier))
        if given is not None:
            return given
        from provenance.matching import compare_parts

        return compare_parts(self.renderings[later], self.renderings[earlier])

    def order(self, one: int, other: int) -> times.Order:
        """Whether rendering `one` lies before or after `other` in time."""
        return times.order(self._when[one], self._when[other])

    def hours(self, earlier: int, later: int) -> float | None:
        """Hours from the appearance of one rendering to the other's; None when unknown."""
        one, two = self.renderings[earlier], self.renderings[later]
        return times.hours(one.published, two.published)

    def spoken(self, quote: int) -> bool | None:
        """Whether a rendering is in the language its speaker speaks; None when unknown."""
        language = self.renderings[quote].language
        return language in self._tongues if self._tongues else None

    def _spoken(self, everyone: Sequence[Rendering]) -> frozenset[str]:
        """The languages of whoever most renderings say said it, of public figures."""
        known = filter(None, map(figure, everyone))
        countries = Counter(person.country for person in known)
        if not countries:
            return frozenset()
        most = min(countries, key=lambda country: (-countries[country], country))
        return _outlets.tongues(most)

    def _said(self, quote: int) -> str:
        """When the words of a rendering can have been said or written.

        A text cannot be taken from one that was not there. But what an office publishes is
        the record of a speech that others have reported as it was held, and live coverage
        bears the date on which it began.
        """
        rendering = self.renderings[quote]
        if self._office(quote) and not self.relays[quote]:
            return times.since(rendering.published, _RECORDED)
        if _outlets.live(rendering):
            return times.until(rendering.published, _LIVE)
        return rendering.published

    def across(self, one: int, two: int) -> bool:
        """Whether the two are in different languages."""
        return self.renderings[one].language != self.renderings[two].language

    def nearest(self, quote: int, across: bool) -> float:
        """The best similarity `quote` has to any other in its own, or another, language."""
        return self._nearest.get((quote, across), 0.0)

    def rendered(self, quote: int, language: str) -> float:
        """The greatest share of the words of `quote`, in [0, 1], that one text in another
        `language` renders, of those not known to be later."""
        return self._rendered.get((quote, language), 0.0)

    def alike(self, one: int, two: int) -> float:
        """How alike the two are, in [0, 1]; 0 where they were not matched."""
        found = self.match(one, two)
        return similarity(found) if found is not None else 0.0

    def likeliest(self, quote: int, most: int) -> tuple[int, ...]:
        """The renderings `quote` matches best, and all it names or links to, by key."""
        found = sorted(self._partners[quote], key=lambda pair: (-pair[0], pair[1]))
        links = set(self.renderings[quote].links)
        chosen = {other for _, other in found[:most]}
        chosen.update(other for other, r in self.renderings.items() if r.url in links)
        for relay in self.relays[quote]:
            chosen.update(self.of_outlet(_outlets.face(relay.name).key))
        return tuple(sorted(chosen - {quote}))

    def of_outlet(self, key: str) -> tuple[int, ...]:
        """Quotes published by the outlet `key`."""
        return tuple(self._by_outlet.get(key, ())) if key else ()

    def naming(self, key: str) -> tuple[int, ...]:
        """Quotes whose text names the outlet `key` as where it has them from."""
        return tuple(self._naming.get(key, ()))

    def primary(self, quote: int) -> bool:
        """Whether the speaker's own side published it: an office, a firm in its own name, a
        person on his own channel; no medium."""
        return (self._office(quote) or self._itself(quote)) and not self.relays[quote]

    def _office(self, quote: int) -> bool:
        return self.outlets[quote].kind == "government"

    def _itself(self, quote: int) -> bool:
        """Whether an outlet no table lists is who speaks."""
        rendering, outlet = self.renderings[quote], self.outlets[quote]
        if outlet.kind or not rendering.speaker:
            return False
        person = namesake(rendering.outlet)
        return _outlets.face(rendering.speaker).key == outlet.key or (
            person is not None and person in figures(rendering)
        )

    def home(self, quote: int) -> bool:
        """Whether the outlet is of the country whose office the speaker holds or held."""
        country = self.renderings[quote].country or self.outlets[quote].country
        person = figure(self.renderings[quote]) if country else None
        return person is not None and person.country == country

    def _read_matches(self) -> dict[tuple[int, bool], float]:
        best: dict[tuple[int, bool], float] = defaultdict(float)
        for (one, two), match in self._matches.items():
            self._partners[one].append((match.probability, two))
            self._partners[two].append((match.probability, one))
            across = self.across(one, two)
            alike = similarity(match)
            best[one, across] = max(best[one, across], alike)
            best[two, across] = max(best[two, across], alike)
            if across:
                self._read_rendered(one, two, match)
                self._read_rendered(two, one, match)
        return best

    def _read_rendered(self, quote: int, other: int, match: Match) -> None:
        if self.order(quote, other) != "before":
            place = quote, self.renderings[other].language
            self._rendered[place] = max(self._rendered[place], coverage(match, quote))


def similarity(match: Match) -> float:
    """How alike the two texts are, in [0, 1], the same whichever was compared with which.

    `Match.score` favours the text that is part of the other, so it depends on direction.
    """
    features = match.features
    found = [features[name] for name in ("f1", "translated") if name in features]
    return max(found, default=match.score)


def coverage(match: Match, quote: int) -> float:
    """The share of the words of `quote`, one of the two, that the other has, in [0, 1]."""
    side = "later" if match.from_quote == quote else "earlier"
    return match.features.get(f"coverage_{side}", 0.0)


def _by_pair(matches: Sequence[Match], known: set[int]) -> dict[tuple[int, int], Match]:
    """Matches between `known` quotes; the most probable where a pair has several."""
    pairs: dict[tuple[int, int], Match] = {}
    for match in matches:
        pair = (match.from_quote, match.to_quote)
        if not known.issuperset(pair):
            continue
        held = pairs.get(pair)
        if held is None or (match.probability, match.score) > (held.probability, held.score):
            pairs[pair] = match
    return pairs
