"""Find a sentence's English by the built-in lexicon alone: ``python -m benchmarks.retrieval``.

FLORES dev: each source sentence looks for its English reference among the 997 references
and 100,000 sentences of news and debate. Beside it the first prototype's recall@1 and two
baselines: a plain word list, and names and numbers alone. Give language codes to measure
only those; with ``back-offs`` it prints instead how good the guesses for unlisted words are.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from benchmarks import lines, records
from provenance.languages.words import Word, stem_of, stems, words
from provenance.translating import Lexicon, frequencies, lexicon
from provenance.translating._direct import foreign, prepared, score
from provenance.translating._lexicon import romanised

LANGUAGES = ("ru", "uk", "de", "fr", "es", "it", "pl", "tr", "ar", "fa", "zh")
TARGETS = dict.fromkeys(("de", "fr", "es", "it"), 0.97) | dict.fromkeys(("ru", "uk", "pl"), 0.95)
BASELINE = {
    "ru": (0.92, 0.98, 0.99), "zh": (0.87, 0.96, 0.98), "uk": (0.86, 0.96, 0.98),
    "fr": (0.83, 0.97, 0.99), "de": (0.80, 0.96, 0.99), "fa": (0.76, 0.91, 0.96),
    "tr": (0.75, 0.94, 0.98), "ar": (0.73, 0.90, 0.96), "pl": (0.62, 0.83, 0.94),
}  # fmt: skip
DISTRACTORS = 100_000
CANDIDATES = 50


class Collection:
    """English sentences as postings of stems with cosine weights."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = [prepared(text) for text in texts]
        postings: dict[str, list[int]] = {}
        for number, text in enumerate(self.texts):
            for stem in text.places:
                postings.setdefault(stem, []).append(number)
        idf = frequencies().idf
        squares = [sum(idf(stem) ** 2 for stem in text.places) or 1.0 for text in self.texts]
        self.norms = np.sqrt(np.array(squares))
        self.postings = {stem: np.array(found) for stem, found in postings.items()}

    def candidates(self, query: dict[str, float], limit: int) -> Any:
        """Numbers of the sentences nearest to a bag of weighted stems, nearest first."""
        scores = np.zeros(len(self.texts))
        for stem, weight in query.items():
            if (found := self.postings.get(stem)) is not None:
                scores[found] += weight
        scores /= self.norms
        top = np.argpartition(-scores, limit)[:limit]
        return top[np.argsort(-scores[top], kind="stable")]


def bag(sentence: Sequence[Word], known: Lexicon) -> dict[str, float]:
    """The expected English stems of a sentence, weighted by probability and rarity."""
    weights: dict[str, float] = {}
    for word in sentence:
        for stem, part in known.senses(word):
            weights[stem] = max(weights.get(stem, 0.0), part**0.5)
    return {stem: part * frequencies().idf(stem) ** 2 for stem, part in weights.items()}


def dictionary(sentence: Sequence[Word], known: Lexicon) -> dict[str, float]:
    """Baseline: every listed English of every word counts the same, as in a word list."""
    found = {stem for word in sentence for stem, _ in known.listed(word.stem)}
    return {stem: frequencies().idf(stem) ** 2 for stem in sorted(found)}


def names_and_numbers(sentence: Sequence[Word], known: Lexicon) -> dict[str, float]:
    """Baseline: nothing but numbers and what has a capital or no entry, in Latin letters."""
    likely = (w for w in sentence if w.text[:1].isupper() or not known.listed(w.stem))
    names = {stem_of(romanised(word.text).lower(), "en") for word in likely}
    numbers = {word.stem for word in sentence if word.stem[:1].isdigit()}
    return {stem: frequencies().idf(stem) ** 2 for stem in sorted(names | numbers)}


