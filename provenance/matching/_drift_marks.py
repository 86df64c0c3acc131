"""Drift of the small words: negation, hedges, quantifiers, conditions, tense."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from provenance.matching._marks import GAP, Mark, denials, reporting, restricts
from provenance.matching._pairing import Pairing, Side, asks, divided, finding, quoted
from provenance.model import Drift, DriftKind, Severity

_HEDGES = ("hearsay", "possible", "likely")
_ALIKE = 0.4  # similarity a mark's head needs before its mark is judged
_MOSTLY = 0.5  # coverage at which an unmatched verb between matched words is the same verb
_DOUBLE = 4  # tokens between two negations that deny once together
_DENYING = ("negation", "denied", "soft negation", "none", "only", "answer")
_NEAR = 6  # tokens around a negation in which its clause is looked for
_AROUND = 2  # content words of the clause that must have found partners
_STRETCHED = 2  # times as long may the clause be in the other language
_AFTER = 3  # tokens after a negation in which what it denies is looked for
_DENSE = 0.75  # share of the clause rendered from which the missing denial is certain
_STRONG = 0.6  # coverage at which a hedge or condition of the whole text is judged

# ---------------------------------------------------------------- negation


def negations(pairing: Pairing) -> list[Drift]:
    """A denial that became an assertion or the reverse, word for word governed."""
    ways = ((pairing.earlier, pairing.later, True), (pairing.later, pairing.earlier, False))
    if asks(pairing.later) and asks(pairing.earlier):
        return []  # who asks "do you not know" asks whether you know
    if not pairing.known:
        loose = ways if pairing.same else ()
        return next((found for way in loose if (found := _unanswered(*way))), [])
    for one, other, gone in ways:
        if found := _denials(pairing, one, other, gone):
            return found
    if moved := _moved(pairing):
        return moved
    if pairing.same:
        return []
    return next((found for way in ways if (found := _unanswered(*way))), [])


def _denials(pairing: Pairing, one: Side, other: Side, gone: bool) -> list[Drift]:
    """Negations of `one` whose governed word survives in `other` without any negation.

    Negations that found each other cancel out; a free one on the other side, however it is
    put (an affix, a verb of denial), may be the same said differently.
    """
    ours = _free(one, one.inside(("negation",), beyond=True))
    theirs = _free(other, other.inside(("negation", "none"), beyond=True))
    if not pairing.same:
        theirs = [mark for mark in theirs if not _answered(other, mark, one)]
    if not ours or len(theirs) >= len(ours):
        return []
    for mark in ours:
        place = _held(one, mark)
        if place is None or place not in other.beyond:
            continue
        if _excused(one, other, place, pairing.same):
            continue
        if not pairing.same and doubled(one, mark):
            continue
        # By hand: outside what corresponds, a translation may have put it otherwise.
        certain = pairing.same or mark.first in one.edges
        return [replace(_denial(one, mark, other, place, gone), certain=certain)]
    return []


def _moved(pairing: Pairing) -> list[Drift]:
    """A denial that went to another clause: "not an accident, it is a policy" told as "an accident,
    not a policy". Within a clause languages deny other words of it, and some deny the thinking."""
    ours, theirs = (_lone_denial(side) for side in (pairing.later, pairing.earlier))
    if ours is None or theirs is None or ours.head is None or theirs.head is None:
        return []
    now_denied, once_denied = _held(pairing.later, ours), _held(pairing.earlier, theirs)
    if now_denied is None or once_denied is None or now_denied == theirs.head:
        return []
    if _strays(pairing.later, ours) or _strays(pairing.earlier, theirs):
        return []
    divided = apart(pairing.later, ours.head, once_denied)
    if not divided or not apart(pairing.earlier, theirs.head, now_denied):
        return []
    here, there = (pairing.later, *governed(ours)), (pairing.earlier, *governed(theirs))
    affirmed = quoted(pairing.later.text(once_denied, once_denied + 1))
    denied = quoted(pairing.later.text(ours.head, ours.head + 1))
    says = f"The denial moved: {affirmed} is now affirmed, and {denied} denied."
    return [finding("negation", "serious", says, here, there)]


