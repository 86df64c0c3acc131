"""Translation figures: ``python -m benchmarks.translate [WHAT] [LANGUAGE …] [PACKAGE-FOLDER]``.

WHAT is one of these, or nothing for all; languages (``fa zh``) may be named where it is one of
the first three. ``gloss``: chrF of the built-in gloss on FLORES dev, beside Argos where its output
is known. ``flags``: how often each distrust flag fires on human references (false alarms) and on
the same references with a fault put in. ``drift``: numbers, denials and names flipped in references
and seen by direct comparison with the source. ``package``: chrF, distrust flags and sentences a
second of the package in the folder given, which may read many languages, beside the gloss's chrF.
``speed``: sentences a second of the direct engine and of argostranslate's own code on the same
package: a real one when its folder is given, else one of the size of a published package with
random weights.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import lines, records
from provenance.languages.sentences import sentences
from provenance.model import Unreadable
from provenance.translating import _engine, changed, gloss
from provenance.translating._distrust import WORTH, flags
from provenance.translating._engine import Engine
from provenance.translating._packages import Package, read_package, read_packages

LANGUAGES = ("ru", "uk", "de", "fr", "es", "it", "pl", "tr", "ar", "fa", "zh")
WIDTH, INNER, LAYERS, HEADS, VOCABULARY = 512, 2048, 6, 8, 32_000  # of a published package
STEP = 8  # pieces to which the lengths of outputs are rounded up
SENTENCES, PEER = 400, 50  # sentences ours translates, and how many of them argostranslate
DRIFTED = 500  # references flipped a language
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_DENIAL = re.compile(r"\b(?:not|never|no) (?!only|just|doubt|\d)|n't\b")
_VERB = re.compile(r"\b(?:is|are|was|were|will|has|have|can|could|would|should|had)\b(?! not|n't)")


# ---------------------------------------------------------------- gloss


def chrf(hypotheses: Sequence[str], references: Sequence[str], order: int = 6) -> float:
    """chrF2 of a corpus (Popović 2015): character n-grams to `order`, recall weighted twice."""
    precision, recall = [], []
    for size in range(1, order + 1):
        matched = made = wanted = 0
        for hypothesis, reference in zip(hypotheses, references, strict=True):
            ours, theirs = _grams(hypothesis, size), _grams(reference, size)
            matched += sum((ours & theirs).values())
            made += sum(ours.values())
            wanted += sum(theirs.values())
        precision.append(matched / max(1, made))
        recall.append(matched / max(1, wanted))
    p, r = sum(precision) / order, sum(recall) / order
    return 100 * 5 * p * r / (4 * p + r) if p + r else 0.0


def _grams(text: str, size: int) -> Counter[str]:
    bare = re.sub(r"\s+", "", text)
    return Counter(bare[i : i + size] for i in range(len(bare) - size + 1))


def measure_gloss(codes: Sequence[str]) -> None:
    """Print chrF and glosses a second for every language."""
    print("gloss, FLORES dev   chrF   chrF of Argos   sentences/s")
    for code in codes:
        pairs = list(records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"))
        references = [pair["ref"] for pair in pairs]
        gloss(pairs[0]["src"], code)
        start = time.perf_counter()
        made = [gloss(pair["src"], code).text for pair in pairs]
        spent = time.perf_counter() - start
        argos = [pair["argos"] for pair in pairs if pair.get("argos")]
        peer = f"{chrf(argos, references):.1f}" if len(argos) == len(references) else "–"
        rate = len(pairs) / spent
        print(f"{code:18} {chrf(made, references):6.1f} {peer:>15} {rate:13.0f}", flush=True)


def measure_package(folder: Path) -> None:
    """Print what a package into English makes of FLORES dev, for each language it reads."""
    print(f"{folder.name:18}   chrF   of the gloss   distrusted   sentences/s")
    for package in read_packages(folder):
        if isinstance(package, Unreadable) or package.source not in LANGUAGES:
            continue
        pairs = list(records(f"eval/translate/flores_dev.{package.source}-en.jsonl.xz"))
        references = [pair["ref"] for pair in pairs]
        sources = [pair["src"] for pair in pairs]
        start = time.process_time()
        made = [text for text, _ in Engine(package).translate(sources)]
        rate = len(pairs) / (time.process_time() - start)
        fired = [flags(*pair, package.source, "en") for pair in zip(sources, made, strict=True)]
        glossed = chrf([gloss(source, package.source).text for source in sources], references)
        print(
            f"{package.source:18} {chrf(made, references):6.1f} {glossed:14.1f} "
            f"{sum(map(bool, fired)) / len(fired):12.0%} {rate:13.0f}",
            flush=True,
        )


# ---------------------------------------------------------------- halves


def half_of(code: str, half: int) -> list[dict[str, Any]]:
    """The sentences of FLORES dev with even numbers (0), or with odd ones (1)."""
    return list(records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"))[half::2]


# ---------------------------------------------------------------- flags

Fault = Callable[[str, str, random.Random], str | None]


def _loop(_: str, text: str, chance: random.Random) -> str | None:
    words = text.split()
    at = chance.randrange(len(words))
    return " ".join([*words[:at], *words[at : at + 3] * 6])


def _cut(_: str, text: str, __: random.Random) -> str | None:
    return " ".join(text.split()[: len(text.split()) // 3])


def _number(_: str, text: str, chance: random.Random) -> str | None:
    found = list(re.finditer(r"\d+", text))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + str(int(match.group()) + 7) + text[match.end() :]


def _affirm(_: str, text: str, __: random.Random) -> str | None:
    bare = re.sub(r"\b(not|never|no) |n't\b", "", text)
    return bare if bare != text else None


def _rename(_: str, text: str, chance: random.Random) -> str | None:
    found = list(_NAME.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    other = chance.choice([name for name in names() if name != match.group()])
    return text[: match.start()] + other + text[match.end() :]


@cache
def names() -> tuple[str, ...]:
    """Words with a capital inside the sentences of all references: what a name is flipped to."""
    return tuple(name for text in _references() for name in _NAME.findall(text))


def _deny(_: str, text: str, chance: random.Random) -> str | None:
    """A denial taken away, or one put in where there is none."""
    if found := list(_DENIAL.finditer(text)):
        match = chance.choice(found)
        return text[: match.start()] + text[match.end() :]
    found = list(_VERB.finditer(text))
    at = chance.choice(found).end() if found else 0
    return f"{text[:at]} not{text[at:]}" if at else None


def _half(_: str, text: str, chance: random.Random) -> str:
    """A translation whose second half is that of another sentence."""
    words, other = text.split(), chance.choice(_references()).split()
    return " ".join([*words[: len(words) // 2], *other[len(other) // 2 :]])


@cache
def _references() -> tuple[str, ...]:
    return tuple(pair["ref"] for pair in records("eval/translate/flores_dev.de-en.jsonl.xz"))


FAULTS: dict[str, Fault] = {
    "repetition": _loop,
    "length": _cut,
    "content": _half,
    "echoed": lambda source, _, __: source,
    "numbers": _number,
    "negation": _affirm,
    "names": _rename,
}
FLIPS: dict[str, Fault] = {"number": _number, "negation": _deny, "name": _rename}


def measure_flags(codes: Sequence[str]) -> None:
    """Print for each flag how often it fires on references, and on faults put into them."""
    print("flag: fires on human references / on references with that fault, %")
    print("language  " + "  ".join(f"{flag:>14}" for flag in WORTH if flag != "masks"))
    for code in codes:
        pairs = list(records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"))[:400]
        chance = random.Random(5)
        quiet = Counter(f for p in pairs for f in flags(p["src"], p["ref"], code, "en"))
        cells = []
        for flag in WORTH:
            if flag == "masks":
                continue
            bad = [FAULTS[flag](p["src"], p["ref"], chance) for p in pairs if flag in FAULTS]
            put = [(p["src"], b) for p, b in zip(pairs, bad, strict=False) if b]
            hit = sum(flag in flags(source, text, code, "en") for source, text in put)
            share = f"{100 * hit / len(put):.0f}" if put else "–"
            cells.append(f"{100 * quiet[flag] / len(pairs):6.1f} / {share:>5}")
        print(f"{code:8}  " + "  ".join(cells), flush=True)


# ---------------------------------------------------------------- drift


def measure_drift(codes: Sequence[str]) -> None:
    """Print how many of 500 flipped references direct comparison sees, and its false alarms.

    Measured on the half of FLORES dev that `training.changes` does not learn from. One
    number, denial or name of a reference is flipped; a flip is seen when its kind is told.
    Names are replaced by names of other references. No package is used.
    """
    print("drift by direct comparison, %: seen of flips (how many) / told of untouched references")
    print("language  " + "  ".join(f"{kind:>20}" for kind in FLIPS) + "      all seen / any told")
    for code in codes:
        pairs = half_of(code, 1)
        quiet = [_told(pair["src"], code, pair["ref"]) for pair in pairs]
        hits = {
            kind: [kind in _told(*row) for row in _flipped(pairs, kind, code)] for kind in FLIPS
        }
        cells = [
            f"{100 * sum(seen) / len(seen):6.1f} ({len(seen)}) / "
            f"{100 * sum(kind in told for told in quiet) / len(pairs):4.1f}"
            for kind, seen in hits.items()
        ]
        every = [seen for found in hits.values() for seen in found]
        told = 100 * sum(map(bool, quiet)) / len(pairs)
        print(
            f"{code:8}  "
            + "  ".join(f"{cell:>20}" for cell in cells)
            + f"  {100 * sum(every) / len(every):9.1f} ({len(every)}) / {told:4.1f}",
            flush=True,
        )


def _told(text: str, language: str, english: str) -> set[str]:
    return {change.kind for change in changed(text, language, english)}


def _flipped(pairs: Sequence[dict[str, Any]], kind: str, code: str) -> list[tuple[str, str, str]]:
    """A third of `DRIFTED` flips of one kind, all different: source, language, English."""
    chance = random.Random(5)
    order = chance.sample(list(pairs), len(pairs)) * 3  # few have a number: those more than once
    rows = (
        (pair["src"], code, text)
        for pair in order
        if (text := FLIPS[kind](pair["src"], pair["ref"], chance)) is not None
    )
    return list(dict.fromkeys(rows))[: DRIFTED // len(FLIPS) + 1]


# ---------------------------------------------------------------- speed


def measure_speed(folder: Path | None) -> None:
    """Print sentences a second of both ways, and how many times faster ours is.

    Without a package of one's own: random weights in a package of base size. Those never end
    a sentence, so on both sides every output is held to the length of its reference, in
    pieces, rounded up to `STEP`; batches hold sentences of one length, which costs ours some.
    """
    with tempfile.TemporaryDirectory() as place:
        package = read_package(folder or random_package(Path(place)))
        if isinstance(package, Unreadable):
            sys.exit(package.reason)
        pairs = list(records(f"eval/translate/flores_dev.{package.source}-en.jsonl.xz"))
        texts = [pair["src"] for pair in pairs][:SENTENCES]
        engine = Engine(package)
        ours: Callable[[Sequence[str]], object] = engine.translate
        theirs = _argos(package, None)
        if folder is None:
            lengths = _lengths(package, pairs[:SENTENCES])
            ours = partial(_in_lengths, engine, lengths)
            theirs = _argos(package, lengths)
        some = texts[:: SENTENCES // PEER]
        for load in (ours, theirs):
            load(texts[:2])
        print(
            f"{package.name}: {package.size / 1e6:.0f} MB; direct {len(texts)} sentences, ", end=""
        )
        print(f"argostranslate {len(some)} of them, one thread each")
        (cpu, wall), (their_cpu, their_wall) = _rates(ours, texts), _rates(theirs, some)
    print(f"sentences/s, processor time: {cpu:.1f} and {their_cpu:.2f}: {cpu / their_cpu:.1f} x")
    print(
        f"sentences/s, wall clock:     {wall:.1f} and {their_wall:.2f}: {wall / their_wall:.1f} x"
    )


def _rates(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> tuple[float, float]:
    """Sentences a second of processor time and of wall clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    work(texts)
    return len(texts) / (time.process_time() - cpu), len(texts) / (time.perf_counter() - wall)


