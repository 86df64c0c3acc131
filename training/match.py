"""Fit what matching weighs by: how common English words are, and the scoring model.

``python -m training.match frequencies`` counts in how many sentences each English stem
occurs and writes ``provenance/matching/english.tsv``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import lines
from provenance.languages.words import stems

_HERE = Path(__file__).resolve().parent.parent / "provenance" / "matching"
_LANGUAGES = ("ar", "de", "es", "fa", "fr", "it", "pl", "ru", "tr", "uk", "zh")
_RARE = 4  # stems in fewer sentences are left out: to matching they are all equally rare


def frequencies() -> None:
    """Count in how many English sentences each stem occurs, the commonest first."""
    counts: Counter[str] = Counter()
    total = 0
    for sentence in _english():
        counts.update(set(stems(sentence, "en")))
        total += 1
    kept = [(stem, n) for stem, n in counts.most_common() if n >= _RARE and stem.isalpha()]
    with (_HERE / "english.tsv").open("w", encoding="utf-8") as out:
        out.write(f"# English stems and how many of {total} sentences hold them\n")
        out.writelines(f"{stem}\t{n}\n" for stem, n in sorted(kept, key=lambda kv: (-kv[1], kv[0])))
    print(f"{len(kept)} stems of {total} sentences")


def _english() -> Iterator[str]:
    """English sentences of the corpus and of every parallel text, each once."""
    seen: set[int] = set()
    for sentence in _all_english():
        key = hash(sentence)
        if key not in seen:
            seen.add(key)
            yield sentence


def _all_english() -> Iterator[str]:
    for line in lines("corpus/english_sentences.tsv.xz"):
        yield line.partition("\t")[2]
    for language in _LANGUAGES:
        for line in lines(f"parallel/{language}-en.tsv.xz"):
            yield line.partition("\t")[2]


if __name__ == "__main__":
    {"frequencies": frequencies}[sys.argv[1]]()
