"""Sharpen chances of spelling so that they tell a name from its neighbours.

Chances learned from pairs of one name alone do not know which slips matter: an added h is
as odd to them as an added r. Here each step of an alignment (a chunk and its spelling) is a
feature of a logistic model that tells pairs of one name from pairs of neighbours, as in
learned edit distances (McCallum, Bellare and Pereira 2005); what a step is found to weigh
is added to its log chance. Aligning and fitting take turns.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from math import log

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from provenance.naming._spelling import ADDED, CHUNKS, END, LOST

Table = dict[str, dict[str, float]]
Step = tuple[str, str]
Spelt = dict[str, dict[str, list[tuple[str, float]]]]
TURNS = 3  # the held-out figures do not change after the third
STRENGTH = 0.3  # inverse regularisation; of .1, .3 and 1 the best on the tenth for weights
SHIFT = 2.5  # a chance changes by no more: beyond it the lists are learned by heart
SCALE = 4.0  # the features beside the steps are regularised so much less


def sharpened(chances: Table, pairs: list[tuple[str, str, bool]]) -> Table:
    """Log chances after some turns of aligning `pairs` and fitting what each step weighs.

    Takes chances, gives log chances; the steps "a letter added" are rows of the letter "".
    """
    table = {
        key: {value: log(chance) for value, chance in row.items()} for key, row in chances.items()
    }
    first = {key: dict(row) for key, row in table.items()}
    truth = np.array([true for _, _, true in pairs])
    for turn in range(TURNS):
        spelt = by_first_letter(table)
        found = [aligned(source + END, latin, spelt) for source, latin, _ in pairs]
        steps = sorted({step for _, path in found for step in path})
        weights, slope, right = _fitted(found, steps, pairs, truth)
        print(f"  turn {turn}: {right:.4f} of the pairs told right, slope {slope:.2f}", flush=True)
        for step, weight in zip(steps, weights, strict=True):
            _shift(table, first, step, weight / slope)
    return table


def _shift(table: Table, first: Table, step: Step, by: float) -> None:
    letter, latin = step
    start = ADDED if not letter else first.get(letter, {}).get(latin, LOST)
    row = table.setdefault(letter, {})
    moved = row.get(latin, start) + by
    row[latin] = min(0.0, max(start - SHIFT, min(start + SHIFT, moved)))


def _fitted(
    found: list[tuple[float, list[Step]]],
    steps: list[Step],
    pairs: list[tuple[str, str, bool]],
    truth: np.ndarray,
) -> tuple[np.ndarray, float, float]:
    place = {step: at for at, step in enumerate(steps)}
    rows, columns, values = [], [], []
    for at, (_, path) in enumerate(found):
        for step, count in Counter(path).items():
            rows.append(at)
            columns.append(place[step])
            values.append(float(count))
    counts = coo_matrix((values, (rows, columns)), shape=(len(found), len(steps)))
    score = np.array([max(score, -30.0) for score, _ in found])
    size = np.array([max(len(source), len(latin)) for source, latin, _ in pairs], dtype=float)
    others = SCALE * np.column_stack([score / 4, score / size, np.minimum(size, 12) / 10])
    x = csr_matrix(hstack([csr_matrix(others), counts]))
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(x, truth)
    coefficients = model.coef_[0]
    slope = SCALE * (coefficients[0] / 4 + coefficients[1] / float(size.mean()))
    return coefficients[3:], max(0.3, slope), float(model.score(x, truth))


def by_first_letter(table: Table) -> Spelt:
    """For each letter or pair: its spellings and their log chances, by their first letter,
    and under "" the chance that it is silent."""
    found: Spelt = {}
    for letter, row in table.items():
        mine = found[letter] = {}
        for latin, chance in row.items():
            mine.setdefault(latin[:1], []).append((latin, chance))
    return found


def aligned(source: str, target: str, table: Spelt) -> tuple[float, list[Step]]:
    """The best alignment's log chance and its steps, in order."""
    high, wide = len(source), len(target)
    added = dict(chain.from_iterable(table.get("", {}).values()))
    best = [[-1e9] * (wide + 1) for _ in range(high + 1)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    best[0][0] = 0.0
    for i in range(high + 1):
        here = best[i]
        for j in range(wide + 1):
            score = here[j]
            if score < -60.0:
                continue
            if j < wide:
                _reach(best, back, (i, j), (i, j + 1), score + added.get(target[j], ADDED))
            for size in range(1, CHUNKS + 1):
                if i + size > high:
                    break
                row = table.get(source[i : i + size], {})
                if size == 1:
                    usual = 0.0 if source[i] == END else LOST
                    silent = row[""][0][1] if "" in row else usual
                    _reach(best, back, (i, j), (i + 1, j), score + silent)
                for latin, chance in row.get(target[j], ()) if j < wide else ():
                    if target.startswith(latin, j):
                        _reach(best, back, (i, j), (i + size, j + len(latin)), score + chance)
    return best[high][wide], _path(source, target, back)


def _reach(
    best: list[list[float]],
    back: dict[tuple[int, int], tuple[int, int]],
    here: tuple[int, int],
    there: tuple[int, int],
    score: float,
) -> None:
    if score > best[there[0]][there[1]]:
        best[there[0]][there[1]] = score
        back[there] = here


def _path(source: str, target: str, back: dict[tuple[int, int], tuple[int, int]]) -> list[Step]:
    place, steps = (len(source), len(target)), []
    while place in back:
        before = back[place]
        steps.append((source[before[0] : place[0]], target[before[1] : place[1]]))
        place = before
    return steps[::-1]
