"""How likely a name in another script is spelt so in Latin letters.

The chances were learned by aligning name pairs letter by letter, and sharpened so that they
tell names from their neighbours (``python -m training.names``); they are multiplied along
the best way to divide the two spellings (Jiampojamarn, Kondrak and Sherif 2007).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_lowercase
from typing import NamedTuple

# Log chances of what no table foresees, by hand: each is about as rare as the rarest rows.
ADDED = -5.0  # a Latin letter out of nothing, where no row says more
LOST = -4.0  # a letter of the source left out, where no row says more
_STANDARD = -2.5  # a spelling some standard has and the lists do not: about one in twelve
_ONLY = -0.5  # a standard's spelling of a letter that no list has
_BEAM = 9.0  # alignments this much worse than the best so far are given up
_IMPOSSIBLE = -99.0
GIVEN_UP = -20.0  # alignments below it are not followed: 98 in 100 true ones stay above
_CERTAIN = -1.2  # above it a letter no other case form is tried
_EARLY = -8.0  # the same before the first letter: who loses more at once seldom recovers
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
    "el": ("el-elot", "el-press"),
}
Single = Mapping[str, float]  # log chances of spellings of one Latin letter
Longer = Mapping[str, Sequence[tuple[str, int, float]]]  # of others, by their first two letters
Step = tuple[int, Single, Longer]  # how many letters of the source, and what they are spelt as
Forms = Sequence[tuple[str, float]]  # with log chances
Reached = list[float]  # the best log chance for each number of target letters spelt


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


class _Letter(NamedTuple):
    """A letter with the one behind it: the log chance that it is silent, what it and both
    together are spelt as, and what is with a third."""

    silent: float
    steps: tuple[Step, ...]
    three: Mapping[str, tuple[Step]]


class _Options(dict[str, _Letter]):
    """The letters met so far, each with the one behind it where a table has chunks of letters;
    laid out as they are asked for."""

    def __init__(self, code: str) -> None:
        self.known = chances(code)
        chunks = [key for key in self.known if len(key) > 1 and not key.isascii()]
        self.wide = 2 if chunks else 1
        self.laid: dict[str, Step] = {}
        self.thirds: dict[str, list[str]] = {}
        for chunk in chunks:
            if len(chunk) == CHUNKS:
                self.thirds.setdefault(chunk[:2], []).append(chunk)

    def __missing__(self, letters: str) -> _Letter:
        if len(self) >= _KEPT:
            self.clear()
        silent = self.known.get(letters[0], {}).get("", 0.0 if letters[0] == END else LOST)
        steps = [self._step(letters[0])]
        if len(letters) == 2 and letters in self.known:
            steps.append(self._step(letters))
        three = {chunk[2]: (self._step(chunk),) for chunk in self.thirds.get(letters, ())}
        found = self[letters] = _Letter(silent, tuple(steps), three)
        return found

    def _step(self, letters: str) -> Step:
        if letters not in self.laid:
            self.laid[letters] = _step(letters, self.known.get(letters, {}))
        return self.laid[letters]


def _step(letters: str, spellings: Mapping[str, float]) -> Step:
    single: dict[str, float] = {}
    longer: dict[str, list[tuple[str, int, float]]] = {}
    for latin, chance in spellings.items():
        if len(latin) == 1:
            single[latin] = chance
        elif latin:
            longer.setdefault(latin[:2], []).append((latin, len(latin), chance))
    return len(letters), single, longer


@cache
def _options(code: str) -> _Options:
    return _Options(code)


@cache
def _added(code: str) -> Mapping[str, float]:
    """Log chances of Latin letters that no letter of the source gave."""
    found = dict.fromkeys(ascii_lowercase, ADDED)
    return {**found, **chances(code).get("", {}), _STOP: _IMPOSSIBLE}


END = "|"  # ends every source name: it may become letters that are written and not heard
_STOP = "\0"  # stands after the target, so that looking one letter ahead is always possible
CHUNKS = 3  # letters of the source that are spelt together, at most
_KEPT = 1 << 13  # letters with the ones behind them


def _align(  # noqa: PLR0912, the innermost loop is written out
    source: str, target: str, code: str, rows: list[Reached], bar: float, *, start: int
) -> float:
    """The best log chance that `source`, from its letter `start` on, gave all of `target`.

    ``rows[at]`` is what ``source[:at]`` reached, filled in as far as `start`. `target` ends in
    `_STOP`; alignments below `bar` are given up. Written flat: the innermost loop of name
    comparison.
    """
    table, added = _options(code), _added(code)
    adding = [added[letter] for letter in target]
    pairs = [target[place : place + 2] for place in range(len(target))]
    end, wide = len(source), table.wide
    spent = (GIVEN_UP - _EARLY) / end  # may be lost at each letter
    for at in range(start, end):
        here = rows[at]
        best = max(here)
        if best < bar or best < _EARLY + spent * at:
            continue
        after = rows[at + 1]
        floor = max(best - _BEAM, bar)
        silent, steps, three = table[source[at : at + wide]]
        if three and source[at + 2 : at + 3] in three:
            steps += three[source[at + 2]]
        for place, score in enumerate(here):  # the loop itself adds to what stands further on
            if score < floor:
                continue
            letter, two = target[place], pairs[place]
            for many, single, longer in steps:
                if letter in single:
                    reached, row = score + single[letter], rows[at + many]
                    if reached > row[place + 1]:  # noqa: PLR1730, max() takes twice as long
                        row[place + 1] = reached
                if two in longer:
                    row = rows[at + many]
                    for latin, size, chance in longer[two]:
                        reached, to = score + chance, place + size
                        if (size == 2 or target.startswith(latin, place)) and reached > row[to]:
                            row[to] = reached
            if score + silent > after[place]:  # noqa: PLR1730
                after[place] = score + silent
            onward = score + adding[place]
            if onward > floor and onward > here[place + 1]:
                here[place + 1] = onward
    return _finished(rows[end], adding, bar)


def _finished(row: Reached, adding: Sequence[float], bar: float) -> float:
    """The best of what was reached, once the rest of the target is added out of nothing."""
    if max(row) < bar:
        return _IMPOSSIBLE
    best = _IMPOSSIBLE
    for score, more in zip(row, adding, strict=True):
        if score > best:  # noqa: PLR1730, max() takes twice as long
            best = score
        if more != _IMPOSSIBLE:  # what stands after the target
            best += more
    return best


@lru_cache(maxsize=1 << 13)
def _usually(letter: str, code: str) -> str:
    row = chances(code).get(letter)
    return max(row.items(), key=lambda item: (item[1], item[0]))[0] if row else ""


def usual(source: str, code: str) -> str:
    """`source` with every letter spelt as it most often is; letters no table has stay out."""
    return "".join([_usually(letter, code) for letter in source])


def best_chance(
    name: str, latin: str, code: str, others: Callable[[], Forms] = tuple
) -> tuple[float, str]:
    """The best log chance that `name`, or one of the forms it may stand for, gave `latin`.

    Returns it with the form. `others` gives these forms, each with its own log chance; only
    those that end as `latin` does are tried where there are such, and none once one is a plain
    spelling. What shares a beginning shares the work.
    """
    target, none = latin + _STOP, [_IMPOSSIBLE] * (len(latin) + 1)
    forms: list[tuple[str, float]] = []
    if not _ends_alike(name, latin, code):
        forms = _likely([(name, 0.0), *others()], latin, code)
    bare, chance = forms[0] if forms else (name, 0.0)
    first = bare + END
    reached = [[0.0, *none[1:]], *[none[:] for _ in first]]
    score = _align(first, target, code, reached, GIVEN_UP, start=0)
    best, chosen = score + chance, first
    if score > _CERTAIN * len(first):
        return best, bare
    for bare, chance in forms[1:] if forms else _likely(others(), latin, code):
        form = bare + END
        shared = _shared(first, form)
        start = max(shared + 1 - CHUNKS, 0)
        bar = max(GIVEN_UP, best - chance)
        if max(map(max, reached[start : shared + 1])) <= bar:
            continue  # no ending mends what the beginning lost
        again = reached[:start] + [row[:] for row in reached[start : shared + 1]]
        again += [none[:] for _ in range(len(form) + 1 - len(again))]
        score = _align(form, target, code, again, bar, start=start)
        if score + chance > best:
            best, chosen = score + chance, form
        if score > _CERTAIN * len(form):
            break
    return best, chosen[:-1]


def _likely(forms: Forms, latin: str, code: str) -> list[tuple[str, float]]:
    """The forms that end as `latin` does, or all where none does."""
    return [form for form in forms if _ends_alike(form[0], latin, code)] or list(forms)


def _ends_alike(name: str, latin: str, code: str) -> bool:
    """Whether the last letter of `name` is usually spelt as the last one of `latin`."""
    return _usually(name[-1:], code)[-1:] == latin[-1:]


def _shared(first: str, second: str) -> int:
    for at, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            return at
    return min(len(first), len(second))
