"""The network: a Transformer (Vaswani et al. 2017), deep where it reads, shallow where it writes.

Two decoder layers under many encoder layers decode several times faster at the same quality
(Kasai et al. 2021). Norms stand before each part (pre-norm), one embedding serves source,
target and output, positions are CTranslate2's sines. Batches hold sources of one length, so
that nothing is padded where attention looks and no mask is needed.
"""

# mypy: disable-error-code="misc,import-not-found,untyped-decorator,unused-ignore"
# (torch is not installed where the project is checked, so that its classes have no type there)

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, dropout, scaled_dot_product_attention

from training.translator._names import END, PAD, START


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of the network: 25 million weights as it stands, 25 MB in int8."""

    pieces: int = 20_000
    width: int = 384
    heads: int = 6
    inner: int = 1536
    encoder: int = 7
    decoder: int = 2
    longest: int = 512  # places


class Attention(nn.Module):
    """Multi-head attention over what was read or written so far."""

    def __init__(self, shape: Shape, inward: bool) -> None:
        super().__init__()
        self.heads, self.inward = shape.heads, inward
        self.norm = nn.LayerNorm(shape.width)
        if inward:
            self.qkv = nn.Linear(shape.width, 3 * shape.width)
        else:
            self.q = nn.Linear(shape.width, shape.width)
            self.kv = nn.Linear(shape.width, 2 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)

    def split(self, x: Tensor, parts: int) -> list[Tensor]:
        """`x` of shape (rows, places, parts × width) as parts of (rows, heads, places, size)."""
        return [part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in x.chunk(parts, -1)]

    def forward(self, x: Tensor, memory: Tensor | None, causal: bool, drop: float) -> Tensor:
        """`x` with what it found in itself, or in `memory`."""
        normed = self.norm(x)
        if memory is None:
            q, k, v = self.split(self.qkv(normed), 3)
        else:
            (q,) = self.split(self.q(normed), 1)
            k, v = self.split(self.kv(memory), 2)
        mixed = scaled_dot_product_attention(q, k, v, is_causal=causal)
        return x + dropout(self.out(mixed.transpose(1, 2).flatten(2)), drop, self.training)


class Block(nn.Module):
    """One layer: attention to itself, to the source where it decodes, and a mixer."""

    def __init__(self, shape: Shape, decodes: bool) -> None:
        super().__init__()
        self.decodes = decodes
        self.itself = Attention(shape, inward=True)
        self.source = Attention(shape, inward=False) if decodes else None
        self.norm = nn.LayerNorm(shape.width)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)

    def mixed(self, x: Tensor, drop: float) -> Tensor:
        """`x` through the mixer."""
        made = self.outer(torch.relu(self.inner(self.norm(x))))
        return x + dropout(made, drop, self.training)

    def forward(self, x: Tensor, memory: Tensor | None, drop: float) -> Tensor:
        """The layer over a batch of shape (rows, places, width)."""
        x = self.itself(x, None, self.decodes, drop)
        if self.source is not None:
            x = self.source(x, memory, False, drop)
        return self.mixed(x, drop)


class Model(nn.Module):
    """Encoder and decoder over one vocabulary."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.pieces, shape.width)
        self.encoder = nn.ModuleList(Block(shape, False) for _ in range(shape.encoder))
        self.decoder = nn.ModuleList(Block(shape, True) for _ in range(shape.decoder))
        self.encoded, self.decoded = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.register_buffer("places", positions(shape.longest, shape.width), persistent=False)
        self._begin()

    def _begin(self) -> None:
        """Small weights, smaller at what is added to the stream, after GPT-2."""
        nn.init.normal_(self.embedding.weight, std=self.shape.width**-0.5)
        deep = 2 * (self.shape.encoder + self.shape.decoder)
        for name, weight in self.named_parameters():
            if weight.ndim == 2 and name != "embedding.weight":
                nn.init.xavier_uniform_(weight)
                if name.endswith(("out.weight", "outer.weight")):
                    weight.data.mul_(deep**-0.5)
            elif name.endswith("bias"):
                nn.init.zeros_(weight)

    def placed(self, tokens: Tensor, first: int = 0) -> Tensor:
        """Embeddings of tokens from place `first` on."""
        places = self.places[first : first + tokens.shape[1]]
        return self.embedding(tokens) * self.shape.width**0.5 + places

    def encode(self, source: Tensor, drop: float = 0.0) -> Tensor:
        """What the encoder makes of sources of one length."""
        x = dropout(self.placed(source), drop, self.training)
        for block in self.encoder:
            x = block(x, None, drop)
        return self.encoded(x)

    def forward(self, source: Tensor, target: Tensor, drop: float = 0.0) -> Tensor:
        """States after each place of `target`; scores are their product with the embedding."""
        memory = self.encode(source, drop)
        y = dropout(self.placed(target), drop, self.training)
        for block in self.decoder:
            y = block(y, memory, drop)
        return self.decoded(y)

    def scores(self, states: Tensor) -> Tensor:
        """Scores of every piece after each state."""
        return states @ self.embedding.weight.T


