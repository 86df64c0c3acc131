"""Train the tagger's network in PyTorch, all languages together.

What words and endings mean is each language's own; how cues, marks, sentences and rules bear
on reported speech is shared, which helps the language with fewer texts. Maximum likelihood
of a linear-chain conditional random field, by Adam (Kingma and Ba 2015) with a falling rate,
dropout of units, columns and words, and the weights averaged over the last steps.
"""

# mypy: disable-error-code="misc,import-not-found"
# (torch is not installed where the project is checked, so that its classes have no type there)

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from provenance.quoting._features import BITS, SIZES
from provenance.quoting._network import courses, scores
from provenance.quoting._tagger import LABELS, Tagger

# The widths keep the program fast.
_WIDTH, _RECURRENT = 128, 64
_RATE, _VECTOR_RATE, _DECAY, _BATCH = 3e-3, 3e-3, 0.0, 3_000
# How much the search for sources inside reported words counts beside the labels.
_SOURCES = 0.3
# Weights are averaged over the steps after this share of them, every so many.
_AVERAGED, _EVERY = 0.6, 5
# Log-weight of a step that the label scheme forbids: reported words cannot begin "inside".
_FORBIDDEN = -30.0
# Columns whose values mean something else in every language.
_OWN = ("s", "k", "lw", "rw")
_COUNT = len(LABELS)


class Recipe(NamedTuple):
    """How one network is fitted: beside which other languages, over how many epochs, its own
    texts seen how often in each, what share of units and of words is dropped, and whether words
    are known by the vectors of their English translations too."""

    beside: tuple[str, ...] = ()
    epochs: int = 5
    repeat: int = 1
    dropout: float = 0.3
    word_dropout: float = 0.05
    seed: int = 0
    translated: bool = False


class Examples(NamedTuple):
    """One language's training texts: columns, label and source or not of every token, the
    paragraphs they lie in, the vectors of the known words to begin with, and those of what
    they mean in English, which stay as they are."""

    base: Mapping[str, NDArray[np.int64]]
    labels: NDArray[np.int64]
    sources: NDArray[np.float32]
    blocks: NDArray[np.int64]
    vectors: NDArray[np.float32]
    meanings: NDArray[np.float32]


class Read(NamedTuple):
    """Texts without annotation as teachers read them: columns, the chance of every label and
    of every step from the label before (from row to column), the chance of naming a source,
    and the paragraphs."""

    base: Mapping[str, NDArray[np.int64]]
    chances: NDArray[np.float16]
    steps: NDArray[np.float16]
    sources: NDArray[np.float32]
    blocks: NDArray[np.int64]


class _Batch(NamedTuple):
    """Paragraphs side by side, padded: columns, chances of labels and of the steps between,
    sources, and where tokens are."""

    base: dict[str, Tensor]
    chances: Tensor
    steps: Tensor
    sources: Tensor
    mask: Tensor


