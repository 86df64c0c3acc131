"""Quote extraction against gold: spans, speakers, relay chains, beside the peers' figures.

``python -m benchmarks.quotes [--rules] [SET …]`` scores the development sets with the
scorer that lies beside them and prints token F1, F1 at Dice >= .8, and speaker end to end.
``--confidence`` prints how often quotes were right by the confidence they claimed.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks import records, shared
from provenance.model import Document, Quote, plain
from provenance.quoting import extract

_SETS = {
    "polnear_dev": ("eval/quotes/polnear_dev.jsonl", None),
    "polnear_dev direct+mixed": ("eval/quotes/polnear_dev.jsonl", {"direct", "mixed"}),
    "polnear_dev d+m, typed": ("eval/quotes/polnear_dev.jsonl", {"direct", "mixed"}),
    "de_wikinews_dev": ("eval/quotes/de_wikinews_dev.jsonl", None),
    "de_wikinews_dev direct": ("eval/quotes/de_wikinews_dev.jsonl", {"direct"}),
    "fr_novels": ("eval/quotes/fr_novels_direct.jsonl.xz", {"direct"}),
}
# French novels have gold for direct speech only, so nothing else we find can be judged. Of
# a set of some types, "typed" and "direct" count only what we say is of those types; without,
# whatever we find outside the quotes of other types counts against us.
_ONLY = {
    "fr_novels": {"direct"},
    "de_wikinews_dev direct": {"direct"},
    "polnear_dev d+m, typed": {"direct", "mixed"},
}
# Measured on the sealed test sets (shared/README.md): token F1, F1 at .8, speaker F1.
_PEERS = {
    "polnear_dev": "BERT 88.6/66.2/66.6, CRF 74.5/46.5/43.0, Citron 69.1/50.1/49.0",
    "polnear_dev direct+mixed": "BERT -/57.5/-",
    "polnear_dev d+m, typed": "(no peer)",
    "de_wikinews_dev": "CRF 72.5/53.2/37.1, regex -/28.2/10",
    "de_wikinews_dev direct": "regex 89.9/78.4/-",
    "fr_novels": "(no peer)",
}


def scorer() -> Any:
    """The scorer module that lies beside the evaluation sets."""
    path = shared("eval/quotes/score.py")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def predicted(quote: Quote) -> dict[str, Any]:
    """A quote as the scorer wants it."""
    record: dict[str, Any] = plain(quote)
    record["source"] = None
    if quote.speaker is not None:
        record["source"] = {**plain(quote.speaker), "resolved": quote.speaker.name}
    spans = [[span.start, span.end] for span in quote.spans]
    return {**record, "spans": spans or [[quote.start, quote.end]]}


def predictions(gold: Iterable[Mapping[str, Any]], model: bool) -> tuple[dict[str, Any], float]:
    """Our quotes for every gold document, and how many characters we read a second."""
    begun, size, found = time.process_time(), 0, {}
    for record in gold:
        document = Document(record["doc_id"], record["text"], record["lang"])
        quotes = [predicted(quote) for quote in extract(document, model=model)]
        found[record["doc_id"]] = {"quotes": quotes}
        size += len(record["text"])
    return found, size / (time.process_time() - begun)


def reliability(path: str) -> None:
    """Print, by tenths of the confidence claimed, the mean claim, the share right at
    Dice >= .8 and how many; and the expected calibration error."""
    score, claims = scorer(), []
    for record in records(path):
        text = record["text"]
        found = extract(Document(record["doc_id"], text, record["lang"]))
        ours = [score.tokens(text, predicted(quote)["spans"]) for quote in found]
        gold = [score.tokens(text, score.spans_of(quote)) for quote in record["quotes"]]
        pairs = score.match(gold, ours, lambda _one, _two, shared: shared >= 0.8)
        right = {number for _, number, _ in pairs}
        claims += [(quote.confidence, number in right) for number, quote in enumerate(found)]
    error = 0.0
    for tenth in range(10):
        held = [one for one in claims if min(9, int(one[0] * 10)) == tenth]
        if held:
            claimed, good = (sum(column) / len(held) for column in zip(*held, strict=True))
            error += abs(claimed - good) * len(held) / len(claims)
            print(f"claimed {claimed:.2f}  right {good:.2f}  quotes {len(held)}")
    print(f"expected calibration error {error:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(_SETS))
    parser.add_argument("--rules", action="store_true", help="rules only, no model")
    parser.add_argument("--confidence", action="store_true", help="claimed against right")
    chosen = parser.parse_args()
    if chosen.confidence:
        for path in dict.fromkeys(_SETS[name][0] for name in chosen.sets if "novels" not in name):
            print(path)
            reliability(path)
        return
    score = scorer()
    memory: dict[str, tuple[dict[str, Any], dict[str, Any], float]] = {}
    print(
        f"{'set':26} {'token':>6} {'>=.8':>6} {'P':>6} {'R':>6} {'speaker':>8} {'kB/s':>6}  peers"
    )
    for name in chosen.sets:
        path, types = _SETS[name]
        if path not in memory:
            gold = {record["doc_id"]: record for record in records(path)}
            memory[path] = (gold, *predictions(gold.values(), not chosen.rules))
        gold, found, speed = memory[path]
        result = score.score(gold, found, types=types, pred_types=_ONLY.get(name))
        span, speaker = result["span"]["ov"], result["source"]["ov"]["e2e"]["f1"]
        print(
            f"{name:26} {result['token']['f1']:6.1f} {span['f1']:6.1f} {span['p']:6.1f}"
            f" {span['r']:6.1f} {speaker:8.1f} {speed / 1000:6.0f}  {_PEERS[name]}"
        )


if __name__ == "__main__":
    main()
