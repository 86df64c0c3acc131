"""How well chains are recovered: ``python -m benchmarks.chains [--fit]``.

Simulated chains (see `chains_simulator`) in worlds of three statements and noise: matched
all against all, grouped, traced. Edge F1 counts hops between stored texts, unstored
stations skipped; calibration counts every hop. ``--fit`` fits the weights of wording,
matching and language signs on one half of the documents and prints them; the figures are
always of the other half.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.chains_simulator import Material, Station, Times, World, materials, worlds
from provenance.model import Chain, Hop, Match, Rendering
from provenance.tracing import chains, group, in_context, precedes, times

_SEED = 7
Edge = tuple[int, int]


@dataclass(frozen=True)
class Traced:
    """A world with what the tracker makes of it."""

    world: World
    matches: tuple[Match, ...]
    chains: tuple[Chain, ...]


def matched(world: World) -> tuple[Match, ...]:
    """Every pair of a world, compared as the pipeline compares what it stores: the later with
    the earlier, by parts, in context."""
    from provenance.matching import compare_parts

    pairs = (
        (two, one) if precedes(one, two) else (one, two)
        for one, two in combinations(world.renderings, 2)
    )
    found = (in_context(compare_parts(later, earlier), later, earlier) for later, earlier in pairs)
    return tuple(found)


def traced(world: World) -> Traced:
    """`world` matched, grouped and traced, as the pipeline does it."""
    matches = matched(world)
    by_key = {rendering.quote: rendering for rendering in world.renderings}
    found = [
        chains.infer(members[0], [by_key[key] for key in members], matches)
        for members in group(matches, world.renderings)
    ]
    return Traced(world, matches, tuple(found))


# ---------------------------------------------------------------- what is true


def stored_ancestor(station: Station) -> tuple[int | None, tuple[Station, ...]]:
    """The nearest stored text a station came from, and the unstored stations before it."""
    between, node = [], station.parent
    while node is not None and not node.stored:
        between.append(node)
        node = node.parent
    return (node.key if node is not None else None), tuple(between)


def true_edges(world: World) -> set[Edge]:
    """Later and earlier key of every hop between stored texts."""
    pairs = ((key, stored_ancestor(station)[0]) for key, station in world.stations.items())
    return {(key, parent) for key, parent in pairs if parent is not None}


def found_edges(chain: Chain) -> set[Edge]:
    """The hops of `chain` between stored texts, stations without a text skipped."""
    parents = {hop.from_node: hop.to_node for hop in chain.hops}
    edges = set()
    for node in chain.nodes:
        above = parents.get(node.id)
        while above is not None and not above.startswith("q"):
            above = parents.get(above)
        if node.kind == "stored" and above is not None:
            edges.add((int(node.id[1:]), int(above[1:])))
    return edges


def right(world: World, hop_to: str, needing: Sequence[int]) -> bool:
    """Whether one hop is true; `needing` are the stored texts that hang on its start."""
    stations = [world.stations[key] for key in needing if key in world.stations]
    if not stations:
        return False
    truths = [stored_ancestor(station) for station in stations]
    if hop_to.startswith("q"):
        return any(parent == int(hop_to[1:]) for parent, _ in truths)
    kind, _, name = hop_to.partition(":")
    if kind == "named":
        outlets = {s.outlet.casefold().replace(" ", "-") for _, between in truths for s in between}
        return name in outlets
    return any(s.language == name for _, between in truths for s in between)


def judged(result: Traced) -> Iterator[tuple[float, bool]]:
    """Probability and truth of every hop found."""
    for chain in result.chains:
        for hop in chain.hops:
            yield (
                hop.probability,
                right(result.world, hop.to_node, _needing(chain, hop)),
            )


def _needing(chain: Chain, hop: Hop) -> list[int]:
    if hop.from_node.startswith("q"):
        return [int(hop.from_node[1:])]
    below = [other for other in chain.hops if other.to_node == hop.from_node]
    return [key for other in below for key in _needing(chain, other)]


# ---------------------------------------------------------------- baselines


def nearest_earlier(world: World, matches: Sequence[Match]) -> set[Edge]:
    """Each text from the most similar one that is not later, if it matches at all."""
    return set(_chosen(world, matches, lambda match, _: match.score))


def earliest_match(world: World, matches: Sequence[Match]) -> set[Edge]:
    """Each text from the earliest one it matches."""
    return set(_chosen(world, matches, lambda _, earlier: -_start(earlier)))


def star(world: World, matches: Sequence[Match]) -> set[Edge]:
    """Every text of a statement from the earliest; without times, from the most central."""
    by_key = {rendering.quote: rendering for rendering in world.renderings}
    edges = set()
    for members in group(matches, world.renderings):
        centrality = dict.fromkeys(members, 0.0)
        for match in matches:
            if match.from_quote in centrality and match.to_quote in centrality:
                centrality[match.from_quote] += match.score
                centrality[match.to_quote] += match.score
        hub = min(members, key=lambda key: (_start(by_key[key]), -centrality[key], key))
        edges |= {(key, hub) for key in members if key != hub}
    return edges


def _chosen(world: World, matches: Sequence[Match], merit: object) -> Iterator[Edge]:
    by_key = {rendering.quote: rendering for rendering in world.renderings}
    rivals: dict[int, list[tuple[float, int]]] = {}
    for match in matches:
        if match.probability < 0.5:
            continue
        for one, two in ((match.from_quote, match.to_quote), (match.to_quote, match.from_quote)):
            later, earlier = by_key[one], by_key[two]
            if times.order(earlier.published, later.published) != "after":
                rivals.setdefault(one, []).append((merit(match, earlier), -two))  # type: ignore[operator]
    yield from ((later, -max(found)[1]) for later, found in rivals.items())


def _start(rendering: Rendering) -> float:
    known = times.interval(rendering.published)
    return known.start if known is not None else math.inf


# ---------------------------------------------------------------- figures


def f1(found: Sequence[set[Edge]], true: Sequence[set[Edge]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all worlds together."""
    hits = sum(len(one & two) for one, two in zip(found, true, strict=True))
    precision = hits / max(1, sum(map(len, found)))
    recall = hits / max(1, sum(map(len, true)))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def calibration_error(outcomes: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over equal-width bins (Naeini et al., AAAI 2015)."""
    total = 0.0
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [o for o in outcomes if low < o[0] <= high or (number == 0 and o[0] == 0)]
        total += abs(sum(p for p, _ in inside) - sum(hit for _, hit in inside))
    return total / max(1, len(outcomes))


def halves() -> tuple[list[Material], list[Material]]:
    """The material in two halves by document: to fit on, to measure on."""
    everything = materials()
    documents = sorted({material.document for material in everything})
    random.Random(_SEED).shuffle(documents)
    fitting = set(documents[::2])
    return (
        [material for material in everything if material.document in fitting],
        [material for material in everything if material.document not in fitting],
    )


def report(pool: Sequence[Material], count: int) -> None:
    """Print the table: every way of choosing, times known, mixed and hidden."""
    print(f"{count} worlds of 3 statements, 3-6 hops, {len(pool)} passages held out")
    print("times    method            precision recall   F1    target   calibration error (≤ .05)")
    targets: Mapping[Times, str] = {"known": "≥ .85", "mixed": "–", "hidden": "≥ .65"}
    for setting, target in targets.items():
        results = [traced(world) for world in worlds(pool, count, _SEED, setting)]
        true = [true_edges(result.world) for result in results]
        outcomes = [outcome for result in results for outcome in judged(result)]
        rows = {
            "provenance": [set().union(*map(found_edges, r.chains)) for r in results],
            "nearest earlier": [nearest_earlier(r.world, r.matches) for r in results],
            "earliest match": [earliest_match(r.world, r.matches) for r in results],
            "star to earliest": [star(r.world, r.matches) for r in results],
        }
        for name, found in rows.items():
            figures = " ".join(f"{figure:8.3f}" for figure in f1(found, true))
            ours = name == "provenance"
            last = (
                f"{target:>8} {calibration_error(outcomes):8.3f} of {len(outcomes)}" if ours else ""
            )
            print(f"{setting:8} {name:17} {figures} {last}")


def main() -> None:
    """Fit if asked, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print fitted weights first")
    parser.add_argument("--worlds", type=int, default=60)
    chosen = parser.parse_args()
    fitting, held_out = halves()
    if chosen.fit:
        from benchmarks.chains_fit import fit

        fit(fitting)
    report(held_out, chosen.worlds)


if __name__ == "__main__":
    main()