def _strays(side: Side, mark: Mark) -> bool:
    """Whether what a mark seems to govern stands in another clause."""
    return mark.head is not None and apart(side, mark.first, mark.head)


def _lone_denial(side: Side) -> Mark | None:
    """The one word of a text that denies, where no other may."""
    found = side.inside(("negation", "soft negation", "none", "answer"), beyond=True)
    return found[0] if len(found) == 1 and found[0].kind == "negation" else None


def apart(side: Side, one: int, other: int) -> bool:
    """Whether a mark parts two tokens into two clauses."""
    first, last = sorted((one, other))
    return any(_parted(side, place) for place in range(first + 1, last + 1))


def _unanswered(one: Side, other: Side, gone: bool) -> list[Drift]:
    """Negations of one text in a stretch that the other renders without denying anything.

    For verbs whose translation the word tables do not know, and for languages that deny in the
    verb: here the words around the
    negation found each other, one beside the other, and no word there can deny.
    """
    if other.unmet(_DENYING) or only_when(other):
        return []
    for mark in _free(one, one.inside(("negation", "denied"))):
        if doubled(one, mark):
            continue
        around = clause(one, mark)
        places = sorted(one.partner[i] for i in around if i in one.partner)
        if len(places) < _AROUND or not _denies_clause(one, mark):
            continue
        first, last = places[0], places[-1] + 1
        loose = last - first > _STRETCHED * (around[-1] - around[0] + 1) + _AROUND
        share = len(places) / len(around)
        if loose or share < _MOSTLY or _denied(other, first, last):
            continue
        here, stretch = (one, *governed(mark)), (other, first, last)
        certain = share >= _DENSE and _at_hand(one, mark)
        return [_gap(here, stretch, gone, certain)]
    return []


def _at_hand(side: Side, mark: Mark) -> bool:
    """Whether the word before a verb that denies in itself found its like: what is denied with
    words that the other text lacks is more than a turned sentence."""
    place = mark.first - 1
    if mark.kind != "denied" or place < 0 or side.prepared.tokens[place].lexeme.stop:
        return True
    return place in side.partner


def _denies_clause(side: Side, mark: Mark) -> bool:
    word = side.prepared.tokens[mark.first].lexeme
    return mark.kind == "denied" or word.surface in denials(word.language)


def clause(side: Side, mark: Mark) -> list[int]:
    """Content words near a negation, in its sentence, but for the word it governs."""
    low, high = max(0, mark.first - _NEAR), mark.last + _NEAR + 1
    for turn in side.marks:  # "…, but will not send", "…, if they do not pay" are clauses
        if turn.kind in ("contrast", "condition"):
            low = max(low, turn.last) if turn.first < mark.first else low
            high = min(high, turn.first) if turn.first > mark.first else high
    near = range(low, high)
    return [
        i
        for i in near
        if i in side.beyond
        and i != mark.head
        and not divided(side.prepared, mark.first, i)
        and not mark.first <= i < mark.last
        and not side.prepared.tokens[i].lexeme.stop
    ]


def _denied(side: Side, first: int, last: int) -> bool:
    """Whether anything in or beside a stretch denies, or may stand for a denial."""
    return any(
        mark.kind in _DENYING and first - _NEAR <= mark.first < last + _NEAR for mark in side.marks
    )


def _gap(
    here: tuple[Side, int, int], there: tuple[Side, int, int], gone: bool, certain: bool
) -> Drift:
    word, stretch = (quoted(side.text(first, last)) for side, first, last in (here, there))
    if gone:
        says = f"Nothing in {stretch} answers {word}: what was denied is now affirmed."
        return finding("negation", "serious", says, there, here, certain=certain)
    says = f"{word} was not there before: {stretch} denies nothing."
    return finding("negation", "serious", says, here, there, certain=certain)


def _free(side: Side, found: Iterable[Mark]) -> list[Mark]:
    """Marks without a partner, nor beside a mark of their kind that has one (никто не)."""
    met = [mark for mark in side.inside(("negation",), beyond=True) if mark.first in side.partner]
    return [
        mark
        for mark in found
        if mark.first not in side.partner and not any(_once(side, mark, other) for other in met)
    ]


