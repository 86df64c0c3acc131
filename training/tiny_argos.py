"""Train the tiny packages the tests install: ``python -m training.tiny_argos``.

Three real ``.argosmodel`` files, Russian to English and back and English to German, about half
a megabyte each: SentencePiece, a Transformer of two and two layers in plain torch, converted
to CTranslate2 in int8. They know only the sentences `phrases` can make (our own, invented),
which is what a fixture must: it translates those, and goes wrong in natural ways on others.
Three minutes a package on one core. Needs torch, which the project itself does not.
"""

# mypy: disable-error-code="misc,import-not-found"
# (torch is not installed where the project is checked, so that its classes have no type there)

from __future__ import annotations

import io
import json
import random
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece
import torch
from torch import Tensor, nn

from training.translator._model import positions
from training.translator._package import save

TARGET = Path(__file__).parent.parent / "tests" / "translating" / "packages"
WIDTH, HEADS, LAYERS, INNER = 96, 4, 2, 256
PIECES = 700
STEPS, BATCH, RATE = 700, 96, 2e-3
PAD, UNKNOWN, START, END = 0, 1, 2, 3

# Each line one meaning: Russian, English, German. {s} speaker, {n} number, {p} place, {m} mark.
SPEAKERS = [
    ("Министр", "The minister", "Der Minister"),
    ("Президент", "The president", "Der Präsident"),
    ("Посол", "The ambassador", "Der Botschafter"),
    ("Генерал", "The general", "Der General"),
    ("Мэр", "The mayor", "Der Bürgermeister"),
    ("Дипломат", "The diplomat", "Der Diplomat"),
    ("Врач", "The doctor", "Der Arzt"),
    ("Учитель", "The teacher", "Der Lehrer"),
]
VERBS = [
    ("сказал", "said", "sagte"),
    ("заявил", "stated", "erklärte"),
    ("подтвердил", "confirmed", "bestätigte"),
    ("добавил", "added", "fügte hinzu"),
]
PLACES = [
    ("в Киеве", "in Kyiv", "in Kiew"),
    ("в Москве", "in Moscow", "in Moskau"),
    ("в Лондоне", "in London", "in London"),
    ("в Париже", "in Paris", "in Paris"),
    ("в Берлине", "in Berlin", "in Berlin"),
    ("на границе", "at the border", "an der Grenze"),
]
THINGS = [
    ("солдат", "soldiers", "Soldaten"),
    ("школ", "schools", "Schulen"),
    ("домов", "houses", "Häuser"),
    ("врачей", "doctors", "Ärzte"),
    ("машин", "cars", "Autos"),
]
CLAUSES = [
    ("война закончится", "the war will end", "der Krieg wird enden"),
    ("война не закончится", "the war will not end", "der Krieg wird nicht enden"),
    ("переговоры начнутся", "the talks will begin", "die Gespräche werden beginnen"),
    ("переговоры не начнутся", "the talks will not begin", "die Gespräche werden nicht beginnen"),
    ("мир возможен", "peace is possible", "Frieden ist möglich"),
    ("мир невозможен", "peace is impossible", "Frieden ist unmöglich"),
    ("{n} {t} прибудут", "{n} {t} will arrive", "{n} {t} werden ankommen"),
    ("{n} {t} не прибудут", "{n} {t} will not arrive", "{n} {t} werden nicht ankommen"),
    ("ответ есть на {m}", "the answer is on {m}", "die Antwort steht auf {m}"),
]
FRAMES = [
    ("{s} {v}, что {c} {p}.", "{s} {v} that {c} {p}.", "{s} {v}, dass {c} {p}."),
    ("{s} {v}: «{c}».", "{s} {v}: “{c}”.", "{s} {v}: „{c}“."),
    ("{s} {v}, что {c}.", "{s} {v} that {c}.", "{s} {v}, dass {c}."),
    ("{c} {p}.", "{c} {p}.", "{c} {p}."),
]


def phrases(seed: int) -> Iterator[tuple[str, str, str]]:
    """Endless sentences in Russian, English and German, the same for the same seed."""
    chance = random.Random(seed)
    while True:
        frame, clause = chance.choice(FRAMES), chance.choice(CLAUSES)
        filled = {
            "s": chance.choice(SPEAKERS),
            "v": chance.choice(VERBS),
            "p": chance.choice(PLACES),
            "t": chance.choice(THINGS),
            "n": (str(chance.choice([chance.randint(2, 99), 100 * chance.randint(1, 99)])),) * 3,
            "m": (f"XQ{chance.randint(0, 3)}",) * 3,
        }
        yield tuple(_sentence(frame, clause, filled, i) for i in range(3))


