"""How likely a name in another script is spelt so in Latin letters.

The chances were learned by aligning name pairs letter by letter, and sharpened so that they
tell names from their neighbours (``python -m training.names``); they are multiplied along
the best way to divide the two spellings (Jiampojamarn, Kondrak and Sherif 2007).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

# Log chances of what no table foresees, by hand: each is about as rare as the rarest rows.
ADDED = -5.0  # a Latin letter out of nothing, where no row says more
LOST = -4.0  # a letter of the source left out, where no row says more
_STANDARD = -2.5  # a spelling some standard has and the lists do not: about one in twelve
_ONLY = -0.5  # a standard's spelling of a letter that no list has
_BEAM = 9.0  # alignments this much worse than the best so far are given up
_IMPOSSIBLE = -99.0
GIVEN_UP = -20.0  # alignments below it are not followed: 98 in 100 true ones stay above
_CERTAIN = -2.0  # above it no other case form is tried: a plain spelling of six letters
# Letters of other Cyrillic alphabets, of which there are no lists, that sound like Russian ones.
_SISTERS = [("і", "и"), ("є", "е"), ("ґ", "г"), ("ў", "у"), ("ј", "й"), ("ә", "а"), ("қ", "к")]
_SISTERS += [("ғ", "г"), ("ң", "н"), ("ө", "о"), ("ұ", "у"), ("ү", "у"), ("һ", "х")]
_STANDARDS = {
    "ru": (
        "ru-bgn",
        "ru-gost",
        "ru-iso9",
        "ru-german",
        "uk-2010",
        "uk-bgn",
        "bg-2009",
        "kk-2021",
        "sr-press",
    ),
    "ar": ("ar-bgn", "fa-bgn"),
    "he": ("he",),
    "ja": ("ja-hepburn",),
    "ko": ("ko-rr",),
    "el": ("el-elot",),
}
Spelling = tuple[str, int, float]
Reached = dict[int, float]


@cache
def chances(code: str) -> dict[str, dict[str, float]]:
    """Log chances of Latin spellings for the letters of script table `code`.

    The letter "" has the Latin letters that come out of nothing. A Chinese character
    without rows of its own is spelt as its syllable.
    """
    found: dict[str, dict[str, float]] = {}
    path = files(__package__) / "data" / f"letters.{code}.tsv"
    rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []
    for row in rows:
        letter, latin, chance = row.split("\t")
        found.setdefault(letter, {})[latin] = float(chance)
    learned = frozenset(found)
    if code == "zh":
        rare = {sign: said for sign, said in pinyin().items() if sign not in learned}
        found.update({sign: found[said] for sign, said in rare.items() if said in learned})
    if code == "ru":
        found.update({sister: dict(found[ours]) for sister, ours in _SISTERS if ours in learned})
    for letter, latin in _by_standard(code):
        supposed = _STANDARD if letter in learned else _ONLY
        row_of = found.setdefault(letter, {})
        row_of[latin] = max(row_of.get(latin, supposed), supposed)
    return found


@cache
def pinyin() -> Mapping[str, str]:
    """The Mandarin syllable of each Chinese character, without tones."""
    path = files(__package__) / "data" / "pinyin.tsv"
    rows = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()[1:])
    return {character: syllable for syllable, characters in rows for character in characters}


def _by_standard(code: str) -> list[tuple[str, str]]:
    if code == "zh":
        return list(pinyin().items())
    path = files(__package__) / "data" / "romanisation.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    items = [item for key in _STANDARDS.get(code, ()) for item in tables[key]["letters"].split()]
    pairs = [item.lstrip("^~").partition("=") for item in items]
    return [(letter, latin) for letter, _, latin in pairs if latin.isascii()]


@cache
def _options(code: str) -> Mapping[str, tuple[float, Mapping[str, tuple[Spelling, ...]]]]:
    """For each letter or pair: the log chance that it is silent, and its spellings (with
    their lengths) by their first Latin letter."""
    found: dict[str, tuple[float, Mapping[str, tuple[Spelling, ...]]]] = {}
    for letter, row in chances(code).items():
        first: dict[str, tuple[Spelling, ...]] = {}
        for latin, chance in row.items():
            if latin:
                spelling = (latin, len(latin), chance)
                first[latin[0]] = (*first.get(latin[0], ()), spelling)
        silent = 0.0 if letter == END else LOST
        found[letter] = (row.get("", silent) if len(letter) == 1 else _IMPOSSIBLE, first)
    return found


@cache
def _added(code: str) -> Mapping[str, float]:
    """Log chances of Latin letters that no letter of the source gave."""
    return chances(code).get("", {})


_UNKNOWN: tuple[float, Mapping[str, tuple[Spelling, ...]]] = (LOST, {})
END = "|"  # ends every source name: it may become letters that are written and not heard
_STOP = "\0"  # stands after the target, so that looking one letter ahead is always possible


def _advance(source: str, target: str, reached: list[Reached], at: int, code: str) -> None:
    """Carry every alignment of ``source[:at]`` over the next letter, or the next two.

    `reached` maps, for each length of source, lengths of target to log chances; `target`
    ends in `_STOP`. Written flat: this is the innermost loop of name comparison.
    """
    here, after = reached[at], reached[at + 1]
    if not here:
        return
    table, last, added = _options(code), len(target) - 1, _added(code)
    silent, spellings = table.get(source[at], _UNKNOWN)
    pair = table.get(source[at : at + 2]) if at + 1 < len(source) else None
    floor = max(max(here.values()) - _BEAM, GIVEN_UP)
    place, top = min(here), max(here)
    while place <= top:
        score = here.get(place, _IMPOSSIBLE)
        if score >= floor:
            letter = target[place]
            for latin, size, chance in spellings.get(letter, ()):
                if (size == 1 or target.startswith(latin, place)) and score + chance > after.get(
                    place + size, _IMPOSSIBLE
                ):
                    after[place + size] = score + chance
            if pair:
                beyond = reached[at + 2]
                for latin, size, chance in pair[1].get(letter, ()):
                    if (
                        size == 1 or target.startswith(latin, place)
                    ) and score + chance > beyond.get(place + size, _IMPOSSIBLE):
                        beyond[place + size] = score + chance
            if score + silent > after.get(place, _IMPOSSIBLE):
                after[place] = score + silent
            if place < last:
                onward = score + added.get(letter, ADDED)
                if onward > floor and onward > here.get(place + 1, _IMPOSSIBLE):
                    here[place + 1] = onward
                    top = max(top, place + 1)
        place += 1


def _align(source: str, target: str, code: str, reached: list[Reached], start: int) -> float:
    for at in range(start, len(source)):
        _advance(source, target, reached, at, code)
    last, end, added = reached[len(source)], len(target) - 1, _added(code)
    scores = [
        score + sum(added.get(letter, ADDED) for letter in target[place:end])
        for place, score in last.items()
    ]
    return max(scores, default=_IMPOSSIBLE)


@cache
def _best(code: str) -> Mapping[str, str]:
    return {
        letter: max(row.items(), key=lambda item: (item[1], item[0]))[0]
        for letter, row in chances(code).items()
        if len(letter) == 1
    }


def usual(source: str, code: str) -> str:
    """`source` with every letter spelt as it most often is; letters no table has stay out."""
    table = _best(code)
    return "".join(table.get(letter, "") for letter in source)


def best_chance(forms: Sequence[tuple[str, float]], latin: str, code: str) -> tuple[float, str]:
    """The best log chance that one of `forms` (each with its own log chance) gave `latin`.

    Returns it with the form. Forms that share a beginning share the work.
    """
    first, own = forms[0][0] + END, forms[0][1]
    target = latin + _STOP
    reached: list[Reached] = [{0: 0.0}, *({} for _ in range(len(first) + 1))]
    best, chosen = _align(first, target, code, reached, 0) + own, first
    if best > _CERTAIN:
        return best, chosen[:-1]
    for bare, chance in forms[1:]:
        form = bare + END
        shared = _shared(first, form)
        again = [dict(row) for row in reached[: shared + 1]]
        again += [{} for _ in range(len(form) + 2 - len(again))]
        score = _align(form, target, code, again, max(shared - 1, 0)) + chance
        if score > best:
            best, chosen = score, form
    return best, chosen[:-1]


def _shared(first: str, second: str) -> int:
    pairs = zip(first, second, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))
