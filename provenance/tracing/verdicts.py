"""What an editor is told about one quote: how it stands to the farthest source known.

Findings against a quote (circular, misattributed, altered, truncated) are told whatever is
missing. Findings for it (verbatim, translated, paraphrased) only where the trail ends at a
stored text that names no further source; otherwise the quote is *unsupported*, and the
verdict says what would settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from provenance.languages import name as language_name
from provenance.languages import table
from provenance.languages.words import fold, words
from provenance.model import Chain, Drift, Hop, Match, Node, Rendering, Verdict, VerdictKind
from provenance.naming import outlets
from provenance.tracing import asking, times
from provenance.tracing._outlets import cites_anonymous, face, own, relays
from provenance.tracing._scene import Scene
from provenance.tracing.endings import corrections
from provenance.tracing.habits import alters
from provenance.tracing.hops import stored_id

# Below this chance that two names name one person they are two. Of 300 pairs of public
# figures in mixed scripts, 80 in 100 of different people and 1 of the same person fall
# below it; a wrong "misattributed" is the costliest mistake here.
_OTHER_PERSON = 0.15
# Citations are read from the text by rules that are right nine times in ten or better.
_READ_RIGHT = 0.9
_PARTICLE = 3  # letters; a longer word of a name has a capital (de, von, bin have none)
_SAME_PERSON = 0.5
# Of real relays whose source is stored so many are traced to it (`benchmarks.chains_relay`): where
# the named outlet's text is there, with that speaker, the rest may be words too free to be known.
_TRACED = 0.86
_NAMED_RIGHT = 0.6  # a name beside an unnamed source's words is oftener taken for the speaker's
_MOST_SURE = 0.99  # nothing told about the world from a database is surer than this
_NAMELESS = "the name of that source, or a second one that knows it at first hand"
_CUTTING = frozenset({"truncation", "lost"})  # kinds of drift that take away, change nothing
# Where a trail ends well, and what its end may be called.
_STAGES = {
    "primary source": "the earliest known text",
    "earliest known": "the earliest known text",
    "no source found": "the text its trail ends at",
    "reviewed": "the text its trail ends at",
}

# Where words are left out: between the parts of one quote, or by the writer.
_GAP = re.compile(r"…|\.\.\.")


@dataclass(frozen=True, slots=True)
class _Case:
    """One quote before its judge: the source it is held against and how it was reached."""

    quote: Rendering
    source: Rendering | None  # the farthest stored text on its trail, of another document
    end: Node | None
    reason: str  # why the trail ends
    path: tuple[Hop, ...]
    reached: float  # probability of every hop up to `source`; of having none, without one
    drift: tuple[Drift, ...]
    circle: tuple[str, ...]
    primary: bool
    alone: bool  # nothing stored renders the statement
    near: Rendering | None  # by the same speaker, where it is said to come from; not the same


def verdict(
    quote: Rendering,
    chain: Chain,
    matches: Sequence[Match],
    renderings: Sequence[Rendering],
    near: Sequence[Rendering] = (),
) -> Verdict:
    """The verdict on `quote`, a rendering of `chain`, with its reasons and what would settle it.

    `drift` is what changed on the whole way from the farthest stored source. `near` are stored
    texts that are not taken for the same statement, nearest first: where nothing is, the reader
    is shown the first that the same speaker says in a text of the outlet `quote` names, or
    anywhere if it names none.
    """
    scene = Scene([*(r for r in renderings if r.quote != quote.quote), quote], matches)
    case = _case(quote, chain, scene, near)
    judges = (_circular, _misattributed, _changed, _anonymous, _unsupported)
    found = next(filter(None, (judge(case) for judge in judges)), None) or _faithful(case)
    settles = _NAMELESS if found.kind == "single anonymous source" else _settles(case)
    reasons = (*found.reasons, *_corrected(case, chain))
    return replace(found, reasons=reasons, drift=case.drift, settles=settles)


def _corrected(case: _Case, chain: Chain) -> Iterator[str]:
    """Whether the source itself told it otherwise later."""
    if case.source is not None:
        own = stored_id(case.source.quote)
        nodes = {node.id: node for node in chain.nodes}
        yield from corrections([hop for hop in chain.hops if hop.to_node == own], nodes)


def _case(quote: Rendering, chain: Chain, scene: Scene, near: Sequence[Rendering]) -> _Case:
    node = stored_id(quote.quote)
    trail = asking.path(chain, node)
    nodes = {station.id: station for station in chain.nodes}
    end = nodes.get(asking.end(chain, node))
    reason = next((e.reason for e in chain.ends if end is not None and e.node == end.id), "")
    stations = {node, *(hop.to_node for hop in trail)}
    circle = next((ring for ring in chain.circles if stations.intersection(ring)), ())
    far = [count for count, hop in enumerate(trail, 1) if _elsewhere(nodes[hop.to_node], quote)]
    source: Rendering | None = None
    drift: tuple[Drift, ...] = ()
    reached = 1.0 - sum(hop.probability for hop in chain.alternatives if hop.from_node == node)
    if far:
        farthest = trail[far[-1] - 1].to_node
        source = scene.renderings.get(nodes[farthest].quote or 0)
        reached = asking.going_back(chain, node, farthest, scene.sameness)
        direct = scene.compared(quote.quote, source.quote).drift if source is not None else ()
        drift = _changes(direct, trail[: far[-1]])
    labels = tuple(nodes[station].outlet for station in circle if station in nodes)
    primary = scene.primary(quote.quote)
    alone = len(scene.renderings) == 1
    beside = _beside(quote, near) if source is None else None
    return _Case(quote, source, end, reason, trail, reached, drift, labels, primary, alone, beside)


def _beside(quote: Rendering, near: Sequence[Rendering]) -> Rendering | None:
    """The first of `near` by the speaker of `quote`, in a text of an outlet it names, if any."""
    if not _personal(quote):
        return None
    named = {face(relay.name).key for relay in relays(quote)}
    there = (one for one in near if not named or own(one).key in named)
    by_name = (one for one in there if _personal(one))
    alike = (one for one in by_name if _alike(quote.speaker, one.speaker) >= _SAME_PERSON)
    return next(alike, None)


def _changes(direct: tuple[Drift, ...], trail: Sequence[Hop]) -> tuple[Drift, ...]:
    """What differs from the source, and what a hop on the way changed for certain.

    Two texts in one language show a lost "not" plainly that a comparison across languages
    may miss, and what a relay changed its copies inherit.
    """
    seen = {item.kind for item in direct}
    carried = [
        item
        for hop in trail
        for item in hop.drift
        if item.certain and item.severity != "minor" and item.kind not in seen
    ]
    return (*direct, *{item.kind: item for item in reversed(carried)}.values())


def _elsewhere(node: Node, quote: Rendering) -> bool:
    return node.kind == "stored" and (not quote.document or node.document != quote.document)


def _circular(case: _Case) -> Verdict | None:
    if not case.circle:
        return None
    steps = zip(case.circle, (*case.circle[1:], case.circle[0]), strict=True)
    cited = " and ".join(f"{citing} cites {source}" for citing, source in steps)
    return _told("circular", _READ_RIGHT, f"{cited}: they do not confirm one another")


def _misattributed(case: _Case) -> Verdict | None:
    one, two = case.quote, case.source
    if two is None or not _personal(one):
        return None
    if two.speaker_kind == "anonymous":
        says = f"in the text of {_where(two)}, somebody unnamed says it, not {one.speaker}"
        return _told("misattributed", case.reached * _NAMED_RIGHT, says)
    alike = _alike(one.speaker, two.speaker) if _personal(two) else 1.0
    if alike >= _OTHER_PERSON:
        return None
    says = f"in the text of {_where(two)}, {two.speaker} says it, not {one.speaker}"
    return _told("misattributed", case.reached * _READ_RIGHT * (1 - alike), says)


def _alike(one: str, two: str) -> float:
    """The chance that two names name one person, or share a part: a name misread in an
    inflected sentence keeps its surname."""
    from provenance.naming import same

    pairs = [(one, two), *product(one.split(), two.split())]
    return max(same(left, right).probability for left, right in pairs)


def _personal(rendering: Rendering) -> bool:
    """Whether the speaker is a person by name: not a role, not an outlet taken for one."""
    name = rendering.speaker.split()
    if rendering.speaker_kind != "person" or len(name) < 2 or face(rendering.speaker).kind:
        return False
    if any(word[0].islower() and len(word) > _PARTICLE for word in name):
        return False
    speakers = table(rendering.language, "quoting").get("speakers", {})
    roles = [fold(word) for role in speakers.get("roles", ()) for word in role.split()]
    return not any(_role(fold(word), role) for word in name for role in roles)


def _role(word: str, role: str) -> bool:
    """Whether `word` is the role; the tables mark stems that take endings with a star."""
    return word.startswith(role[:-1]) if role.endswith("*") else word == role


def _changed(case: _Case) -> Verdict | None:
    told = [item for item in case.drift if item.certain and item.severity != "minor"]
    cut = [item for item in told if _cuts(item)]
    altered = [item for item in told if alters(item) and item not in cut]
    if case.source is None or not (altered or cut):
        return None
    kind: VerdictKind = "altered" if altered else "truncated"
    reasons = [item.says for item in altered or cut]
    return _told(kind, case.reached * _READ_RIGHT, *reasons, _held_against(case))


def _cuts(item: Drift) -> bool:
    """Whether the change only takes away: what is left was said."""
    return item.kind in _CUTTING or (item.kind == "condition" and not item.from_text)


def _anonymous(case: _Case) -> Verdict | None:
    if case.alone or not cites_anonymous(case.source or case.quote):
        return None
    return _told(
        "single anonymous source",
        case.reached,
        "its only source is somebody not named",
        *([_held_against(case)] if case.source else []),
    )


def _unsupported(case: _Case) -> Verdict | None:
    if case.source is None:
        if case.primary:
            return None
        unnamed = "its only source is somebody not named" if cites_anonymous(case.quote) else ""
        sure = case.reached * (_TRACED if case.near and relays(case.quote) else 1.0)
        return _told("unsupported", sure, _no_original(case), unnamed, _nearest(case))
    if case.reason in _STAGES:
        return None
    return _told("unsupported", case.reached, _no_original(case), _held_against(case))


def _no_original(case: _Case) -> str:
    named = relays(case.quote)
    if case.source is None and named:
        station = face(named[0].name).name
        return f"no original is known: it names {station}, of which no text with this is stored"
    if case.source is None:
        return "no original is known: nothing stored matches it and is earlier"
    return "no original is known: the trail ends at a text that had it from elsewhere"


def _nearest(case: _Case) -> str:
    if case.near is None:
        return ""
    from provenance.translating import gloss, glossed

    near = case.near
    meant = (
        f" (gloss: {gloss(near.text, near.language).text})" if near.language in glossed() else ""
    )
    return (
        f"nearest by {case.quote.speaker}: “{near.text}”{meant}: "
        f"{_where(near)}, quote {near.quote}; not taken for the same"
    )


def _faithful(case: _Case) -> Verdict:
    if case.source is None:
        says = f"{case.quote.outlet} publishes it itself; nothing earlier is known"
        return _told("verbatim", case.reached, says)
    reasons = [_held_against(case)]
    reasons += [f"possibly changed: {d.says}" for d in case.drift if d.severity != "minor"]
    if case.quote.language != case.source.language:
        return _told("translated", case.reached, *reasons)
    if _within(case.quote, case.source):
        return _told("verbatim", case.reached, *reasons)
    return _told("paraphrased", case.reached, *reasons)


def _within(quote: Rendering, source: Rendering) -> bool:
    """Whether the quote's words stand in the source, part for part, one after the other."""
    theirs = f" {_plain(source.text, source.language)} "
    parts = (_plain(part, quote.language) for part in _GAP.split(quote.text))
    return all(f" {part} " in theirs for part in parts if part)