class _Net(nn.Module):
    """The network of `provenance.quoting._network`, with the field's steps."""

    def __init__(self, every: Mapping[str, Examples], recipe: Recipe) -> None:
        super().__init__()
        self.word_dropout = recipe.word_dropout
        self.vectors, self.project, self.tables = nn.ModuleDict(), nn.ModuleDict(), nn.ModuleDict()
        self.out, self.field = nn.ModuleDict(), nn.ParameterDict()
        for language, seen in every.items():
            self.vectors[language] = _vectors(seen.vectors)
            self.project[language] = nn.Linear(seen.vectors.shape[1], _WIDTH)
            self.out[language] = nn.Linear(2 * _RECURRENT, _COUNT + 1)
            for name, shape in _SHAPES.items():
                self.field[name + language] = nn.Parameter(torch.zeros(shape))
        for name, size in SIZES.items():
            for language in every if name in _OWN else [""]:
                self.tables[name + language] = nn.Embedding(size, _WIDTH)
        for table in self.tables.values():
            nn.init.normal_(table.weight, 0, 0.05)
        self.bits = nn.Linear(BITS, _WIDTH, bias=False)
        self.around = nn.Conv1d(_WIDTH, _WIDTH, 3, padding=1)
        self.ahead = nn.GRU(_WIDTH, _RECURRENT, batch_first=True)
        self.behind = nn.GRU(_WIDTH, _RECURRENT, batch_first=True)
        self.units = nn.Dropout(recipe.dropout)
        self.translated = recipe.translated
        if recipe.translated:
            width = next(iter(every.values())).meanings.shape[1]
            self.meaning = nn.Linear(width, _WIDTH, bias=False)
            for language, seen in every.items():
                self.register_buffer("meanings" + language, _rows(seen.meanings))
        forbidden = torch.zeros(_COUNT, _COUNT)
        inside = LABELS.index("I")
        forbidden[[LABELS.index(label) for label in "OQS"], inside] = _FORBIDDEN
        self.register_buffer("forbidden", forbidden)

    def forward(self, language: str, batch: _Batch) -> tuple[Tensor, Tensor]:
        """Scores of the labels, and of naming a source, at every token."""
        state = self._summed(language, batch)
        state = self.units(torch.relu(state) * batch.mask[..., None])
        near = torch.relu(self.around(state.transpose(1, 2)).transpose(1, 2))
        state = self.units(state + near)
        state = torch.cat([self.ahead(state)[0], self._from_behind(state, batch.mask)], 2)
        scores = self.out[language](self.units(state))
        return scores[..., :_COUNT], scores[..., _COUNT]

    def _from_behind(self, state: Tensor, mask: Tensor) -> Tensor:
        """The recurrent unit from every paragraph's end. Paragraphs are turned by an index: of
        PyTorch's packed sequences the gradient costs the square of their length."""
        place = torch.arange(mask.shape[1])
        turn = torch.where(mask, mask.sum(1, keepdim=True) - 1 - place, place)[..., None]
        behind: Tensor = self.behind(state.gather(1, turn.expand(-1, -1, _WIDTH)))[0]
        return behind.gather(1, turn.expand(-1, -1, _RECURRENT))

    def _summed(self, language: str, batch: _Batch) -> Tensor:
        words, shape = batch.base["w"], batch.mask.shape
        if self.training:
            words = torch.where(torch.rand(shape) < self.word_dropout, 0, words)
        bits = ((batch.base["c"][..., None] >> torch.arange(BITS)) & 1).float()
        total: Tensor = self.project[language](self.vectors[language](words)) + self.bits(bits)
        if self.translated:
            total = total + self.meaning(getattr(self, "meanings" + language)[words])
        for name in SIZES:
            total = total + self.tables[name + (language if name in _OWN else "")](batch.base[name])
        return total

    def steps(self, language: str) -> Tensor:
        """The field's steps, the forbidden ones with their fixed weight."""
        return self.field["steps" + language] + self.forbidden

    def loss(self, language: str, batch: _Batch) -> Tensor:
        """Mean negative log-likelihood a token, and the sources' cross-entropy. Where labels
        have chances, the likelihood is that expected by them, which differs from how far the
        two fields are apart (Kullback and Leibler 1951) by a constant."""
        scores, sources = self(language, batch)
        steps, mask, chances = self.steps(language), batch.mask, batch.chances
        begin, end = self.field["begin" + language], self.field["end" + language]
        every = _all_paths(begin + scores[:, 0], steps, scores[:, 1:], mask[:, 1:])
        rows, last = torch.arange(len(mask)), mask.sum(1) - 1
        gold = (scores * chances).sum() + (steps * batch.steps).sum()
        gold = gold + (begin * chances[:, 0]).sum() + (end * chances[rows, last]).sum()
        missed = torch.logsumexp(every + end, 1).sum() - gold
        named = nn.functional.binary_cross_entropy_with_logits(
            sources, batch.sources, reduction="none"
        )
        return (missed + _SOURCES * (named * mask).sum()) / mask.sum()


def _all_paths(first: Tensor, steps: Tensor, scores: Tensor, mask: Tensor) -> Tensor:
    """Log-weights of all ways to every last label, the products of steps taken in pairs, so
    that the loop runs over the logarithm of the length."""
    nothing = torch.full((_COUNT, _COUNT), -1e4).fill_diagonal_(0)
    product = torch.where(mask[..., None, None], steps + scores[:, :, None], nothing)
    while product.shape[1] > 1:
        if product.shape[1] % 2:
            product = torch.cat([product, nothing.expand(len(mask), 1, -1, -1)], 1)
        pairs = product[:, 0::2, :, :, None] + product[:, 1::2, None]
        product = torch.logsumexp(pairs, 3)
    return torch.logsumexp(first[:, :, None] + product[:, 0], 1) if product.shape[1] else first


_SHAPES = {"steps": (_COUNT, _COUNT), "begin": (_COUNT,), "end": (_COUNT,)}


def _vectors(vectors: NDArray[np.float32]) -> nn.Embedding:
    """A row for unknown words, then `vectors`; learned further, row by row."""
    return nn.Embedding.from_pretrained(_rows(vectors), freeze=False, sparse=True)


def _rows(vectors: NDArray[np.float32]) -> Tensor:
    """A row of zeros for unknown words, then `vectors`, scaled to a spread of a half."""
    return torch.from_numpy(np.pad(vectors / vectors.std() / 2, ((1, 0), (0, 0))))


