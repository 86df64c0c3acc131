"""Find which stretches of the older test sets were written in which language.

``python -m training.directions`` prints rows for ``directed.tsv``. The sets of these years hold
articles of both languages in turn, with nothing that says which. A model of both sides judges each
pair, by words of content too, since nothing but the direction is asked; a chain of two states that
seldom changes joins neighbours. On articles of known direction, of a year it had not seen, of the
sentences it was sure of 96 to 100 in a hundred were right for Russian and German, 92 to 99 for
Chinese, 86 to 99 for Turkish, whose model had one year to learn from. Of 440 English pairs of 2016
that Turkish shares with Russian, where the direction is stated, none was called Turkish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import lines
from provenance.tracing._translationese import masked, patterns, shape, tokens
from training.translationese import Floats, balanced, directed, kept_words, measured, trained

# Pairs by language of half-and-half sets, read and bounded by hand; none of the years measured, but
# for Turkish, of which no other is there: of those English articles the Turkish side alone is read.
SETS = {
    "ru": ((0, 2950), (9050, 11750)),
    "de": ((20360, 23830), (28760, 31030)),
    "tr": ((0, 2950),),
    "zh": ((0, 6700),),
}
STAY = 0.97  # chance that the next sentence is of the same language; runs are of 10 to 200
TRUST = 0.7  # neighbours resemble each other: what they say counts as less than independent
MOST = 5.0  # nats one sentence may say
SURE = 0.97
SHORTEST = 8  # sentences of a stretch; its first and last are left out
BLOCK = 60  # pairs in a row that are held out together: they share an article
PARTS = 4  # of which one is held out at a time
Pair = tuple[str, str]


def known(language: str) -> tuple[list[Pair], NDArray[np.int64]]:
    """Pairs of known direction, and whether each was written in `language`."""
    rows = [
        (pair.split("\t")[0], pair.split("\t")[1], written == language)
        for code, written, kind, pairs in directed()
        if code == language and kind in ("news", "mixed")
        for pair in pairs
    ]
    rows += [
        (row["text_x"], row["text_en"], row["origlang"] == language)
        for row in measured()
        if row["lang_x"] == language
    ]
    return [(one, other) for one, other, _ in rows], np.array([int(own) for *_, own in rows])


def counted(known: Sequence[Pair], asked: Sequence[Pair]) -> tuple[csr_matrix, csr_matrix]:
    """What is heard of both sides of the pairs and all their words, rows of one width."""
    blocks = []
    for side in (0, 1):
        learned = [pair[side] for pair in known]
        texts = learned + [pair[side] for pair in asked]
        kept = kept_words(learned)
        scale = diags([max(1.0, len(tokens(text))) ** -0.5 for text in texts])
        for heeded in (
            lambda text, kept=kept: [*patterns(masked(text, kept)), *shape(text)],
            lambda text: [token.lower() for token in tokens(text)],
        ):
            counter = CountVectorizer(analyzer=heeded, min_df=2).fit(learned)
            blocks.append(scale @ counter.transform(texts))
    both = csr_matrix(hstack(blocks))
    return both[: len(known)], both[len(known) :]


def odds(language: str, pairs: Sequence[Pair]) -> Floats:
    """Log-odds of each pair that it was written in `language`, calibrated on held-out pairs."""
    learned, labels = known(language)
    counts, asked = counted(learned, pairs)
    part = np.arange(len(labels)) // BLOCK % PARTS
    held = np.zeros(len(labels))
    for turn in range(PARTS):
        seen = part != turn
        weights, bias = trained(counts[seen], labels[seen], balanced(labels[seen]))
        held[~seen] = counts[~seen] @ weights + bias
    scale = LogisticRegression(C=100, class_weight="balanced").fit(held[:, None], labels)
    weights, bias = trained(counts, labels, balanced(labels))
    return np.asarray(scale.decision_function((asked @ weights + bias)[:, None]))


def joined(odds: Floats) -> Floats:
    """The probability of each pair given all of them: forwards and backwards over two states."""
    step = np.array([[STAY, 1 - STAY], [1 - STAY, STAY]])
    seen = np.exp(np.outer(np.clip(odds, -MOST, MOST) * TRUST, [-0.5, 0.5]))
    forward, backward = np.ones_like(seen), np.ones_like(seen)
    for at in range(len(seen)):
        before = forward[at - 1] @ step if at else np.array([0.5, 0.5])
        forward[at] = before * seen[at] / (before @ seen[at])
    for at in range(len(seen) - 2, -1, -1):
        backward[at] = step @ (seen[at + 1] * backward[at + 1])
        backward[at] /= backward[at].sum()
    both = forward * backward
    return np.asarray(both[:, 1] / both.sum(axis=1))


def stretches(language: str) -> Iterator[tuple[str, int, int]]:
    """The language a stretch was written in, its first pair and the one after its last."""
    pairs = [row.split("\t") for row in islice(lines(f"parallel/{language}-en.tsv.xz"), 50_000)]
    asked = [(row[0], row[1]) for first, last in SETS[language] for row in pairs[first:last]]
    values = odds(language, asked)
    for first, last in SETS[language]:
        chances, values = joined(values[: last - first]), values[last - first :]
        sure = np.where(chances > SURE, 1, np.where(chances < 1 - SURE, -1, 0))
        at = first
        for which, run in groupby(sure):
            many = len(list(run))
            if which and many >= SHORTEST:
                yield (language if which > 0 else "en"), at + 1, at + many - 1
            at += many


if __name__ == "__main__":
    for code in SETS:
        kind = "side" if code == "tr" else "turns"
        for written, first, last in stretches(code):
            print(code, written, kind if written == "en" else "turns", first, last, sep="\t")
