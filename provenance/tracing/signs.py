"""Signs that one text came from another, each with an amount and one plain sentence.

A sign has a kind, which ``weights.toml`` gives a weight, and an amount the weight is
multiplied by. Nothing is decided here: signs for rival sources compete in `chains`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.languages import name as language_name
from provenance.model import Evidence, Match, Rendering
from provenance.tracing._outlets import face
from provenance.tracing._scene import Scene, coverage, similarity

_LONGEST_GAP = 24.0 * 365  # hours; beyond a year a longer gap says nothing more
_SURE = 4.0  # |log-odds| beyond which a match's probability is not to be believed exactly
_SECOND_HAND = 0.5  # of a scar is left after one more translation: names stay, grammar goes
_SHOWN = 3  # examples named in a sentence


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for or against a source: its kind, how much of it, in words."""

    kind: str
    amount: float
    says: str = ""
    text: str = ""


def weigh(signs: tuple[Sign, ...], weights: Mapping[str, float]) -> tuple[Evidence, ...]:
    """`signs` as evidence, in order, each weighing its amount times its kind's weight."""
    return tuple(
        Evidence(sign.kind, sign.says, weights.get(sign.kind, 0.0) * sign.amount, sign.text)
        for sign in signs
    )


def of_stored(scene: Scene, later: int, earlier: int) -> tuple[Sign, ...]:
    """Signs that rendering `later` came directly from rendering `earlier`."""
    return (
        Sign("stored", 1.0),
        *_matching(scene, later, earlier),
        *_wording(scene, later, earlier),
        *_timing(scene, later, earlier),
        *_naming(scene, later, earlier),
        *_places(scene, later, earlier),
        *_directions(scene, later, earlier),
        *_traces(scene.renderings[later], scene.renderings[earlier]),
    )


def of_named(scene: Scene, later: int, relay: str, stored: Sequence[int] = ()) -> Iterator[Sign]:
    """Signs that rendering `later` came from the outlet or person `relay`, not stored.

    `stored` are the renderings it could have come from instead. A station nobody has seen may
    have their very words, so likeness to them says nothing against it;
    one whose own text is stored and later is contradicted by time.
    """
    station = face(relay)
    says = f"the text names {station.name} as its source; no earlier text of it with this is stored"
    yield Sign("named", 1.0, says, station.name)
    others = (other for other in scene.naming(station.key) if other != later)
    kin = filter(None, (scene.texts.kinship(later, other) for other in others))
    alike = max((found.covered for found in kin), default=0.0)
    if alike:
        yield Sign("named_alike", alike, f"others that name {station.name} have the same words")
    seen = scene.of_outlet(station.key)
    silent = (other for other in stored if not seen and other not in scene.naming(station.key))
    carried = max((_carried(scene, later, other) for other in silent), default=0.0)
    if carried:
        yield Sign("carried", carried, f"{station.name} may have the words that a stored text has")
    if station.language:
        yield from scars(scene.renderings[later], station.language)


def _carried(scene: Scene, later: int, other: int) -> float:
    """The share of the words of `later`, in [0, 1], that `other` has, or renders."""
    if scene.across(later, other):
        match = scene.match(later, other)
        return 0.0 if match is None else coverage(match, later)
    kin = scene.texts.kinship(later, other)
    return 0.0 if kin is None else kin.covered


def of_inferred(scene: Scene, later: int, language: str, fits: bool) -> Iterator[Sign]:
    """Signs that `later` was translated from an unseen text in `language`; `fits` says
    whether a stored text in that language could be the one."""
    name = language_name(language)
    yield Sign("inferred", 1.0, f"nothing stored or named explains a {name} source")
    found = scene.renderings[later].fingerprints
    says = f"its wording shows it came through {name}"
    yield Sign("scars", 1.0 + 0.5 * min(len(found), 3), says)
    if fits:
        yield Sign("stored_fits", 1.0, f"a stored {name} text could be it")


def of_unknown(scene: Scene, later: int) -> Iterator[Sign]:
    """Signs that what `later` came from is neither stored nor named."""
    rendering = scene.renderings[later]
    yield Sign("unknown", 1.0, "its source may be something not stored")
    if scene.primary(later):
        yield Sign("primary", 1.0, f"{rendering.outlet} speaks for itself here")
    if scene.home(later):
        yield Sign("home", 1.0, f"{rendering.outlet} is of the speaker's own country")
    if scene.relays[later]:
        yield Sign("names_source", 1.0, "but it names a source")
    else:
        yield Sign("cites_nobody", 1.0, "it names no source it took this from")
        if _as_spoken(scene, later) and _translated(scene):
            yield Sign("spoken", 1.0, "it is in the language its speaker speaks")


