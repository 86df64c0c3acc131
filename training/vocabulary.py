"""Count the vocabulary that cuts Chinese into words: ``python -m training.vocabulary``.

Candidate words are the headwords of a bilingual word list; their counts come from Viterbi
training of a unigram model on the Chinese side of the sentence pairs (three rounds, after
which fewer than one cut in a thousand still moves).
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from benchmarks import lines
from provenance.languages import _segmenting

_RUN = re.compile(r"[\u3007\u3400-\u9fff]+")
_ROUNDS = 3
_LONGEST = 5  # longer headwords are proverbs and sentences
_TARGET = Path(__file__).parent.parent / "provenance" / "languages" / "zh" / "vocabulary.tsv"


def headwords() -> set[str]:
    """Headwords of the word list made of Chinese characters only."""
    heads = (line.split("\t")[0] for line in lines("lexicon/dict/zh-en.dict.tsv.xz"))
    return {head for head in heads if _RUN.fullmatch(head) and len(head) <= _LONGEST}


def main() -> None:
    """Count, and write the vocabulary file."""
    runs = Counter(
        run for line in lines("parallel/zh-en.tsv.xz") for run in _RUN.findall(line.split("\t")[0])
    )
    counts: Counter[str] = Counter(headwords())
    for _ in range(_ROUNDS):
        _write(counts)
        _segmenting.vocabulary.cache_clear()
        counts = Counter(dict.fromkeys(headwords(), 1))
        for run, times in runs.items():
            at = 0
            for length in _segmenting.lengths(run, "zh"):
                counts[run[at : at + length]] += times
                at += length
    _write(counts)


def _write(counts: Counter[str]) -> None:
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    _TARGET.write_text("".join(f"{word}\t{count}\n" for word, count in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
