"""Translation figures: ``python -m benchmarks.translate [WHAT] [PACKAGE-FOLDER]``.

WHAT is one of these, or nothing for all. ``gloss``: chrF of the built-in gloss on FLORES dev,
beside Argos where its output is known. ``flags``: how often each distrust flag fires on human
references (false alarms) and on the same references with a fault put in. ``drift``: numbers,
denials and names flipped in references and seen by direct comparison with the source.
``speed``: sentences a second of the direct engine and of argostranslate's own code on the same
package: a real one when its folder is given, else the tests' tiny one widened to the size of
a published package (same output, same arithmetic).
"""

from __future__ import annotations

import json
import random
import re
import shutil
import struct
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import records
from provenance.languages.sentences import sentences
from provenance.model import Unreadable
from provenance.translating import changed, gloss
from provenance.translating._distrust import WORTH, flags
from provenance.translating._engine import Engine
from provenance.translating._packages import Package, read_package

LANGUAGES = ("ru", "uk", "de", "fr", "es", "it", "pl", "tr", "ar", "fa", "zh")
FIXTURE = Path(__file__).parent.parent / "tests" / "translating" / "packages" / "ru_en.argosmodel"
# Inner widths that make encoder and decoder cost what those of a published package do: a base
# Transformer has 19 million weights in the one, 25 and 16 for the output in the other.
WIDENED = {"encoder": 50_000, "decoder": 107_000}
SENTENCES = 120
DRIFTED = 500  # references flipped a language
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_DENIAL = re.compile(r"\b(?:not|never|no) (?!only|just|doubt|\d)|n't\b")
_VERB = re.compile(r"\b(?:is|are|was|were|will|has|have|can|could|would|should|had)\b(?! not|n't)")


# ---------------------------------------------------------------- gloss


def chrf(hypotheses: Sequence[str], references: Sequence[str], order: int = 6) -> float:
    """chrF2 of a corpus (Popović 2015): character n-grams to `order`, recall weighted twice."""
    precision, recall = [], []
    for size in range(1, order + 1):
        matched = made = wanted = 0
        for hypothesis, reference in zip(hypotheses, references, strict=True):
            ours, theirs = _grams(hypothesis, size), _grams(reference, size)
            matched += sum((ours & theirs).values())
            made += sum(ours.values())
            wanted += sum(theirs.values())
        precision.append(matched / max(1, made))
        recall.append(matched / max(1, wanted))
    p, r = sum(precision) / order, sum(recall) / order
    return 100 * 5 * p * r / (4 * p + r) if p + r else 0.0


def _grams(text: str, size: int) -> Counter[str]:
    bare = re.sub(r"\s+", "", text)
    return Counter(bare[i : i + size] for i in range(len(bare) - size + 1))


