"""Weights of tracing signs, fitted on simulated chains: ``python -m training.chains``.

The likelihood is that of the true forest among all forests: its gradient is what the true
hops amount to less what hops amount to on average, and the average comes from the
matrix-tree theorem, as in `tracing._forest`, for all statements at once. The weights in
``tracing/weights.toml`` are the prior mean of every weight (Gaussian, standard deviation
1), so a sign the simulation hardly shows stays where a person put it. What the simulator
only invents (how often texts cite, link, and how soon they follow) is not fitted at all.

A quarter of the statements pass through an agency: without them nothing shows that texts which
name one source and are alike need not be copies of one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.chains import halves, matched, right
from benchmarks.chains_simulator import AGENCIES, Material, Times, World, worlds
from provenance.model import Match, Rendering
from provenance.tracing import group
from provenance.tracing._scene import Scene
from provenance.tracing._weights import weights
from provenance.tracing.hops import Candidate, field
from provenance.tracing.reviews import NO_SOURCE

_WORLDS = 120  # per setting of times
_PRIOR = 1.0  # standard deviation, nats, around the weight in the file
_STEPS, _RATE = 400, 0.5
_SEED = 11

# What the simulator invents, so cannot teach.
BY_HAND = frozenset(
    {
        "stored.cited",
        "stored.cited_further",
        "stored.cites_other",
        "stored.same_attribution",
        "stored.linked",
        "stored.primary",
        "stored.update",
        "stored.same_document",
        "stored.gap",
        "stored.shared_numbers",
        "stored.direction",
        "stored.drops_source",
        "stored.heard",
        "stored.back",
        "named.named",
        "named.named_alike",
        "named.carried",
        "named.named_by_relay",
        "named.scars_fit",
        "named.scars_against",
        "unknown.unknown",
        "unknown.primary",
        "unknown.spoken",
        "unknown.home",
        "unknown.names_source",
        "unknown.rejected",
        "far.cited",
        "far.shared_numbers",
        "far.direction",
        "far.primary",
        "far.spoken",
    }
)


@dataclass(frozen=True)
class Statement:
    """One statement's candidate hops as rows: child and parent numbers, amounts, truth.

    The parent is -1 for "unknown". Rows of one child follow one another.
    """

    child: Any
    parent: Any
    amounts: Any
    right: Any


def fit(pool: Sequence[Material]) -> None:
    """Fit on `pool` and print every weight with what it was."""
    names = [f"{table}.{sign}" for table, signs in weights().items() for sign in signs]
    names = [name for name in names if not name.startswith("scale.")]
    start = np.array([weights()[n.split(".")[0]][n.split(".")[1]] for n in names])
    free = np.array([name not in BY_HAND for name in names])
    forests = _Forests(list(_statements(pool, names)))
    fitted = _climb(forests, start, free)
    before, after = forests.loss(start), forests.loss(fitted)
    print(f"{forests.choices} choices: loss {before:.4f} → {after:.4f} nats")
    for name, old, new, own in zip(names, start, fitted, free, strict=True):
        print(f"{name} = {new:.2f}  # {'fitted' if own else 'by hand'}, was {old:.2f}")


def _statements(pool: Sequence[Material], names: list[str]) -> Iterator[Statement]:
    settings: tuple[Times, ...] = ("known", "mixed", "hidden")
    for number, setting in enumerate(settings):
        for world in worlds(pool, _WORLDS, _SEED + number, setting, AGENCIES):
            matches = matched(world)
            by_key = {rendering.quote: rendering for rendering in world.renderings}
            for members in group(matches, world.renderings):
                if len(members) > 1:
                    yield _statement(world, [by_key[key] for key in members], matches, names)


def _statement(
    world: World, members: list[Rendering], matches: Sequence[Match], names: list[str]
) -> Statement:
    place = {name: number for number, name in enumerate(names)}
    rivals: dict[str, list[Candidate]] = {}
    for candidate in field(Scene(members, matches)).candidates:
        rivals.setdefault(candidate.child, []).append(candidate)
    number = {child: at for at, child in enumerate(rivals)}
    rows = [candidate for candidates in rivals.values() for candidate in candidates]
    amounts = np.zeros((len(rows), len(names)))
    for row, candidate in enumerate(rows):
        for sign in candidate.signs:
            amounts[row, place[f"{candidate.table}.{sign.kind}"]] += sign.amount
    return Statement(
        np.array([number[candidate.child] for candidate in rows]),
        np.array([number.get(candidate.parent, -1) for candidate in rows]),
        amounts,
        np.concatenate([_truth(world, child, rivals) for child in rivals]),
    )


def _truth(world: World, child: str, rivals: Mapping[str, list[Candidate]]) -> Any:
    """Which candidates are right: the unstored station where it is named, else the text.

    A station only inferred or named for nothing has no right source and teaches nothing.
    """
    needing, candidates = _needing(child, rivals), rivals[child]
    hits = [c.parent != NO_SOURCE and right(world, c.parent, needing) for c in candidates]
    unseen = [hit and not c.parent.startswith("q") for hit, c in zip(hits, candidates, strict=True)]
    if child.startswith("q") and any(unseen):
        return np.array(unseen)
    if any(hits):
        return np.array(hits)
    return np.array([c.parent == NO_SOURCE for c in candidates])


def _needing(child: str, rivals: Mapping[str, list[Candidate]]) -> list[int]:
    if child.startswith("q"):
        return [int(child[1:])]
    below = [c for candidates in rivals.values() for c in candidates if c.parent == child]
    return sorted({int(c.child[1:]) for c in below if c.child.startswith("q")})


class _Forests:
    """Many statements as arrays: hop probabilities under weights, and their gradient."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.number = np.repeat(np.arange(len(statements)), [len(s.child) for s in statements])
        self.child = np.concatenate([s.child for s in statements])
        self.parent = np.concatenate([s.parent for s in statements])
        self.amounts = np.vstack([s.amounts for s in statements])
        self.right = np.concatenate([s.right for s in statements])
        self.shape = (len(statements), int(self.child.max()) + 1)
        keys = self.number * self.shape[1] + self.child
        self.starts = np.flatnonzero(np.diff(keys, prepend=-1))
        self.sizes = np.diff(np.append(self.starts, len(keys)))
        self.choices = len(self.starts)

    def chances(self, values: Any) -> Any:
        """The probability of each hop under all forests of its statement."""
        scores = self.amounts @ values
        scores -= np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes)
        shares = np.exp(scores)
        count, width = self.shape
        laplacian = np.zeros((count, width, width))
        np.add.at(laplacian, (self.number, self.child, self.child), shares)
        stored = self.parent >= 0
        number, child, parent = self.number[stored], self.child[stored], self.parent[stored]
        np.add.at(laplacian, (number, parent, child), -shares[stored])
        empty = np.einsum("nii->ni", laplacian) == 0.0
        laplacian[np.nonzero(empty)[0], np.nonzero(empty)[1], np.nonzero(empty)[1]] = 1.0
        inverse = np.linalg.inv(laplacian)
        expected = inverse[self.number, self.child, self.child]
        expected[stored] -= inverse[number, child, parent]
        return np.clip(shares * expected, 1e-12, 1.0)

    def loss(self, values: Any) -> float:
        """Mean negative log-probability of the right sources, in nats."""
        inside = np.add.reduceat(self.chances(values) * self.right, self.starts)
        return float(-np.log(inside).mean())

    def slope(self, values: Any) -> Any:
        """Gradient of the mean log-likelihood of the true forests."""
        chances = self.chances(values)
        inside = chances * self.right
        inside /= np.repeat(np.add.reduceat(inside, self.starts), self.sizes)
        return (inside - chances) @ self.amounts / self.choices


def _climb(forests: _Forests, start: Any, free: Any) -> Any:
    """Gradient ascent with momentum on the penalised likelihood; the weights at its end."""
    values, speed = start.copy(), np.zeros_like(start)
    for _ in range(_STEPS):
        slope = forests.slope(values) + (start - values) / (_PRIOR**2 * forests.choices)
        speed = 0.9 * speed + _RATE * slope * free
        values += speed
    return values


if __name__ == "__main__":
    fit(halves()[0])