def train(
    every: Mapping[str, Examples], language: str, recipe: Recipe, read: Read | None = None
) -> dict[str, Any]:
    """Fit one network on all languages of `every`, and on what teachers `read` in `language`,
    and give the arrays of `language` as `_network` reads those of one network."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    net = _Net(every, recipe)
    rng = np.random.default_rng(recipe.seed)
    batches: list[tuple[str, Examples | Read, NDArray[np.int64]]] = [
        (code, seen, rows)
        for code, seen in every.items()
        for rows in _batches(seen.blocks)
        for _ in range(recipe.repeat if code == language else 1)
    ]
    batches += [(language, read, rows) for rows in _batches(read.blocks)] if read else []
    dense = [value for name, value in net.named_parameters() if not name.startswith("vectors")]
    dense_steps = torch.optim.AdamW(dense, lr=_RATE, weight_decay=_DECAY)
    sparse_steps = torch.optim.SparseAdam(list(net.vectors.parameters()), lr=_VECTOR_RATE)
    optimizers = [(dense_steps, _RATE), (sparse_steps, _VECTOR_RATE)]
    total: dict[str, Any] = {}
    seen_steps, last = 0, recipe.epochs * len(batches)
    for number, (code, seen, rows) in enumerate(_shuffled(batches, recipe.epochs, rng)):
        for optimizer, rate in optimizers:
            optimizer.param_groups[0]["lr"] = (
                rate * min(1, (number + 1) / 100) * max(0.03, 1 - number / last)
            )
            optimizer.zero_grad()
        net.loss(code, _batch(seen, rows)).backward()
        nn.utils.clip_grad_norm_(dense, 1.0)
        for optimizer, _ in optimizers:
            optimizer.step()
        if number >= _AVERAGED * last and number % _EVERY == 0:
            seen_steps += 1
            for name, value in net.state_dict().items():
                total[name] = total.get(name, 0) + value.double()
        if (number + 1) % len(batches) == 0:
            print(f"epoch {(number + 1) // len(batches)} of {recipe.epochs}", flush=True)
    net.load_state_dict({name: value / seen_steps for name, value in total.items()})
    return _arrays(net, language)


def _shuffled(batches: list[Any], epochs: int, rng: np.random.Generator) -> Iterator[Any]:
    for _ in range(epochs):
        for number in rng.permutation(len(batches)):
            yield batches[number]


def _batches(blocks: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Paragraphs of like length together, about as many tokens in each batch."""
    lengths = blocks[:, 1] - blocks[:, 0]
    batches: list[NDArray[np.int64]] = []
    held: list[int] = []
    size = 0
    for number in np.argsort(lengths, kind="stable"):
        if held and size + lengths[number] > _BATCH:
            batches.append(blocks[held])
            held, size = [], 0
        held.append(int(number))
        size += int(lengths[number])
    return [*batches, blocks[held]]


def _batch(seen: Examples | Read, blocks: NDArray[np.int64]) -> _Batch:
    rows, mask = _side_by_side(blocks)
    behind = mask[:, 1:, None, None]
    if isinstance(seen, Read):
        chances = seen.chances[rows].astype(np.float32) * mask[..., None]
        steps = seen.steps[rows[:, 1:]].astype(np.float32) * behind
    else:
        chances = np.eye(_COUNT, dtype=np.float32)[seen.labels[rows]] * mask[..., None]
        steps = chances[:, :-1, :, None] * chances[:, 1:, None] * behind
    return _Batch(
        {name: torch.from_numpy(column[rows]) for name, column in seen.base.items()},
        torch.from_numpy(chances),
        torch.from_numpy(steps),
        torch.from_numpy(seen.sources[rows]),
        torch.from_numpy(mask),
    )


