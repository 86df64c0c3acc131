"""Given names: initials, and the forms one name goes by (Bill, William, Билл)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from provenance.naming._likeness import Pair, compare
from provenance.naming._words import Word, forms_of_names, word

_INITIAL = 1.5  # an initial fits the given name: one letter in about ten does by chance
_MISFIT = -3.0  # an initial that does not fit
NICKNAME = 4.0  # both are forms of one name; above it the letters alone say so
_OTHER = -3.0  # both are forms of names, and of different ones (Joe, John)
_LIKE = -1.0  # log-odds above which a name of another script is a form the table has
_NEARLY = 0.5  # forms so near to the likeliest are as good
# First sounds that one name has in two scripts: George and Джордж, Helmut and Гельмут, William
# and Уильям, Juncker and Юнкер.
_FIRST = frozenset(map(frozenset, ("gj", "gh", "uv", "ij", "uj")))


def compare_given(a: Word, b: Word) -> Pair:
    """Two given names compared: initials and nicknames count."""
    if a.initial or b.initial:
        fits = _fits(a, b)
        says = f"the initial of “{a.text}” {'fits' if fits else 'does not fit'} “{b.text}”"
        return Pair(a, b, _INITIAL if fits else _MISFIT, says)
    pair = compare(a, b)
    if pair.odds >= NICKNAME:
        return pair
    if _likely_names(a) & _likely_names(b):
        says = f"“{a.text}” and “{b.text}” are forms of one given name"
        return Pair(a, b, NICKNAME, says)
    if pair.odds > _OTHER and _names(a) and _names(b):
        says = f"“{a.text}” and “{b.text}” are forms of different given names"
        return Pair(a, b, _OTHER, says)
    return pair


def _fits(a: Word, b: Word) -> bool:
    short, full = sorted((a, b), key=lambda one: (not one.initial, len(one.sound)))
    alike = full.sound.startswith(short.sound) or full.latin.startswith(short.latin)
    heard = short.sound[:1]
    near = heard == full.latin[:1] or frozenset((heard, full.sound[:1])) in _FIRST
    return alike or (a.script != b.script and near)


def _heard(form: str) -> tuple[Word, ...]:
    """A form as it sounds, and with the J of English where it may have that (Joe, Gerry)."""
    soft = "dzh" + form[1:] if form[0] == "j" or form[:2] in ("ge", "gi") else ""
    return (word(form), word(soft)) if soft else (word(form),)


@cache
def _by_sound() -> Mapping[str, frozenset[str]]:
    """The full given names that each sound of the table may stand for."""
    found: dict[str, set[str]] = {}
    for form, full in forms_of_names():
        for heard in _heard(form):
            found.setdefault(heard.sound, set()).add(full)
    return {sound: frozenset(names) for sound, names in found.items()}


@cache
def _by_skeleton() -> Mapping[str, tuple[tuple[Word, str], ...]]:
    found: dict[str, list[tuple[Word, str]]] = {}
    for form, full in forms_of_names():
        for heard in _heard(form):
            found.setdefault(heard.skeleton, []).append((word(form), full))
    return {skeleton: tuple(forms) for skeleton, forms in found.items()}


@lru_cache(maxsize=1 << 12)
def _names(one: Word) -> frozenset[str]:
    """The full given names that a word stands for by its sound, in any case form."""
    sounds = [one.sound, *(word(form).sound for form, _ in one.others())]
    return frozenset().union(*(_by_sound().get(sound, ()) for sound in sounds))


@lru_cache(maxsize=1 << 12)
def _likely_names(one: Word) -> frozenset[str]:
    """`_names`, or where it has none and the script is another, those spelt most like it."""
    found = _names(one)
    if found or one.script == "Latn":
        return found
    skeletons = {word(form).skeleton for form, _ in one.forms()}
    scored = [
        (compare(one, form).odds, full)
        for skeleton in sorted(skeletons)
        for form, full in _by_skeleton().get(skeleton, ())
    ]
    best = max((odds for odds, _ in scored), default=0.0)
    return frozenset(full for odds, full in scored if odds > max(_LIKE, best - _NEARLY))
