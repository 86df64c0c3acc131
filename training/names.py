"""Learn how names of other scripts are spelt in Latin letters, from pairs of both.

``python -m training.names`` makes everything in one run (a quarter of an hour of processor
time): for each of ru, ar, he, zh, ja, ko, la and kanji (Japanese names in Chinese characters),
or for those named, it writes ``provenance/naming/data/letters.<code>.tsv``: how likely a letter
(or pair of letters) of a name becomes which Latin letters. Method: many-to-many alignment by
expectation-maximisation (Jiampojamarn, Kondrak and Sherif 2007), source chunks of one or two
letters to up to four Latin ones; in Russian also what up to three letters became together
(``training._chunks``); then the chances are sharpened so that they tell names from
their neighbours (``training._sharpening``). A Chinese character that the lists seldom have is
spelt as its Mandarin syllable is. Last, or alone as ``python -m training.names fit`` (``fit:zh``
for one script), it fits the weights of the comparison itself, on a tenth that no table saw. One
name in ten, by checksum, is kept out of all of it for ``benchmarks.names``.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks._name_pairs import cyrillic_pairs, declined, inflected, labelled, latin_pairs, slips
from provenance.naming._spelling import END, pinyin
from provenance.naming._words import word
from training._chunks import with_chunks, without_idle
from training._sharpening import sharpened
from training.name_lists import FILES, for_tables, kept_for_weights, pairs

TARGET = {
    "zh": 7,
    "kanji": 7,
    "ja": 4,
    "ko": 4,
}  # Latin letters one source letter may become; others 4
# Learned from: where characters are many and most are rare, all there are; elsewhere thrice as many
# as a tenth of a point of held-out F1 needs.
PAIRS = {"zh": 60_000, "kanji": 80_000}
PAIRS_ELSE = 36_000
ROUNDS = 5  # the likelihood changes by less than 1 % after the fifth
OFF = 4  # letters an alignment may stray from the diagonal
TINY = 1e-30  # ways less likely than this are not followed
PAIRED = 4  # Latin letters that two source letters may become together
DISCOUNT = 3.0  # times a pair of letters is counted less: its letters alone come first
BACKING = 6.0  # times a character is counted like its syllable, beside its own
COMMON = 12  # times the lists have a character whose own spellings are worth keeping
CLEANING = 2  # after this round the worst twentieth of the pairs is set aside
SAMPLE = 12_000  # pairs a script's weights are fitted on; there are twenty-two weights
RIDGE = 1e-5  # of 1e-4 and 1e-6 the middle; they differ by a tenth of a point
# Pairs, half of them of neighbours, that chances are sharpened on: more where more can be learned.
SHARPENED = {"ru": 90_000, "zh": 110_000, "kanji": 90_000}
SHARPENED_ELSE = 20_000
# Scripts whose letters are also learned two and three together: in Russian it spares one error in
# six, in Chinese and in Japanese characters it changed nothing that could be told from chance.
CHUNKED = frozenset(["ru"])
_PRIVATE = 0xE000  # the first code point that no script uses
FLOOR = {"ru": 0.0002}  # options rarer than this are noise of the lists; Russian has most pairs
FLOOR_ELSE = 0.0007
Table = dict[str, dict[str, float]]


def steps(source: str, target: str, longest: int) -> Iterator[tuple[int, int, int, int]]:
    """Every chunk of an alignment that stays near the diagonal: source and target ranges.

    Chinese characters, each a syllable, are not taken two at a time."""
    paired = PAIRED if longest <= 4 else 0
    ratio = len(target) / len(source)
    for i in range(len(source)):
        low = max(0, int(i * ratio) - OFF)
        for j in range(low, min(len(target), int(i * ratio) + OFF) + 1):
            for wide in range(min(longest, len(target) - j) + 1):
                yield i, i + 1, j, j + wide
            if i + 2 <= len(source):
                for wide in range(1, min(paired, len(target) - j) + 1):
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


def normalised(counts: Table, floor: float, discount: float = 0.0) -> Table:
    """Counts of chunks as chances given the source letter; a pair of letters competes with
    its first letter alone, so they share one total."""
    table: Table = defaultdict(dict)
    totals = {key: sum(row.values()) for key, row in counts.items()}
    for key, row in counts.items():
        total = totals[key] if len(key) == 1 else totals.get(key[0], 0.0) + totals[key]
        if total <= 0:
            continue
        less = discount if len(key) > 1 else 0.0
        table[key] = {
            value: (count - less) / total
            for value, count in row.items()
            if count - less > floor * total
        }
    return table


def backed(counts: Table, floor: float) -> Table:
    """Chances for Chinese: each character as its own counts and its syllable's say, and a
    row for each syllable."""
    syllables: Table = defaultdict(lambda: defaultdict(float))
    for sign, row in counts.items():
        for value, count in row.items():
            syllables[pinyin().get(sign, sign)][value] += count
    common = {key: _shares(row, floor) for key, row in syllables.items() if sum(row.values()) > 0}
    table: Table = defaultdict(dict)
    for sign, row in counts.items():
        whole = common.get(pinyin().get(sign, sign), {})
        own = {
            value: row.get(value, 0.0) + BACKING * whole.get(value, 0.0) for value in {*row, *whole}
        }
        table[sign] = _shares(own, floor)
    table.update({key: row for key, row in common.items() if key.isascii()})
    return table


def _shares(row: Mapping[str, float], floor: float) -> dict[str, float]:
    total = sum(row.values())
    return {value: count / total for value, count in row.items() if count > floor * total > 0}


def learn(code: str) -> Table:
    """The chances for the letters of `code`, before they are sharpened."""
    longest = TARGET.get(code, 4)
    sample = [(left + END, right) for left, right in pairs(code) if for_tables(right)]
    if code != "kanji":  # whose list has the surnames first, the commonest ones before the rest
        sample.sort(key=lambda pair: crc32("|".join(pair).encode()))
    sample = sample[: PAIRS.get(code, PAIRS_ELSE)]
    seen = Counter(sign for left, _ in sample for sign in left)
    table = start(sample, longest)
    for turn in range(ROUNDS):
        counts: Table = defaultdict(lambda: defaultdict(float))
        scores = [expect(*pair, table, counts, longest) for pair in sample]
        floor = FLOOR.get(code, FLOOR_ELSE) if turn == ROUNDS - 1 else 1e-5
        table = backed(counts, floor) if code == "zh" else normalised(counts, floor, DISCOUNT)
        good = sorted(scores)[len(scores) // 10 :]
        print(code, turn, f"{sum(good) / len(good):.3f}", flush=True)
        if turn == CLEANING:
            # The worst are pairs that are no transliterations (nicknames, translations).
            worst = sorted(scores)[len(scores) // 20]
            sample = [pair for pair, score in zip(sample, scores, strict=True) if score > worst]
    if code == "zh":
        syllables = {key for key in table if key.isascii()}
        rare = [s for s in table if s not in syllables and seen[s] < COMMON and s in pinyin()]
        for sign in rare:
            del table[sign]
    return table


def sharpened_table(code: str, chances: Table) -> Table:
    """Log chances that tell names from their neighbours, from those learned of pairs alone."""
    size = SHARPENED.get(code, SHARPENED_ELSE)
    if code == "la":
        return sharpened(chances, latin_pairs(for_tables, size))
    found = labelled(code, for_tables, size)
    if code in CHUNKED:
        listed = (pair for pair in pairs(code) if for_tables(pair[1]))
        return without_idle(sharpened(with_chunks(chances, listed), found))
    if code != "zh":
        return sharpened(chances, found)
    # One sign for each syllable, so that rare characters are single letters as well.
    syllables = sorted(key for key in chances if key.isascii() and key not in ("", END))
    signs = {syllable: chr(_PRIVATE + at) for at, syllable in enumerate(syllables)}
    rare = {sign: signs[said] for sign, said in pinyin().items() if said in signs}
    spelt = str.maketrans({sign: said for sign, said in rare.items() if sign not in chances})
    table = sharpened(
        {signs.get(key, key): row for key, row in chances.items()},
        [(source.translate(spelt), latin, true) for source, latin, true in found],
    )
    back = {sign: syllable for syllable, sign in signs.items()}
    return {back.get(key, key): row for key, row in table.items()}


def write(code: str, table: Table) -> None:
    """Write log chances, likeliest first."""
    path = Path(__file__).parent.parent / "provenance/naming/data" / f"letters.{code}.tsv"
    rows = [
        f"{key}\t{value}\t{chance:.2f}"
        for key in sorted(table)
        for value, chance in sorted(table[key].items(), key=lambda item: (-item[1], item[0]))
    ]
    path.write_text("\n".join(["letters\tlatin\tlog chance", *rows]) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(rows)} rows")


def forget() -> None:
    """Forget tables that were read before this run wrote them anew, and all that hangs on them."""
    from provenance.naming import _likeness, _spelling, _words

    for module in (_likeness, _spelling, _words):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()


def fit(kinds: Iterable[str] = ()) -> None:
    """Fit and write the weights of `provenance.naming.compare`, one table a script; those of
    `kinds` only, where some are named."""
    forget()
    path = Path(__file__).parent.parent / "provenance/naming/data/comparison.toml"
    tables: dict[str, dict[str, Table]] = (
        tomllib.loads(path.read_text(encoding="utf-8")) if kinds else {}
    )
    for kind in kinds or (*FILES, "cyrillic"):
        found = _examples(kind)
        if found:
            tables[kind] = _fitted(kind, found)
    tables["el"] = tables["ru"]
    head = (
        "# Weights of name comparison, by script, for names that sound alike and that do not;\n"
        "# made by python -m training.names fit\n"
    )
    path.write_text(head + "\n".join(_toml(kind, tables[kind]) for kind in sorted(tables)))


def _examples(kind: str) -> list[tuple[str, str, bool]]:
    """Pairs of names of the tenth kept for weights, those of the same name and neighbours."""
    if kind == "cyrillic":
        return cyrillic_pairs(kept_for_weights, SAMPLE)
    if kind == "la":
        found = latin_pairs(kept_for_weights, SAMPLE) + slips(kept_for_weights, SAMPLE // 3)
    else:
        found = labelled(kind, kept_for_weights, SAMPLE)
    if kind == "ru":
        found += inflected(labelled("ru", kept_for_weights, SAMPLE, seed=2))
        found += declined(labelled("ru", kept_for_weights, SAMPLE // 2, seed=3))
    if kind == "kanji":
        found += full_names(found)
    return found + run_on(found)


def full_names(found: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """Of every fourth name one with the next behind it, as surname and given name are written
    in Japanese, beside the Latin form of both, and beside that of the one and a third."""
    true = [(source, latin) for source, latin, same in found if same]
    joined: list[tuple[str, str, bool]] = []
    for one, other, third in zip(true[::4], true[1::4], true[2::4], strict=False):
        joined.append((one[0] + other[0], one[1] + other[1], True))
        joined.append((one[0] + other[0], one[1] + third[1], False))
    return joined


def run_on(found: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """Of every fiftieth name the pair with its Latin form and another name run together, before
    it or behind it: scripts without spaces are compared so, and half a name is not the name."""
    joined: list[tuple[str, str, bool]] = []
    for number, (source, latin, true) in enumerate(found):
        other = found[number - 1][1][:6]
        if true and number % 100 < 2:
            joined.append((source, latin + other if number % 200 < 100 else other + latin, False))
    return joined


def _fitted(kind: str, found: list[tuple[str, str, bool]]) -> dict[str, Table]:
    """The weights of both stages: by sound alone, and with how likely the spelling is."""
    from provenance.naming._likeness import HEARD, SPELT, features

    japanese = kind == "kanji"
    rows = [features(word(a), word(b), japanese=japanese)[1] for a, b, _ in found]
    values = np.array(rows)
    sign = np.array([1.0 if true else -1.0 for _, _, true in found])
    return {
        stage: _halves(names, values[:, : len(names)], sign)
        for stage, names in (("heard", HEARD), ("spelt", SPELT))
    }


def _halves(names: Sequence[str], values: np.ndarray, sign: np.ndarray) -> Table:
    """The weights of `values`, whose first column is how alike two names sound: those for names
    that sound alike and those for names that do not."""
    from scipy.optimize import minimize

    plain, heard = np.insert(values, 0, 1.0, axis=1), values[:, :1]
    x = np.hstack([plain * heard, plain * (1 - heard)])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ w)
        slope = -sign / (1 + np.exp(margin))
        return (
            float(np.logaddexp(0, -margin).mean() + RIDGE * (w @ w)),
            (x * slope[:, None]).mean(0) + 2 * RIDGE * w,
        )

    best = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    named = ["bias", *names]
    halves = {"alike": best[: len(named)], "apart": best[len(named) :]}
    return {
        half: dict(zip(named, map(float, weights), strict=True)) for half, weights in halves.items()
    }


def _assignments(weights: Mapping[str, float]) -> list[str]:
    return [f"{name} = {weight:.3f}" for name, weight in weights.items()]


def _toml(kind: str, table: Mapping[str, Table]) -> str:
    rows = [
        line
        for stage, halves in table.items()
        for half, weights in halves.items()
        for line in ["", f"[{kind}.{stage}.{half}]", *_assignments(weights)]
    ]
    return "\n".join([*rows, ""])


def main(chosen: Sequence[str]) -> None:
    """Make the tables and weights that `chosen` names, or all of them."""
    for code in [code for code in chosen or FILES if code in FILES]:
        write(code, sharpened_table(code, learn(code)))
    kinds = [one.removeprefix("fit:") for one in chosen if one.startswith("fit:")]
    if kinds or "fit" in chosen or not chosen:
        fit(kinds)


if __name__ == "__main__":
    main(sys.argv[1:])
