"""Train what quoting weighs by: word classes, the tagger, links and confidence.

``python -m training.quotes [classes|tagger|links|confidence] [LANGUAGE …]`` writes
``provenance/quoting/models/``; without arguments all of it, in order, for English and
German (about twenty minutes on one core). ``--without-restricted`` leaves out Wikinews
(BY-NC-SA) and PolNeAR (no licence stated): nothing is then left to train on, the models are
removed, and the rules alone decide. `docs/quoting.md` is the data card.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks import lines, quotes, records
from provenance.model import Document
from provenance.quoting import _confidence, _features, _links, _model, _rules, _tagger, extract
from provenance.quoting._page import Page, page
from training import _field

_MODELS = Path(_tagger.__file__).parent / "models"
_TRAIN = {
    "en": "eval/quotes/polnear_train.jsonl.xz",
    "de": "eval/quotes/de_wikinews_train.jsonl.xz",
}
_DEV = {"en": "eval/quotes/polnear_dev.jsonl", "de": "eval/quotes/de_wikinews_dev.jsonl"}
_OUT, _BEGIN, _INSIDE, _CUE, _SOURCE, _AGAIN = range(6)
# Words that get a class, classes, and sentences they are counted in. A window of two words
# with positions kept makes the classes syntactic, close to parts of speech.
_WORDS, _CLASSES, _SENTENCES, _CONTEXTS = 16_000, 200, 800_000, 4_000
# Features seen less often say nothing lasting; of the rest those with most weight are kept.
_LEAST, _KEPT = 4, 130_000
# Epochs and dropout by language: the German set is a quarter of the English and overfits.
_EPOCHS, _DROPOUT = {"en": 5, "de": 8}, {"en": 0.4, "de": 0.5}


# ---------------------------------------------------------------- word classes


def classes(language: str) -> None:
    """Cluster the commonest words by their neighbours and write ``classes.<code>.tsv``."""
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.utils.extmath import randomized_svd

    words, table = _neighbours(language)
    left, weight, _ = randomized_svd(_surprise(table), 80, random_state=0, n_iter=3)
    vectors = left * np.sqrt(weight)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    fitted = MiniBatchKMeans(_CLASSES, random_state=0, batch_size=4096, n_init=3, max_iter=60)
    found = fitted.fit(vectors).labels_
    rows = [f"{word}\t{number}" for word, number in zip(words, found, strict=True)]
    (_MODELS / f"classes.{language}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


_WORD = re.compile(r"\d+|['’]s\b|[^\W\d_]+(?:['’-][^\W\d_]+)*|\S")


def _corpus(language: str) -> Iterator[str]:
    if language != "en":
        yield from (line.split("\t")[0] for line in lines(f"parallel/{language}-en.tsv.xz"))
        return
    for line in lines("corpus/english_sentences.tsv.xz"):
        yield line.split("\t")[-1]
    for other in ("de", "fr", "es", "ru"):
        for number, line in enumerate(lines(f"parallel/{other}-en.tsv.xz")):
            if number >= (_SENTENCES - 200_000) // 4:
                break
            yield line.split("\t")[1]


def _split(line: str) -> list[str]:
    words = _WORD.findall(line)
    return ["0" if word.isdigit() else word.lower().replace("’", "'") for word in words]


def _neighbours(language: str) -> tuple[list[str], sparse.csr_matrix]:
    """Words, and how often which word stands two and one before and after each."""
    sentences = [_split(line) for line in _corpus(language)]
    counts = Counter(word for sentence in sentences for word in sentence)
    words = [word for word, _ in counts.most_common(_WORDS)]
    number = {word: place for place, word in enumerate(words)}
    rows, columns = [], []
    for sentence in sentences:
        places = [number.get(word, _CONTEXTS + 1) for word in sentence]
        for here, word in enumerate(sentence):
            if word not in number:
                continue
            for side, offset in enumerate((-2, -1, 1, 2)):
                there = here + offset
                near = places[there] if 0 <= there < len(places) else _CONTEXTS
                rows.append(number[word])
                columns.append(side * (_CONTEXTS + 2) + min(near, _CONTEXTS + 1))
    shape = (len(words), 4 * (_CONTEXTS + 2))
    return words, sparse.coo_matrix(
        (np.ones(len(rows), np.float32), (rows, columns)), shape
    ).tocsr()


def _surprise(table: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information, contexts smoothed (Levy and Goldberg 2015)."""
    rows, columns = np.asarray(table.sum(1)).ravel(), np.asarray(table.sum(0)).ravel() ** 0.75
    cells = table.tocoo()
    share = cells.data / rows[cells.row] / (columns[cells.col] / columns.sum())
    return sparse.coo_matrix(
        (np.maximum(np.log(share), 0), (cells.row, cells.col)), table.shape
    ).tocsr()


# ---------------------------------------------------------------- the tagger


