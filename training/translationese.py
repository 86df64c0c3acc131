"""Learn how translated text differs from text written in the language, and write the models.

``python -m training.translationese`` reads ``eval/origin/newstest_directed`` and
writes ``provenance/tracing/translationese/<language>.tsv``; it prints accuracies in
ten-fold cross-validation that keeps documents whole, the mean of three ways to deal them out
(one alone is off by a point or two), beside character n-grams on the same folds. Classes
count the same, so whoever always names the larger one is right in half.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import records
from provenance.tracing._translationese import MOST, heard, tokens

# Czech and Finnish models exist as easily, but take English debates for translations.
OTHERS = ("ru", "de", "cs", "fi", "tr", "zh")
SOURCES = {"en": ("ru", "de", "zh", "tr"), **dict.fromkeys(OTHERS, ("en",))}
KEPT = 300  # most frequent words that stay unmasked: function words, mostly
PATTERNS = 3_000  # patterns kept by weight; more change accuracy by less than half a point
FOLDS = 10
DEALS = 3
STRENGTH = 1.0  # inverse regularisation; .3, 1 and 3 differ by less than a point
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
        counts.update({token.lower() for token in tokens(text) if token.isalpha()})
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return frozenset(words[:KEPT])


def matrix(texts: list[str], kept: frozenset[str]) -> tuple[csr_matrix, list[str]]:
    """Counts of what four sentences or more have, over the square root of the number of
    tokens, a row a sentence; and what the columns stand for."""
    counter = CountVectorizer(analyzer=lambda text: list(heard(text, kept)), min_df=4)
    counts = counter.fit_transform(texts)
    scale = [max(1.0, len(tokens(text))) ** -0.5 for text in texts]
    return csr_matrix(diags(scale) @ counts), list(counter.get_feature_names_out())


def trained(x: csr_matrix, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights of the strongest patterns, the others none, and the bias."""
    model = LogisticRegression(C=STRENGTH, max_iter=500, class_weight="balanced").fit(x, labels)
    weights = model.coef_[0].copy()
    weights[np.argsort(-np.abs(weights), kind="stable")[PATTERNS:]] = 0.0
    return weights, float(model.intercept_[0])


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


def crossed(rows: list[Sentence], labels: np.ndarray, x: csr_matrix, deal: int) -> Held:
    """Held-out sentences with logits, by class, over the folds; documents stay whole."""
    documents = sorted({document for document, _ in rows})
    Random(deal).shuffle(documents)
    dealt = {document: at % FOLDS for at, document in enumerate(documents)}
    fold = np.array([dealt[document] for document, _ in rows])
    out: Held = {"native": [], "foreign": []}
    for turn in range(FOLDS):
        weights, bias = trained(x[fold != turn], labels[fold != turn])
        for label, name in enumerate(out):
            test = np.flatnonzero((fold == turn) & (labels == label))
            out[name].append(([rows[at] for at in test], x[test] @ weights + bias))
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


def baseline(texts: list[str]) -> csr_matrix:
    """Character n-grams, which hear topics as well."""
    counter = CountVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3, binary=True)
    return csr_matrix(counter.fit_transform(texts) * 0.1)


def rates(deals: list[Held]) -> str:
    """Accuracies by 1, 3, 5, 10 sentences and whole documents of ten or more, as printed."""
    found = [sum(accuracy(out, size) for out in deals) / len(deals) for size in (1, 3, 5, 10)]
    whole = sum(accuracy(out, 0, least=10) for out in deals) / len(deals)
    told = zip((1, 3, 5, 10), found, strict=True)
    return "  ".join([*(f"{size}: {rate:.3f}" for size, rate in told), f"document: {whole:.3f}"])


def learn(language: str) -> None:
    """Cross-validate, print, fit on everything and write, for one language."""
    native = sentences(language, language)
    columns: dict[str, dict[str, float]] = {}
    kept = kept_words(text for _, text in native)
    for source in SOURCES[language]:
        rows = native + sentences(language, source)
        labels = (np.arange(len(rows)) >= len(native)).astype(int)
        x, known = matrix([text for _, text in rows], kept)
        deals = [crossed(rows, labels, x, deal) for deal in range(1, DEALS + 1)]
        print(f"{language} ← {source}: {len(native)}/{len(rows) - len(native)} sentences")
        print(f"  model                 {rates(deals)}")
        plain = baseline([text for _, text in rows])
        print(f"  character n-grams     {rates([crossed(rows, labels, plain, 1)])}", flush=True)
        weights, bias = trained(x, labels)
        columns[source] = {
            pattern: float(weight) for pattern, weight in zip(known, weights, strict=True) if weight
        }
        columns[source].update({"<bias>": bias, "<slope>": slope(deals[0])})
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
