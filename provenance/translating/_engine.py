"""One installed package as a running model: tokens in, tokens out, in batches by size.

The package folder is read directly with CTranslate2 and its own tokenizer, as
argostranslate does, but greedily and in batches of tokens instead of sentence by sentence:
several times faster, without its sentence splitters, without the network.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from provenance.errors import TranslationError
from provenance.translating._packages import Package

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before anything loads onnxruntime

BEAM = 1  # greedy: four beams cost three times as much and cut some outputs short
BATCH = 2048  # tokens; beyond that a core gains nothing and memory grows
LONGEST = 200  # tokens of one input: models are trained on sentences and lose longer ones
PARAMETERS = f"beam_size={BEAM} max_batch_size={BATCH} batch_type=tokens longest={LONGEST}"


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """How a package cuts text into the tokens of its model, and joins them again."""

    encode: Callable[[str], list[str]]
    decode: Callable[[Sequence[str]], str]


class Engine:
    """A package's model, loaded on first use and until `release`."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._model: Any = None
        self._tokenizer: Tokenizer | None = None

    def translate(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        """Each sentence's translation and the mean probability of its tokens, in (0, 1]."""
        cut = [self._cut(sentence) for sentence in sentences]
        flat = [tokens for pieces in cut for tokens in pieces]
        done = iter(self._run(flat))
        return [self._joined([next(done) for _ in pieces]) for pieces in cut]

    def release(self) -> None:
        """Let the model's memory go; the next use loads it again."""
        self._model = self._tokenizer = None

    def _run(self, tokens: list[list[str]]) -> list[tuple[str, float]]:
        from math import exp

        if not tokens:
            return []
        model, tokenizer = self._load()
        prefix = self.package.prefix
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
        found = []
        for result in results:
            text = tokenizer.decode(result.hypotheses[0]).strip()
            score = exp(result.scores[0] / max(1, len(result.hypotheses[0])))
            found.append((text.removeprefix(prefix).strip() if prefix else text, min(1.0, score)))
        return found

    def _cut(self, sentence: str) -> list[list[str]]:
        """The tokens of a sentence, in several inputs where it is too long for one."""
        if not sentence.strip():
            return []
        tokens = self._load()[1].encode(sentence)
        return [tokens[at : at + LONGEST] for at in range(0, len(tokens), LONGEST)]

    @staticmethod
    def _joined(parts: list[tuple[str, float]]) -> tuple[str, float]:
        if not parts:
            return "", 1.0
        return " ".join(text for text, _ in parts), min(score for _, score in parts)

    def _load(self) -> tuple[Any, Tokenizer]:
        if self._model is None or self._tokenizer is None:
            try:
                import ctranslate2

                self._tokenizer = _tokenizer(self.package)
                self._model = ctranslate2.Translator(
                    str(self.package.path / "model"), device="cpu", inter_threads=1
                )
            except (OSError, RuntimeError, ValueError) as error:
                raise TranslationError(f"package {self.package.name} is broken: {error}") from error
        return self._model, self._tokenizer


def _tokenizer(package: Package) -> Tokenizer:
    if (package.path / "sentencepiece.model").is_file():
        return _sentencepiece(package)
    return _bpe(package)


def _sentencepiece(package: Package) -> Tokenizer:
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(
        model_file=str(package.path / "sentencepiece.model")
    )

    def decode(tokens: Sequence[str]) -> str:
        return str(processor.decode_pieces(list(tokens))).replace("▁", " ")

    return Tokenizer(lambda text: list(processor.encode(text, out_type=str)), decode)


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
    with (package.path / "bpe.model").open(encoding="utf-8") as merges:
        bpe = BPE(merges)

    def encode(text: str) -> list[str]:
        return list(bpe.segment_tokens(tokenizer.tokenize(normalizer.normalize(text))))

    def decode(tokens: Sequence[str]) -> str:
        return str(detokenizer.detokenize(" ".join(tokens).replace("@@ ", "").split(" ")))

    return Tokenizer(encode, decode)