def _side_by_side(blocks: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The tokens of paragraphs, one paragraph a row, and which of them are there."""
    lengths = blocks[:, 1] - blocks[:, 0]
    steps = np.arange(lengths.max())
    mask = steps < lengths[:, None]
    return np.where(mask, blocks[:, :1] + steps, blocks[:, :1]), mask


def read(teacher: Tagger, base: Mapping[str, NDArray[np.int64]], blocks: NDArray[np.int64]) -> Read:
    """What `teacher` makes of texts. The chances are the gradient of the logarithm of all
    paths' weights by the scores and by the steps."""
    count = len(base["c"])
    chances = np.zeros((count, _COUNT), np.float16)
    steps = np.zeros((count, _COUNT, _COUNT), np.float16)
    sources = np.zeros(count, np.float32)
    begin, end = torch.from_numpy(teacher.begin), torch.from_numpy(teacher.end)
    for some in _batches(blocks):
        rows, mask = _side_by_side(some)
        places = rows[mask]
        edges = np.cumsum(mask.sum(1))
        course = courses(list(zip((edges - mask.sum(1)).tolist(), edges.tolist(), strict=True)))
        found = scores(teacher.network, {name: base[name][places] for name in base}, course)
        sources[places] = 1 / (1 + np.exp(-np.clip(found[:, _COUNT], -30, 30)))
        laid = np.zeros((*mask.shape, _COUNT), np.float32)
        laid[mask] = found[:, :_COUNT]
        here = torch.from_numpy(laid).requires_grad_()
        moves = torch.from_numpy(teacher.steps).repeat(len(mask), mask.shape[1] - 1, 1, 1)
        moves.requires_grad_()
        ways = _all_paths(begin + here[:, 0], moves, here[:, 1:], torch.from_numpy(mask[:, 1:]))
        chance, step = torch.autograd.grad(torch.logsumexp(ways + end, 1).sum(), (here, moves))
        chances[places] = chance.numpy()[mask]
        steps[rows[:, 1:][mask[:, 1:]]] = step.numpy()[mask[:, 1:]]
    return Read(base, chances, steps, sources, blocks)


def _arrays(net: _Net, language: str) -> dict[str, Any]:
    """The weights of `language`: tables as bytes with a scale, the rest in half precision."""
    words, project = net.vectors[language].weight, net.project[language].weight.T
    if net.translated:  # one table and one projection: the program need not know of two
        words = torch.cat([words, getattr(net, "meanings" + language)], 1)
        project = torch.cat([project, net.meaning.weight.T])
    tables = {"w": words}
    for name in SIZES:
        tables[name] = net.tables[name + (language if name in _OWN else "")].weight
    made: dict[str, Any] = {}
    for name, table in tables.items():
        values = table.detach().numpy()
        scale = float(np.quantile(np.abs(values), 0.9999)) / 127
        made["table." + name] = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
        made["scale." + name] = np.array(scale, dtype=np.float32)
    units, out = (net.ahead, net.behind), net.out[language]
    plain = {
        "project": project,
        "project_bias": net.project[language].bias,
        "bits": net.bits.weight.T,
        "around": net.around.weight.permute(2, 1, 0),
        "around_bias": net.around.bias,
        "inward": torch.cat([unit.weight_ih_l0.T for unit in units], 1),
        "inward_bias": torch.cat([unit.bias_ih_l0 for unit in units]),
        "back": torch.stack([unit.weight_hh_l0.T for unit in units]),
        "back_bias": torch.stack([unit.bias_hh_l0[None] for unit in units]),
        "out": out.weight.T,
        "out_bias": out.bias,
        "steps": net.steps(language),
        "begin": net.field["begin" + language],
        "end": net.field["end" + language],
    }
    halves = {name: value.detach().numpy().astype(np.float16) for name, value in plain.items()}
    return made | halves


def choice(seen: Sequence[tuple[list[list[str]], int]]) -> dict[str, float]:
    """Weights of a conditional logit: `seen` has the features of each option by name, and
    which was chosen."""
    torch.manual_seed(0)
    names = sorted({name for rows, _ in seen for row in rows for name in row})
    number = {name: place for place, name in enumerate(names)}
    columns = [number[name] for rows, _ in seen for row in rows for name in row]
    lengths = [len(row) for rows, _ in seen for row in rows]
    starts = torch.from_numpy(np.concatenate([[0], np.cumsum(lengths)[:-1]]))
    owner = torch.from_numpy(np.repeat(np.arange(len(seen)), [len(rows) for rows, _ in seen]))
    offsets = np.concatenate([[0], np.cumsum([len(rows) for rows, _ in seen])[:-1]])
    right = torch.from_numpy(offsets + np.array([answer for _, answer in seen]))
    table = nn.EmbeddingBag(len(names), 1, mode="sum")
    nn.init.zeros_(table.weight)
    optimizer = torch.optim.LBFGS(
        table.parameters(), max_iter=_ROUNDS, line_search_fn="strong_wolfe"
    )

    def missed() -> Tensor:
        optimizer.zero_grad()
        odds = table(torch.tensor(columns), starts)[:, 0]
        whole = torch.zeros(len(seen)).index_add(0, owner, torch.exp(odds)).log()
        loss = (whole - odds[right]).sum() + (table.weight**2).sum() / 2
        loss.backward()
        return loss

    optimizer.step(missed)
    return {name: round(float(table.weight[place].detach()), 3) for name, place in number.items()}


# Steps of the optimizer; it has stopped long before.
_ROUNDS = 200
