"""One installed package as a running model: tokens in, tokens out, in batches by size.

The package folder is read directly with CTranslate2 and its own tokenizer, as
argostranslate does, but greedily and in batches of tokens instead of sentence by sentence:
several times faster, without its sentence splitters, without the network.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from provenance.errors import TranslationError
from provenance.translating._packages import Package

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before anything loads onnxruntime

BEAM = 1  # greedy: four beams cost three times as much and cut some outputs short
BATCH = 2048  # tokens; beyond that a core gains nothing and memory grows
LOADED = 4  # models in memory: a way through English and its return; 60 to 300 MB each
LONGEST = 200  # tokens of one input: models are trained on sentences and lose longer ones
PARAMETERS = f"beam_size={BEAM} max_batch_size={BATCH} batch_type=tokens longest={LONGEST}"


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """How a package cuts text into the tokens of its model, and joins them again."""

    encode: Callable[[str], list[str]]
    decode: Callable[[Sequence[str]], str]


class Engine:
    """A package's model, loaded on first use and until `release` or until others need the room."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def translate(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        """Each sentence's translation and the mean probability of its tokens, in (0, 1]."""
        cut = [self._cut(sentence) for sentence in sentences]
        flat = [tokens for pieces in cut for tokens in pieces]
        done = iter(self._run(flat))
        return [self._joined([next(done) for _ in pieces]) for pieces in cut]

    def likelihoods(self, pairs: Sequence[tuple[str, str]]) -> list[float | None]:
        """The mean log probability, in nats a token, of each second text as a translation of
        the first; None where either is empty or too long for one input."""
        cut = [(self._cut(one), self._cut(other)) for one, other in pairs]
        short = [place for place, (one, other) in enumerate(cut) if len(one) == len(other) == 1]
        found: list[float | None] = [None] * len(pairs)
        if short:
            prefix = [self.package.prefix] if self.package.prefix else []
            scored = self._load()[0].score_batch(
                [cut[place][0][0] for place in short],
                [prefix + cut[place][1][0] for place in short],
                max_batch_size=BATCH,
                batch_type="tokens",
            )
            for place, result in zip(short, scored, strict=True):
                told = result.log_probs[len(prefix) :]
                found[place] = sum(told) / len(told)
        return found

    def release(self) -> None:
        """Let the model's memory go; the next use loads it again."""
        for key in [key for key in _loaded if key[0] == self.package]:
            del _loaded[key]

    def _run(self, tokens: list[list[str]]) -> list[tuple[str, float]]:
        from math import exp

        if not tokens:
            return []
        model, tokenizer = self._load()
        prefix = self.package.prefix
        try:
            results = model.translate_batch(
                tokens,
                target_prefix=[[prefix]] * len(tokens) if prefix else None,
                replace_unknowns=True,
                max_batch_size=BATCH,
                batch_type="tokens",
                beam_size=BEAM,
                max_decoding_length=2 * LONGEST,
                return_scores=True,
            )
        except (RuntimeError, ValueError) as error:  # a token or a length it does not know
            raise TranslationError(f"package {self.package.name} fails: {error}") from error
        found = []
        for result in results:
            made = result.hypotheses[0]
            score = exp(result.scores[0] / max(1, len(made)))
            text = tokenizer.decode(made[1:] if made[:1] == [prefix] else made).strip()
            found.append((text.removeprefix(prefix).strip() if prefix else text, min(1.0, score)))
        return found

    def _cut(self, sentence: str) -> list[list[str]]:
        """The tokens of a sentence, in several inputs where it is too long for one."""
        if not sentence.strip():
            return []
        tokens = self._load()[1].encode(sentence)
        opening, closing = list(self.package.opening), list(self.package.closing)
        return [
            [*opening, *tokens[at : at + LONGEST], *closing]
            for at in range(0, len(tokens), LONGEST)
        ]

    @staticmethod
    def _joined(parts: list[tuple[str, float]]) -> tuple[str, float]:
        if not parts:
            return "", 1.0
        return " ".join(text for text, _ in parts), min(score for _, score in parts)

    def _load(self) -> tuple[Any, Tokenizer]:
        """The model and its tokenizer, from memory where they are there."""
        try:
            key = (self.package, (self.package.model / "model.bin").stat().st_mtime_ns)
            found = _loaded.pop(key, None) or _read(self.package)
        except (OSError, RuntimeError, ValueError) as error:
            raise TranslationError(f"package {self.package.name} is broken: {error}") from error
        _loaded[key] = found
        while len(_loaded) > LOADED:
            _loaded.popitem(last=False)
        return found