def _argos(
    package: Package, lengths: dict[str, int] | None
) -> Callable[[Sequence[str]], list[str]]:
    """argostranslate's own translation of one text after another, with our splitter.

    `lengths` holds the output of each text to that many tokens.
    """
    import ctranslate2
    from argostranslate import package as installer
    from argostranslate import translate

    class Splitter:
        def split_sentences(self, text: str) -> list[str]:
            return [text[s.start : s.end] for s in sentences(text, package.source)]

    model: Any = ctranslate2.Translator(str(package.model), device="cpu", inter_threads=1)
    theirs: Any = installer.Package(package.path)
    apply: Any = translate.apply_packaged_translation

    def one(text: str) -> str:
        held = _Held(model, lengths[text]) if lengths else model
        return str(apply(theirs, text, held, Splitter(), 1)[0].value)

    return lambda texts: [one(text) for text in texts]


class _Held:
    """A model whose every output has the same number of tokens."""

    def __init__(self, model: Any, length: int) -> None:
        self._model, self._length = model, length

    def translate_batch(self, *tokens: Any, **options: Any) -> Any:
        """As the model's own, but for the length."""
        options |= {"min_decoding_length": self._length, "max_decoding_length": self._length}
        return self._model.translate_batch(*tokens, **options)


def _in_lengths(engine: Engine, lengths: dict[str, int], texts: Sequence[str]) -> None:
    """Our engine over texts whose outputs have to be that long, those of a length together."""
    model, tokenizer = engine._load()
    key = next(key for key in _engine._loaded if key[0] == engine.package)
    for length in sorted({lengths[text] for text in texts}):
        _engine._loaded[key] = (_Held(model, length), tokenizer)
        engine.translate([text for text in texts if lengths[text] == length])
    _engine._loaded[key] = (model, tokenizer)