def outermost(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The gold quotes that stand in no other."""
    quotes, end = [], -1
    for quote in sorted(record["quotes"], key=lambda one: (one["start"], -one["end"])):
        if quote["start"] >= end:
            quotes.append(quote)
            end = quote["end"]
    return quotes


def _spans(part: Mapping[str, Any]) -> list[list[int]]:
    return part.get("spans") or [[part["start"], part["end"]]]


def gold_labels(record: Mapping[str, Any], laid: Page) -> list[int]:
    """The label of every token of `laid` by the gold of `record`."""
    starts = [token.start for sentence in laid.sentences for token in sentence.tokens]
    labels = [_OUT] * len(starts)
    for quote in outermost(record):
        first = _BEGIN
        for start, end in _spans(quote):
            low, high = bisect_left(starts, start), bisect_left(starts, end)
            labels[low:high] = [first, *[_INSIDE] * (high - low - 1)][: high - low]
            first = _AGAIN if high > low else first
    for part, label in (("cue", _CUE), ("source", _SOURCE)):
        for quote in outermost(record):
            for start, end in _spans(quote[part]) if quote.get(part) else []:
                for place in range(bisect_left(starts, start), bisect_left(starts, end)):
                    labels[place] = label if labels[place] == _OUT else labels[place]
    return labels


def _examples(language: str) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Feature buckets and label of every training token, and where paragraphs lie."""
    tables: list[NDArray[Any]] = []
    labels: list[int] = []
    blocks: list[tuple[int, int]] = []
    offset = 0
    for record in records(_TRAIN[language]):
        laid = page(record["text"], language)
        if not laid.sentences:
            continue
        base = _features.arrays(laid, _rules.claims(laid), _tagger.classes(language))
        tables.append(_features.buckets(base))
        labels.extend(gold_labels(record, laid))
        flat = _model.flatten(laid)
        blocks.extend((start + offset, end + offset) for start, end in flat.blocks)
        offset += len(flat.tokens)
    return np.concatenate(tables), np.array(labels), np.array(blocks)


def tagger(language: str) -> None:
    """Train the tagger of `language` and write ``<code>.npz``."""
    table, labels, blocks = _examples(language)
    buckets, matrix = _matrix(table)
    forbidden = [(label, _INSIDE) for label in (_OUT, _CUE, _SOURCE)]
    fitted = _field.train(
        matrix,
        labels,
        blocks,
        count=6,
        forbidden=forbidden,
        epochs=_EPOCHS[language],
        dropout=_DROPOUT[language],
    )
    frequency = np.asarray(matrix.sum(0)).ravel()
    worth = np.abs(fitted.weights).max(1) * np.log1p(frequency)
    kept = np.sort(np.argsort(-worth, kind="stable")[:_KEPT])
    scale = float(np.quantile(np.abs(fitted.weights[kept]), 0.9999)) / 127
    bytes_ = np.clip(np.rint(fitted.weights[kept] / scale), -127, 127).astype(np.int8)
    np.savez_compressed(
        _MODELS / f"{language}.npz",
        buckets=buckets[kept].astype(np.uint32),
        weights=bytes_,
        scale=np.float32(scale),
        steps=fitted.steps,
        begin=fitted.begin,
        end=fitted.end,
    )


def _matrix(table: NDArray[Any]) -> tuple[NDArray[Any], sparse.csr_matrix]:
    """The buckets frequent enough, and tokens × those as a sparse matrix of ones."""
    counts = np.bincount(table.ravel(), minlength=1 << _features.BITS)
    frequent = counts >= _LEAST
    number = np.cumsum(frequent) - 1
    kept = frequent[table]
    rows = np.concatenate([[0], np.cumsum(kept.sum(1))])
    columns = number[table[kept]].astype(np.int32)
    shape = (len(table), int(frequent.sum()))
    ones = np.ones(len(columns), np.float32)
    return np.flatnonzero(frequent), sparse.csr_matrix((ones, columns, rows), shape)


# ---------------------------------------------------------------- links


def links(languages: list[str]) -> None:
    """Fit which source goes with which words, for each language and for all together."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    weights: dict[str, dict[str, float]] = {}
    seen: dict[str, list[tuple[list[str], bool]]] = {code: list(_pairs(code)) for code in languages}
    for name in [*languages, "all"]:
        codes = languages if name == "all" else [name]
        pairs = [pair for code in codes for pair in seen[code]]
        vectors = DictVectorizer()
        table = vectors.fit_transform([dict.fromkeys(names, 1.0) for names, _ in pairs])
        fitted = LogisticRegression(C=1.0, max_iter=300).fit(table, [answer for _, answer in pairs])
        found = zip(vectors.get_feature_names_out(), fitted.coef_[0], strict=True)
        weights[name] = {"": round(float(fitted.intercept_[0]), 3)}
        weights[name] |= {feature: round(float(value), 3) for feature, value in found}
    text = json.dumps(weights, ensure_ascii=False, indent=1, sort_keys=True)
    (_MODELS / "links.json").write_text(text + "\n", encoding="utf-8")


def _pairs(language: str) -> Iterator[tuple[list[str], bool]]:
    """Features of every gold quote with every source near it, and whether it is the one."""
    for record in records(_TRAIN[language]):
        laid = page(record["text"], language)
        flat = _model.flatten(laid)
        starts = [token.start for token in flat.tokens]
        labels = gold_labels(record, laid)
        quotes = outermost(record)
        groups = [_tokens(starts, _spans(quote)) for quote in quotes]
        placed = _model.layout(laid, flat, groups, [label == _CUE for label in labels])
        sources = _model.segments(labels, _SOURCE)
        ruled = _rules.claims(laid)
        before = None
        for number, (quote, parts) in enumerate(zip(quotes, groups, strict=True)):
            if not parts:
                continue
            rule = _model.ruled_for(flat, ruled, parts)
            truth = _tokens(starts, _spans(quote["source"])) if quote.get("source") else []
            chosen = None
            for option in _model.candidates(flat, parts, sources, rule, before):
                right = any(first < option.last and option.first < last for first, last in truth)
                chosen = option if right else chosen
                yield _links.features(parts, number, option, placed), right
            before = chosen or before


def _tokens(starts: list[int], spans: list[list[int]]) -> list[tuple[int, int]]:
    found = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in spans]
    return [(first, last) for first, last in found if last > first]


# ---------------------------------------------------------------- confidence


def confidence(languages: list[str]) -> None:
    """Measure on the development sets how often rules and tagger are right."""
    from sklearn.linear_model import LogisticRegression

    path = _MODELS / "confidence.toml"
    path.unlink(missing_ok=True)
    _confidence.measured.cache_clear()
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    rows = [
        "# By `python -m training.quotes confidence`: how often rules (Dice >= .5) are right,",
        "# and a curve over the log-odds of the tagger (Dice >= .8).",
    ]
    for language in languages:
        # Half the words suffice here: whether an attribution takes in the sentence before
        # is PolNeAR's convention, not the other languages' (nor does it mark nested quotes).
        for rule, _, answer in _judged(language, model=False, dice=0.5):
            if rule == "nested quote":
                continue
            seen[rule] += 1
            right[rule] += answer
    rows += ["", "[rules]"]
    # One more right and one more wrong than seen keeps rare rules modest (Laplace).
    rows += [f'"{rule}" = {(right[rule] + 1) / (seen[rule] + 2):.2f}' for rule in sorted(seen)]
    for language in languages:
        judged = [
            (raw, answer) for rule, raw, answer in _judged(language, model=True) if rule == ""
        ]
        odds = [[math.log(raw / (1 - raw))] for raw, _ in judged]
        fitted = LogisticRegression(C=1e6).fit(odds, [answer for _, answer in judged])
        slope, intercept = float(fitted.coef_[0][0]), float(fitted.intercept_[0])
        rows += ["", f"[tagger.{language}]", f"slope = {slope:.3f}", f"intercept = {intercept:.3f}"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _judged(language: str, *, model: bool, dice: float = 0.8) -> Iterator[tuple[str, float, bool]]:
    """Rule (empty for the tagger), raw confidence and rightness of every predicted quote."""
    score = quotes.scorer()
    for record in records(_DEV[language]):
        text = record["text"]
        found = extract(Document("", text, language), model=model)
        ours = [score.tokens(text, quotes.predicted(one)["spans"]) for one in found]
        gold = [score.tokens(text, score.spans_of(one)) for one in record["quotes"]]
        pairs = score.match(gold, ours, lambda _one, _two, shared: shared >= dice)
        good = {number for _, number, _ in pairs}
        for number, one in enumerate(found):
            tagged = one.evidence[0].kind == "model"
            raw = min(max(one.confidence, 1e-6), 1 - 1e-6)
            yield "" if tagged else one.evidence[0].says, raw, number in good


def main() -> None:
    """Run the steps asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", nargs="?", choices=["classes", "tagger", "links", "confidence"])
    parser.add_argument("languages", nargs="*", default=list(_TRAIN))
    parser.add_argument("--without-restricted", action="store_true")
    asked = parser.parse_args()
    _MODELS.mkdir(exist_ok=True)
    if asked.without_restricted:
        for path in sorted(_MODELS.glob("*.npz")):
            path.unlink()
        return
    for step in ("classes", "tagger"):
        if asked.step in (None, step):
            for language in asked.languages:
                {"classes": classes, "tagger": tagger}[step](language)
    if asked.step in (None, "links"):
        links(list(_TRAIN))
    if asked.step in (None, "confidence"):
        confidence(list(_TRAIN))


if __name__ == "__main__":
    main()
