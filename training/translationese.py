"""Learn how translated text differs from text written in the language, and write the models.

``python -m training.translationese`` reads ``eval/origin/newstest_directed`` and
writes ``provenance/tracing/translationese/<language>.tsv``; it prints accuracies in
five-fold cross-validation that keeps documents whole.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import records
from provenance.tracing._translationese import MOST, masked, patterns

# Czech and Finnish models exist as easily, but take English debates for translations.
OTHERS = ("ru", "de", "cs", "fi", "tr", "zh")
SOURCES = {"en": ("ru", "de", "zh", "tr"), **dict.fromkeys(OTHERS, ("en",))}
KEPT = 300  # most frequent words that stay unmasked: function words, mostly
PATTERNS = 3_000  # patterns kept by weight; more change accuracy by less than half a point
FOLDS = 5
Sentence = tuple[str, str]  # the document it is from, its text
Held = dict[str, list[tuple[list[Sentence], np.ndarray]]]  # by class: sentences and logits


def sentences(language: str, source: str) -> list[Sentence]:
    """Sentences in `language` that were written in `source`, none twice."""
    found: dict[str, str] = {}
    for row in records("eval/origin/newstest_directed.jsonl.xz"):
        if row["origlang"] != source:
            continue
        if language == "en":
            found.setdefault(row["text_en"], row["doc"])
        elif row["lang_x"] == language:
            found.setdefault(row["text_x"], row["doc"])
    return [(document, text) for text, document in found.items()]


def kept_words(texts: Iterable[str]) -> frozenset[str]:
    """The most frequent words, which stay unmasked."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({token.lower() for token in text.split() if token.isalpha()})
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return frozenset(words[:KEPT])


def matrix(texts: list[str], kept: frozenset[str], known: list[str]) -> csr_matrix:
    """Pattern counts over the square root of the number of words, a row a sentence."""
    place = {pattern: at for at, pattern in enumerate(known)}
    rows, columns, values = [], [], []
    for at, text in enumerate(texts):
        scale = max(1.0, len(text.split())) ** 0.5
        for pattern, count in Counter(patterns(masked(text, kept))).items():
            if pattern in place:
                rows.append(at)
                columns.append(place[pattern])
                values.append(count / scale)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), len(known)))


def vocabulary(texts: list[str], kept: frozenset[str]) -> list[str]:
    """Patterns met in four sentences or more."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(patterns(masked(text, kept))))
    return sorted(pattern for pattern, count in counts.items() if count >= 4)


def trained(texts: list[str], labels: np.ndarray, kept: frozenset[str]) -> dict[str, float]:
    """Weights of the strongest patterns, and the bias."""
    known = vocabulary(texts, kept)
    model = LogisticRegression(C=0.3, max_iter=500, class_weight="balanced")
    model.fit(matrix(texts, kept, known), labels)
    order = np.argsort(-np.abs(model.coef_[0]))[:PATTERNS]
    weights = {known[at]: float(model.coef_[0][at]) for at in order}
    return {**weights, "<bias>": float(model.intercept_[0])}


def logits(weights: dict[str, float], texts: list[str], kept: frozenset[str]) -> np.ndarray:
    """Log-odds, uncalibrated, that each text is a translation."""
    known = [pattern for pattern in weights if pattern != "<bias>"]
    values = np.array([weights[pattern] for pattern in known])
    return np.asarray(matrix(texts, kept, known) @ values + weights["<bias>"])


def groups(rows: list[Sentence], values: np.ndarray, size: int) -> list[tuple[float, int]]:
    """Mean logits and sizes of runs of `size` sentences of one document (0: all of it)."""
    by_document: dict[str, list[float]] = {}
    for (document, _), value in zip(rows, values, strict=True):
        by_document.setdefault(document, []).append(float(value))
    found = []
    for run in by_document.values():
        step = size or len(run)
        pieces = [run[at : at + step] for at in range(0, len(run), step)]
        found += [(sum(piece) / len(piece), len(piece)) for piece in pieces if len(piece) == step]
    return found


def crossed(native: list[Sentence], foreign: list[Sentence], kept: frozenset[str]) -> Held:
    """Held-out sentences with labels and logits, over the folds; documents stay whole."""
    documents = sorted({document for document, _ in native + foreign})
    Random(1).shuffle(documents)
    fold = {document: at % FOLDS for at, document in enumerate(documents)}
    out: Held = {"native": [], "foreign": []}
    for turn in range(FOLDS):
        train = [(text, 0) for doc, text in native if fold[doc] != turn]
        train += [(text, 1) for doc, text in foreign if fold[doc] != turn]
        weights = trained([text for text, _ in train], np.array([y for _, y in train]), kept)
        for name, rows in (("native", native), ("foreign", foreign)):
            test = [row for row in rows if fold[row[0]] == turn]
            out[name].append((test, logits(weights, [text for _, text in test], kept)))
    return out


def accuracy(out: Held, size: int, least: int = 1) -> float:
    """Mean of the two classes' accuracies over runs of `size` sentences."""
    rates = []
    for name, sign in (("native", -1), ("foreign", 1)):
        found = [one for rows, values in out[name] for one in groups(rows, values, size)]
        right = [sign * mean > 0 for mean, many in found if many >= least]
        rates.append(sum(right) / max(1, len(right)))
    return sum(rates) / 2


