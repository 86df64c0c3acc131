"""The most probable forest over weighed hops, and how probable each hop is.

Every station has one source; the root "unknown" has none: it is the parent that is no
child. A forest is as probable as the sum of its hops' log-odds says. The exact probability
of each hop among all forests is a ratio of determinants (Tutte's matrix-tree theorem, used
so for dependency trees by Koo et al., EMNLP 2007); the forest with most hops to be expected
right is the maximum spanning arborescence over those probabilities (Chu & Liu 1965; Edmonds
1967; Smith & Smith, EMNLP 2007). Where no circle is possible both reduce to choosing per
station.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Scores = Mapping[str, Mapping[str, float]]  # child → parent → log-odds or probability
Parents = dict[str, str]

# Stations up to which hop probabilities are exact: a 400 x 400 inverse takes 20 ms. Beyond,
# each station's own rivals decide, which is the same wherever times order the texts.
_EXACT = 400


def best(scores: Scores) -> Parents:
    """The parent of each child in the forest of greatest weight.

    Of equally good parents the one whose name sorts first is taken.
    """
    greedy = {child: _favourite(rivals) for child, rivals in scores.items()}
    return greedy if _acyclic(greedy) else _edmonds(scores)


def best_in_time(scores: Scores, later: Callable[[str, str], bool]) -> Parents:
    """The best forest in which no station descends from one known to be later than it.

    Single hops are in time already; a path through stations of unknown time may not be.
    The weakest hop of an offending path is then given up, until none is left; hops
    without a rival (people's decisions) stay. `later(a, b)` says whether `a` is
    known to be later than `b`.
    """
    remaining = {child: dict(rivals) for child, rivals in scores.items()}
    while True:
        parents = best(remaining)
        leads = {child: _lead(remaining[child], parent) for child, parent in parents.items()}
        free = {child for child, lead in leads.items() if lead < math.inf}
        offending = _offending_path(parents, free, later)
        if offending is None:
            return parents
        weakest = min(offending, key=lambda child: (leads[child], child))
        del remaining[weakest][parents[weakest]]


def probabilities(scores: Scores, temperature: float = 1.0) -> dict[str, dict[str, float]]:
    """The probability of each hop under all forests, per child summing to 1."""
    shares = {child: _shares(rivals, temperature) for child, rivals in scores.items()}
    if len(shares) > _EXACT or _acyclic_always(scores):
        return {child: _normal(rivals) for child, rivals in shares.items()}
    return _matrix_tree(shares)


def _favourite(rivals: Mapping[str, float]) -> str:
    return min(rivals, key=lambda parent: (-rivals[parent], parent))


def _acyclic(parents: Parents) -> bool:
    done: set[str] = set()
    for child in parents:
        path: set[str] = set()
        node = child
        while node in parents and node not in done:
            if node in path:
                return False
            path.add(node)
            node = parents[node]
        done |= path
    return True


def _acyclic_always(scores: Scores) -> bool:
    """Whether no choice of parents can close a circle (Kahn's topological sort)."""
    waiting = {child: {p for p in rivals if p in scores} for child, rivals in scores.items()}
    children: dict[str, list[str]] = {}
    for child, rivals in waiting.items():
        for parent in rivals:
            children.setdefault(parent, []).append(child)
    free = [child for child, rivals in waiting.items() if not rivals]
    freed = 0
    while free:
        parent = free.pop()
        freed += 1
        for child in children.get(parent, ()):
            waiting[child].discard(parent)
            if not waiting[child]:
                free.append(child)
    return freed == len(waiting)


def _edmonds(scores: Scores) -> Parents:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for child in sorted(scores):
        for rank, parent in enumerate(sorted(scores[child])):
            # The tiny slope makes equal weights unequal: the result does not hang on
            # the order in which the library happens to look.
            graph.add_edge(parent, child, weight=scores[child][parent] - rank * 1e-9)
    tree = nx.maximum_spanning_arborescence(graph, attr="weight")
    return {child: parent for parent, child in tree.edges}


def _offending_path(
    parents: Parents, free: set[str], later: Callable[[str, str], bool]
) -> list[str] | None:
    """The hops, of those `free` to go, that lead from some station back to a later one."""
    for start in sorted(parents):
        path, node = [start], parents[start]
        while node in parents:
            if later(node, start) and free.intersection(path):
                return sorted(free.intersection(path))
            path.append(node)
            node = parents[node]
    return None


def _lead(rivals: Mapping[str, float], chosen: str) -> float:
    others = [score for parent, score in rivals.items() if parent != chosen]
    return rivals[chosen] - max(others) if others else math.inf


def _shares(rivals: Mapping[str, float], temperature: float) -> dict[str, float]:
    top = max(rivals.values())
    return {p: math.exp((score - top) / temperature) for p, score in sorted(rivals.items())}


def _normal(rivals: Mapping[str, float]) -> dict[str, float]:
    total = math.fsum(rivals.values())
    return {parent: share / total for parent, share in rivals.items()}


def _matrix_tree(shares: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    import numpy as np

    names = sorted(shares)
    place = {name: number for number, name in enumerate(names)}
    laplacian = np.zeros((len(names), len(names)))
    for child, rivals in shares.items():
        column = place[child]
        for parent, share in rivals.items():
            laplacian[column, column] += share
            if parent in place:
                laplacian[place[parent], column] -= share
    inverse = np.linalg.inv(laplacian)
    return {
        child: _normal(_expected(rivals, place, inverse, place[child]))
        for child, rivals in shares.items()
    }


def _expected(
    rivals: Mapping[str, float], place: Mapping[str, int], inverse: object, child: int
) -> dict[str, float]:
    values: Sequence[Sequence[float]] = inverse  # type: ignore[assignment]
    found = {}
    for parent, share in rivals.items():
        less = values[child][place[parent]] if parent in place else 0.0
        found[parent] = max(0.0, share * float(values[child][child] - less))
    return found