def _once(side: Side, mark: Mark, other: Mark) -> bool:
    """Whether two words that deny do so once: near each other, or, but in English, two words of one
    clause (*non … nessuna*)."""
    if abs(mark.first - other.first) <= _DOUBLE:
        return True
    one, two = (side.prepared.tokens[m.first].lexeme.surface for m in (mark, other))
    concord = side.prepared.language != "en" and one != two
    return concord and not apart(side, mark.first, other.first)


def _excused(one: Side, other: Side, place: int, same: bool) -> bool:
    """Whether an unmatched word that may deny stands where the negation should be, or an "only
    when": not before the war ends, only when it ends."""
    soft = only_when(other) + other.unmet(("soft negation", "negation", "none"))
    if same:
        return any(abs(mark.first - place) <= _DOUBLE for mark in soft)
    if any(mark.first == place and mark.kind in _DENYING for mark in other.marks):
        return True
    soft = [mark for mark in soft if not _answered(other, mark, one)]
    return bool(soft or other.unmet(("answer",)))


def _answered(one: Side, mark: Mark, other: Side) -> bool:
    """Whether the clause of a denial is rendered by one that may deny by another word: "unless the
    storm returns", *falls der Sturm nicht zurückkehrt*."""
    around = (i for i in clause(one, mark) if not apart(one, i, mark.first))
    there = [one.partner[i] for i in around if i in one.partner]
    answers = other.inside(("answer",), beyond=True)
    return any(not apart(other, answer.first, i) for answer in answers for i in there)


def only_when(side: Side) -> list[Mark]:
    """Conditions that alone let it happen: only when, only if."""
    language = side.prepared.language
    return [
        mark
        for mark in side.unmet(("condition",))
        if any(
            restricts(token.lexeme.surface, language)
            for token in side.prepared.tokens[max(0, mark.first - 1) : mark.first + 1]
        )
    ]


def doubled(side: Side, mark: Mark) -> bool:
    """Whether what is denied denies in itself: "does not lack", *nie przeczę*."""
    near = range(mark.last, min(mark.last + _AFTER, side.beyond.stop))
    place = next((i for i in near if not side.prepared.tokens[i].lexeme.stop), mark.first)
    return place != mark.first and any(
        other.kind in ("negation", "answer") and other.first == place for other in side.marks
    )


def _held(side: Side, mark: Mark) -> int | None:
    """Where the other text has the word the mark governs, when it surely has it."""
    if mark.head is None or side.alike.get(mark.head, 0.0) < _ALIKE:
        return None
    return side.partner[mark.head]


def _denial(one: Side, mark: Mark, other: Side, place: int, gone: bool) -> Drift:
    word, verb = one.text(mark.first, mark.last), other.text(place, place + 1)
    here, there = (one, *governed(mark)), (other, place, place + 1)
    if gone:
        says = f"{quoted(word)} is gone: {quoted(verb)} is now affirmed, not denied."
        return finding("negation", "serious", says, there, here)
    says = f"{quoted(word)} was not there before: {quoted(verb)} is now denied."
    return finding("negation", "serious", says, here, there)


def governed(mark: Mark) -> tuple[int, int]:
    """The mark with the word it governs, when that follows closely or is part of its frame."""
    reach = GAP if mark.kind == "hearsay" else 2
    if mark.head is not None and mark.last <= mark.head <= mark.last + reach:
        return mark.first, mark.head + 1
    return mark.first, mark.last


# ---------------------------------------------------------------- hedges


def hedges(pairing: Pairing) -> list[Drift]:
    """Possibility hardened or softened, intention become fact, duty become option."""
    if not pairing.known:
        return []
    return [
        *_one_hedge(pairing, pairing.earlier, pairing.later, gone=True),
        *_one_hedge(pairing, pairing.later, pairing.earlier, gone=False),
        *_approximations(pairing),
    ]


