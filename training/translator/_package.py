"""Convert the trained weights to CTranslate2 in int8 and write the package."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece
from numpy.typing import NDArray

from training.translator._names import LANGUAGES, PAD, UNKNOWN, opening

TARGET = Path(__file__).parents[2] / "provenance" / "translating" / "builtin"
VERSION = "1.0"

Weights = Mapping[str, NDArray[np.float32]]


def package(folder: Path, state: Path, target: Path = TARGET) -> None:
    """Write the package of the weights in `state`, with the pieces of `folder`, to `target`."""
    weights = read(state)
    model_file = (folder / "tokenizer.model").read_bytes()
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    convert(weights, pieces(model_file), target / "model")
    (target / "sentencepiece.model").write_bytes(model_file)
    (target / "metadata.json").write_text(json.dumps(about(), indent=1) + "\n", encoding="utf-8")


def read(state: Path) -> Weights:
    """The weights a run wrote, by name."""
    found: dict[str, NDArray[np.float32]] = {}
    for path in sorted(state.glob("weights*.npz")):
        with np.load(path) as stored:
            found |= {name: stored[name].astype(np.float32) for name in stored}
    return found


def pieces(model_file: bytes) -> list[str]:
    """The vocabulary as CTranslate2 wants it."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=model_file)
    found = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    found[PAD], found[UNKNOWN] = "<blank>", "<unk>"
    return found


def about() -> dict[str, Any]:
    """What the package says of itself."""
    return {
        "package_version": VERSION,
        "argos_version": "1.9",
        "to_code": "en",
        "to_name": "English",
        "sources": {code: opening(code) for code in sorted(LANGUAGES)},
    }


# ---------------------------------------------------------------- the model


def convert(weights: Weights, vocabulary: list[str], folder: Path) -> None:
    """Write the model to `folder` as CTranslate2 reads it."""
    layers = tuple(_count(weights, side) for side in ("encoder", "decoder"))
    embedding = weights["embedding.weight"]
    heads = embedding.shape[1] // 64
    spec = ctranslate2.specs.TransformerSpec.from_config(layers, heads, pre_norm=True)
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.projection.weight = embedding
    for side, made in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        for number, layer in enumerate(made.layer):
            _layer(layer, weights, f"{side}.{number}.")
    _norm(spec.encoder.layer_norm, weights, "encoded")
    _norm(spec.decoder.layer_norm, weights, "decoded")
    save(spec, vocabulary, folder)


def save(spec: Any, vocabulary: list[str], folder: Path, ends: bool = False) -> None:
    """Write a filled `spec` of one vocabulary to `folder`, weights in int8.

    `ends` says that the model adds the end of its input by itself.
    """
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = ends
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def _count(weights: Weights, side: str) -> int:
    return 1 + max(int(name.split(".")[1]) for name in weights if name.startswith(f"{side}."))


def _layer(layer: Any, weights: Weights, at: str) -> None:
    _norm(layer.self_attention.layer_norm, weights, at + "itself.norm")
    _linear(layer.self_attention.linear[0], weights, at + "itself.qkv")
    _linear(layer.self_attention.linear[1], weights, at + "itself.out")
    if at + "source.q.weight" in weights:
        _norm(layer.attention.layer_norm, weights, at + "source.norm")
        _linear(layer.attention.linear[0], weights, at + "source.q")
        _linear(layer.attention.linear[1], weights, at + "source.kv")
        _linear(layer.attention.linear[2], weights, at + "source.out")
    _norm(layer.ffn.layer_norm, weights, at + "norm")
    _linear(layer.ffn.linear_0, weights, at + "inner")
    _linear(layer.ffn.linear_1, weights, at + "outer")


def _linear(spec: Any, weights: Weights, name: str) -> None:
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]
