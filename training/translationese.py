"""Learn how translated text differs from text written in the language, and write the models.

``python -m training.translationese [LANGUAGE ...] [--plain]`` reads
``eval/origin/newstest_directed`` and writes
``provenance/tracing/translationese/<language>.tsv``; it prints accuracies in five-fold
cross-validation that keeps documents whole, the mean of two ways to deal them out, and, with
``--plain``, those of character n-grams on the same folds. Classes count the same, so whoever
always names the larger one is right in half.

More of the kind, to learn from only, is in the sentence pairs: test sets of other years.
``directed.tsv`` says which stretches were written in which language. Those of the years 2019 to
2023 (`news`, `mixed`) are long; they were found with the models themselves, whose mean over two
hundred pairs changes sign where a set ends, and read. Those of 2014, 2015 and 2019 (`turns`) have
articles of both languages in turn and are found by ``python -m training.directions``. Those of
2008 to 2013 (`years`) have a block of articles from each of five to seven languages, which were
read and bounded by hand; the blocks written in either language of the pair are used. Nothing that
is measured on, of the years 2016 to 2018, is among them; of the Turkish set of 2016, which is not
measured on though its English articles are, those lend their Turkish side alone (`side`). English
learns from American newspapers as well, Russian from Moldova's.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, vstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import lines, records
from provenance.languages.sentences import sentences as cut
from provenance.tracing._translationese import MOST, heard, tokens

# Czech and Finnish models exist as easily, but take English debates for translations.
OTHERS = ("ru", "de", "cs", "fi", "tr", "zh")
SOURCES = {"en": ("ru", "de", "zh", "tr"), **dict.fromkeys(OTHERS, ("en",))}
# Newspapers written in the language: where, and every how many articles one is read.
PAPERS = {
    "en": ("eval/quotes/polnear_train.jsonl.xz", 3),
    "ru": ("corpus/moldova_press.jsonl.xz", 20),
}
DIRECTED = Path(__file__).parent / "directed.tsv"
KEPT = 500  # most frequent words that stay unmasked; 300 to 2,000 differ by less than a point
INFLECTED = {"ru": 1_000, "de": 1_000, "tr": 1_000}  # where words have more forms: half a point
PATTERNS = 20_000  # patterns kept by weight; half as many cost German a point
FOLDS = 5
DEALS = 2
PLAIN = "--plain"  # asks for character n-grams as well
STRENGTH = 3.0  # inverse regularisation; 10 and 1 are worse by up to half a point
FEW = 4_000  # sentences up to which it is 1: Czech and Finnish lose a point at 10
SMOOTHED = 0.3  # added to the counts whose ratio scales a pattern
LEAST = 0.5  # scale of a pattern that both classes have alike
MORE = 0.5  # what a sentence of later years counts: reviews and chats are among them
ALIKE = 1.0  # what one of the same kind counts; .5 is no better
ENOUGH = 4_000  # of them a class; twice as many changed accuracy by less than a point
LAST = 50_000  # pairs within which they all stand
SHORTEST = 15  # characters of a sentence from which anything is learned
RUNS = (1, 3, 5, 10)  # sentences of a document that are judged together
Floats = NDArray[np.float64]
Sentence = tuple[str, str]  # the document it is from, its text
Held = dict[str, list[tuple[list[Sentence], Floats]]]  # by class: sentences and logits, by fold


@dataclass(frozen=True)
class Known:
    """Sentences as counts, a row each, whether each was translated, and how much it counts."""

    counts: csr_matrix
    labels: NDArray[np.int64]
    weights: Floats

    def also(self, other: Known) -> Known:
        """The rows of both."""
        return Known(
            csr_matrix(vstack([self.counts, other.counts])),
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.weights, other.weights]),
        )

    def only(self, rows: NDArray[np.bool_]) -> Known:
        """These rows, the two classes counting the same."""
        labels = self.labels[rows]
        return Known(self.counts[rows], labels, balanced(labels))


def balanced(labels: NDArray[np.int64]) -> Floats:
    """Weights by which both classes count the same, one on average."""
    sizes = np.maximum(1, np.bincount(labels, minlength=2))
    return np.asarray(len(labels) / (2 * sizes[labels]), dtype=np.float64)


def sentences(language: str, source: str) -> list[Sentence]:
    """Sentences in `language` that were written in `source`, none twice."""
    found: dict[str, str] = {}
    for row in measured():
        if row["origlang"] != source:
            continue
        if language == "en":
            found.setdefault(row["text_en"], row["doc"])
        elif row["lang_x"] == language:
            found.setdefault(row["text_x"], row["doc"])
    return [(document, text) for text, document in found.items()]


def more(language: str, source: str) -> list[str]:
    """Sentences in `language` written in `source` that later years' test sets have, and papers."""
    kept = drawn(_beside(language, source, ("news", "mixed")))
    return kept + drawn(papers(language)) if language == source else kept