def _one_hedge(pairing: Pairing, one: Side, other: Side, gone: bool) -> list[Drift]:
    excuses = other.unmet((*_HEDGES, "soft", "intent"))
    if pairing.same and gone and _will_reported(other, excuses):
        excuses = []
    elif not (gone or pairing.same):
        return []  # languages need a modal verb where others have none
    heard = {mark.first for mark in one.inside(("hearsay",))}
    spared = heard if reports(other) else ()
    for mark in one.inside((*_HEDGES, "intent") if gone else _HEDGES):
        if mark.first in spared:
            continue
        place = _held(one, mark)
        if place is None and gone and pairing.coverage >= _MOSTLY:
            place = _stand_in(one, other, mark)
        if place is None or mark.first in one.partner or _hedged(other, place):
            continue
        if any(not divided(other.prepared, excuse.first, place) for excuse in excuses):
            continue
        told = other.near(place, ("future", "past", "certain")) or _present(other, place)
        if mark.kind == "intent" and not told:
            continue
        return [_hedge(pairing, mark, place, gone=gone)]
    return []


# Endings of a third person, which for a verb of one act is its future: «закроет», «закриють».
_FINITE = {"ru": ("ет", "ит", "ут", "ют", "ат", "ят"), "uk": ("ить", "уть", "ють", "ать", "ять")}


def _present(side: Side, place: int) -> bool:
    """Whether a token is a verb in a person that a listed ending shows, no infinitive."""
    endings = _FINITE.get(side.prepared.language, ())
    return bool(endings) and side.prepared.tokens[place].lexeme.surface.endswith(endings)


def reports(side: Side) -> bool:
    """Whether a word of reporting has no partner, or anything may render hearsay."""
    told, tokens = reporting(side.prepared.language), side.prepared.tokens
    said = any(tokens[i].lexeme.surface in told for i in side.beyond if side.free(i))
    return said or bool(side.inside(("distance",), beyond=True))


def _will_reported(side: Side, found: list[Mark]) -> bool:
    """Whether the one word that may soften a text is "would" where no condition makes it one:
    "it will" told in the past."""
    places = {mark.first for mark in found}
    marked = {mark.first for mark in side.marks if mark.kind == "reported"}
    if len(places) != 1 or not places <= marked:
        return False
    return not side.inside(("condition",), beyond=True)


def _stand_in(one: Side, other: Side, mark: Mark) -> int | None:
    """The unmatched word that stands where the governed word should be, right by its neighbours.

    For verbs whose translation the dictionaries do not know.
    """
    head = mark.head
    if head is None or head in one.partner:
        return None
    for near in (head + 1, head - 1, head + 2):
        expected = one.partner.get(near, -9) - (near - head)
        for place in (expected, expected - 1, expected + 1):
            if 0 <= place < len(other.prepared.tokens) and other.free(place):
                return place
    return None


def _hedged(side: Side, place: int) -> bool:
    return any(mark.kind in _HEDGES and mark.head == place for mark in side.marks)


def _hedge(pairing: Pairing, mark: Mark, place: int, *, gone: bool) -> Drift:
    one, other = (pairing.earlier, pairing.later) if gone else (pairing.later, pairing.earlier)
    word = quoted(one.text(*governed(mark)))
    firm = other.near(place, ("future", "certain", "duty"))
    told = firm or other.near(place, ("reported",))
    now = (
        (other, told.first, max(place + 1, told.last))
        if told and told.first <= place
        else (other, place, place + 1)
    )
    if gone:
        verb = quoted(other.text(now[1], now[2]))
        severity: Severity = "serious" if firm else "notable"
        was = "told as hearsay" if mark.kind == "hearsay" else "possible or planned"
        says = f"{word} became {verb}: what was {was} is now stated as fact."
        sure = pairing.same or _rendered(one, mark) >= _DENSE
        return finding("hedge", severity, says, now, (one, *governed(mark)), certain=sure)
    heard = mark.kind == "hearsay"
    now_is = "hearsay" if heard else "only possible"
    says = f"{word} was not there before: what was stated is now {now_is}."
    weight: Severity = "notable" if heard else "minor"
    return finding("hedge", weight, says, (one, *governed(mark)), now, certain=pairing.same)