def of_far(
    scene: Scene, source: int, children: Sequence[int], further: Collection[str]
) -> Iterator[Sign]:
    """Signs that an unstored station, named by `children`, had it from rendering `source`.

    The station's own words are not known; those of the child nearest to `source` stand in
    for them. `further` are the keys of the outlets the children say the station itself cites.
    """
    outlet = scene.outlets[source]
    matched = [child for child in children if scene.match(child, source)]
    nearest = max(matched or children, key=lambda child: (scene.alike(child, source), -child))
    yield Sign("stored", 1.0)
    yield from _matching(scene, nearest, source)
    yield from _wording(scene, nearest, source)
    if scene.primary(source):
        yield Sign("primary", 1.0, f"{outlet.name} is where the statement was made")
    if not scene.relays[source] and "relay" not in scene.renderings[source].origin:
        yield Sign("cites_nobody", 1.0, "it names no source of its own")
        if _as_spoken(scene, source):
            yield Sign("spoken", 1.0, "it is in the language its speaker speaks")
    if outlet.key in further:
        yield Sign("cited", 1.0, f"the text says it cites {outlet.name}", outlet.name)


def scars(rendering: Rendering, language: str, second_hand: str = "") -> tuple[Sign, ...]:
    """Whether the language a text's wording points to is that of the presumed source.

    `second_hand` is the language that source shows traces of itself: a copy keeps the
    scars of the translation it was copied from, a translation of it keeps some.
    """
    pointed = scar_language(rendering)
    if not pointed:
        return ()
    name = language_name(pointed)
    if pointed not in (language, second_hand):
        says = f"its wording points to {name}, this source does not"
        return (Sign("scars_against", 1.0, says),)
    kept = language in (pointed, rendering.language)
    says = f"its wording points to {name}, and so does this source"
    return (Sign("scars_fit", 1.0 if kept else _SECOND_HAND, says),)


def scar_language(rendering: Rendering) -> str:
    """The language other than its own that a text shows traces of; "" when none. Where a document
    credits outlets abroad with some of its quotes, one that it credits to nobody has none."""
    pointed = rendering.source_language
    own = rendering.origin == "translated relay" and not rendering.chain
    if own and not rendering.fingerprints and rendering.speaker:
        return ""
    return "" if pointed in ("und", "", rendering.language) else pointed


def _traces(later: Rendering, earlier: Rendering) -> tuple[Sign, ...]:
    return scars(later, earlier.language, scar_language(earlier))


def _matching(scene: Scene, later: int, earlier: int) -> Iterator[Sign]:
    match = scene.match(later, earlier)
    across = scene.across(later, earlier)
    if across:
        yield Sign("across", 1.0)
    if match is None:
        says = f"the two were not matched directly{_by_a_third(scene, later, earlier)}"
        yield Sign("unmatched", 1.0, says)
        return
    says = f"they render the same statement with probability {match.probability:.2f}"
    says += _by_a_third(scene, later, earlier)
    yield Sign("matched", _log_odds(match.probability), says)
    if across:
        yield from _rendering(scene, match, later, earlier)
    behind = scene.nearest(later, across) - similarity(match)
    says = "its text is nearer to this than to any other" if behind <= 0.0 else ""
    yield Sign("nearest", -behind, says)


def _by_a_third(scene: Scene, later: int, earlier: int) -> str:
    """What a text that matches both makes of the two, where that is more than their own match."""
    known = scene.sameness
    direct, chance = known.direct(later, earlier), known.by_a_third(later, earlier)
    gained = round(chance, 2) > round(direct, 2)
    return f"; by way of a text that matches both, with {chance:.2f}" if gained else ""


def _rendering(scene: Scene, match: Match, later: int, earlier: int) -> Iterator[Sign]:
    """How much two texts in different languages render of one another, by the matcher, and
    what another text in the earlier one's language renders that this does not."""
    rendered = coverage(match, later)
    yield Sign("similar", similarity(match))
    yield Sign("rendered", rendered)
    yield Sign("kept", coverage(match, earlier))
    gap = scene.rendered(later, scene.renderings[earlier].language) - rendered
    says = "it has words this lacks and others in its language have" if gap > 0.1 else ""
    yield Sign("missing", max(0.0, gap), says)
    if "direction" in match.features:
        towards = match.features["direction"] * (1 if match.from_quote == later else -1)
        yield Sign("direction", towards, _looks_translated(towards))


def _looks_translated(amount: float) -> str:
    which, of = ("it", "this") if amount > 0 else ("this", "it")
    return f"the installed packages find {which} likelier as a translation of {of} than the reverse"


