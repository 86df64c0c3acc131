"""Learn which Latin spellings betray that a name passed through Russian.

``python -m training.scars`` writes ``provenance/naming/data/scars.ru.tsv``: for names
that English texts know, the spelling that a letter-by-letter rendering of the Russian form
gives, with the log likelihood ratio of meeting it in a text that came through Russian.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import log
from pathlib import Path

from benchmarks import lines, shared
from provenance.naming._letters import latin_letters
from provenance.naming.transliterate import transliterate
from training.name_lists import held_out

STANDARDS = ("ru-bgn", "ru-press", "ru-gost")
KNOWN = 12  # times the usual spelling stands in the English texts: it is a name people know
NAIVE = 0.1  # share of names that a careless translation from Russian spells letter by letter
STRANGE = 0.02  # a scar is this much rarer than the usual spelling, or it is a name of its own
CEILING = 4.0  # no lone spelling weighs more: one in fifty careless ones is a coincidence
WORD = re.compile(r"\b[A-Z][a-z]+\b")


def frequencies() -> Counter[str]:
    """How often capitalised words stand in the English texts at hand."""
    counts: Counter[str] = Counter()
    for line in lines("corpus/english_sentences.tsv.xz"):
        counts.update(WORD.findall(line.partition("\t")[2]))
    for path in sorted(shared("parallel").glob("*-en.tsv.xz")):
        for line in lines(f"parallel/{path.name}"):
            counts.update(WORD.findall(line.partition("\t")[2]))
    return Counter({word.lower(): 0 for word in counts}) + _lowered(counts)


def _lowered(counts: Counter[str]) -> Counter[str]:
    lowered: Counter[str] = Counter()
    for word, count in counts.items():
        lowered[word.lower()] += count
    return lowered


def scars(with_held_out: bool = True) -> dict[str, tuple[str, str, float]]:
    """Scar spellings with the Russian form, the usual spelling and the weight."""
    counts = frequencies()
    usual: dict[str, str] = {}
    attested: set[str] = set()
    for line in lines("lexicon/names/names.russian-en.tsv.xz"):
        russian, _, latin = line.partition("\t")
        plain = latin_letters(latin)
        attested.add(plain)
        good = russian.isalpha() and latin.isalpha() and (with_held_out or not held_out(plain))
        if good and counts[plain] >= KNOWN and counts[plain] > counts[usual.get(russian, "")]:
            usual[russian] = plain
    found: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for russian, plain in usual.items():
        for spelt in {latin_letters(transliterate(russian, one)) for one in STANDARDS}:
            rare = (counts[spelt] + 0.5) / (counts[spelt] + counts[plain] + 1)
            new = spelt not in attested and len(spelt) >= 4
            if new and spelt != plain and rare < STRANGE:
                found[spelt].append((min(CEILING, log(NAIVE / rare)), russian, plain))
    return {spelt: _best(rows) for spelt, rows in sorted(found.items())}


def _best(rows: list[tuple[float, str, str]]) -> tuple[str, str, float]:
    weight, russian, plain = max(rows)
    return russian, plain, weight


if __name__ == "__main__":
    path = Path(__file__).parent.parent / "provenance/naming/data/scars.ru.tsv"
    rows = [
        f"{spelt}\t{russian}\t{plain}\t{weight:.1f}"
        for spelt, (russian, plain, weight) in scars().items()
    ]
    path.write_text("\n".join(["spelling\trussian\tusual\tweight", *rows]) + "\n", "utf-8")
    print(f"{path.name}: {len(rows)} spellings")
