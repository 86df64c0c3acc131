"""The training loop: batches of one source length, Muon and AdamW, time as the budget.

Matrices between layers are moved by Muon (Jordan et al. 2024: momentum made orthogonal by
Newton and Schulz's iteration, scaled after Liu et al. 2025), everything else by AdamW. The
rate rises, stays and falls to nothing at the end; the weights shipped are the mean over the
last tenth of the way. The same seed on the same machine gives nearly the same weights: how
many steps fit into the time is not exact.
"""

# mypy: disable-error-code="misc,import-not-found,untyped-decorator,unused-ignore"
# (torch is not installed where the project is checked, so that its classes have no type there)

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.translator._model import Model, greedy, loss
from training.translator._names import END, PAD, START
from training.translator._tokens import Group, Rows

_ROUND = 300_000  # pairs drawn and sorted at a time
_POWER = 0.55  # groups are drawn by their size to this power
_BATCH = 32_000  # pieces of one pass, both sides
_PASSES = 2  # a step, so that it sees several lengths
_RATE, _WARM = 2e-3, 200
_DECAY = 0.05  # of weights, times the rate
_SMOOTHING = 0.1
_MEAN = 0.1  # the last part of the way, over which weights are averaged
_KEPT = 300  # seconds between savings of the state
_FALL = 0.45  # the last part of the way, in which the rate falls


@dataclass
class Plan:
    """What a run is to do: for how long, on what, and where on its way it stands."""

    seconds: float
    batch: int = _BATCH
    passes: int = _PASSES
    rate: float = _RATE
    falls: bool = True
    drop: float = 0.1
    weights: Mapping[str, float] = field(default_factory=dict)


