"""Train the tiny folders of the tests: ``python -m training.tiny_converted [opus] [nllb]``.

A MarianMT model from Russian to English with its own pieces for each side, and an NLLB model
of Russian, English and German with a token for each language: trained as Transformers has
them and written by CTranslate2's own converter, so that files, vocabularies and
``config.json`` are those of a published OPUS-MT or NLLB model that was converted. They know
only the sentences of `training.tiny_argos`. Needs torch and transformers, which the project
does not.
"""

# mypy: disable-error-code="import-not-found"
# (what it needs is not installed where the project is checked)

from __future__ import annotations

import io
import json
import random
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece
import torch
from transformers import (
    M2M100Config,
    M2M100ForConditionalGeneration,
    MarianConfig,
    MarianMTModel,
    MarianTokenizer,
    NllbTokenizer,
)

from training.tiny_argos import TARGET, phrases

WIDTH, HEADS, LAYERS, INNER = 64, 4, 2, 192
STEPS, BATCH, RATE = 600, 96, 3e-3
TOKENS = ("rus_Cyrl", "eng_Latn", "deu_Latn")  # in the order of `phrases`
SIZES = {
    "d_model": WIDTH,
    "encoder_layers": LAYERS,
    "decoder_layers": LAYERS,
    "encoder_attention_heads": HEADS,
    "decoder_attention_heads": HEADS,
    "encoder_ffn_dim": INNER,
    "decoder_ffn_dim": INNER,
    "max_position_embeddings": 512,
    "dropout": 0.0,
    "attention_dropout": 0.0,
    "activation_dropout": 0.0,
    "scale_embedding": True,
}


def pieces(texts: list[str], size: int, file: Path, kind: str) -> list[str]:
    """Learn a SentencePiece model of either maker's kind; its pieces without the special ones."""
    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=made,
        vocab_size=size,
        hard_vocab_limit=False,
        model_type=kind,
        character_coverage=1.0,
        normalization_rule_name="nmt_nfkc",
        num_threads=1,
        minloglevel=2,
    )
    file.write_bytes(made.getvalue())
    model = sentencepiece.SentencePieceProcessor(model_proto=made.getvalue())
    return [model.id_to_piece(i) for i in range(3, model.get_piece_size())]


def train(model: Any, batches: Iterator[dict[str, torch.Tensor]]) -> None:
    """`STEPS` steps over batches of what Transformers' tokenizers give."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.98))
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, STEPS, pct_start=0.15)
    model.train()
    for step in range(STEPS):
        loss = model(**next(batches)).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        pace.step()
        if step % 100 == 0:
            print(f"  step {step}: loss {loss.item():.3f}", flush=True)
    model.eval()


def batch(tokenizer: Any, sources: list[str], targets: list[str]) -> dict[str, torch.Tensor]:
    """Numbers of a batch, padding left out of the loss."""
    made = dict(tokenizer(sources, text_target=targets, padding=True, return_tensors="pt"))
    made["labels"] = made["labels"].masked_fill(made["labels"] == tokenizer.pad_token_id, -100)
    return made


def opus(folder: Path) -> tuple[str, ...]:
    """Train a MarianMT model into `folder`; the tokenizer's files a user copies beside it."""
    some = phrases(seed=7)
    rows = [next(some) for _ in range(STEPS * BATCH)]
    both: dict[str, None] = {}
    for side, name in ((0, "source.spm"), (1, "target.spm")):
        texts = [row[side] for row in rows[:8000]]
        both |= dict.fromkeys(pieces(texts, 400, folder / name, "unigram"))
    vocabulary = ["</s>", "<unk>", *both, "<pad>"]
    numbered = {piece: place for place, piece in enumerate(vocabulary)}
    (folder / "vocab.json").write_text(json.dumps(numbered), "utf-8")
    tokenizer = MarianTokenizer.from_pretrained(folder, source_lang="ru", target_lang="en")
    last = len(vocabulary) - 1
    config = MarianConfig(
        vocab_size=len(vocabulary),
        pad_token_id=last,
        eos_token_id=0,
        decoder_start_token_id=last,
        forced_eos_token_id=0,
        activation_function="swish",
        static_position_embeddings=True,
        **SIZES,
    )
    model = MarianMTModel(config)
    cut = (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
    train(model, (batch(tokenizer, [r[0] for r in b], [r[1] for r in b]) for b in cut))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return "source.spm", "target.spm"


def nllb(folder: Path) -> tuple[str, ...]:
    """Train an NLLB model into `folder`; the tokenizer's files a user copies beside it."""
    some = phrases(seed=7)
    rows = [next(some) for _ in range(STEPS * BATCH)]
    file = folder / "sentencepiece.bpe.model"
    pieces([text for row in rows[:6000] for text in row], 700, file, "bpe")
    tokenizer = NllbTokenizer(str(file), additional_special_tokens=list(TOKENS))
    config = M2M100Config(
        vocab_size=len(tokenizer),
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        decoder_start_token_id=tokenizer.eos_token_id,
        activation_function="relu",
        **SIZES,
    )
    model = M2M100ForConditionalGeneration(config)
    train(model, _directions(tokenizer, rows))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return ("sentencepiece.bpe.model",)


def _directions(
    tokenizer: Any, rows: list[tuple[str, str, str]]
) -> Iterator[dict[str, torch.Tensor]]:
    """Batches, each from one of the languages into another."""
    chance = random.Random(1)
    for at in range(0, len(rows), BATCH):
        one, other = chance.choice(list(permutations(range(3), 2)))
        tokenizer.src_lang, tokenizer.tgt_lang = TOKENS[one], TOKENS[other]
        some = rows[at : at + BATCH]
        yield batch(tokenizer, [row[one] for row in some], [row[other] for row in some])


def main(wanted: list[str]) -> None:
    """Train the folders asked for, both when none is, and pack each into a file."""
    torch.set_num_threads(1)
    for make, name in ((opus, "opus-mt-ru-en"), (nllb, "nllb-200-tiny")):
        if wanted and make.__name__ not in wanted:
            continue
        torch.manual_seed(1)
        print(name, flush=True)
        with tempfile.TemporaryDirectory() as place:
            trained, converted = Path(place) / "trained", Path(place) / name
            trained.mkdir()
            copied = make(trained)
            converter = ctranslate2.converters.TransformersConverter(str(trained))
            converter.convert(str(converted), quantization="float16")
            for file in copied:
                shutil.copy(trained / file, converted / file)
            with zipfile.ZipFile(TARGET / f"{name}.zip", "w") as out:
                for path in sorted(converted.iterdir()):
                    item = zipfile.ZipInfo(f"{name}/{path.name}")
                    out.writestr(item, path.read_bytes(), zipfile.ZIP_DEFLATED)
        print((TARGET / f"{name}.zip").stat().st_size, "bytes", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