# Models in memory, the one used last at the end, by package and the time its file was written.
_loaded: OrderedDict[tuple[Package, int], tuple[Any, Tokenizer]] = OrderedDict()


def loaded() -> tuple[Package, ...]:
    """The packages whose models are in memory, the one used last at the end."""
    return tuple(package for package, _ in _loaded)


def _read(package: Package) -> tuple[Any, Tokenizer]:
    import logging

    import ctranslate2

    ctranslate2.set_log_level(logging.ERROR)  # it warns of weights in half precision
    tokenizer = _tokenizer(package)
    model = ctranslate2.Translator(
        str(package.model), device="cpu", inter_threads=1, intra_threads=_threads()
    )
    return model, tokenizer


def _threads() -> int:
    """All cores, unless ``$OMP_NUM_THREADS`` says how many; CTranslate2 alone takes four."""
    return 0 if "OMP_NUM_THREADS" in os.environ else os.cpu_count() or 0


def _tokenizer(package: Package) -> Tokenizer:
    for one, other in _PIECES:
        if (package.path / one).is_file():
            return _sentencepiece(package.path / one, package.path / other)
    return _bpe(package)


# SentencePiece models of the two sides: Argos, NLLB, OPUS-MT.
_PIECES = (
    ("sentencepiece.model", "sentencepiece.model"),
    ("sentencepiece.bpe.model", "sentencepiece.bpe.model"),
    ("source.spm", "target.spm"),
)


def _sentencepiece(one: Path, other: Path) -> Tokenizer:
    import sentencepiece

    source = sentencepiece.SentencePieceProcessor(model_file=str(one))
    target = source if one == other else sentencepiece.SentencePieceProcessor(model_file=str(other))

    def decode(tokens: Sequence[str]) -> str:
        return str(target.decode_pieces(list(tokens))).replace("▁", " ")

    return Tokenizer(lambda text: list(source.encode(text, out_type=str)), decode)


def _bpe(package: Package) -> Tokenizer:
    """Moses tokens cut by the merges of ``bpe.model``, as older packages have it."""
    from argostranslate.apply_bpe import BPE
    from sacremoses.normalize import MosesPunctNormalizer  # type: ignore[import-untyped]
    from sacremoses.tokenize import (  # type: ignore[import-untyped]
        MosesDetokenizer,
        MosesTokenizer,
    )

    normalizer = MosesPunctNormalizer(package.source)
    tokenizer, detokenizer = MosesTokenizer(package.source), MosesDetokenizer(package.target)
    bpe = BPE(_merges(package.path / "bpe.model"))

    def encode(text: str) -> list[str]:
        return list(bpe.segment_tokens(tokenizer.tokenize(normalizer.normalize(text))))

    def decode(tokens: Sequence[str]) -> str:
        joined = f"{' '.join(tokens)} ".replace("@@ ", "").rstrip()
        return str(detokenizer.detokenize(joined.split(" ")))

    return Tokenizer(encode, decode)


def _merges(file: Path) -> StringIO:
    """The merges of a ``bpe.model``; where they are none, the reader would end the program."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    wrong = next((n for n, line in enumerate(lines, 1) if not _is_merge(line)), 0)
    if wrong:
        raise ValueError(f"line {wrong} of {file.name} is no merge of two pieces")
    return StringIO(text)


def _is_merge(line: str) -> bool:
    return line.startswith("#version:") or len(line.strip("\r\n ").split(" ")) == 2
