"""Single edits told by their right name: ``python -m benchmarks.drift [--edits N] [--show KIND]``.

English sentences of the corpus are edited once each, in one of eleven ways; a finding is
right when an edit of that kind is among what `drift` tells, and clean when nothing else is.
The same sentences unedited, and their sibling translations, show what is invented.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import lines, records
from provenance.languages.detect import detect
from provenance.matching import compare, compare_parts
from provenance.model import Rendering

_CASES = Path(__file__).parent / "drift_cases.toml"
_NUMBER = re.compile(r"(?<![\w.,-])(\d{2,6})(?![\w,-]|\.\d)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}(?= [a-z])")
_VERB = re.compile(r"\b(is|are|was|were|will|has|have|should)\b(?! not|n't)")
_NAMES = ("Macedonia", "Vasquez", "Lindqvist", "Okonkwo", "Tanaka")
_WORDS = ("harvest", "orchestra", "carpet", "volcano", "umbrella", "honesty", "glacier")
_ONE = 0.1  # probability from which the tool tells what changed
_FUTURE = re.compile(r"\bwill be\b")


def _number(text: str, chance: random.Random) -> str:
    return _NUMBER.sub(lambda m: str(int(m.group()) * 3 + chance.randrange(1, 9)), text, count=1)


def _negation(text: str, _: random.Random) -> str:
    if re.search(r" not ", text):
        return text.replace(" not ", " ", 1)
    return _VERB.sub(lambda m: f"{m.group()} not", text, count=1)


def _hedge(text: str, _: random.Random) -> str:
    return re.sub(r"\b(may|might|could) (?!not)", "will ", text, count=1)


def _quantifier(text: str, _: random.Random) -> str:
    return re.sub(r"\b(some|many|several|most) (?=[a-z]+s\b)", "all ", text, count=1)


def _condition(text: str, _: random.Random) -> str:
    return re.sub(r",? (if|unless) [^,;]+(?=\.$)", "", text, count=1)


def _name(text: str, chance: random.Random) -> str:
    return _NAME.sub(chance.choice(_NAMES), text, count=1)


def _tense(text: str, _: random.Random) -> str:
    return _FUTURE.sub("was", text, count=1)


def _truncation(text: str, _: random.Random) -> str:
    return re.sub(r", (but|although|which|who|after|with|while) [^,;]{12,}\.$", ".", text)


def _lost(text: str, chance: random.Random) -> str:
    return _at(text, chance, "")


def _added(text: str, chance: random.Random) -> str:
    return _at(text, chance, f"{chance.choice(_WORDS)} {{}}")


def _replaced(text: str, chance: random.Random) -> str:
    return _at(text, chance, chance.choice(_WORDS))


def _at(text: str, chance: random.Random, pattern: str) -> str:
    """`text` with one content word of the middle written as `pattern` has it."""
    from provenance.matching import prepare
    from provenance.matching._marks import marks, reporting

    prepared = prepare(text, "en")
    marked = {i for mark in marks(prepared) for i in range(mark.first, mark.last)}
    places = [
        token
        for i, token in enumerate(prepared.tokens)
        if 1 < i < len(prepared.tokens) - 2
        and not token.lexeme.stop
        and not token.name
        and token.lexeme.value is None
        and i not in marked
        and token.lexeme.surface not in reporting("en")
        and text[token.start : token.end].islower()
        and len(token.lexeme.surface) > 3
    ]
    if not places:
        return text
    token = chance.choice(places)
    word = pattern.format(text[token.start : token.end])
    return f"{text[: token.start]}{word}{text[token.end :]}".replace("  ", " ")


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "number": _number,
    "negation": _negation,
    "hedge": _hedge,
    "quantifier": _quantifier,
    "condition": _condition,
    "name": _name,
    "tense": _tense,
    "truncation": _truncation,
    "lost": _lost,
    "added": _added,
    "replaced": _replaced,
}


def edited(count: int) -> Iterator[tuple[str, str, str]]:
    """Kind, sentence and edited sentence, about as many of each kind."""
    chance = random.Random(5)
    wanted = Counter(dict.fromkeys(EDITS, count // len(EDITS)))
    for line in lines("corpus/english_sentences.tsv.xz"):
        text = line.partition("\t")[2]
        if not 50 < len(text) < 220 or '"' in text or not text.endswith("."):
            continue
        kind = max((kind for kind in wanted if EDITS[kind](text, random.Random(1)) != text),
                   key=lambda kind: wanted[kind], default="")  # fmt: skip
        if kind and wanted[kind] > 0:
            changed = EDITS[kind](text, chance)
            if changed != text:
                wanted[kind] -= 1
                yield kind, text, changed
        if not any(wanted.values()):
            return


def _rendering(text: str) -> Rendering:
    return Rendering(0, 0, text, "en")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--show", default="", help="print the misses of this kind")
    options = parser.parse_args()
    right: Counter[str] = Counter()
    clean: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    instead: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, text, changed in edited(options.edits):
        found = compare(_rendering(changed), _rendering(text)).drift
        kinds = {drift.kind for drift in found}
        seen[kind] += 1
        right[kind] += kind in kinds
        clean[kind] += kinds == {kind}
        instead[kind].update(kinds - {kind})
        if kind == options.show and kind not in kinds:
            print(f"  {text}\n  {changed}\n  {[d.says for d in found]}")
    for kind in EDITS:
        n = max(seen[kind], 1)
        also = ", ".join(f"{k} {v}" for k, v in instead[kind].most_common(3))
        told = f"right {right[kind] / n:.2f}  alone {clean[kind] / n:.2f}  {also}"
        print(f"{kind:11} n {seen[kind]:4}  {told}")
    print(f"all right {sum(right.values()) / sum(seen.values()):.3f} (target .95)")
    _invented()
    _denials()
    _real()


def _real() -> None:
    """Findings beside what a reader noted of documented misquotes and relays, as the tool tells
    them: of pairs it takes for one statement. Doubtful findings are those it marks as perhaps
    the translation's fault."""
    noted = tomllib.loads(_CASES.read_text(encoding="utf-8"))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    quiet = accused = taken = 0
    for case, later, earlier in _cases():
        if case not in noted:
            continue
        match = compare_parts(later, earlier)
        same = match.probability >= _ONE
        taken += same
        found = {drift.kind for drift in match.drift if drift.certain} if same else set()
        doubted = {drift.kind for drift in match.drift} - found if same else set()
        counts["noted"].update(noted[case])
        counts["taken for one"].update(noted[case] if same else ())
        counts["told"].update(found)
        counts["both"].update(found.intersection(noted[case]))
        counts["doubtful"].update(doubted)
        counts["doubtful, both"].update(doubted.intersection(noted[case]))
        if not noted[case]:
            quiet += 1
            accused += bool(found)
    for kind in sorted({kind for counter in counts.values() for kind in counter}):
        told = ", ".join(f"{name} {counter[kind]}" for name, counter in counts.items())
        print(f"real cases, {kind:11} {told}")
    told = ", ".join(f"{name} {sum(counter.values())}" for name, counter in counts.items())
    print(f"real cases, all: {told}; {taken} pairs taken for one statement")
    print(f"real cases: of {quiet} pairs with nothing to correct {accused} are accused")