def alike(language: str, source: str) -> list[str]:
    """The same of sets whose articles are in several languages, as the measured ones are."""
    return sorted(_beside(language, source, ("turns", "side", "years")))


def _beside(language: str, source: str, kinds: tuple[str, ...]) -> set[str]:
    """Sentences of such stretches that are not measured on."""
    found: set[str] = set()
    for foreign, written, kind, pairs in directed():
        own = foreign == language or (language == "en" and source in ("en", foreign))
        unread = kind not in kinds or (kind == "side" and language == "en")
        if written == source and own and not unread:
            sides = (pair.split("\t")[language == "en"] for pair in pairs)
            found.update(text for text in sides if len(text) > SHORTEST)
    return found - {row[side] for row in measured() for side in ("text_en", "text_x")}


def drawn(texts: Iterable[str]) -> list[str]:
    """As many of `texts` as are enough, the same each time."""
    ordered = sorted(texts)
    Random(1).shuffle(ordered)
    return ordered[:ENOUGH]


def papers(language: str) -> set[str]:
    """Sentences of newspapers written in `language`, none where there are none."""
    path, every = PAPERS.get(language, ("", 1))
    articles = (row["text"] for row in islice(records(path), 0, None, every)) if path else ()
    spans = ((text, span) for text in articles for span in cut(text, language))
    found = (" ".join(text[span.start : span.end].split()) for text, span in spans)
    return {sentence for sentence in found if len(sentence) > SHORTEST}


@cache
def directed() -> list[tuple[str, str, str, list[str]]]:
    """The stretches of ``directed.tsv``: the language beside English, the one they were
    written in, their kind, the pairs."""
    rows = [row.split("\t") for row in DIRECTED.read_text(encoding="utf-8").splitlines()[1:]]
    pairs = {
        code: list(islice(lines(f"parallel/{code}-en.tsv.xz"), LAST))
        for code in sorted({row[0] for row in rows})
    }
    return [
        (code, written, kind, pairs[code][int(first) : int(last)])
        for code, written, kind, first, last in rows
    ]


@cache
def measured() -> list[dict[str, str]]:
    """The sentence pairs that accuracy is measured on, with their documents and directions."""
    return list(records("eval/origin/newstest_directed.jsonl.xz"))


def kept_words(texts: Iterable[str], most: int = KEPT) -> frozenset[str]:
    """The most frequent words, which stay unmasked, but for those that mostly begin with a
    capital: names tell topics ("I" is none). Of both classes: words chosen from one would
    tell it by being unmasked."""
    counts: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        met = {token for token in tokens(text) if token.isalpha()}
        counts.update({word.lower() for word in met})
        small.update({word.lower() for word in met if not word[0].isupper()})
    words = sorted(counts, key=lambda word: (-counts[word], word))
    plain = [word for word in words if len(word) == 1 or 2 * small[word] >= counts[word]]
    return frozenset(plain[:most])


def matrix(texts: list[str], kept: frozenset[str], fine: bool) -> tuple[csr_matrix, list[str]]:
    """Counts of what four sentences or more have, over the square root of the number of
    tokens, a row a sentence; and what the columns stand for."""
    counter = CountVectorizer(analyzer=lambda text: list(heard(text, kept, fine)), min_df=4)
    counts = counter.fit_transform(texts)
    scale = [max(1.0, len(tokens(text))) ** -0.5 for text in texts]
    return csr_matrix(diags(scale) @ counts), list(counter.get_feature_names_out())


