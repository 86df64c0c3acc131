"""Train the tiny package of the older kind: ``python -m training.tiny_bpe``.

German to English, laid out as the packages that were made of OPUS-MT models of 2019 and 2020:
Moses tokens cut by the merges of ``bpe.model`` (Sennrich et al. 2016), inner parts marked
``@@``, and a model that ends its input by itself (``add_source_eos``), as CTranslate2's
converter of Marian models leaves it. Needs torch and subword-nmt, which the project does not.
"""

# mypy: disable-error-code="import-not-found,import-untyped"
# (what it needs is not installed where the project is checked)

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import torch
from argostranslate.apply_bpe import BPE
from sacremoses.normalize import MosesPunctNormalizer
from sacremoses.tokenize import MosesTokenizer
from subword_nmt.learn_bpe import learn_bpe

from training.tiny_argos import END, converted, padded, sentences, train, write

MERGES = 250


def moses(texts: list[str], language: str) -> list[list[str]]:
    """Texts as Moses normalises and cuts them."""
    normal, cut = MosesPunctNormalizer(language), MosesTokenizer(language)
    return [cut.tokenize(normal.normalize(text)) for text in texts]


def merges(texts: list[list[str]]) -> str:
    """The merges of both sides, as ``learn_bpe`` writes them."""
    made = io.StringIO()
    learn_bpe(io.StringIO("\n".join(map(" ".join, texts))), made, MERGES)
    return made.getvalue()


def main() -> None:
    """Train the package and write its file."""
    torch.set_num_threads(1)
    pairs = sentences((2, 1))
    sides = [moses([pair[side] for pair in pairs], code) for side, code in ((0, "de"), (1, "en"))]
    codes = merges([*sides[0][:8000], *sides[1][:8000]])
    bpe = BPE(io.StringIO(codes))
    cut = [[bpe.segment_tokens(words) for words in side] for side in sides]
    found = sorted({piece for side in cut for pieces in side for piece in pieces})
    vocabulary = padded(["<blank>", "<unk>", "<s>", "</s>", *found])
    number = {piece: place for place, piece in enumerate(vocabulary)}
    ids = [[[number[piece] for piece in pieces] for pieces in side] for side in cut]
    model = train([([*one, END], other) for one, other in zip(*ids, strict=True)])
    with tempfile.TemporaryDirectory() as place:
        converted(model, vocabulary, Path(place) / "model", ends=True)
        write("de", "en", Path(place) / "model", {"bpe.model": codes.encode()})


if __name__ == "__main__":
    main()