def _lengths(package: Package, pairs: Sequence[dict[str, Any]]) -> dict[str, int]:
    """For each source how many pieces its reference has, rounded up."""
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(
        model_file=str(package.path / "sentencepiece.model")
    )
    return {
        pair["src"]: STEP * max(1, -(-len(pieces.encode(pair["ref"])) // STEP)) for pair in pairs
    }


def random_package(place: Path) -> Path:
    """A Russian to English package of the size of a published one, its weights random.

    Six and six layers of width 512 with eight heads and inner layers of 2,048, 32,000 pieces
    learned from both sides of the development set and English news, int8.
    """
    import ctranslate2

    folder = place / "ru_en"
    (folder / "model").mkdir(parents=True)
    vocabulary = _pieces(folder / "sentencepiece.model")
    spec = ctranslate2.specs.TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)
    chance = np.random.default_rng(1)
    weight = _normal(chance, len(vocabulary), WIDTH)
    spec.encoder.embeddings[0].weight = weight
    spec.decoder.embeddings.weight = weight
    spec.decoder.projection.weight = weight
    for side in (spec.encoder, spec.decoder):
        for layer in side.layer:
            _attention(layer.self_attention, chance)
            if side is spec.decoder:
                _attention(layer.attention, chance)
            _norm(layer.ffn.layer_norm)
            _linear(layer.ffn.linear_0, chance, INNER, WIDTH)
            _linear(layer.ffn.linear_1, chance, WIDTH, INNER)
        _norm(side.layer_norm)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = False
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder / "model"))
    about = {"from_code": "ru", "from_name": "Russian", "to_code": "en", "to_name": "English"}
    about |= {"package_version": "random", "argos_version": "1.9"}
    (folder / "metadata.json").write_text(json.dumps(about), "utf-8")
    return folder