def measure_gloss() -> None:
    """Print chrF and glosses a second for every language."""
    print("gloss, FLORES dev   chrF   chrF of Argos   sentences/s")
    for code in LANGUAGES:
        pairs = list(records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"))
        references = [pair["ref"] for pair in pairs]
        gloss(pairs[0]["src"], code)
        start = time.perf_counter()
        made = [gloss(pair["src"], code).text for pair in pairs]
        spent = time.perf_counter() - start
        argos = [pair["argos"] for pair in pairs if pair.get("argos")]
        peer = f"{chrf(argos, references):.1f}" if len(argos) == len(references) else "–"
        rate = len(pairs) / spent
        print(f"{code:18} {chrf(made, references):6.1f} {peer:>15} {rate:13.0f}", flush=True)


# ---------------------------------------------------------------- flags

Fault = Callable[[str, str, random.Random], str | None]


def _loop(_: str, text: str, chance: random.Random) -> str | None:
    words = text.split()
    at = chance.randrange(len(words))
    return " ".join([*words[:at], *words[at : at + 3] * 6])


def _cut(_: str, text: str, __: random.Random) -> str | None:
    return " ".join(text.split()[: len(text.split()) // 3])


def _number(_: str, text: str, chance: random.Random) -> str | None:
    found = list(re.finditer(r"\d+", text))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + str(int(match.group()) + 7) + text[match.end() :]


def _affirm(_: str, text: str, __: random.Random) -> str | None:
    bare = re.sub(r"\b(not|never|no) |n't\b", "", text)
    return bare if bare != text else None


def _rename(_: str, text: str, chance: random.Random) -> str | None:
    found = list(_NAME.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    other = chance.choice([name for name in _names() if name != match.group()])
    return text[: match.start()] + other + text[match.end() :]


@cache
def _names() -> tuple[str, ...]:
    """Words with a capital inside the sentences of all references: what a name is flipped to."""
    pairs = records("eval/translate/flores_dev.de-en.jsonl.xz")
    return tuple(name for pair in pairs for name in _NAME.findall(pair["ref"]))


def _deny(_: str, text: str, chance: random.Random) -> str | None:
    """A denial taken away, or one put in where there is none."""
    if found := list(_DENIAL.finditer(text)):
        match = chance.choice(found)
        return text[: match.start()] + text[match.end() :]
    found = list(_VERB.finditer(text))
    at = chance.choice(found).end() if found else 0
    return f"{text[:at]} not{text[at:]}" if at else None


FAULTS: dict[str, Fault] = {
    "repetition": _loop,
    "length": _cut,
    "echoed": lambda source, _, __: source,
    "numbers": _number,
    "negation": _affirm,
    "names": _rename,
}
FLIPS: dict[str, Fault] = {"number": _number, "negation": _deny, "name": _rename}


def measure_flags() -> None:
    """Print for each flag how often it fires on references, and on faults put into them."""
    print("flag: fires on human references / on references with that fault, %")
    print("language  " + "  ".join(f"{flag:>14}" for flag in WORTH if flag != "masks"))
    for code in LANGUAGES:
        pairs = list(records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"))[:400]
        chance = random.Random(5)
        quiet = Counter(f for p in pairs for f in flags(p["src"], p["ref"], code, "en"))
        cells = []
        for flag in WORTH:
            if flag == "masks":
                continue
            bad = [FAULTS[flag](p["src"], p["ref"], chance) for p in pairs if flag in FAULTS]
            put = [(p["src"], b) for p, b in zip(pairs, bad, strict=False) if b]
            hit = sum(flag in flags(source, text, code, "en") for source, text in put)
            share = f"{100 * hit / len(put):.0f}" if put else "–"
            cells.append(f"{100 * quiet[flag] / len(pairs):6.1f} / {share:>5}")
        print(f"{code:8}  " + "  ".join(cells), flush=True)


# ---------------------------------------------------------------- drift


def measure_drift() -> None:
    """Print how many of 500 flipped references direct comparison sees, and its false alarms.

    One number, denial or name of a reference is flipped; a flip is seen when its kind is
    told. Names are replaced by names of other references. No package is used.
    """
    print("drift by direct comparison, %: seen of flips (how many) / told of untouched references")
    print("language  " + "  ".join(f"{kind:>20}" for kind in FLIPS) + "      all seen / any told")
    for code in LANGUAGES:
        pairs = list(records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"))
        quiet = [changed(pair["src"], code, pair["ref"]) for pair in pairs]
        hits = {
            kind: [kind in changed(*row) for row in _flipped(pairs, kind, code)] for kind in FLIPS
        }
        cells = [
            f"{100 * sum(seen) / len(seen):6.1f} ({len(seen)}) / "
            f"{100 * sum(kind in told for told in quiet) / len(pairs):4.1f}"
            for kind, seen in hits.items()
        ]
        every = [seen for found in hits.values() for seen in found]
        told = 100 * sum(map(bool, quiet)) / len(pairs)
        print(
            f"{code:8}  "
            + "  ".join(f"{cell:>20}" for cell in cells)
            + f"  {100 * sum(every) / len(every):9.1f} ({len(every)}) / {told:4.1f}",
            flush=True,
        )


def _flipped(pairs: Sequence[dict[str, Any]], kind: str, code: str) -> list[tuple[str, str, str]]:
    """A third of `DRIFTED` references flipped in one way: source, language, English."""
    chance = random.Random(5)
    rows = [
        (pair["src"], code, text)
        for pair in chance.sample(list(pairs), len(pairs))
        if (text := FLIPS[kind](pair["src"], pair["ref"], chance)) is not None
    ]
    return rows[: DRIFTED // len(FLIPS) + 1]


# ---------------------------------------------------------------- speed


def measure_speed(folder: Path | None) -> None:
    """Print sentences a second of both ways, and how many times faster ours is."""
    with tempfile.TemporaryDirectory() as place:
        package = read_package(folder or widened(Path(place)))
        if isinstance(package, Unreadable):
            sys.exit(package.reason)
        texts = _texts(package) if folder else _toys()
        for load in (Engine(package).translate, _argos(package)):
            load(texts[:2])
        engine, theirs = Engine(package), _argos(package)
        ours = _rate(lambda: engine.translate(texts), len(texts))
        peer = _rate(lambda: theirs(texts[: SENTENCES // 4]), SENTENCES // 4)
    print(f"{package.name}: {package.size / 1e6:.0f} MB, {len(texts)} sentences, processor time")
    print(f"direct engine {ours:.1f} sentences/s, argostranslate {peer:.1f}: {ours / peer:.1f} x")


def _rate(work: Callable[[], object], count: int) -> float:
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def _toys() -> list[str]:
    """Sentences the tiny package knows, all different."""
    speakers = ("Министр", "Президент", "Посол", "Генерал", "Мэр", "Дипломат", "Врач")
    return [
        f"{speakers[n % 7]} сказал, что {100 + n} солдат не прибудут в Киеве."
        for n in range(SENTENCES)
    ]


def _texts(package: Package) -> list[str]:
    pairs = records(f"eval/translate/flores_dev.{package.source}-en.jsonl.xz")
    return [pair["src"] for pair in pairs][:SENTENCES]


def _argos(package: Package) -> Callable[[Sequence[str]], list[str]]:
    """argostranslate's own translation of one text after another, with our splitter."""
    import ctranslate2
    from argostranslate import package as installer
    from argostranslate import translate

    class Splitter:
        def split_sentences(self, text: str) -> list[str]:
            return [text[s.start : s.end] for s in sentences(text, package.source)]

    model = ctranslate2.Translator(str(package.path / "model"), device="cpu", inter_threads=1)
    theirs: Any = installer.Package(package.path)
    apply: Any = translate.apply_packaged_translation
    return lambda texts: [apply(theirs, text, model, Splitter(), 1)[0].value for text in texts]


def widened(place: Path) -> Path:
    """The tiny package with its inner layers widened by zeros: slower, nothing else."""
    with zipfile.ZipFile(FIXTURE) as archive:
        archive.extractall(place)
    folder = place / "ru_en"
    shutil.copy(folder / "model" / "model.bin", place / "small.bin")
    _widen(place / "small.bin", folder / "model" / "model.bin")
    about = json.loads((folder / "metadata.json").read_text("utf-8"))
    about["package_version"] = "widened"
    (folder / "metadata.json").write_text(json.dumps(about), "utf-8")
    return folder


def _widen(small: Path, large: Path) -> None:
    """Rewrite a CTranslate2 model file (binary version 6) with zeros in the inner layers."""
    content = small.read_bytes()
    at = 10 + struct.unpack_from("<H", content, 4)[0]  # version, name of the kind, its revision
    (count,) = struct.unpack_from("<I", content, at)
    head, at = content[:at] + struct.pack("<I", count), at + 4
    out = [head]
    for _ in range(count):
        name, shape, kind, data, at = _variable(content, at)
        if match := re.search(
            r"^(encoder|decoder)/.*ffn/linear_([01])/(weight|weight_scale|bias)$", name
        ):
            shape, data = _padded(match.groups(), shape, kind, data)
        out.append(_encoded(name, shape, kind, data))
    large.write_bytes(b"".join(out) + content[at:])


def _variable(content: bytes, at: int) -> tuple[str, list[int], int, bytes, int]:
    (size,) = struct.unpack_from("<H", content, at)
    name = content[at + 2 : at + 1 + size].decode()
    at += 2 + size
    rank = content[at]
    shape = list(struct.unpack_from(f"<{rank}I", content, at + 1))
    at += 1 + 4 * rank
    kind, length = struct.unpack_from("<BI", content, at)
    return name, shape, kind, content[at + 5 : at + 5 + length], at + 5 + length


def _encoded(name: str, shape: list[int], kind: int, data: bytes) -> bytes:
    head = struct.pack("<H", len(name) + 1) + name.encode() + b"\0"
    dims = struct.pack(f"<B{len(shape)}I", len(shape), *shape)
    return head + dims + struct.pack("<BI", kind, len(data)) + data


def _padded(
    place: Sequence[str], shape: list[int], kind: int, data: bytes
) -> tuple[list[int], bytes]:
    """A tensor of the inner layer with zeros (ones for scales) to `WIDENED`."""
    side, layer, part = place
    width = WIDENED[side]
    values = np.frombuffer(data, {0: "<f4", 1: "i1", 3: "<i4"}.get(kind, "<f4")).reshape(shape)
    if layer == "0":
        wide = [(0, width - shape[0]), *[(0, 0)] * (len(shape) - 1)]
    elif part == "weight":
        wide = [(0, 0), (0, width - shape[1])]
    else:
        return shape, data
    grown = np.pad(values, wide, constant_values=1 if part == "weight_scale" else 0)
    return list(grown.shape), grown.tobytes()


def main(arguments: list[str]) -> None:
    folders = [Path(a) for a in arguments if Path(a).is_dir()]
    wanted = [a for a in arguments if a in {"gloss", "flags", "drift", "speed"}]
    if not wanted or "speed" in wanted:
        measure_speed(folders[0] if folders else None)
    if not wanted or "gloss" in wanted:
        measure_gloss()
    if not wanted or "flags" in wanted:
        measure_flags()
    if not wanted or "drift" in wanted:
        measure_drift()


if __name__ == "__main__":
    main(sys.argv[1:])