def slope(out: Held) -> float:
    """The factor that makes document scores log-odds: logistic regression on one number."""
    xs, ys = [], []
    for name, label in (("native", 0), ("foreign", 1)):
        for rows, values in out[name]:
            for size in (1, 3, 10):
                for mean, many in groups(rows, values, size):
                    xs.append([mean * min(many, MOST) ** 0.5])
                    ys.append(label)
    model = LogisticRegression(C=100, fit_intercept=False, class_weight="balanced").fit(xs, ys)
    return float(model.coef_[0][0])


def baseline(native: list[Sentence], foreign: list[Sentence]) -> float:
    """Sentence accuracy of character n-grams, which hear topics as well, documents apart."""
    rows = [(doc, text, 0) for doc, text in native] + [(doc, text, 1) for doc, text in foreign]
    documents = sorted({doc for doc, _, _ in rows})
    Random(1).shuffle(documents)
    fold = {document: at % FOLDS for at, document in enumerate(documents)}
    rates = []
    train = [row for row in rows if fold[row[0]] != 0]
    test = [row for row in rows if fold[row[0]] == 0]
    counter = CountVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3, binary=True)
    x = counter.fit_transform([text for _, text, _ in train])
    model = LogisticRegression(C=0.1, max_iter=300, class_weight="balanced")
    model.fit(x, [label for _, _, label in train])
    guess = model.predict(counter.transform([text for _, text, _ in test]))
    for label in (0, 1):
        hits = [g == label for g, (_, _, y) in zip(guess, test, strict=True) if y == label]
        rates.append(sum(hits) / max(1, len(hits)))
    return float(sum(rates) / 2)


def learn(language: str) -> None:
    """Cross-validate, print, fit on everything and write, for one language."""
    native = sentences(language, language)
    columns: dict[str, dict[str, float]] = {}
    kept = kept_words(text for _, text in native)
    for source in SOURCES[language]:
        foreign = sentences(language, source)
        out = crossed(native, foreign, kept)
        rates = [accuracy(out, size) for size in (1, 3, 5, 10)]
        whole = accuracy(out, 0, least=10)
        print(
            f"{language} ← {source}: {len(native)}/{len(foreign)} sentences;"
            f" 1: {rates[0]:.3f}  3: {rates[1]:.3f}  5: {rates[2]:.3f}  10: {rates[3]:.3f}"
            f"  document: {whole:.3f}   character n-grams 1: {baseline(native, foreign):.3f}",
            flush=True,
        )
        texts = [text for _, text in native + foreign]
        labels = np.array([0] * len(native) + [1] * len(foreign))
        columns[source] = {**trained(texts, labels, kept), "<slope>": slope(out)}
    write(language, kept, columns)


def write(language: str, kept: frozenset[str], columns: dict[str, dict[str, float]]) -> None:
    """Write the table of weights, a column a source language."""
    names = sorted({pattern for column in columns.values() for pattern in column})
    rows = ["kept\t" + " ".join(sorted(kept)), "pattern\t" + "\t".join(columns)]
    for name in names:
        cells = [f"{column[name]:.3f}" if name in column else "" for column in columns.values()]
        rows.append(name + "\t" + "\t".join(cells))
    path = Path(__file__).parent.parent / "provenance/tracing/translationese" / f"{language}.tsv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SOURCES:
        learn(chosen)