def _pieces(file: Path) -> list[str]:
    """Write a SentencePiece model to `file`; its pieces."""
    import sentencepiece

    pairs = list(records("eval/translate/flores_dev.ru-en.jsonl.xz"))
    foreign = (line.partition("\t")[0] for line in islice(lines("parallel/ru-en.tsv.xz"), 60_000))
    news = islice(lines("corpus/english_sentences.tsv.xz"), 60_000)
    english = (line.partition("\t")[2] for line in news)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([*(p["src"] for p in pairs), *foreign, *english]),
        model_prefix=str(file.with_suffix("")),
        model_type="bpe",
        vocab_size=VOCABULARY,
        minloglevel=2,
        num_threads=1,
    )
    file.with_suffix(".vocab").unlink()
    model = sentencepiece.SentencePieceProcessor(model_file=str(file))
    return [model.id_to_piece(i) for i in range(model.get_piece_size())]


def _normal(chance: np.random.Generator, rows: int, columns: int) -> Any:
    return (chance.standard_normal((rows, columns)) * columns**-0.5).astype(np.float32)


def _attention(spec: Any, chance: np.random.Generator) -> None:
    _norm(spec.layer_norm)
    widths = (3, 1) if len(spec.linear) == 2 else (1, 2, 1)  # q, k, v in one, or k, v apart
    for linear, parts in zip(spec.linear, widths, strict=True):
        _linear(linear, chance, parts * WIDTH, WIDTH)


def _linear(spec: Any, chance: np.random.Generator, rows: int, columns: int) -> None:
    spec.weight = _normal(chance, rows, columns)
    spec.bias = np.zeros(rows, np.float32)


def _norm(spec: Any) -> None:
    spec.gamma, spec.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def main(arguments: list[str]) -> None:
    folders = [Path(a) for a in arguments if Path(a).is_dir()]
    wanted = [a for a in arguments if a in {"gloss", "flags", "drift", "speed", "package"}]
    codes = [a for a in arguments if a in LANGUAGES] or LANGUAGES
    if "package" in wanted and folders:
        measure_package(folders[0])
    if not wanted or "speed" in wanted:
        measure_speed(folders[0] if folders else None)
    if not wanted or "gloss" in wanted:
        measure_gloss(codes)
    if not wanted or "flags" in wanted:
        measure_flags(codes)
    if not wanted or "drift" in wanted:
        measure_drift(codes)


if __name__ == "__main__":
    main(sys.argv[1:])