def positions(length: int, width: int) -> Tensor:
    """Sines beside cosines over places counted from one, as CTranslate2 makes them."""
    steps = torch.exp(torch.arange(width // 2) * -(math.log(10000) / (width // 2 - 1)))
    angles = (torch.arange(length) + 1)[:, None] * steps[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def loss(model: Model, source: Tensor, target: Tensor, drop: float, smoothing: float) -> Tensor:
    """The summed cross-entropy of the targets, which begin with START and end with END."""
    states = model(source, target[:, :-1], drop)
    return cross_entropy(
        model.scores(states.flatten(0, 1)).float(),
        target[:, 1:].flatten(),
        ignore_index=PAD,
        label_smoothing=smoothing,
        reduction="sum",
    )


@torch.no_grad()
def greedy(model: Model, source: Tensor, limit: int) -> Tensor:
    """The likeliest piece at each place, of shape (rows, places), END and what follows as PAD."""
    memory = model.encode(source)
    rows = source.shape[0]
    read = [block.source.split(block.source.kv(memory), 2) for block in model.decoder]  # type: ignore[union-attr]
    past: list[list[Tensor]] = [[] for _ in model.decoder]
    token = torch.full((rows, 1), START, device=source.device)
    done = torch.zeros(rows, dtype=torch.bool, device=source.device)
    made = []
    for place in range(limit):
        y = model.placed(token, place)
        for number, block in enumerate(model.decoder):
            y = _stepped(block, y, past, number, read[number])
        scores = model.scores(model.decoded(y[:, -1])).float()
        scores[:, : END + 1 if place == 0 else START + 1] = -math.inf
        token = scores.argmax(-1, keepdim=True)
        done |= token[:, 0] == END
        made.append(token[:, 0].masked_fill(done, PAD))
        if place % 8 == 7 and bool(done.all()):
            break
    return torch.stack(made, 1)


def _stepped(
    block: Block, y: Tensor, past: list[list[Tensor]], number: int, read: list[Tensor]
) -> Tensor:
    """One layer over one new place, the places before it remembered in `past`."""
    here, there = block.itself, block.source
    assert there is not None
    q, k, v = here.split(here.qkv(here.norm(y)), 3)
    if past[number]:
        k, v = (torch.cat([old, new], 2) for old, new in zip(past[number], (k, v), strict=True))
    past[number] = [k, v]
    mixed = scaled_dot_product_attention(q, k, v)
    y = y + here.out(mixed.transpose(1, 2).flatten(2))
    (q,) = there.split(there.q(there.norm(y)), 1)
    mixed = scaled_dot_product_attention(q, read[0], read[1])
    y = y + there.out(mixed.transpose(1, 2).flatten(2))
    return block.mixed(y, 0.0)