def _wording(scene: Scene, later: int, earlier: int) -> Iterator[Sign]:
    """What the words show, and, within one language, how much of them is shared."""
    kin = scene.texts.kinship(later, earlier)
    if kin is None:
        return
    says = _only_these("word", kin.words)
    if kin.same_language:
        yield Sign("covered", kin.covered, says)
        yield Sign("retained", kin.retained)
        gaps = "it has words this lacks and others have" if kin.missing > 0.1 else ""
        yield Sign("missing", kin.missing, gaps)
    if kin.numbers:
        shown = tuple(f"{number:g}" for number in kin.numbers)
        yield Sign("shared_numbers", 1.0, _only_these("number", shown))
    if kin.lost_numbers:
        lost = ", ".join(f"{number:g}" for number in kin.lost_numbers[:_SHOWN])
        yield Sign("lost_numbers", 1.0, f"it has {lost}, which others have and this lacks")


def _only_these(what: str, items: tuple[str, ...]) -> str:
    if not items:
        return ""
    shown = ", ".join(f"“{item}”" for item in items[:_SHOWN])
    return f"only these two have the {what}{'s' if len(items) > 1 else ''} {shown}"


def _timing(scene: Scene, later: int, earlier: int) -> Iterator[Sign]:
    if scene.order(earlier, later) == "before":
        yield Sign("earlier", 1.0, "it was published earlier")
    gap = scene.hours(earlier, later)
    if gap is not None:
        yield Sign("gap", math.log1p(min(max(gap, 0.0), _LONGEST_GAP)))


def _naming(scene: Scene, later: int, earlier: int) -> Iterator[Sign]:
    named = [face(relay.name) for relay in scene.relays[later]]
    if not named:
        return
    source = scene.outlets[earlier]
    if source.key == named[0].key:
        yield Sign("cited", 1.0, f"it names {named[0].name} as its source", named[0].name)
    elif source.key in {station.key for station in named[1:]}:
        yield Sign("cited_further", 1.0, f"it names {source.name} further back", source.name)
    else:
        yield Sign("cites_other", 1.0, f"it names {named[0].name} as its source, not this")
    both = named[0].key in {face(relay.name).key for relay in scene.relays[earlier]}
    own = scene.of_outlet(named[0].key) if both else ()
    if both and all(scene.order(one, later) == "after" for one in own):
        says = f"both name {named[0].name} as their source"
        yield Sign("same_attribution", 1.0, says, named[0].name)


def _places(scene: Scene, later: int, earlier: int) -> Iterator[Sign]:
    one, two = scene.renderings[later], scene.renderings[earlier]
    if scene.primary(earlier):
        yield Sign("primary", 1.0, f"{scene.outlets[earlier].name} speaks for itself here")
        if not scene.relays[later] and scar_language(one) in ("", two.language):
            yield Sign("heard", 1.0, "nothing points to anybody in between")
    if two.url and two.url in one.links:
        yield Sign("linked", 1.0, "it links to this", two.url)
    if one.document and one.document == two.document:
        yield Sign("same_document", 1.0, "both stand in one document")
    elif scene.outlets[later].key and scene.outlets[later].key == scene.outlets[earlier].key:
        yield Sign("update", 1.0, f"both are {scene.outlets[earlier].name}'s")
        if one.url and one.url == two.url:
            yield Sign("edition", 1.0, "it is the same page as it stood earlier", two.url)


def _directions(scene: Scene, later: int, earlier: int) -> Iterator[Sign]:
    """What tells the source from the copy where times do not."""
    unordered = scene.order(earlier, later) == "unknown"
    silent = not (scene.relays[earlier] or scene.relays[later])
    if silent and scene.spoken(later) is False and _as_spoken(scene, earlier):
        yield Sign("spoken", 1.0, "this is in the language its speaker speaks, it is not")
    if unordered and scene.relays[earlier] and not scene.relays[later]:
        yield Sign("drops_source", 1.0, "this names a source, it does not")
    translated_back = _as_spoken(scene, later) and scene.spoken(earlier) is False
    if translated_back and not scene.primary(earlier):
        yield Sign("back", 1.0, "it is in the language its speaker speaks, this is not")


def _translated(scene: Scene) -> bool:
    """Whether others carry the words in a language their speaker does not speak, and not
    because his own office published them so."""
    return not all(scene.spoken(quote) or scene.primary(quote) for quote in scene.renderings)


def _as_spoken(scene: Scene, quote: int) -> bool:
    """Whether a text may have its speaker's own words: in his language, no trace of another."""
    return bool(scene.spoken(quote)) and not scar_language(scene.renderings[quote])


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return min(max(math.log(bounded / (1 - bounded)), -_SURE), _SURE)