def _rendered(side: Side, mark: Mark) -> float:
    """The share of the content words around `mark` that found their like on the other side."""
    around = clause(side, mark)
    return sum(i in side.partner for i in around) / max(len(around), 1)


def _approximations(pairing: Pairing) -> list[Drift]:
    """ "About 15,000" become "15,000"."""
    found = []
    for mark in pairing.earlier.inside(("approximate",)):
        head = mark.head
        if head is None or head != mark.last or head not in pairing.earlier.partner:
            continue
        tokens = pairing.earlier.prepared.tokens
        if tokens[head].lexeme.value is None:
            continue
        place = pairing.earlier.partner[head]
        if pairing.later.near(place, ("approximate", "at_least", "at_most", "likely")):
            continue
        word = quoted(pairing.earlier.text(mark.first, mark.last))
        says = f"{quoted(pairing.earlier.text(mark.first, head + 1))} lost its {word}."
        found.append(
            finding("hedge", "minor", says, (pairing.later, place, place + 1),
                    (pairing.earlier, mark.first, head + 1), certain=pairing.same)
        )  # fmt: skip
    return found


# ---------------------------------------------------------------- quantifiers


_SCALE = {"none": 0, "some": 1, "most": 2, "all": 3}


def quantifiers(pairing: Pairing) -> list[Drift]:
    """Some become all, most become some, an "only" dropped."""
    if not pairing.known:
        return []
    found = []
    for mark in pairing.earlier.inside(_SCALE):
        place = _held(pairing.earlier, mark)
        if place is None or _scaled(pairing, mark):
            continue
        if pairing.later.near(place, (mark.kind,)):
            continue
        other = _governing(pairing.later, place, _SCALE)
        if other is not None and other.kind != mark.kind and "none" not in (other.kind, mark.kind):
            found.append(_step(pairing, mark, other))
    return found + _only(pairing)


def _scaled(pairing: Pairing, mark: Mark) -> bool:
    """Whether a quantifier found another: not the "some" of a number elsewhere in the text."""
    place = pairing.earlier.partner.get(mark.first)
    return any(m.first == place and m.kind in _SCALE for m in pairing.later.marks)


def _governing(side: Side, place: int, kinds: Iterable[str]) -> Mark | None:
    wanted = frozenset(kinds)
    return next(
        (
            mark
            for mark in side.marks
            if mark.kind in wanted and mark.head == place and mark.first not in side.partner
        ),
        None,
    )


def _step(pairing: Pairing, old: Mark, new: Mark) -> Drift:
    before = pairing.earlier.text(*governed(old))
    after = pairing.later.text(*governed(new))
    wider = _SCALE[new.kind] > _SCALE[old.kind]
    severity: Severity = "serious" if wider and new.kind == "all" else "notable"
    return finding(
        "quantifier",
        severity,
        f"{quoted(before)} became {quoted(after)}.",
        (pairing.later, *governed(new)),
        (pairing.earlier, *governed(old)),
        certain=pairing.same,
    )


def _only(pairing: Pairing) -> list[Drift]:
    if pairing.later.unmet(("only", "none", "negation")):
        return []
    for mark in pairing.earlier.inside(("only",)):
        place = _held(pairing.earlier, mark)
        if place is not None and mark.first not in pairing.earlier.partner:
            words = governed(mark)
            word = quoted(pairing.earlier.text(mark.first, mark.last))
            says = f"{quoted(pairing.earlier.text(*words))} lost its {word}."
            return [
                finding("quantifier", "notable", says, (pairing.later, place, place + 1),
                        (pairing.earlier, *words), certain=pairing.same)
            ]  # fmt: skip
    return []


# ---------------------------------------------------------------- conditions


_LOOSE = 5  # words between what is rendered and its condition; a clause of its own is longer


