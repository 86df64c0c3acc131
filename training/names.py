"""Learn how names of other scripts are spelt in Latin letters, from pairs of both.

``python -m training.names [ru ar he zh ja ko]`` writes
``provenance/naming/data/letters.<code>.tsv``: how often a letter (or pair of letters) of a
name became which Latin letters. Method: many-to-many alignment by expectation-maximisation
(Jiampojamarn, Kondrak and Sherif 2007), source chunks of one letter to none to four Latin
ones, of two letters to one. One name in ten, by checksum, is kept out for
``benchmarks.names``.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path
from zlib import crc32

from benchmarks import lines
from provenance.naming._letters import latin_letters, source_letters
from provenance.naming._spelling import END
from provenance.naming.transliterate import transliterate

FILES = {
    "ru": "russian",
    "ar": "arabic",
    "he": "hebrew",
    "zh": "chinese",
    "ja": "japanese",
    "ko": "korean",
    "la": "russian",
}
TARGET = {"zh": 7, "ja": 4, "ko": 4}  # Latin letters one source letter may become; others 4
PAIRS = 36_000  # thrice as many as a tenth of a point of held-out F1 needs
ROUNDS = 5  # the likelihood changes by less than 1 % after the fifth
OFF = 4  # letters an alignment may stray from the diagonal
TINY = 1e-30  # ways less likely than this are not followed
PAIRED = 2  # Latin letters that two source letters may become together
CLEANING = 2  # after this round the worst twentieth of the pairs is set aside
SAMPLE = 6_000  # pairs a script's weights are fitted on; there are nine weights
STANDARDS = ("ru-bgn", "ru-press", "ru-gost", "ru-german", "ru-french", "ru-iso9", "uk-2010")
FLOOR = 0.0007  # options rarer than this are noise of the lists
Table = dict[str, dict[str, float]]


def held_out(latin: str) -> bool:
    """Whether a name belongs to the tenth that no table was learned from."""
    return crc32(latin.encode()) % 10 == 0


def pairs(code: str) -> Iterator[tuple[str, str]]:
    """Names of the list for `code` in source letters and plain Latin ones, as compared.

    The pairs of ``la`` are two Latin spellings of one Russian name: by two standards, or
    of two names that Russian writes alike.
    """
    if code == "la":
        yield from _respelt()
        return
    for line in lines(f"lexicon/names/names.{FILES[code]}-en.tsv.xz"):
        source, _, latin = line.partition("\t")
        left, right = source_letters(source), latin_letters(latin)
        whole = code != "ko" or " " not in latin  # Korean full names change their order
        if whole and 2 <= len(left) <= 24 and 2 <= len(right) <= 32 and not left.isascii():
            yield left, right


def romanised(source: str, number: int) -> tuple[str, str]:
    """A Russian name by two of the standards in use, which two depends on `number`."""
    one = STANDARDS[number % len(STANDARDS)]
    other = STANDARDS[(number // len(STANDARDS)) % len(STANDARDS)]
    return latin_letters(transliterate(source, one)), latin_letters(transliterate(source, other))


def _respelt() -> Iterator[tuple[str, str]]:
    for number, (source, latin) in enumerate(pairs("ru")):
        one, other = romanised(source, crc32(source.encode()))
        if number % 2 and one != other and held_out(latin) == held_out(one):
            yield one, other
    spellings: dict[str, list[str]] = defaultdict(list)
    for source, latin in pairs("ru"):
        if latin not in spellings[source]:
            spellings[source].append(latin)
    for group in spellings.values():
        for number, one in enumerate(group):
            for other in group[number + 1 : number + 3]:
                if held_out(one) == held_out(other):
                    yield one, other
                    yield other, one


def steps(source: str, target: str, longest: int) -> Iterator[tuple[int, int, int, int]]:
    """Every chunk of an alignment that stays near the diagonal: source and target ranges."""
    ratio = len(target) / len(source)
    for i in range(len(source)):
        low = max(0, int(i * ratio) - OFF)
        for j in range(low, min(len(target), int(i * ratio) + OFF) + 1):
            for wide in range(min(longest, len(target) - j) + 1):
                yield i, i + 1, j, j + wide
            if i + 2 <= len(source):
                for wide in range(1, min(PAIRED, len(target) - j) + 1):
                    yield i, i + 2, j, j + wide


def expect(source: str, target: str, table: Table, counts: Table, longest: int) -> float:
    """Add the expected chunk counts of one pair to `counts`; its log likelihood a letter."""
    wide, high = len(target) + 1, len(source) + 1
    forward = [[0.0] * wide for _ in range(high)]
    forward[0][0] = 1.0
    chunks = []
    for i, to_i, j, to_j in steps(source, target, longest):
        before = forward[i][j]
        if before > TINY:
            chance = table[source[i:to_i]].get(target[j:to_j], 0.0)
            if chance:
                forward[to_i][to_j] += before * chance
                chunks.append((i, to_i, j, to_j, chance))
    total = forward[-1][-1]
    if total <= 0:
        return -99.0
    backward = [[0.0] * wide for _ in range(high)]
    backward[-1][-1] = 1.0
    for i, to_i, j, to_j, chance in reversed(chunks):
        after = backward[to_i][to_j]
        if after:
            backward[i][j] += chance * after
            counts[source[i:to_i]][target[j:to_j]] += forward[i][j] * chance * after / total
    return log(total) / len(target)


def start(sample: list[tuple[str, str]], longest: int) -> Table:
    """Chances by how often chunks stand at the same relative place; long chunks are rarer."""
    counts: Table = defaultdict(lambda: defaultdict(float))
    for source, target in sample:
        ratio = len(target) / len(source)
        for i, to_i, j, to_j in steps(source, target, longest):
            off = abs((i + to_i) / 2 * ratio - (j + to_j) / 2)
            if off < 2.0:
                odd = abs(to_j - j - (to_i - i) * ratio)
                rare = 0.01 if to_i - i == 2 else 1.0
                counts[source[i:to_i]][target[j:to_j]] += 0.2 ** (off + odd) * rare
    return normalised(counts, 0.0)


def normalised(counts: Table, floor: float) -> Table:
    """Counts as shares of all that begins with the same letter; smaller ones than `floor` go."""
    table: Table = defaultdict(dict)
    singles = {key: sum(row.values()) for key, row in counts.items()}
    for key, row in counts.items():
        # A pair of letters competes with its first letter alone, so they share one total.
        total = singles[key] if len(key) == 1 else singles.get(key[0], 0.0) + singles[key]
        if total <= 0:
            continue
        table[key] = {value: count / total for value, count in row.items() if count > floor * total}
    return table


def learn(code: str) -> Table:
    """How the letters of script `code` are romanised, from the pairs that are not held out."""
    longest = TARGET.get(code, 4)
    sample = [(left + END, right) for left, right in pairs(code) if not held_out(right)]
    sample.sort(key=lambda pair: crc32("|".join(pair).encode()))
    sample = sample[:PAIRS]
    table = start(sample, longest)
    for turn in range(ROUNDS):
        counts: Table = defaultdict(lambda: defaultdict(float))
        scores = [expect(*pair, table, counts, longest) for pair in sample]
        table = normalised(counts, FLOOR if turn == ROUNDS - 1 else 1e-5)
        good = sorted(scores)[len(scores) // 10 :]
        print(code, turn, f"{sum(good) / len(good):.3f}", flush=True)
        if turn == CLEANING:
            # The worst are pairs that are no transliterations (nicknames, translations).
            worst = sorted(scores)[len(scores) // 20]
            sample = [pair for pair, score in zip(sample, scores, strict=True) if score > worst]
    return table


def write(code: str, table: Table) -> None:
    """Save a table where `provenance.naming` reads it."""
    path = Path(__file__).parent.parent / "provenance/naming/data" / f"letters.{code}.tsv"
    rows = [
        f"{key}\t{value}\t{log(chance):.2f}"
        for key in sorted(table)
        for value, chance in sorted(table[key].items(), key=lambda item: (-item[1], item[0]))
    ]
    path.write_text("\n".join(["letters\tlatin\tlog chance", *rows]) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(rows)} rows")


def fit() -> None:
    """Fit and write the weights of `provenance.naming.compare`, one table a script."""
    from benchmarks._name_pairs import cyrillic_pairs, inflected, labelled, latin_pairs

    sets = {code: labelled(code, False, SAMPLE) for code in FILES if code != "la"}
    sets["ru"] += inflected(labelled("ru", False, SAMPLE, seed=2))
    sets["la"] = latin_pairs(False, SAMPLE)
    sets["cyrillic"] = cyrillic_pairs(False, SAMPLE)
    tables = {kind: _fitted(found) for kind, found in sets.items()}
    tables["el"] = tables["ru"]
    path = Path(__file__).parent.parent / "provenance/naming/data/comparison.toml"
    head = "# Weights of name comparison, by script; made by python -m training.names fit\n"
    path.write_text(head + "\n".join(_toml(kind, tables[kind]) for kind in sorted(tables)))


def _fitted(found: list[tuple[str, str, bool]]) -> dict[str, float]:
    import numpy as np
    from scipy.optimize import minimize

    from provenance.naming._words import word
    from provenance.naming.compare import features

    rows = [features(word(one), word(other))[1] for one, other, _ in found]
    names = list(rows[0])
    x = np.array([[1.0, *(row[name] for name in names)] for row in rows])
    sign = np.array([1.0 if true else -1.0 for _, _, true in found])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ w)
        slope = -sign / (1 + np.exp(margin))
        return (
            float(np.logaddexp(0, -margin).mean() + 1e-4 * (w @ w)),
            (x * slope[:, None]).mean(0) + 2e-4 * w,
        )

    # Every feature is a likeness: none may speak against the names being one.
    free = {"bias", "long"}
    bounds = [(None, None) if name in free else (0, None) for name in ("bias", *names)]
    best = minimize(loss, np.zeros(len(names) + 1), jac=True, bounds=bounds, method="L-BFGS-B")
    return dict(zip(["bias", *names], (float(w) for w in best.x), strict=True))


def _toml(kind: str, table: dict[str, float]) -> str:
    return "\n".join([f"\n[{kind}]", *(f"{key} = {value:.3f}" for key, value in table.items()), ""])


if __name__ == "__main__":
    chosen = sys.argv[1:] or [*FILES, "fit"]
    for one in chosen:
        if one == "fit":
            fit()
        else:
            write(one, learn(one))