def trained(counts: csr_matrix, labels: NDArray[np.int64], weights: Floats) -> tuple[Floats, float]:
    """Weights of the patterns and the bias.

    Columns are first scaled by how unevenly the classes have them, the logarithm of the ratio of
    their rates (Wang and Manning 2012), so that regularisation bears on what tells nothing. A
    point better in every pair than without.
    """
    rates = []
    for label in (0, 1):
        row = np.where(labels == label, weights, 0.0)
        total = SMOOTHED + np.asarray(counts.T @ row)
        rates.append(np.log(total / total.sum()))
    scale = np.abs(rates[1] - rates[0]) + LEAST
    strength = STRENGTH if len(labels) > FEW else 1.0
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3)
    model.fit(csr_matrix(counts @ diags(scale)), labels, sample_weight=weights)
    return model.coef_[0] * scale, float(model.intercept_[0])


def strongest(known: Known) -> tuple[Floats, float]:
    """Weights of the strongest patterns, the others none, and the bias."""
    weights, bias = trained(known.counts, known.labels, known.weights)
    weights[np.argsort(-np.abs(weights), kind="stable")[PATTERNS:]] = 0.0
    return weights, bias


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


def held_out(
    rows: list[Sentence], known: Known, extra: Known | None, deal: int
) -> tuple[Floats, NDArray[np.int64]]:
    """Each sentence's logit by a model that saw neither it nor its document, and its fold."""
    documents = sorted({document for document, _ in rows})
    Random(deal).shuffle(documents)
    dealt = {document: at % FOLDS for at, document in enumerate(documents)}
    fold = np.array([dealt[document] for document, _ in rows])
    logits = np.zeros(len(rows))
    for turn in range(FOLDS):
        seen = known.only(fold != turn)
        weights, bias = strongest(seen.also(extra) if extra else seen)
        logits[fold == turn] = known.counts[fold == turn] @ weights + bias
    return logits, fold


def shifted(rows: list[Sentence], known: Known, logits: Floats, fold: NDArray[np.int64]) -> Held:
    """The sentences by class, the threshold of each fold learned on the others."""
    labels = known.labels
    shifts = [calibrated(held(rows, labels, logits, fold != turn))[1] for turn in range(FOLDS)]
    return held(rows, labels, logits + np.array(shifts)[fold], fold >= 0)


def held(
    rows: list[Sentence],
    labels: NDArray[np.int64],
    logits: Floats,
    chosen: NDArray[np.bool_],
) -> Held:
    """The chosen sentences with their logits, by class."""
    out: Held = {}
    for label, name in enumerate(("native", "foreign")):
        places = np.flatnonzero((labels == label) & chosen)
        out[name] = [([rows[at] for at in places], logits[places])]
    return out


def accuracy(out: Held, size: int, least: int = 1) -> float:
    """Mean of the two classes' accuracies over runs of `size` sentences."""
    rates = []
    for name, sign in (("native", -1), ("foreign", 1)):
        found = [one for rows, values in out[name] for one in groups(rows, values, size)]
        right = [sign * mean > 0 for mean, many in found if many >= least]
        rates.append(sum(right) / max(1, len(right)))
    return sum(rates) / 2


def calibrated(out: Held) -> tuple[float, float]:
    """The factor that makes mean logits times the root of their number log-odds, and what is
    added to the mean before: logistic regression on the two, runs of 1, 3 and 10."""
    xs, ys = [], []
    for name, label in (("native", 0), ("foreign", 1)):
        for rows, values in out[name]:
            for size in (1, 3, 10):
                for mean, many in groups(rows, values, size):
                    root = min(many, MOST) ** 0.5
                    xs.append([mean * root, root])
                    ys.append(label)
    model = LogisticRegression(C=100, fit_intercept=False, class_weight="balanced").fit(xs, ys)
    factor, shift = model.coef_[0]
    return float(factor), float(shift / factor)


def baseline(texts: list[str]) -> csr_matrix:
    """Character n-grams, which hear topics as well."""
    counter = CountVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3, binary=True)
    return csr_matrix(counter.fit_transform(texts) * 0.1)


