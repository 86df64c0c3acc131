"""Text into numbers: the SentencePiece model, and everything packed as flat arrays of pieces."""

from __future__ import annotations

import bz2
import io
import os
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from training.translator._names import (
    CONTROLS,
    END,
    LANGUAGES,
    MADE,
    PAD,
    PIECES,
    POOR,
    STAND_INS,
    START,
    UNKNOWN,
    opening,
    wanted,
)

_SAMPLE = 60_000  # texts a language for the vocabulary, and three times as many of English
_LONGEST = 160  # pieces of one side; longer pairs are rare and cost the square
_SHORT = 14  # pieces up to which a source is joined with others
_JOINED = 0.5  # of the short pairs stand joined as well: else nothing long is learned from them
_UNTOLD = 0.1  # of the sources come without their language, as other programs would send them
_REPLACED = 120_000  # sentences a poor language made word by word
_TAUGHT = 0.93  # of the words a lexicon has are replaced; the others are left out
_WORD = re.compile(r"[A-Za-z]+|\d[\d.,]*|[^\sA-Za-z\d]")
_BEFORE = re.compile(r" ([.,;:!?%)])")
_EMPTY = frozenset({"the", "a", "an", "s", "'", "’"})

Pieces = NDArray[np.int16]


@dataclass
class Rows:
    """Texts as pieces in one flat array, `starts` having one more than there are texts."""

    flat: Pieces
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Pieces of each text."""
        return np.diff(self.starts)


@dataclass
class Group:
    """Pairs of one kind that are drawn with one weight."""

    name: str
    source: Rows
    target: Rows


def rows(texts: Iterable[Sequence[int]]) -> Rows:
    """Lists of pieces as flat arrays."""
    kept = [np.asarray(text, np.int16) for text in texts]
    starts = np.zeros(len(kept) + 1, np.int64)
    np.cumsum([len(text) for text in kept], out=starts[1:])
    return Rows(np.concatenate(kept) if kept else np.zeros(0, np.int16), starts)


def read(path: Path) -> list[str]:
    """The lines `pack` wrote."""
    return bz2.decompress(path.read_bytes()).decode().split("\n")


# ---------------------------------------------------------------- vocabulary


def vocabulary(folder: Path) -> None:
    """Train ``tokenizer.model`` on a sample in which every language has the same part."""
    chance = random.Random(2)
    english = read(folder / "english.bz2")
    texts = chance.sample(english, min(len(english), 3 * _SAMPLE))
    for code in LANGUAGES:
        found = read(folder / f"{code}.bz2")
        texts += chance.sample(found, min(len(found), _SAMPLE))
    texts += [row.split("\t")[1] for row in chance.sample(read(folder / "listed.bz2"), _SAMPLE)]
    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=made,
        vocab_size=PIECES,
        model_type="unigram",
        character_coverage=0.9995,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_name="nmt_nfkc",
        control_symbols=list(CONTROLS),
        user_defined_symbols=list(STAND_INS),
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=START,
        eos_id=END,
        num_threads=os.cpu_count() or 1,
        minloglevel=1,
    )
    (folder / "tokenizer.model").write_bytes(made.getvalue())


# ---------------------------------------------------------------- numbering


@dataclass
class Made:
    """What one job numbered: groups trained into English, out of it, and held out."""

    into: list[Group]
    outward: list[Group]
    held: list[Group]


def numbered(folder: Path) -> Made:
    """Everything packed in `folder` as groups, a language a process."""
    jobs = [*LANGUAGES, *_TABBED, *(f"words {code}" for code in POOR)]
    with ProcessPoolExecutor() as pool:
        made = list(pool.map(partial(_numbered, folder), jobs))
    return Made(
        [group for one in made for group in one.into],
        [group for one in made for group in one.outward],
        [group for one in made for group in one.held],
    )


_TABBED = ("listed", "masked", "names")


def _numbered(folder: Path, name: str) -> Made:
    texts = Texts(folder)
    if name in _TABBED:
        return Made([texts.tabbed(name)], [], [])
    if name.startswith("words "):
        return Made([texts.replaced(name.removeprefix("words "))], [], [])
    return texts.language(name)


class Texts:
    """The text packed in `folder`, and its pieces when asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processor = sentencepiece.SentencePieceProcessor(
            model_file=str(folder / "tokenizer.model")
        )
        self.english = read(folder / "english.bz2")
        with np.load(folder / "pairs.npz") as stored:
            self._pairs = dict(stored)

    def pieces(self, texts: list[str]) -> list[list[int]]:
        """The pieces of each text."""
        return [list(found) for found in self.processor.encode(texts)]

    def piece(self, name: str) -> int:
        """The number of a piece."""
        return int(self.processor.piece_to_id(name))

    def language(self, code: str) -> Made:
        """The pairs of a language, with what is made of them."""
        chance = random.Random(code)
        sources = self.pieces(read(self.folder / f"{code}.bz2"))
        targets = self.pieces([self.english[number] for number in self._pairs[code]])
        pairs = list(zip(sources, targets, strict=True))
        held, learned = (
            pairs[: int(self._pairs["held"].item())],
            pairs[int(self._pairs["held"].item()) :],
        )
        learned += _joined(learned, chance)
        tag, back = [self.piece(opening(code))], [self.piece(wanted(code))]
        told = [((tag if chance.random() > _UNTOLD else []) + s, t) for s, t in learned]
        return Made(
            [_group(code, told)],
            [_group(f"2{code}", [(back + t, s) for s, t in learned])] if code in POOR else [],
            [_group(code, [(tag + s, t) for s, t in held])],
        )

    def tabbed(self, name: str) -> Group:
        """Pairs that carry their language: word lists, names, pairs with stand-ins."""
        split = [row.split("\t") for row in read(self.folder / f"{name}.bz2")]
        tags = {code: [self.piece(opening(code))] for code in LANGUAGES}
        sources = self.pieces([row[1] for row in split])
        targets = self.pieces([row[2] for row in split])
        rows_of = zip(split, sources, targets, strict=True)
        return _group(name, [(tags[row[0]] + s, t) for row, s, t in rows_of])

    def asked(self, code: str, seed: int, each: int) -> list[str]:
        """English sentences to be turned into a poor language."""
        chance = np.random.default_rng([seed, LANGUAGES.index(code)])
        sizes = np.array([len(text) for text in self.english])
        fit = np.flatnonzero((sizes >= 35) & (sizes <= 350))
        paired = int(self._pairs["paired"].item())
        # What has no translation comes twice as often, and whole sentences of news thrice.
        weights = np.where(fit >= paired, 2.0, 1.0) * np.where(sizes[fit] >= 80, 3.0, 1.0)
        found = chance.choice(fit, min(each, len(fit)), replace=False, p=weights / weights.sum())
        return [self.english[number] for number in found]

    def replaced(self, code: str) -> Group:
        """English turned word by word into a poor language, with the English it came from."""
        lexicon: dict[str, tuple[list[str], list[float]]] = {}
        for row in read(self.folder / "words.bz2"):
            language, word, *rest = row.split("\t")
            if language == code:
                lexicon[word] = (rest[::2], [float(weight) for weight in rest[1::2]])
        texts = self.asked(code, 5, _REPLACED)
        chance = random.Random(code)
        made = [_spaced(_replaced(text, lexicon, chance), code) for text in texts]
        return self.marked(f"words {code}", code, self.pieces(made), self.pieces(texts))

    def marked(
        self, name: str, code: str, sources: list[list[int]], targets: list[list[int]]
    ) -> Group:
        """Pairs whose source no human wrote, marked as such; what came out absurd left out."""
        tags = [self.piece(opening(code)), self.piece(MADE)]
        return _group(
            name,
            [
                (tags + s, t)
                for s, t in zip(sources, targets, strict=True)
                if 0.4 < (len(s) + 3) / (len(t) + 3) < 2.5 and len(set(s)) > len(s) / 3
            ],
        )