def _plain(text: str, language: str) -> str:
    return " ".join(word.stem for word in words(text, language))


def _held_against(case: _Case) -> str:
    if case.source is None:
        return ""
    stage = _STAGES.get(case.reason, "the earliest stored text")
    if case.reason == "primary source" and times.interval(case.source.published) is None:
        stage = "the office's own text"  # of no date, so that nobody knows it for the earliest
    return f"held against {stage}: {_where(case.source)}"


def _where(source: Rendering) -> str:
    when = times.in_words(source.published)
    name = outlets.publisher(source.outlet or own(source).name, source.url, source.quote)
    parts = (name, when, language_name(source.language))
    return ", ".join(filter(None, parts))


def _settles(case: _Case) -> str:
    """What is missing that would decide the matter; "" when the speaker's own text is stored."""
    if case.end is not None and case.end.kind == "named":
        return f"a text of {case.end.outlet} with these words; none is stored"
    if case.end is not None and case.end.kind == "inferred":
        return f"the {language_name(case.end.language)} text it came through; none is stored"
    if case.primary or case.reason == "primary source":
        return ""
    when = times.in_words((case.source or case.quote).published)
    return f"a transcript of {when}; none is stored" if when else "a transcript; none is stored"


def _told(kind: VerdictKind, probability: float, *reasons: str) -> Verdict:
    return Verdict(kind, min(max(probability, 0.0), _MOST_SURE), tuple(filter(None, reasons)))