def rates(deals: list[Held]) -> str:
    """Accuracies by 1, 3, 5, 10 sentences and whole documents of ten or more, as printed."""
    found = [sum(accuracy(out, size) for out in deals) / len(deals) for size in RUNS]
    whole = sum(accuracy(out, 0, least=10) for out in deals) / len(deals)
    told = zip(RUNS, found, strict=True)
    return "  ".join([*(f"{size}: {rate:.3f}" for size, rate in told), f"document: {whole:.3f}"])


def learn(language: str) -> None:
    """Cross-validate, print, fit on everything and write, for one language."""
    native = sentences(language, language)
    foreign = {source: sentences(language, source) for source in SOURCES[language]}
    texts = (text for rows in (native, *foreign.values()) for _, text in rows)
    kept = kept_words(texts, INFLECTED.get(language, KEPT))
    columns: dict[str, dict[str, float]] = {}
    for source in SOURCES[language]:
        columns[source] = column(language, source, native + foreign[source], len(native), kept)
    write(language, kept, columns)


def fine(language: str) -> bool:
    """Whether there is enough to learn longer endings, and those of names, from."""
    return bool(alike(language, language))


def column(
    language: str, source: str, rows: list[Sentence], natives: int, kept: frozenset[str]
) -> dict[str, float]:
    """Weights by pattern for one source language; `rows` begin with `natives` of its own."""
    labels = (np.arange(len(rows)) >= natives).astype(np.int64)
    texts = [text for _, text in rows]
    added = [(more(language, one), alike(language, one)) for one in (language, source)]
    both = [text for lists in added for found in lists for text in found]
    counts, names = matrix(texts + both, kept, fine(language))
    known = Known(counts[: len(texts)], labels, balanced(labels))
    extra = beside(counts[len(texts) :], added) if both else None
    deals = [held_out(rows, known, extra, deal) for deal in range(1, DEALS + 1)]
    judged = [shifted(rows, known, *deal) for deal in deals]
    size = f"{natives}/{len(rows) - natives} and {_told(added[0])}/{_told(added[1])} sentences"
    print(f"{language} ← {source}: {size}\n  model                 {rates(judged)}")
    if PLAIN in sys.argv:
        plain = Known(baseline(texts), labels, balanced(labels))
        found = shifted(rows, plain, *held_out(rows, plain, None, 1))
        print(f"  character n-grams     {rates([found])}")
    weights, bias = strongest(known.also(extra) if extra else known)
    logits, fold = deals[0]
    factor, shift = calibrated(held(rows, labels, logits, fold >= 0))
    table = {name: float(one) for name, one in zip(names, weights, strict=True) if one}
    return table | {"<bias>": bias + shift, "<slope>": factor}


def beside(counts: csr_matrix, added: list[tuple[list[str], list[str]]]) -> Known:
    """What is learned from beside the measured: for either class those of later years, whose
    `counts` come first, and those of the same kind. Classes count the same in each."""
    sizes = [(len(others), len(same)) for others, same in added]
    labels = np.repeat([0, 1], [sum(pair) for pair in sizes])
    same = np.concatenate([np.repeat([0, 1], pair) for pair in sizes]) == 1
    weights = np.zeros(len(labels))
    for rows, weight in ((~same, MORE), (same, ALIKE)):
        weights[rows] = weight * balanced(labels[rows])
    return Known(counts, labels, weights)


def _told(added: tuple[list[str], list[str]]) -> str:
    return "+".join(str(len(found)) for found in added)


def write(language: str, kept: frozenset[str], columns: dict[str, dict[str, float]]) -> None:
    """Write the table of weights, a column a source language."""
    names = sorted({pattern for column in columns.values() for pattern in column})
    hears = "fine" if fine(language) else "coarse"
    rows = ["kept\t" + " ".join(sorted(kept)), "hears\t" + hears, "pattern\t" + "\t".join(columns)]
    for name in names:
        cells = [f"{column[name]:.3f}" if name in column else "" for column in columns.values()]
        rows.append(name + "\t" + "\t".join(cells))
    path = Path(__file__).parent.parent / "provenance/tracing/translationese" / f"{language}.tsv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for chosen in [code for code in sys.argv[1:] if code != PLAIN] or SOURCES:
        learn(chosen)