def baseline(
    language: str,
    collection: Collection,
    query: Callable[[Sequence[Word], Lexicon], dict[str, float]],
) -> float:
    """Recall@1 of the bag that `query` makes of a sentence."""
    known = lexicon(language)
    assert known is not None
    pairs = list(records(f"eval/translate/flores_dev.{language}-en.jsonl.xz"))
    bags = (query(words(pair["src"], language), known) for pair in pairs)
    found = (collection.candidates(bag, CANDIDATES) for bag in bags)
    return sum(_rank(order, n) == 0 for n, order in enumerate(found)) / len(pairs)


def measure(language: str, collection: Collection) -> dict[str, float]:
    """Recall of the candidates and after comparison, and queries a second of processor time."""
    known = lexicon(language)
    assert known is not None
    pairs = list(records(f"eval/translate/flores_dev.{language}-en.jsonl.xz"))
    first, ranks = [], []
    start = time.process_time()
    for number, pair in enumerate(pairs):
        sentence = words(pair["src"], language)
        found = collection.candidates(bag(sentence, known), CANDIDATES)
        passage = foreign(pair["src"], known)
        scored = [-score(passage, collection.texts[i]) for i in found]
        order = found[np.argsort(scored, kind="stable")]
        first.append(_rank(found, number))
        ranks.append(_rank(order, number))
    spent = time.process_time() - start
    bare, best = np.array(first), np.array(ranks)
    figures = {f"bag@{k}": float((bare < k).mean()) for k in (1, 50)}
    figures |= {f"@{k}": float((best < k).mean()) for k in (1, 10, 50)}
    return figures | {"queries/s": len(pairs) / spent}


def back_offs(codes: Sequence[str]) -> None:
    """Print how often each way of guessing gives a sense that stands in the reference."""
    print("language: share right (words) of listed words and of each back-off")
    for code in codes or LANGUAGES:
        known = lexicon(code)
        assert known is not None
        tried: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for pair in records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"):
            reference = set(stems(pair["ref"], "en"))
            for stem in stems(pair["src"], code):
                listed = known.listed(stem)
                ways = [("listed", listed)] if listed else list(known.guesses(stem))
                for way, senses in ways:
                    tried[way] += bool(senses)
                    right[way] += any(sense in reference for sense, _ in senses)
        shares = (f"{way} {right[way] / n:.2f} ({n})" for way, n in sorted(tried.items()) if n)
        print(f"{code}: " + " · ".join(shares), flush=True)


def _rank(order: Any, number: int) -> int:
    places = np.flatnonzero(order == number)
    return int(places[0]) if len(places) else 10**6


def main(arguments: Sequence[str]) -> None:
    codes = [code for code in arguments if code != "back-offs"]
    if "back-offs" in arguments:
        back_offs(codes)
        return
    references = [pair["ref"] for pair in records("eval/translate/flores_dev.de-en.jsonl.xz")]
    rows = (line.partition("\t")[2] for line in lines("corpus/english_sentences.tsv.xz"))
    small, large = Collection(references), Collection([*references, *islice(rows, DISTRACTORS)])
    print("          among 997 and 100,000 others                           queries/s")
    print(
        "language   bag@1  bag@50     @1    @10    @50  target  prototype@1  dictionary@1"
        "  names+numbers@1  100,997   997"
    )
    for code in codes or LANGUAGES:
        got, quick = measure(code, large), measure(code, small)
        words_only, names_only = (
            baseline(code, large, query) for query in (dictionary, names_and_numbers)
        )
        base = f"{BASELINE[code][0]:.2f}" if code in BASELINE else "–"
        print(
            f"{code:8} {got['bag@1']:7.3f} {got['bag@50']:7.3f} {got['@1']:6.3f} {got['@10']:6.3f}"
            f" {got['@50']:6.3f} {TARGETS.get(code, 0.9):7.2f} {base:>12}"
            f" {words_only:13.3f} {names_only:16.3f}"
            f" {got['queries/s']:8.0f} {quick['queries/s']:5.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