class Pool:
    """All groups on the device as one flat array a side."""

    def __init__(self, groups: Sequence[Group], device: torch.device) -> None:
        self.source = _on(device, [group.source for group in groups])
        self.target = _on(device, [group.target for group in groups])
        self.first = np.cumsum([0, *(len(group.source) for group in groups)])
        self.names = [group.name for group in groups]
        self.device = device
        self._chance = np.random.default_rng(1)
        self._left = [np.zeros(0, np.int64) for _ in groups]

    def shares(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """The part of a round every group gets: its size to a power, times its weight."""
        sizes = np.diff(self.first)
        share = sizes**_POWER * np.array([_weight(weights, name) for name in self.names])
        return np.asarray(share / share.sum())

    def drawn(self, weights: Mapping[str, float], count: int) -> NDArray[np.int64]:
        """So many pairs, every one of a group once before any comes again."""
        counts = (self.shares(weights) * count).astype(np.int64)
        return np.concatenate([self._take(group, n) for group, n in enumerate(counts)])

    def _take(self, group: int, count: int) -> NDArray[np.int64]:
        taken = []
        while count > 0:
            if not len(self._left[group]):
                size = self.first[group + 1] - self.first[group]
                if not size:
                    break
                self._left[group] = self._chance.permutation(size) + self.first[group]
            part, self._left[group] = self._left[group][:count], self._left[group][count:]
            taken.append(part)
            count -= len(part)
        return np.concatenate(taken) if taken else np.zeros(0, np.int64)

    def batches(self, chosen: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
        """`chosen` cut into batches of one source length and similar target lengths, mixed."""
        there, here = self.source.sizes[chosen], self.target.sizes[chosen]
        order = np.lexsort((here, there))
        chosen, there, here = chosen[order], there[order], here[order]
        cut: list[NDArray[np.int64]] = []
        at = 0
        ends = np.append(np.flatnonzero(np.diff(there)) + 1, len(chosen))
        for end in ends:
            while at < end:
                fits = (there[at] + here[at:end] + 2) * np.arange(1, end - at + 1) <= size
                taken = max(1, int(fits.sum()))
                cut.append(chosen[at : at + taken])
                at += taken
        return [cut[i] for i in self._chance.permutation(len(cut))]

    def tensors(self, batch: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Sources, and targets between START and END, PAD after it."""
        index = torch.from_numpy(batch).to(self.device, non_blocking=True)
        widths = int(self.source.sizes[batch].max()), int(self.target.sizes[batch].max())
        source = self.source.padded(index, widths[0])
        return source, self.target.framed(index, widths[1])

    def written(self, batch: NDArray[np.int64]) -> int:
        """Pieces to be written for a batch, END with them."""
        return int(self.target.sizes[batch].sum()) + len(batch)


@dataclass
class _Side:
    flat: Tensor
    starts: Tensor
    counts: Tensor
    sizes: NDArray[np.int64]

    def padded(self, index: Tensor, width: int) -> Tensor:
        """The texts at `index` side by side, filled up to a width."""
        places = torch.arange(width, device=index.device)
        inside = places[None, :] < self.counts[index][:, None]
        at = (self.starts[index][:, None] + places[None, :]).clamp(max=len(self.flat) - 1)
        return self.flat[at].long().masked_fill(~inside, PAD)

    def framed(self, index: Tensor, width: int) -> Tensor:
        """The same between START and END."""
        found = nn.functional.pad(self.padded(index, width), (1, 1), value=PAD)
        found[:, 0] = START
        return found.scatter_(1, self.counts[index][:, None] + 1, END)


def _on(device: torch.device, parts: Sequence[Rows]) -> _Side:
    flat = np.concatenate([part.flat for part in parts])
    sizes = np.concatenate([part.lengths for part in parts])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return _Side(
        torch.from_numpy(flat).to(device),
        torch.from_numpy(starts).to(device),
        torch.from_numpy(sizes).to(device),
        sizes,
    )


def _weight(weights: Mapping[str, float], name: str) -> float:
    """The weight of a group: by its name, else by the word it begins with, else 1."""
    return weights.get(name, weights.get(name.split(maxsplit=1)[0], 1.0))


# ---------------------------------------------------------------- the optimizer


class Muon:
    """Momentum made orthogonal, for all matrices of one shape at once."""

    def __init__(self, matrices: Sequence[nn.Parameter], parts: Mapping[int, int]) -> None:
        self.groups: dict[tuple[int, int], list[tuple[nn.Parameter, int]]] = {}
        for matrix in matrices:
            count = parts.get(id(matrix), 1)
            shape = (matrix.shape[0] // count, matrix.shape[1])
            self.groups.setdefault(shape, []).append((matrix, count))
        self.momentum: dict[tuple[int, int], Tensor] = {}

    @torch.no_grad()
    def step(self, rate: float, decay: float) -> None:
        """One step along the gradients."""
        for shape, members in self.groups.items():
            gradients = torch.cat([m.grad.view(-1, *shape) for m, _ in members])  # type: ignore[union-attr]
            momentum = self.momentum.setdefault(shape, torch.zeros_like(gradients))
            momentum.mul_(0.95).add_(gradients)
            moved = _orthogonal(gradients.add(momentum, alpha=0.95))
            moved *= 0.2 * max(shape) ** 0.5 * rate  # as large as a step of AdamW
            at = 0
            for matrix, count in members:
                matrix.mul_(1 - rate * decay)
                matrix.sub_(moved[at : at + count].reshape(matrix.shape))
                at += count


def _orthogonal(matrices: Tensor) -> Tensor:
    """The nearest orthogonal matrices, roughly: five rounds of Newton and Schulz."""
    x = matrices.bfloat16() if matrices.is_cuda else matrices
    tall = x.shape[-2] > x.shape[-1]
    x = x.mT if tall else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        product = x @ x.mT
        x = 3.4445 * x + (-4.7750 * product + 2.0315 * product @ product) @ x
    return (x.mT if tall else x).to(matrices.dtype)


class Learner:
    """A model on its way: optimizers, mean weights, the steps done."""

    def __init__(self, model: Model, device: torch.device) -> None:
        self.model, self.device = model.to(device), device
        parts = {
            id(module.weight): count
            for name, module in model.named_modules()
            if (count := {"qkv": 3, "kv": 2}.get(name.rsplit(".", 1)[-1]))
        }
        matrices = [
            p for n, p in model.named_parameters() if p.ndim == 2 and n != "embedding.weight"
        ]
        self.muon = Muon(matrices, parts)
        chosen = {id(p) for p in matrices}
        rest = [p for p in model.parameters() if id(p) not in chosen]
        self.adam = torch.optim.AdamW(
            rest, lr=_RATE, betas=(0.9, 0.98), weight_decay=0.0, fused=device.type == "cuda"
        )
        self.steps = 0
        self.mean: dict[str, Tensor] = {}
        self.averaged = 0

    def state(self) -> dict[str, Any]:
        """Everything a later run needs to go on."""
        return {
            "model": self.model.state_dict(),
            "adam": self.adam.state_dict(),
            "muon": self.muon.momentum,
            "steps": self.steps,
        }

    def resume(self, state: Mapping[str, Any]) -> None:
        """Go on from a `state`; from weights alone where it has nothing else."""
        self.model.load_state_dict(state["model"])
        if "adam" in state:
            self.adam.load_state_dict(state["adam"])
            self.muon.momentum = {k: v.to(self.device) for k, v in state["muon"].items()}
            self.steps = state["steps"]

    def average(self) -> None:
        """Take the weights as they are into the mean."""
        self.averaged += 1
        with torch.no_grad():
            for name, weight in self.model.named_parameters():
                if name not in self.mean:
                    self.mean[name] = weight.detach().clone()
                else:
                    self.mean[name].lerp_(weight, 1 / self.averaged)

    def step(
        self, batches: Sequence[tuple[Tensor, Tensor]], count: int, rate: float, drop: float
    ) -> Tensor:
        """One step over batches with so many pieces to write; the mean loss a piece."""
        total = torch.zeros((), device=self.device)
        for source, target in batches:
            with torch.autocast(
                self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"
            ):
                made = loss(self.model, source, target, drop, _SMOOTHING)
            (made / count).backward()
            total += made.detach() / count
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for group in self.adam.param_groups:
            group["lr"] = rate
        self.adam.step()
        self.muon.step(rate, _DECAY)
        for parameter in self.model.parameters():
            parameter.grad = None
        self.steps += 1
        return total


def rate_at(plan: Plan, part: float, steps: int) -> float:
    """The rate after `part` of the time and so many steps."""
    rate = plan.rate * min(1.0, (steps + 1) / _WARM)
    return rate * min(1.0, (1 - part) / _FALL) if plan.falls else rate


def learn(learner: Learner, pool: Pool, plan: Plan, keep: Callable[[], None]) -> None:
    """Train for the time of the plan, telling the loss now and then; `keep` saves the state."""
    learner.model.train()
    began = told = kept = time.monotonic()
    seen = 0
    for batches in _endless(pool, plan):
        part = (time.monotonic() - began) / plan.seconds
        if part >= 1:
            break
        count = sum(pool.written(batch) for batch in batches)
        tensors = [pool.tensors(batch) for batch in batches]
        got = learner.step(tensors, count, rate_at(plan, part, learner.steps), plan.drop)
        seen += count + sum(source.numel() for source, _ in tensors)
        if plan.falls and part > 1 - _MEAN and learner.steps % 5 == 0:
            learner.average()
        if time.monotonic() - told > 15:
            told = time.monotonic()
            print(
                f"{told - began:5.0f} s  step {learner.steps:6d}  loss {got.item():.3f}  "
                f"{seen / (told - began) / 1000:,.0f}k pieces/s",
                flush=True,
            )
        if time.monotonic() - kept > _KEPT:
            kept = time.monotonic()
            keep()
    keep()


def _endless(pool: Pool, plan: Plan) -> Iterator[list[NDArray[np.int64]]]:
    while True:
        found = pool.batches(pool.drawn(plan.weights, _ROUND), plan.batch)
        for at in range(0, len(found) - plan.passes + 1, plan.passes):
            yield found[at : at + plan.passes]


@torch.no_grad()
def measured(model: Model, held: Pool) -> str:
    """The loss a piece on the pairs held out, by language."""
    model.eval()
    told = []
    for number, name in enumerate(held.names):
        chosen = np.arange(held.first[number], held.first[number + 1])
        total, count = 0.0, 0
        for batch in held.batches(chosen, 8000):
            source, target = held.tensors(batch)
            with torch.autocast(
                source.device.type, torch.bfloat16, enabled=source.device.type == "cuda"
            ):
                total += float(loss(model, source, target, 0.0, 0.0))
            count += held.written(batch)
        told.append(f"{name} {total / max(1, count):.2f}")
    model.train()
    return "held out: " + "  ".join(told)


# ---------------------------------------------------------------- back-translation


@torch.no_grad()
def translated(
    model: Model, device: torch.device, sources: Sequence[Sequence[int]], batch: int
) -> list[list[int]]:
    """Greedy translations of sources, which carry their tags, in the order given."""
    model.eval()
    made: list[list[int]] = [[] for _ in sources]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    at = 0
    while at < len(order):
        size = len(sources[order[at]])
        end = at
        while end < len(order) and len(sources[order[end]]) == size and end - at < batch:
            end += 1
        source = torch.tensor([list(sources[i]) for i in order[at:end]], device=device)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            found = greedy(model, source, int(1.6 * size) + 8)
        for i, row in zip(order[at:end], found.tolist(), strict=True):
            made[i] = [piece for piece in row if piece != PAD]
        at = end
    model.train()
    return made