def _language(text: str) -> str:
    """The language of an original: what the collection says of it is not always true."""
    return detect(text).language


def _cases() -> Iterator[tuple[str, Rendering, Rendering]]:
    """Id, relay and original of the cases that give both wordings."""
    for item in records("eval/match/euvsd_misquotes.jsonl"):
        if item["original"]:
            original = item["original"]
            language = _language(original)
            yield (
                item["id"],
                Rendering(0, 0, item["relay_summary_en"], "en"),
                Rendering(0, 0, original, language),
            )
    for item in records("eval/relay/relay_cases.jsonl"):
        original = item.get("original") or {}
        if isinstance(original, dict) and original.get("text"):
            words = item.get("quote") or re.sub(r"\[[A-Z].*?\]", "", item["text"])
            language = _language(original["text"])
            yield (
                item["id"],
                Rendering(0, 0, words, item["lang"]),
                Rendering(0, 0, original["text"], language),
            )


_DENIAL = {
    "en": ((r"\b(do|does|did) not ", ""), (r"\b(\w+)n't\b", r"\1"), (r"\bcannot\b", "can"),
           (r" not ", " ")),
    "ru": ((r"\bне ", ""),),
    "uk": ((r"\bне ", ""),),
    "de": ((r" nicht\b", ""),),
    "fr": ((r"\bn[e'’] ?(\w+) pas\b", r"\1"),),
    "es": ((r"\bno ", ""),),
    "it": ((r"\bnon ", ""),),
    "pl": ((r"\bnie ", ""),),
    "ar": ((r"\b(لا|لم|لن) ", ""),),
    "zh": ((r"没有|不", ""),),
    "fa": (),  # the verb denies: only the English is affirmed
    "tr": (),
}  # fmt: skip


def _affirmed(text: str, language: str) -> str:
    """`text` without its only denial; empty when it has none or several."""
    found = [re.subn(pattern, put, text) for pattern, put in _DENIAL[language]]
    return next((new for new, count in found if count), "") if sum(n for _, n in found) == 1 else ""


def _denials() -> None:
    """Denials taken out of one side of human translations, and those told where none was."""
    for code in (code for code in _DENIAL if code != "en"):
        dropped, told, pairs, invented, contrary = 0, 0, 0, 0, 0
        for item in records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"):
            ours, theirs = (item["src"], code), (item.get("ref", ""), "en")
            pairs += 1
            found = _kinds(ours, theirs)
            invented += "negation" in found
            contrary += "contraries" in found
            sides = [_affirmed(*ours), _affirmed(*theirs)]
            if all(sides) or (not _DENIAL[code] and sides[1]):
                dropped += sum(map(bool, sides))
                told += bool(sides[0]) and "negation" in _kinds((sides[0], code), theirs)
                told += "negation" in _kinds((sides[1], "en"), ours)
        says = f"{told} of {dropped} told, {invented} invented in {pairs} pairs"
        print(f"denials {code}: {says}, and {contrary} contraries", flush=True)


def _kinds(later: tuple[str, str], earlier: tuple[str, str]) -> set[str]:
    """The kinds of what is told, a word that took a contrary's place as one of its own."""
    one, other = (Rendering(0, 0, text, language) for text, language in (later, earlier))
    found = compare(one, other).drift
    serious = any(drift.kind == "replaced" and drift.severity == "serious" for drift in found)
    return {drift.kind for drift in found} | ({"contraries"} if serious else set())


def _invented() -> None:
    """What is told of two human translations of one sentence, where little can have changed."""
    told: Counter[str] = Counter()
    pairs = 0
    for item in records("eval/match/siblings_ru_uk_en.jsonl.xz"):
        texts = item["translations"]
        if "human_A" in texts and "human_B" in texts and pairs < 500:
            pairs += 1
            found = compare(_rendering(texts["human_A"]), _rendering(texts["human_B"])).drift
            told.update({f"{drift.kind} {drift.severity}" for drift in found})
    print(f"two human translations, {pairs} pairs:", dict(told.most_common(14)))


if __name__ == "__main__":
    main()