def _group(name: str, pairs: Iterable[tuple[list[int], list[int]]]) -> Group:
    """Pairs short enough to be learned, as flat arrays."""
    fit = [(s, t) for s, t in pairs if 1 <= len(s) <= _LONGEST and 1 <= len(t) <= _LONGEST]
    return Group(name, rows(s for s, _ in fit), rows(t for _, t in fit))


def _joined(pairs: list[Any], chance: random.Random) -> list[tuple[list[int], list[int]]]:
    """Short pairs in threes or so, one after another, as sentences of a text follow."""
    short = [pair for pair in pairs if len(pair[0]) <= _SHORT]
    chance.shuffle(short)
    short = short[: int(_JOINED * len(short))]
    made, at = [], 0
    while at < len(short):
        some = short[at : at + chance.randint(2, 4)]
        at += len(some)
        made.append(([p for s, _ in some for p in s], [p for _, t in some for p in t]))
    return made


def _spaced(words: Iterable[str], code: str) -> str:
    """Words as the language sets them: Chinese without spaces, stops close to their words."""
    if code == "zh":
        return "".join(words)
    return _BEFORE.sub(r"\1", " ".join(words))


def _replaced(
    text: str, lexicon: dict[str, tuple[list[str], list[float]]], chance: random.Random
) -> Iterator[str]:
    for word in _WORD.findall(text):
        low = word.lower()
        if low in _EMPTY:
            continue
        if known := lexicon.get(low):
            if chance.random() < _TAUGHT:
                form = chance.choices(*known)[0]
                yield form.capitalize() if word[0].isupper() else form
        else:
            yield word


def save(path: Path, groups: list[Group]) -> None:
    """Write groups to a file, so that a later step can go on from there."""
    stored = {"names": np.array([group.name for group in groups])}
    for number, group in enumerate(groups):
        for side, texts in (("s", group.source), ("t", group.target)):
            stored[f"{side}{number}"] = texts.flat
            stored[f"{side}at{number}"] = texts.starts
    np.savez(path.with_suffix(".npz"), allow_pickle=False, **stored)


def load(path: Path) -> list[Group]:
    """The groups `save` wrote."""
    with np.load(path.with_suffix(".npz")) as stored:
        return [
            Group(
                str(name),
                Rows(stored[f"s{number}"], stored[f"sat{number}"]),
                Rows(stored[f"t{number}"], stored[f"tat{number}"]),
            )
            for number, name in enumerate(stored["names"])
        ]