def _sentence(
    frame: tuple[str, ...], clause: tuple[str, ...], filled: dict[str, Any], side: int
) -> str:
    words = {key: value[side] for key, value in filled.items()}
    text = frame[side].format(c=clause[side].format(**words), **words)
    return text[:1].upper() + text[1:]


# ---------------------------------------------------------------- the model


class Attention(nn.Module):
    """Multi-head attention with the projections CTranslate2 wants: q, k and v apart."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.q, self.k, self.v, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor) -> Tensor:
        """`x` with what it found in `memory` (in itself when None) where `mask` allows."""
        normed = self.norm(x)
        source = normed if memory is None else memory
        q, k, v = (
            layer(value).unflatten(-1, (HEADS, -1)).transpose(1, 2)
            for layer, value in ((self.q, normed), (self.k, source), (self.v, source))
        )
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return x + self.out(mixed.transpose(1, 2).flatten(2))


class Block(nn.Module):
    """One layer, pre-norm: attention to itself, to the source where it decodes, and a mixer."""

    def __init__(self, decodes: bool) -> None:
        super().__init__()
        self.itself = Attention()
        self.source = Attention() if decodes else None
        self.norm = nn.LayerNorm(WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(
        self, x: Tensor, mask: Tensor, memory: Tensor | None = None, seen: Tensor | None = None
    ) -> Tensor:
        """The layer over a batch of shape (sentences, places, width)."""
        x = self.itself(x, None, mask)
        if self.source is not None and seen is not None:
            x = self.source(x, memory, seen)
        return x + self.outer(torch.relu(self.inner(self.norm(x))))


class Model(nn.Module):
    """Encoder and decoder over one vocabulary, embeddings shared with the output."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(PIECES, WIDTH)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)
        self.encoder = nn.ModuleList(Block(False) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(Block(True) for _ in range(LAYERS))
        self.encoded, self.decoded = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Scores of every piece after each place of `target`, which begins with START."""
        seen = (source != PAD)[:, None, None, :]
        x = self._placed(source)
        for block in self.encoder:
            x = block(x, seen)
        memory = self.encoded(x)
        length = target.shape[1]
        past = torch.ones(length, length, dtype=torch.bool).tril()[None, None]
        y = self._placed(target)
        for block in self.decoder:
            y = block(y, past, memory, seen)
        return self.decoded(y) @ self.embedding.weight.T

    def _placed(self, tokens: Tensor) -> Tensor:
        return self.embedding(tokens) * WIDTH**0.5 + positions(tokens.shape[1], WIDTH)


# ---------------------------------------------------------------- training


def tokenizer(texts: list[str]) -> bytes:
    """A SentencePiece model of both sides, without a normalisation table."""
    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=made,
        vocab_size=PIECES,
        hard_vocab_limit=False,
        model_type="unigram",
        character_coverage=1.0,
        normalization_rule_name="identity",
        split_digits=True,
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=START,
        eos_id=END,
        num_threads=1,
        minloglevel=2,
    )
    return made.getvalue()


def train(encoded: list[tuple[list[int], list[int]]]) -> Model:
    """The model after `STEPS` batches of sources and targets in numbers."""
    torch.manual_seed(1)
    model = Model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.98))
    warm = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, STEPS, pct_start=0.15)
    for step in range(STEPS):
        batch = encoded[step * BATCH : (step + 1) * BATCH]
        source = _padded([ids for ids, _ in batch])
        target = _padded([[START, *ids, END] for _, ids in batch])
        logits = model(source, target[:, :-1])
        loss = nn.functional.cross_entropy(
            logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=PAD, label_smoothing=0.02
        )
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        warm.step()
        if step % 100 == 0:
            print(f"  step {step}: loss {loss.item():.3f}", flush=True)
    return model


def _padded(rows: list[list[int]]) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [PAD] * (width - len(row)) for row in rows])


# ---------------------------------------------------------------- packing


def converted(model: Model, vocabulary: list[str], folder: Path, ends: bool = False) -> None:
    """Write the model to `folder` as CTranslate2 reads it, weights in int8.

    `ends` says that the model ends its input by itself.
    """
    spec = ctranslate2.specs.TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)
    weight = model.embedding.weight.detach().numpy()
    spec.encoder.embeddings[0].weight = weight
    spec.decoder.embeddings.weight = weight
    spec.decoder.projection.weight = weight
    for side, blocks in ((spec.encoder, model.encoder), (spec.decoder, model.decoder)):
        for layer, block in zip(side.layer, blocks, strict=True):
            _attention(layer.self_attention, block.itself, fused=3)
            if block.source is not None:
                _attention(layer.attention, block.source, fused=2)
            _norm(layer.ffn.layer_norm, block.norm)
            _linear(layer.ffn.linear_0, [block.inner])
            _linear(layer.ffn.linear_1, [block.outer])
    _norm(spec.encoder.layer_norm, model.encoded)
    _norm(spec.decoder.layer_norm, model.decoded)
    save(spec, vocabulary, folder, ends)


def _attention(spec: Any, layer: Attention, fused: int) -> None:
    _norm(spec.layer_norm, layer.norm)
    parts = [layer.q, layer.k, layer.v]
    if fused == 3:
        _linear(spec.linear[0], parts)
    else:
        _linear(spec.linear[0], parts[:1])
        _linear(spec.linear[1], parts[1:])
    _linear(spec.linear[-1], [layer.out])


def _linear(spec: Any, layers: list[nn.Linear]) -> None:
    spec.weight = np.concatenate([layer.weight.detach().numpy() for layer in layers])
    spec.bias = np.concatenate([layer.bias.detach().numpy() for layer in layers])


def _norm(spec: Any, layer: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = layer.weight.detach().numpy(), layer.bias.detach().numpy()


def package(source: str, target: str, sides: tuple[int, int]) -> None:
    """Train one package and write its file."""
    pairs = sentences(sides)
    model_file = tokenizer([text for pair in pairs[:8000] for text in pair])
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model_file)
    model = train([(pieces.encode(one), pieces.encode(other)) for one, other in pairs])
    vocabulary = padded([pieces.id_to_piece(i) for i in range(pieces.get_piece_size())])
    with tempfile.TemporaryDirectory() as place:
        converted(model, vocabulary, Path(place) / "model")
        write(source, target, Path(place) / "model", {"sentencepiece.model": model_file})


def sentences(sides: tuple[int, int]) -> list[tuple[str, str]]:
    """All sentence pairs a package is trained on, in two of the languages of `phrases`."""
    some = phrases(seed=7)
    made = [next(some) for _ in range(STEPS * BATCH)]
    return [(row[sides[0]], row[sides[1]]) for row in made]


def padded(vocabulary: list[str]) -> list[str]:
    """A vocabulary of `PIECES`, its first two as CTranslate2 calls them."""
    unused = [f"<unused{i}>" for i in range(PIECES - len(vocabulary))]
    return ["<blank>", "<unk>", *vocabulary[2:], *unused]


def write(source: str, target: str, model: Path, beside: dict[str, bytes]) -> None:
    """Pack a converted model and what lies beside it as the index offers its packages."""
    about = {
        "package_version": "1.0",
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "links": [],
    }
    files = {f"model/{path.name}": path.read_bytes() for path in sorted(model.iterdir())}
    files |= {"metadata.json": json.dumps(about).encode(), **beside}
    files["README.md"] = b"A toy for tests: it knows a few hundred words.\n"
    TARGET.mkdir(parents=True, exist_ok=True)
    file = TARGET / f"{source}_{target}.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in sorted(files.items()):
            out.writestr(zipfile.ZipInfo(f"{source}_{target}/{name}"), content)
    print(file.stat().st_size, "bytes", flush=True)


NAMES = {"ru": "Russian", "en": "English", "de": "German"}


def main(wanted: list[str]) -> None:
    """Train the packages asked for (``ru_en``, ``en_de``, ``en_ru``), all when none is."""
    torch.set_num_threads(1)
    pairs = (("ru", "en", (0, 1)), ("en", "de", (1, 2)), ("en", "ru", (1, 0)))
    for source, target, sides in pairs:
        if wanted and f"{source}_{target}" not in wanted:
            continue
        print(f"{source} to {target}", flush=True)
        package(source, target, sides)


if __name__ == "__main__":
    main(sys.argv[1:])
