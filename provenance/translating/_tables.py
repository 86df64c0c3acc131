"""The trained tables as they lie on disk (``tables/<code>.npz``), loaded once a language.

Written by ``python -m training.gloss``: ``heads`` are sorted foreign stems, ``sizes`` how
many senses each has, ``ids``/``parts`` the English stem and probability (in 255ths) of each
sense in a row, ``shown`` its English spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """Translations of one language: arrays over its sorted stems."""

    heads: list[str]
    place: dict[str, int]
    starts: list[int]
    ids: Any
    parts: Any
    english: list[str]
    forms: list[str]
    shown: Any

    def senses(self, place: int) -> tuple[tuple[str, float], ...]:
        """The senses of the stem at `place`, likeliest first."""
        row = range(self.starts[place], self.starts[place + 1])
        return tuple((self.english[self.ids[i]], int(self.parts[i]) / 255) for i in row)

    def spellings(self, place: int) -> tuple[str, ...]:
        """The English spellings of those senses, in the same order."""
        row = range(self.starts[place], self.starts[place + 1])
        return tuple(self.forms[self.shown[i]] for i in row)


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a table, sorted; English is none of them."""
    names = (entry.name for entry in (files(__package__) / "tables").iterdir())
    return tuple(sorted(n[:-4] for n in names if n.endswith(".npz") and n != "en.npz"))


@cache
def table(language: str) -> Table | None:
    """The table of `language`, or None; about 30 ms and 15 MB the first time."""
    return made(arrays("tables", language)) if language in languages() else None


def made(stored: Mapping[str, Any]) -> Table:
    """The table whose arrays are given, as they lie on disk."""
    heads = texts(stored["heads"])
    return Table(
        heads,
        dict(zip(heads, range(len(heads)), strict=True)),
        starts(stored["sizes"]),
        stored["ids"],
        stored["parts"],
        texts(stored["english"]),
        texts(stored["forms"]),
        stored["shown"],
    )


@cache
def counts() -> tuple[dict[str, int], int]:
    """In how many of the counted English sentences each stem occurs, and how many there are."""
    stored = arrays("tables", "en")
    found = stored["counts"].tolist()
    return dict(zip(texts(stored["heads"]), found, strict=True)), int(stored["total"][0])


@cache
def synonyms() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """English stems that translate alike, with probabilities (``synonyms.tsv``).

    Made by ``python -m training.match synonyms`` from what the tables give as senses of one
    word.
    """
    text = (files(__package__) / "synonyms.tsv").read_text(encoding="utf-8")
    rows = (row.partition("\t") for row in text.splitlines() if not row.startswith("#"))
    return _Synonyms({stem: found for stem, _, found in rows})


class _Synonyms(Mapping[str, tuple[tuple[str, float], ...]]):
    """Rows of the table, each read when it is asked for: a first answer needs few of them."""

    def __init__(self, rows: dict[str, str]) -> None:
        self._rows = rows

    def __getitem__(self, stem: str) -> tuple[tuple[str, float], ...]:
        pairs = (pair.partition(":") for pair in self._rows[stem].split())
        return tuple((other, float(p)) for other, _, p in pairs)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def arrays(folder: str, name: str) -> dict[str, Any]:
    """The arrays of one file of `folder`."""
    import numpy as np

    with (
        as_file(files(__package__) / folder / f"{name}.npz") as path,
        np.load(path, allow_pickle=False) as stored,
    ):
        return dict(stored)


def starts(sizes: Any) -> list[int]:
    """Where each of rows of these sizes begins, and where the last ends."""
    return [0, *sizes.astype("int64").cumsum().tolist()]


def texts(packed: Any) -> list[str]:
    """The texts that were written in a row, a line each."""
    text = bytes(packed).decode("utf-8")
    return text.split("\n") if text else []
