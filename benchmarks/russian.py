"""Quotes of single Russian sentences, as annotated by hand, without the article around them.

``python -m benchmarks.russian [--wrong]`` reads `russian.tsv` (document, where the sentence
stands in it, where in the sentence the reported words and the speaker stand) and scores with the
scorer of the other sets. Sentences were drawn by a seed from articles with a word of reporting
and cut at every full stop, so some begin or end inside quotation marks; one in ten reports
nothing. Rules were mended looking at the odd sentences only.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

from benchmarks import records
from benchmarks.quotes import predictions, scorer

_TABLE = Path(__file__).with_suffix(".tsv")
_PRESS = "corpus/moldova_press.jsonl.xz"
_PEER = "peer on the sealed sentences: token 80.9, >=.8 71.9, speaker 69.8"
_TARGETS = "targets: token 85, >=.8 78, speaker 65"


def sentences() -> list[dict[str, Any]]:
    """The annotated sentences as the scorer wants them, in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    wanted = {row["document"] for row in rows}
    texts = {one["id"]: one["text"] for one in records(_PRESS) if one["id"] in wanted}
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        name = f"{row['document']}:{start}"
        text = texts[row["document"]][start:end]
        record = found.setdefault(name, {"doc_id": name, "lang": "ru", "text": text, "quotes": []})
        if row["quote"]:
            record["quotes"].append(_quote(text, row["quote"], row["speaker"]))
    return list(found.values())


def _quote(text: str, quote: str, speaker: str) -> dict[str, Any]:
    spans = [_offsets(part) for part in quote.split()]
    source = None
    if speaker:
        start, end = _offsets(speaker)
        source = {"start": start, "end": end, "text": text[start:end]}
    start, end = spans[0][0], spans[-1][1]
    return {
        "start": start,
        "end": end,
        "spans": spans,
        "text": text[start:end],
        "type": "indirect",
        "source": source,
    }


def _offsets(written: str) -> list[int]:
    return [int(part) for part in written.split("-")]


def _wrong(score: Any, gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Every sentence that is not wholly right: wanted, then given."""
    for name, record in gold.items():
        result = score.score({name: record}, found)
        span, source = result["span"]["ov"], result["source"]["ov"]["e2e"]
        if span["tp"] == span["gold"] == span["pred"] and source["tp"] == source["gold"]:
            continue
        print(f"\n{record['text']}")
        for sign, quotes in (("+", record["quotes"]), ("-", found[name]["quotes"])):
            for quote in quotes:
                print(f"  {sign} [{quote['text']}] {(quote['source'] or {}).get('text')}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="show what fails in the odd half")
    asked = parser.parse_args()
    score, every = scorer(), sentences()
    print(f"{'half':12} {'sentences':>9} {'token':>6} {'>=.8':>6} {'speaker':>8}   {_TARGETS}")
    for name, half in (("developed", every[::2]), ("held out", every[1::2])):
        gold = {record["doc_id"]: record for record in half}
        found, _ = predictions(half, True)
        result = score.score(gold, found)
        speaker = result["source"]["ov"]["e2e"]["f1"]
        print(
            f"{name:12} {len(gold):9} {result['token']['f1']:6.1f}"
            f" {result['span']['ov']['f1']:6.1f} {speaker:8.1f}   {_PEER}"
        )
        if asked.wrong and name == "developed":
            _wrong(score, gold, found)


if __name__ == "__main__":
    main()
