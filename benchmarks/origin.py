"""Where texts come from: relays told from first-hand reports, translations from originals.

``python -m benchmarks.origin``. Relays are the real cases of ``eval/relay``; the reports
they are told from are PolNeAR's American news articles, most of which quote other outlets
somewhere, and whose own marks (`wire`, `credit`) say which came from an agency.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

from benchmarks import records
from provenance.languages.sentences import sentences
from provenance.model import Document, Quote
from provenance.quoting import extract
from provenance.tracing.origin import chances, origin

_REMARK = re.compile(r"\[[A-Z][^\]]*\]")  # the collector's words, not the article's

_PUBLISHERS = {"nyt": "New York Times", "wash-post": "Washington Post", "huff-post": "HuffPost"}


def relays() -> list[tuple[Document, list[str]]]:
    """The relay cases as documents, with the stations of their chains."""
    return [
        (
            Document(
                id=case["id"],
                text=_REMARK.sub("", case["text"]),
                language=case["lang"],
                title=case.get("title") or "",
                outlet=case["outlet"],
                url=case["url"] or "",
            ),
            case["chain"],
        )
        for case in records("eval/relay/relay_cases.jsonl")
    ]


def reports() -> list[tuple[Document, bool]]:
    """PolNeAR's articles, and whether their own marks say they came from an agency."""
    found = []
    for path in ("polnear_train.jsonl.xz", "polnear_dev.jsonl"):
        for case in records(f"eval/quotes/{path}"):
            meta = case["meta"]
            marks = {str(meta.get("wire")), str(meta.get("credit"))} - {"None", "NA", ""}
            name = _PUBLISHERS.get(meta["publisher"], meta["publisher"])
            document = Document(case["doc_id"], case["text"], "en", outlet=name)
            found.append((document, bool(marks)))
    return found


def relayed(document: Document, quotes: Iterable[Quote]) -> float:
    """The probability that a document is a relay, translated or not."""
    found = chances(document, tuple(quotes))
    return found["relay"] + found["translated relay"]


def precision_at(recall: float, scored: list[tuple[float, bool]]) -> float:
    """The precision at the threshold that keeps `recall` of the true ones."""
    true = sorted((score for score, label in scored if label), reverse=True)
    bar = true[min(len(true) - 1, int(recall * len(true)))]
    kept = [label for score, label in scored if score >= bar]
    return sum(kept) / len(kept)


def main() -> None:
    begun = time.perf_counter()
    cases, articles = relays(), reports()
    named_cases = [case for case in cases if _names((), case[1]) is not None]
    scored, kinds, named = [], [], []
    for document, chain in named_cases:
        quotes = extract(document)
        scored.append((relayed(document, quotes), True))
        verdict = origin(document, quotes)
        kinds.append(verdict.kind)
        named.append(bool(_names(verdict.via, chain)))
    marked = [(relayed(document, extract(document)), agency) for document, agency in articles]
    size = sum(len(document.text) for document, _ in articles)
    print(
        f"{len(cases)} relay cases, {len(named_cases)} with an outlet between speaker and publisher"
    )
    own = [row for row in marked if not row[1]]
    print(f"  told from {len(own)} articles: precision at 80 % recall", end=" ")
    print(f"{precision_at(0.8, scored + own):.3f}  (aim .90; the relays are {len(scored)})")
    balanced = scored * (len(own) // len(scored)) + own
    print(f"  the same if half the texts were relays {precision_at(0.8, balanced):.3f}")
    sizes = _sizes(named_cases)
    cut = [clip(document, next(sizes)) for document, agency in articles if not agency]
    clips = [(relayed(document, extract(document)), False) for document in cut]
    print(f"  articles cut to lengths of relays {precision_at(0.8, scored + clips):.3f}", end="")
    print(f", half of them relays {precision_at(0.8, scored * 16 + clips):.3f}")
    calls = sum(kind in ("relay", "translated relay") for kind in kinds)
    print(f"  called a relay {calls / len(kinds):.3f}, unknown {kinds.count('unknown')}")
    print(f"  a relay of the chain named {sum(named) / len(named):.3f}")
    agency = [score for score, wire in marked if wire]
    print(f"PolNeAR: {len(agency)} marked as an agency's, {_share(agency)} called relays")
    print(f"         {len(own)} its own, {_share([score for score, _ in own])} called relays")
    print(f"quotes and origin together: {size / 1e6 / (time.perf_counter() - begun):.2f} MB/s")


def clip(document: Document, size: int) -> Document:
    """`document` cut at the end of the sentence that reaches `size` characters."""
    ends = [span.end for span in sentences(document.text, document.language)]
    end = next((end for end in ends if end >= size), len(document.text))
    return replace(document, text=document.text[:end])


def _sizes(cases: list[tuple[Document, list[str]]]) -> Iterator[int]:
    """Lengths of relays, drawn at random without end: length must not tell them apart."""
    random = Random(1)
    lengths = [len(document.text) for document, _ in cases]
    while True:
        yield random.choice(lengths)


def _share(scores: list[float]) -> str:
    return f"{sum(score >= 0.5 for score in scores) / max(1, len(scores)):.3f}"


def _names(via: tuple[str, ...], chain: list[str]) -> bool | None:
    """Whether a station between speaker and publisher is named; None when there is none."""
    from provenance.naming import outlets

    between = [found for name in chain[1:-1] if (found := outlets.lookup(name.split(" (")[0]))]
    if not between:
        return None
    return any(outlet.name in via for outlet in between)


if __name__ == "__main__":
    main()