def conditions(pairing: Pairing) -> list[Drift]:
    """A condition of the earlier sentence that the later one does not have."""
    if not pairing.known or pairing.coverage < _STRONG:
        return []
    if _other_conditions(pairing.later, pairing.earlier):
        return []
    found = pairing.earlier.unmet(("condition",))
    return [_condition(pairing, mark) for mark in found if _governs(pairing.earlier, mark)][:1]


def _other_conditions(one: Side, other: Side) -> bool:
    """Whether `one` has a condition that stands for none of `other`; the "a" of *a meno che* may
    have found any other word."""
    kinds = ("condition", "soft condition")
    known = {place for m in other.inside(kinds, beyond=True) for place in range(m.first, m.last)}
    return any(
        m.first not in one.partner or (m.last - m.first > 1 and one.partner[m.first] not in known)
        for m in one.inside(kinds, beyond=True)
    )


def _governs(side: Side, mark: Mark) -> bool:
    """Whether a condition is one of what the other text renders: it stands beside that. Of a
    sentence of several clauses the one quoted may not be the one that hangs on it."""
    after = range(side.region.last, mark.first)
    gap = after or range(_condition_ends(side, mark), side.region.first)
    return sum(place not in side.partner for place in gap) <= _LOOSE


def _condition_ends(side: Side, mark: Mark) -> int:
    """Where the clause that begins with `mark` ends."""
    last = mark.last
    while last in side.beyond and last - mark.first < 14 and not _parted(side, last):
        last += 1
    return last


def _condition(pairing: Pairing, mark: Mark) -> Drift:
    side = pairing.earlier
    last = _condition_ends(side, mark)
    content = [i for i in range(mark.last, last) if not side.prepared.tokens[i].lexeme.stop]
    kept = sum(i in side.partner for i in content)
    dropped = kept * 2 <= len(content)
    said, word = quoted(side.text(mark.first, last)), quoted(side.text(mark.first, mark.last))
    says = f"{word} is gone: the condition {said} became a fact."
    if dropped:
        says = f"The condition {said} was dropped."
    return finding("condition", "serious", says, None, (side, mark.first, last))


_STOPS = ",;:.!?–—،؛؟，；：。！？"


def _parted(side: Side, place: int) -> bool:
    """Whether a comma or stop stands before the token at `place`; that of "U.N." is none."""
    before, token = side.prepared.tokens[place - 1], side.prepared.tokens[place]
    between = side.prepared.text[before.end : token.start]
    initial = before.end - before.start == 1 and between.strip() == "."
    return not initial and any(char in between for char in _STOPS)


# ---------------------------------------------------------------- tense

_PAST_ENDINGS = {"en": ("ed",), "ru": ("л", "ла", "ло", "ли"), "uk": ("в", "ла", "ло", "ли")}


def tenses(pairing: Pairing) -> list[Drift]:
    """What is to happen told as having happened, or the reverse, within one language."""
    if not pairing.same or not pairing.known:
        return []
    found = _tense(pairing, pairing.earlier, pairing.later, "future became past")
    return found or _tense(pairing, pairing.later, pairing.earlier, "past became future")


def _tense(pairing: Pairing, one: Side, other: Side, says: str) -> list[Drift]:
    kind: DriftKind = "tense"
    if other.unmet(("future", *_HEDGES, "intent", "soft", "duty")):
        return []
    for mark in one.inside(("future",)):
        place = _held(one, mark)
        if mark.first in one.partner or place is None or not _past(other, place):
            continue
        forth, back = (one, *governed(mark)), (other, max(0, place - 1), place + 1)
        text = f"{quoted(one.text(forth[1], forth[2]))} and {quoted(other.text(back[1], back[2]))}"
        later, earlier = (back, forth) if one is pairing.earlier else (forth, back)
        return [finding(kind, "notable", f"The tense changed, {says}: {text}.", later, earlier)]
    return []


def _past(side: Side, place: int) -> bool:
    token = side.prepared.tokens[place]
    endings = _PAST_ENDINGS.get(side.prepared.language, ())
    auxiliary = any(
        mark.kind == "past" and mark.head == place and mark.first not in side.partner
        for mark in side.marks
    )
    return auxiliary or (bool(endings) and token.lexeme.surface.endswith(endings))
