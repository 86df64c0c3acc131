"""Relay chains against passages annotated by hand: through whom did the words come?

``python -m benchmarks.relays [--wrong]`` reads `relays.tsv` (document, where the quoted words
stand, the outlets the article names between speaker and itself, nearest first, and how it puts
the nearest) and prints the share of chains found exactly and the F1 of outlets. Rules were
mended looking at the part `developed` only; `held out` says how well that carries over. The
part `fresh` was drawn by a seed from articles of no other part and annotated before the rules
were run on it: it holds whole statements too, not only words in quotation marks. An outlet
that is itself given as the source stands first in the chain; the publishing outlet never counts.

`wires.tsv` holds short passages as reporters write them, in twelve languages, written and annotated
before the rules were run on them; many name an outlet through which nothing came. Rules were mended
looking at every other row; `wires, fresh` is only ever counted, and ``--kinds`` says of what kind
fails.

Then German Wikinews: of the quotes whose annotated source is an outlet, how many are given that
outlet (recall), and of the outlets given to annotated quotes, how many stand in the annotated
source, addressee, or source of the quote around (precision).
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import records
from provenance.model import Document, Quote
from provenance.naming import outlets
from provenance.quoting import extract

_TABLE = Path(__file__).with_suffix(".tsv")
_PRESS, _CASES = "corpus/moldova_press.jsonl.xz", "eval/relay/relay_cases.jsonl"
# Remarks of the collector inside the texts of the relay cases.
_REMARK = re.compile(r"\s*\[[A-Z]{2,}[^\]]*\]")
_PARTS = ("developed", "held out", "read since", "fresh", "wires, developed", "wires, fresh")
_WIRES = _TABLE.with_name("wires.tsv")
# "[words](nearest outlet > outlet further out)"; a new line is written "\\n".
_MARKED = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<chain>[^)]*)\)")
_GERMAN = "eval/quotes/relay_de_wikinews.jsonl"
_TARGETS = "targets: chain .75, outlets .85"


class Passage(NamedTuple):
    """A row of the table: where the words stand, the outlets they came through, and the
    part of the table it belongs to."""

    document: str
    start: int
    end: int
    chain: list[str]
    relation: str
    part: str


class Score(NamedTuple):
    """Passages, words found, chains right, relations right among those; outlets wanted,
    given, right."""

    passages: int = 0
    found: int = 0
    chains: int = 0
    relations: int = 0
    wanted: int = 0
    given: int = 0
    right: int = 0

    def plus(self, other: Score) -> Score:
        return Score(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.wanted + self.given)


def passages() -> list[Passage]:
    """The annotated passages in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Passage(
                row["document"],
                int(row["start"]),
                int(row["end"]),
                [known(name) for name in row["chain"].split(" > ") if name],
                row["relation"],
                row["part"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def wires() -> Iterator[tuple[Document, Passage, str]]:
    """The passages of `wires.tsv`, each with the text it stands in and its kind."""
    with _WIRES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows):
        text, marked = _unmarked(row["text"].replace("\\n", "\n"))
        document = Document(f"wire-{number:03}", text, row["language"])
        for start, end, chain in marked:
            yield document, Passage(document.id, start, end, chain, "", row["part"]), row["kind"]


def _unmarked(text: str) -> tuple[str, list[tuple[int, int, list[str]]]]:
    """The text without its marks; where the marked words stand in it, and their outlets."""
    plain, marked, last = "", [], 0
    for mark in _MARKED.finditer(text):
        plain += text[last : mark.start()]
        start = len(plain)
        plain += mark["words"]
        marked.append(
            (start, len(plain), [known(one) for one in mark["chain"].split(" > ") if one])
        )
        last = mark.end()
    return plain + text[last:], marked


@cache
def known(name: str) -> str:
    """The gazetteer's name of an outlet, else the name itself without regard to case."""
    outlet = outlets.lookup(name)
    return outlet.name if outlet is not None else name.casefold().removeprefix("t.me/")


def documents(wanted: set[str]) -> dict[str, Document]:
    """The documents of that name from both collections."""
    return {one.id: one for one in _documents() if one.id in wanted}


def _documents() -> Iterator[Document]:
    for path in (_CASES, _PRESS):
        for record in records(path):
            text = _REMARK.sub("", record["text"]) if path == _CASES else record["text"]
            yield Document(
                record["id"], text, record["lang"], record["title"] or "", record["outlet"] or ""
            )


def chain(quote: Quote, document: Document) -> list[str]:
    """The outlets from the source outward, the publishing outlet left out."""
    spoken = [quote.speaker.name] if quote.speaker and quote.speaker.kind == "outlet" else []
    names = [known(name) for name in [*spoken, *(relay.name for relay in quote.chain)]]
    return [name for name in dict.fromkeys(names) if name != known(document.outlet)]


def best(quotes: tuple[Quote, ...], passage: Passage) -> Quote | None:
    """The quote that shares most with the passage, if it shares half of it."""

    def shared(quote: Quote) -> float:
        common = min(quote.end, passage.end) - max(quote.start, passage.start)
        return common / max(quote.end - quote.start, passage.end - passage.start)

    found = max(quotes, key=shared, default=None)
    common = min(found.end, passage.end) - max(found.start, passage.start) if found else 0
    return found if 2 * common >= passage.end - passage.start else None


def judge(passage: Passage, document: Document) -> tuple[Score, list[str]]:
    """The score of one passage and the chain that was given."""
    quote = best(extract(document), passage)
    given = chain(quote, document) if quote is not None else []
    exact = given == passage.chain and quote is not None
    named = quote is not None and any(one.relation == passage.relation for one in quote.chain)
    score = Score(
        1,
        quote is not None,
        exact,
        bool(passage.chain) and named,
        len(passage.chain),
        len(given),
        len(set(given) & set(passage.chain)),
    )
    return score, given


def german() -> dict[str, Score]:
    """Outlets of German Wikinews by part: wanted, given, right. The tagger knows `train`."""
    totals = {"dev": Score(), "train": Score()}
    for record in records(_GERMAN):
        found = extract(Document(record["doc_id"], record["text"], "de"))
        for gold in record["quotes"]:
            place = Passage(record["doc_id"], gold["start"], gold["end"], [], "", "")
            quote = best(found, place)
            part = totals[record["split"]]
            totals[record["split"]] = part.plus(_outlets_right(gold, quote, record["quotes"]))
    return totals


def _outlets_right(gold: dict[str, Any], quote: Quote | None, every: list[dict[str, Any]]) -> Score:
    around = [one for one in every if one is not gold and _holds(one, gold)]
    places = [one["source"] for one in [gold, *around] if one["source"]]
    places += [one["addressee"] for one in [gold, *around] if one["addressee"]]
    wanted = gold["source"] if gold["source_is_outlet"] else None
    given: list[tuple[int, int]] = []
    if quote is not None:
        if quote.speaker is not None and quote.speaker.kind == "outlet":
            given.append((quote.speaker.start, quote.speaker.end))
        given += [(one.start, one.end) for one in quote.chain if one.start and one.end]
    right = sum(any(_meet(place, one) for one in places) for place in given)
    reached = wanted is not None and any(_meet(one, wanted) for one in given)
    return Score(1, quote is not None, reached, 0, wanted is not None, len(given), right)


def _holds(outer: dict[str, Any], inner: dict[str, Any]) -> bool:
    return bool(outer["start"] <= inner["start"] and inner["end"] <= outer["end"])


def _meet(place: tuple[int, int], source: dict[str, Any]) -> bool:
    return bool(place[0] < source["end"] and source["start"] < place[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--wrong", action="store_true", help="show what fails in the part developed on"
    )
    parser.add_argument("--kinds", action="store_true", help="count what fails in the wires")
    asked = parser.parse_args()
    table = passages()
    texts: dict[str, Any] = documents({one.document for one in table})
    totals = dict.fromkeys(_PARTS, Score())
    for passage in table:
        score, given = judge(passage, texts[passage.document])
        totals[passage.part] = totals[passage.part].plus(score)
        if asked.wrong and passage.part == "developed" and not score.chains:
            print(f"{passage.document} {passage.start}: {given} for {passage.chain}")
    failing: Counter[str] = Counter()
    for document, passage, kind in wires():
        score, given = judge(passage, document)
        totals[passage.part] = totals[passage.part].plus(score)
        failing[f"{passage.part} {document.language}, {kind}"] += not score.chains
        if asked.wrong and passage.part == "wires, developed" and not score.chains:
            print(f"{document.language} {kind}: {given} for {passage.chain} | {document.text}")
    print(f"{'part':16} {'passages':>8} {'found':>6} {'chain':>6} {'outlets':>8}   {_TARGETS}")
    for name, total in totals.items():
        share = [count / max(1, total.passages) for count in (total.found, total.chains)]
        print(f"{name:16} {total.passages:8} {share[0]:6.2f} {share[1]:6.2f} {total.f1:8.2f}")
    if asked.kinds:
        print("\n".join(f"{kind}: {count}" for kind, count in failing.items() if count))
    print(f"\n{'German':12} {'quotes':>8} {'outlets':>8} {'recall':>7} {'precision':>10}")
    for name, total in german().items():
        recall, precision = total.chains / total.wanted, total.right / max(1, total.given)
        print(f"{name:12} {total.passages:8} {total.wanted:8} {recall:7.2f} {precision:10.2f}")


if __name__ == "__main__":
    main()
