"""A readable word-by-word English of a foreign passage: for finding, never for quoting.

Every run of up to three words is replaced by a wording that human translations gave it, in the
order of the source, but that adjectives may change places with the nouns they follow; a word no
table holds by the spelling of its likeliest sense. Numbers, punctuation and what is already in
Latin letters stay, unknown names are romanised.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from provenance.errors import TranslationError
from provenance.languages import table
from provenance.languages.negation import affirmed, denials, denies, half, possible
from provenance.languages.words import Word, fold, function_words, stem_of, stems, words
from provenance.languages.writing import capital_nouns
from provenance.model import Translation
from provenance.translating import _tables
from provenance.translating._held import addresses
from provenance.translating._lexicon import Lexicon, heard, lexicon, romanised, shared
from provenance.translating._phrases import LONGEST, Phrases, Wordings, idioms, order, phrases
from provenance.translating._wording import Option, cheapest

PACKAGE = "gloss 3"
_ALONE = 3.0  # nats: what the likeliest sense of a word in no table costs
# Of a form no table holds. Chosen on the first 400 sentences of FLORES dev: chrF +.1 in ru, +.2 in
# uk and tr, +.1 in es, 0 in ar and fa, which lost .5 and more by having more senses to choose from.
_STEEP = 8.0
# What a word and a wording cost that were seen once, together: mostly words that fell to each other
# because nothing else was left. Dearer ones were seen more often, and are believed.
_ONCE = 1.125
_ALIKE = 0.1  # likeness from which the wordings of the likest form are tried
# Two words the other way round cost that much more: of 0, .5, 1 and 1.5 this and .5 gained most
# chrF on the first 200 sentences of FLORES dev (fr +.8, ar, it +.7, es +.5, fa +.3, pl +.2);
# German and Russian, whose adjectives stand before, lost by any.
_MOVED = 1.0
_TRIED = 3  # wordings of either
_LIKE = 1.0  # nats that they cost less than there
_BEST = 0.4  # a gloss in which every word is known: its content words are right four times in five
_NATIVE = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "「": '"', "」": '"', "『": '"'}
_NATIVE |= {"』": '"', "，": ", ", "。": ". ", "、": ", ", "；": "; ", "：": ": ", "？": "? "}
_NATIVE |= {"！": "! ", "（": " (", "）": ") ", "《": '"', "》": '"', "،": ",", "؛": ";", "؟": "?"}
_NATIVE |= {"۔": ".", "…": "...", "¿": "", "¡": "", "·": " "}
_MARKS = str.maketrans(_NATIVE)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_ELIDING = "'’ʼ"  # l'homme: the two words are no longer one in English
_HALVES = 6  # words from a half denial to the one that completes it, at most
_JOINING = frozenset({"", "-", "‐", "‑", *_ELIDING})  # what may stand between words of a run
_PARTED = re.compile(r"(?:^|[.!?…。！？]\s*)[\"'«„“”「『(\s]*$")
_SPACES = re.compile(r"[^\S\n]{2,}")
_BEFORE_MARK = re.compile(r"[^\S\n]([,.;:!?)])(?=\s|$)")


def gloss(text: str, language: str) -> Translation:
    """`text` word by word in English, marked as such.

    `confidence` is at most 0.4 and falls with the share of words not in the table. Raises
    `TranslationError` when there is no table for `language`.
    """
    known = lexicon(language)
    if known is None:
        listed = ", ".join(_tables.languages())
        raise TranslationError(f"no built-in gloss for {language!r}; there is one for: {listed}")
    found = _words(text, language)
    return Translation(
        source_text=text,
        text=_tidied("".join(_pieces(text, found, known))),
        source=language,
        target="en",
        translator="gloss",
        package=PACKAGE,
        confidence=round(_BEST * _listed(found, known), 3),
        flags=("word by word",),
    )


def _words(text: str, language: str) -> tuple[Word, ...]:
    """The words of `text`, an address or a handle being one, without a stem."""
    held = addresses(text)
    found = [Word(h.start, h.end, text[h.start : h.end], "") for h in held]
    for word in words(text, language):
        at = bisect_right(held, word.start, key=lambda h: h.start) - 1
        if at < 0 or held[at].end <= word.start:
            found.append(word)
    return tuple(sorted(found, key=lambda word: word.start)) if held else tuple(found)


def _listed(found: tuple[Word, ...], known: Lexicon) -> float:
    """The share of words the lexicon lists, those that stay as they are counting as listed."""
    if not found:
        return 0.0
    return sum(_stays(w, known) or bool(known.listed(w.stem)) for w in found) / len(found)


def _stays(word: Word, known: Lexicon) -> bool:
    """Whether a word is the same in English: an address, a number, Latin letters among others."""
    return not word.stem or word.stem[:1].isdigit() or known.borrowed(word.stem)


def _pieces(text: str, found: tuple[Word, ...], known: Lexicon) -> Iterator[str]:
    """English wordings and the marks between them, in the order of the source."""
    at = 0
    for piece in cheapest(_options(text, found, known), order()):
        between = text[at : found[piece.start].start]
        begins = piece.start == 0 or bool(between.strip() and _PARTED.search(between[-8:]))
        parted = between and between not in _ELIDING
        yield between.translate(_MARKS) if parted or at == 0 else " "
        yield _capital(piece.english) if begins and found[piece.start].stem else piece.english
        at = found[piece.end - 1].end
    yield text[at:].translate(_MARKS)


def _options(text: str, found: tuple[Word, ...], known: Lexicon) -> list[list[Option]]:
    """The ways to render each word alone, and each run of words that no mark parts."""
    runs = phrases(known.language)
    folded = [fold(word.text) for word in found]
    options = [
        [Option(i + 1, english, cost) for english, cost in _alone(word, known, runs, first=not i)]
        for i, word in enumerate(found)
    ]
    for i, offered in enumerate(options):
        if half(folded[i], known.language):
            behind = any(denies(word, known.language) for word in folded[i + 1 : i + _HALVES])
            before = any(denies(word, known.language) for word in folded[max(0, i - _HALVES) : i])
            if before or behind:
                offered[:] = [Option(i + 1, "", 0.0)]
            if before and not behind:
                continue  # "aucun site ne sera": the denial has been said
        for end in range(i + 2, min(i + LONGEST, len(found)) + 1):
            between = text[found[end - 2].end : found[end - 1].start]
            if runs is None or between.strip() not in _JOINING:
                break
            run = " ".join(folded[i:end])
            if run in idioms(known.language):
                offered[:] = [Option(end, idioms(known.language)[run], 0.0)]
                _spare(options, i, end)
                break
            offered.extend(Option(end, english, cost) for english, cost in runs.wordings(run))
    if table(known.language, "meaning").get("adjectives") == "after":
        _exchange(text, found, options)
    return options


def _exchange(text: str, found: Sequence[Word], options: Sequence[list[Option]]) -> None:
    """Offer neighbours the other way round too: *soldats britanniques* are British soldiers."""
    movable = [_movable(i, offered) for i, offered in enumerate(options)]
    for i, (ours, theirs) in enumerate(pairwise(movable)):
        if text[found[i].end : found[i + 1].start].isspace():
            options[i].extend(
                Option(
                    i + 2, f"{after.english} {before.english}", before.cost + after.cost + _MOVED
                )
                for before in ours
                for after in theirs
            )


def _movable(at: int, offered: Sequence[Option]) -> list[Option]:
    """The cheapest wordings of one word that changes no meaning where it stands: it counts and
    denies nothing, and is no function word."""
    alone = sorted((one for one in offered if one.end == at + 1), key=lambda one: one.cost)
    return [
        one
        for one in alone[:_TRIED]
        if one.english
        and not any(map(str.isdigit, one.english))
        and not possible(one.english, "en")
        and function_words("en").isdisjoint(one.english.lower().split())
    ]


def _spare(options: list[list[Option]], first: int, last: int) -> None:
    """Take out the runs that would end within the words from `first` to `last`."""
    for offered in options[max(0, first - LONGEST) : first]:
        offered[:] = [one for one in offered if not first < one.end < last]


def _alone(word: Word, known: Lexicon, runs: Phrases | None, first: bool) -> Wordings:
    """The wordings of one word: what stays as it is, a name as it sounds."""
    if _stays(word, known):
        return ((word.text.translate(_DIGITS), 0.0),)
    named = word.text[:1].isupper() and not first
    if named and (name := _name(word, known)):
        return ((name, 0.0),)
    wordings = _borne_out(word, known, runs.wordings(fold(word.text)) if runs else ())
    wordings = _denied(word, known, runs, wordings) or _unseen(word, known, runs)
    if named and not capital_nouns(known.language):
        return tuple((_capital(english), cost) for english, cost in wordings)
    return wordings


def _borne_out(word: Word, known: Lexicon, wordings: Wordings) -> Wordings:
    """`wordings`, but for one that was seen once and none of whose words is a sense of the stem."""
    if not wordings or wordings[0][1] > _ONCE:
        return wordings
    listed = {stem for stem, _ in known.listed(word.stem)}
    return tuple(
        one for one in wordings if not listed or not listed.isdisjoint(stems(one[0], "en"))
    )


def _denied(word: Word, known: Lexicon, runs: Phrases | None, wordings: Wordings) -> Wordings:
    """`wordings` with "not" before what the word means without its denying beginning.

    The "not" of "not satisfied" is often learned apart from *недовольны*.
    """
    bare = affirmed(fold(word.text), known.language)
    plain = runs.wordings(bare)[:1] if runs and bare else ()
    means = [stems(english, "en") for english, _ in plain]
    return tuple(
        (f"not {text}" if stems(text, "en") in means and not possible(text, "en") else text, cost)
        for text, cost in wordings
    )


def _unseen(word: Word, known: Lexicon, runs: Phrases | None) -> Wordings:
    """The wordings of a form no table holds: a sense of its stem, and those of the likest form.

    One stem may be that of two words (*бой* and *бояться*): forms that are spelled like this
    one tell which of its senses is meant.
    """
    listed = known.listed(word.stem)
    if not listed or runs is None or denials(word.text, known.language):
        return ((_sense(word, known), _ALONE),)
    likeness = _forms(word, known.language, runs)
    total = sum(likeness.values())
    votes: defaultdict[str, float] = defaultdict(float)
    for form, like in likeness.items():
        for stem in set(stems(runs.wordings(form)[0][0], "en")):
            votes[stem] += like / total
    chances = [part + votes[stem] for stem, part in listed]
    meant = known.spellings(word.stem)[chances.index(max(chances))]
    likest = max(likeness, key=lambda form: likeness[form], default="")
    tried = runs.wordings(likest)[:2] if likeness.get(likest, 0.0) >= _ALIKE else ()
    return ((meant, _ALONE), *((text, cost - _LIKE) for text, cost in tried))


def _forms(word: Word, language: str, runs: Phrases) -> dict[str, float]:
    """The forms of a word's stem that stand near it in the table, with how like it they are.

    Their common beginning counts, and a letter more of it much.
    """
    folded = fold(word.text)
    found = (form for form in runs.near(folded) if stem_of(form, language) == word.stem)
    common = ((form, shared(form, folded)) for form in found)
    return {form: (n / max(len(form), len(folded))) ** _STEEP for form, n in common}


def _name(word: Word, known: Lexicon) -> str:
    """The sense that sounds like the word, or the word where that is a name in the same letters."""
    sound = heard(romanised(word.stem))
    alike = next((form for form in known.spellings(word.stem) if heard(form.lower()) == sound), "")
    return word.text if alike[:1].isupper() and word.text.isascii() else alike


def _sense(word: Word, known: Lexicon) -> str:
    """The spelling of the likeliest sense, else a guess; a verb that denies keeps its denial."""
    english = next(iter(known.spellings(word.stem)), "") or _guess(word, known)
    if denials(word.text, known.language) and not possible(english, "en"):
        return f"not {english}"
    return english


def _guess(word: Word, known: Lexicon) -> str:
    """A compound by its parts, a name as it is or romanised, else a word that begins alike."""
    if parts := known.parts(word.stem):
        return " ".join(known.spellings(part)[0] for part in parts)
    if word.text.isascii() or word.text[:1].isupper():
        return romanised(word.text)
    related = known.related(word.stem)
    return known.spellings(related)[0] if related else romanised(word.text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tidied(text: str) -> str:
    return _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip()
