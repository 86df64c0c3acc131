"""Names of an English passage that nothing in its source may stand for, with what speaks for it.

For each word with a capital: whether a word of the source means it, sounds like it or is
spelled like it; how rare it is and whether the lexicon knows it; whether the words it forms a
name with are accounted for; and whether about its place a word of the source is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nlargest
from math import exp, log1p

from provenance.languages.words import Word, fold, stem_of, words
from provenance.languages.writing import capital_nouns, caseless
from provenance.translating import _tables
from provenance.translating._by_ear import Spelling, pieces, spellings
from provenance.translating._changes import is_name, opens
from provenance.translating._direct import English, Foreign, foreign, linked
from provenance.translating._lexicon import Lexicon, frequencies
from provenance.translating._phrases import LONGEST, phrases

FEATURES = (
    "meant",
    "begins as one meant",
    "spelled out",
    "same name",
    "sounds alike",
    "consonants alike",
    "begins alike",
    "explained",
    "information",
    "known to the lexicon",
    "letters",
    "opens a sentence",
    "company explained",
    "has company",
    "name left over",
    "capital left over",
    "word left over",
    "unlisted left over",
    "certain word left over",
    "name left over anywhere",
    "capital left over anywhere",
    "spelled by ear",
    "length",
    "in Latin letters",
    "in letters with capitals",
    "mostly a name",
    "sounds alike, unanswered",
    "consonants alike, unanswered",
    "sounds alike, near",
    "likest unanswered",
    "likest near",
    "source covered",
    "English covered",
    "other names unexplained",
    "surest sense",
    "means about the same",
    "ends as one meant",
    "meant, unanswered",
    "meant, near",
    "same name, unanswered",
    "surest name left over",
    "surest name left over anywhere",
    "meant in a run of words",
    "same name, no other's",
    "name in pieces left over",
    "name in pieces left over anywhere",
)
_SHORT = 3  # letters below which a name is told by nothing
_HEAD = 4  # letters by which a country and its adjective are one
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?月")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WITHIN = 0.3  # what a part of a word counts beside the whole
_LONGEST_PART = 4  # characters
_COMPARED = 100_000  # names times spellings: a quarter of a second, and more than any sentence has
_LIKELY = 6  # spellings compared letter by letter
_WORTH = (0.4, 0.75)  # likeness of consonants or of sound from which that is worth while
_FAIR = 0.3  # likeness from which a link tells a place
_FREE = 0.5  # likeness of its best link below which a word is left over
_NEIGHBOURS = 4
_REACH = ((2, 1.0), (4, 0.7), (6, 0.4))  # words from the expected place, and what they count
_CONTENT = 3.0  # nats of information from which a word is no function word
_KNOWN = 25 / 255  # probability of a sense that makes the lexicon know an English word
_EXPLAINED = 0.5  # likeness from which the source has a name
_SURELY = 0.5  # chance of its likeliest sense from which the meaning of a word is certain
_LONG = 60  # words from which a sentence is as long as any
_JOINED = frozenset({"", "of", "the", "of the", "and"})


_Claim = tuple[int, int, float]  # the first and last word a name may be spelled in, and the chance


@dataclass(frozen=True, slots=True)
class Suspect:
    """An English name and its `FEATURES`."""

    word: Word
    features: tuple[float, ...]


def suspects(
    text: str, passage: Sequence[Foreign], english: str, target: English, known: Lexicon
) -> tuple[Suspect, ...]:
    """The names of `english`, each with what tells whether the source has it."""
    found = [word for word in target.words if _is_candidate(word)]
    if not found:
        return ()
    source = _source(text, passage, target, known)
    found = found[: _COMPARED // max(1, len(source.read.spelled))]
    places = {word.start: place for place, word in enumerate(target.words)}
    read = [_alone(word, places[word.start], source) for word in found]
    alone = [values for values, _ in read]
    # Told of Chinese alone, where every run of characters is a spelling that several names like.
    claims = [claims if known.language == "zh" else [] for _, claims in read]
    others = [_others(found, claims, at) for at in range(len(found))]
    company = _company(english, found, [row[7] for row in alone])
    return tuple(
        Suspect(
            word,
            (
                *row[:8],
                frequencies().idf(word.stem) / 10,
                min(log1p(heads(known.language).get(word.stem, (0, 1.0, 0.0))[0]), 3.0) / 3,
                min(len(word.text), 10) / 10,
                float(opens(english, word)),
                *beside,
                *source.left_over(places[word.start]),
                *source.left_anywhere(),
                float(known.language == "zh"),
                min(len(passage), _LONG) / _LONG,
                float(known.latin),
                float(not caseless(known.language)),
                heads(known.language).get(word.stem, (0, 1.0, 0.0))[1],
                *row[8:-1],
                *source.covered,
                min(sum(other[7] < _EXPLAINED for other in alone) - (row[7] < _EXPLAINED), 3) / 3,
                heads(known.language).get(word.stem, (0, 1.0, 0.0))[2],
                source.read.about.get(word.stem, 0.0) ** 0.5,
                source.read.tails.get(word.stem[-_HEAD:], 0.0) ** 0.5
                if len(word.stem) >= _HEAD
                else 0.0,
                *source.told(word.stem, places[word.start]),
                row[-1],
                *source.lost_names(places[word.start]),
                source.read.wordings.get(word.stem, 0.0) ** 0.5,
                max((own * (1 - _claimed(theirs, *at)) for *at, own in ours), default=0.0),
                *source.lost_pieces(places[word.start], theirs),
            ),
        )
        for word, row, ours, theirs, beside in zip(
            found, alone, claims, others, company, strict=True
        )
    )


@dataclass(frozen=True, slots=True)
class _Readings:
    """What a passage may mean and spell, whatever English it is compared with.

    `told` are the English stems its words may mean, with chances and the words; `meant` the
    greatest chance of each, `heads` and `tails` how those begin and end, `about` stems that mean
    about the same as they; `spelled` every spelling in which a name may stand, with its first
    and last word; `kinds` what each word is, and how surely a name of one meaning; `wordings`
    stems that runs of words are rendered by; `pieces` runs that may be a name no dictionary has.
    """

    told: dict[str, tuple[tuple[float, int], ...]]
    meant: dict[str, float]
    heads: dict[str, float]
    tails: dict[str, float]
    about: dict[str, float]
    spelled: tuple[tuple[Spelling, int, int], ...]
    kinds: tuple[tuple[tuple[bool, ...], float], ...]
    wordings: dict[str, float]
    pieces: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """What the source offers the names of its English.

    `answers` are the English place and likeness each word found; `free` the words that found
    none, with what they are; `sure` the names of one meaning, with how far they found none;
    `links` English places with the words they come from; `stretch` source words to an English
    one; `covered` the shares of the information of source and English that found its like.
    """

    read: _Readings
    folded: str
    answers: dict[int, tuple[int, float]]
    free: tuple[tuple[int, tuple[float, ...]], ...]
    sure: tuple[tuple[int, float], ...]
    links: tuple[tuple[int, int], ...]
    stretch: float
    covered: tuple[float, float]

    def told(self, stem: str, place: int) -> tuple[float, float]:
        """How far a word that nothing else answers, and how far one that is near, means `stem`."""
        expected = self.expected(place)
        free = near = 0.0
        for chance, number in self.read.told.get(stem, ()):
            free = max(free, chance * self.unanswered(number, number, place))
            near = max(near, chance * _close(abs(number - expected)))
        return free**0.5, near**0.5

    def lost_names(self, place: int) -> tuple[float, float]:
        """How surely a word left over is a name of one meaning: about its place, and anywhere."""
        expected = self.expected(place)
        near = max((sure * _close(abs(n - expected)) for n, sure in self.sure), default=0.0)
        return near, max((sure for _, sure in self.sure), default=0.0)

    def lost_pieces(self, place: int, claims: Sequence[_Claim]) -> tuple[float, float]:
        """How far a name that no dictionary has is left over: about its place, and anywhere."""
        expected = self.expected(place)
        near = anywhere = 0.0
        for first, last, like in self.read.pieces:
            left = like * (1 - _claimed(claims, first, last))
            near = max(near, left * _close(max(first - expected, expected - last, 0.0)))
            anywhere = max(anywhere, left)
        return near, anywhere

    def expected(self, place: int) -> float:
        """Where in the source the English word at `place` should come from, by its neighbours."""
        others = (link for link in self.links if link[0] != place)
        near = sorted(others, key=lambda link: abs(link[0] - place))[:_NEIGHBOURS]
        guesses = sorted(here + (place - there) * self.stretch for there, here in near)
        return guesses[len(guesses) // 2] if guesses else place * self.stretch

    def left_over(self, place: int) -> tuple[float, ...]:
        """How much is left over about where the English word at `place` comes from."""
        expected = self.expected(place)
        best: tuple[float, ...] = (0.0,) * 5
        for at, values in self.free:
            counts = _close(abs(at - expected))
            if counts:
                best = tuple(max(b, counts * v) for b, v in zip(best, values, strict=True))
        return best

    def left_anywhere(self) -> tuple[float, float]:
        """How many names, and how many words with a capital, are left over, up to two, halved."""
        names, capitals = (sum(values[kind] for _, values in self.free) for kind in (0, 1))
        return min(names, 2.0) / 2, min(capitals, 2.0) / 2

    def unanswered(self, first: int, last: int, place: int) -> float:
        """How far no other English word than that at `place` answers a stretch of words."""
        found = (self.answers.get(number, (place, 0.0)) for number in range(first, last + 1))
        return 1 - sum(0.0 if at == place else like for at, like in found) / (last - first + 1)


def _close(distance: float) -> float:
    return next((worth for far, worth in _REACH if distance <= far), 0.0)


def _is_candidate(word: Word) -> bool:
    return len(word.text) >= _SHORT and word.text[:1].isupper() and not word.text.isupper()


# ---------------------------------------------------------------- the word itself


def _alone(word: Word, place: int, source: _Source) -> tuple[tuple[float, ...], list[_Claim]]:
    """How far any word of the source means a name, sounds like it or is spelled like it."""
    letters = re.sub("[^a-z]", "", re.sub("['’]s?$", "", fold(word.text)))
    link = source.read.meant.get(word.stem, 0.0) ** 0.5
    head = source.read.heads.get(word.stem[:_HEAD], 0.0) ** 0.5 if len(word.stem) >= _SHORT else 0.0
    if letters and letters in source.folded:
        return (link, head, *(1.0,) * 12), []
    (one, heard, bones, begun, *placed), claims = _alike(letters, place, source)
    run = source.read.wordings.get(word.stem, 0.0) ** 0.5
    explained = max(link, run, one, 0.8 * head, 0.9 if heard > 0.93 else 0.0)
    return (link, head, 0.0, one, heard, bones, begun, explained, *placed), claims


def _alike(letters: str, place: int, source: _Source) -> tuple[tuple[float, ...], list[_Claim]]:
    """The best likeness of a name to any spelling, and the spellings it may claim.

    Same name, sound, consonants, beginning; sound and consonants where no other English word
    answers the spelling, sound where it is expected; of the likest, whether it is unanswered
    and near; same name where no other word answers.
    """
    from rapidfuzz.distance import Indel, JaroWinkler, Prefix

    from provenance.naming._keys import consonants, sound

    own = sound(letters)
    bare = consonants(own)
    heard = bones = begun = free_heard = free_bones = near_heard = 0.0
    worth: dict[tuple[str, int, int], tuple[float, float]] = {}
    likest = (0.0, 0.0, 0.0)
    expected = source.expected(place)
    for other, first, last in source.read.spelled:
        alike = JaroWinkler.similarity(own, other.sound)
        skeleton = Indel.normalized_similarity(bare, other.consonants) if bare else 0.0
        heard, bones = max(heard, alike), max(bones, skeleton)
        begun = max(begun, Prefix.similarity(own, other.sound) / max(_HEAD, len(own)))
        if skeleton >= _WORTH[0] or alike >= _WORTH[1]:
            free = source.unanswered(first, last, place)
            close = _close(max(first - expected, expected - last, 0.0))
            free_heard, free_bones = max(free_heard, free * alike), max(free_bones, free * skeleton)
            near_heard = max(near_heard, close * alike)
            likest = max(likest, (alike + skeleton, free, close))
            at = (other.text, first, last)
            worth[at] = max(worth.get(at, (0.0, 0.0)), (alike + skeleton, free))
    likely = nlargest(_LIKELY, ((score, *at, free) for at, (score, free) in worth.items()))
    found = [(first, last, _same(text, letters), free) for _, text, first, last, free in likely]
    one = max((chance for *_, chance, _ in found), default=0.0)
    alone = max((chance * free for *_, chance, free in found), default=0.0)
    values = (one, heard, bones, begun, free_heard, free_bones, near_heard, *likest[1:], alone)
    return values, [(first, last, chance) for first, last, chance, _ in found if chance > _FAIR]


def _others(found: Sequence[Word], claims: Sequence[list[_Claim]], at: int) -> list[_Claim]:
    """What other names than that at a place claim."""
    own = found[at].stem
    return [
        claim
        for word, some in zip(found, claims, strict=True)
        if word.stem != own
        for claim in some
    ]


def _claimed(claims: Sequence[_Claim], first: int, last: int) -> float:
    """How surely any claim is to words from `first` to `last`."""
    return max((sure for low, high, sure in claims if low <= last and first <= high), default=0.0)


@lru_cache(maxsize=100_000)
def _same(foreign: str, letters: str) -> float:
    from provenance.naming import same

    return same(foreign, letters.title()).probability


@cache
def heads(language: str) -> dict[str, tuple[int, float, float]]:
    """How many foreign stems mean each English one, in what share as a name, how surely at best."""
    table = _tables.table(language)
    counts: dict[str, tuple[int, float, float]] = {}
    if table is not None:
        rows = zip(table.ids.tolist(), table.parts.tolist(), table.shown.tolist(), strict=True)
        for stem, part, form in rows:
            if part >= _KNOWN * 255:
                count, named, surest = counts.get(table.english[stem], (0, 0.0, 0.0))
                capital = table.forms[form][:1].isupper()
                counts[table.english[stem]] = (count + 1, named + capital, max(surest, part / 255))
    return {stem: (count, named / count, top) for stem, (count, named, top) in counts.items()}


# ---------------------------------------------------------------- what stands about it


def _company(
    english: str, found: Sequence[Word], explained: Sequence[float]
) -> Iterator[tuple[float, float]]:
    """For each name how far the other words of it are explained, and whether it has others."""
    groups: list[list[int]] = []
    for place, word in enumerate(found):
        before = found[place - 1].end if place else 0
        if place and english[before : word.start].strip(" -–’'") in _JOINED:
            groups[-1].append(place)
        else:
            groups.append([place])
    for group in groups:
        for place in group:
            others = [explained[other] for other in group if other != place]
            yield (sum(others) / len(others), 1.0) if others else (0.0, 0.0)


@lru_cache(maxsize=16)
def _readings(text: str, known: Lexicon) -> _Readings:
    """What a passage may mean and spell, once for all the English it is compared with."""
    passage = foreign(text, known)
    told = _meant(text, passage, known)
    meant = {stem: max(chance for chance, _ in found) for stem, found in told.items()}
    synonyms = _tables.synonyms()
    about = (
        (other, chance * likeness)
        for stem, chance in meant.items()
        for other, likeness in synonyms.get(stem, ())
    )
    return _Readings(
        told,
        meant,
        _likeliest((stem[:_HEAD], chance) for stem, chance in meant.items()),
        _likeliest((stem[-_HEAD:], chance) for stem, chance in meant.items()),
        _likeliest(about),
        tuple(spellings(text, passage, known)),
        tuple((_kinds(text, item, known), _surely_named(item, known)) for item in passage),
        _wordings(passage, known),
        pieces(passage, known),
    )


def _source(text: str, passage: Sequence[Foreign], target: English, known: Lexicon) -> _Source:
    links, onward, back = linked(passage, target)
    answers = {number: (place, best) for number, place, best in links}
    whence: dict[int, tuple[int, float]] = {}
    for number, place, best in links:
        if best >= _FAIR and best > whence.get(place, (0, 0.0))[1]:
            whence[place] = (number, best)
    read = _readings(text, known)
    lost = [(n, 1 - answers.get(n, (0, 0.0))[1], *kinds) for n, kinds in enumerate(read.kinds)]
    return _Source(
        read,
        fold(text),
        answers,
        tuple(
            (n, tuple(share * value for value in kinds))
            for n, share, kinds, _ in lost
            if share > 1 - _FREE
        ),
        tuple((n, share * sure) for n, share, _, sure in lost if sure),
        tuple((place, n) for place, (n, _) in whence.items()),
        len(passage) / max(1, len(target.words)),
        (onward, back),
    )


def _surely_named(item: Foreign, known: Lexicon) -> float:
    """How surely a word is a name of one meaning."""
    listed = known.listed(item.word.stem)
    if not listed:
        return 0.0
    form = known.spellings(item.word.stem)[0]
    return listed[0][1] * form[:1].isupper()


def _likeliest(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The greatest chance of each key."""
    best: dict[str, float] = {}
    for key, chance in found:
        best[key] = max(best.get(key, 0.0), chance)
    return best


def _meant(
    text: str, passage: Sequence[Foreign], known: Lexicon
) -> dict[str, tuple[tuple[float, int], ...]]:
    """English stems the words of the source may mean, with chances and the words they are of."""
    found: dict[str, list[tuple[float, int]]] = {}
    for number, item in enumerate(passage):
        senses = list(known.senses(item.word))
        if known.language == "zh":
            senses += ((s, _WITHIN * c) for s, c in _within(item.word.text, known))
            senses += _month(text, item.word)
        for stem, chance in senses:
            found.setdefault(stem, []).append((chance, number))
    return {stem: tuple(rows) for stem, rows in found.items()}


def _wordings(passage: Sequence[Foreign], known: Lexicon) -> dict[str, float]:
    """English stems that runs of up to three words are rendered by, with chances.

    A name of two words is often one in Chinese, of which a lexicon knows mostly one (苏联).
    """
    table = phrases(known.language) if known.language == "zh" else None
    if table is None:
        return {}
    folded = [fold(item.word.text) for item in passage]
    found: dict[str, float] = {}
    for at in range(len(folded)):
        for size in range(1, min(LONGEST, len(folded) - at) + 1):
            said: dict[str, float] = {}
            for wording, cost in table.wordings(" ".join(folded[at : at + size])):
                for stem in {word.stem for word in words(wording, "en")}:
                    said[stem] = said.get(stem, 0.0) + exp(-cost)
            for stem, chance in said.items():
                found[stem] = max(found.get(stem, 0.0), min(1.0, chance))
    return found


def _month(text: str, word: Word) -> Iterator[tuple[str, float]]:
    """The month a number before 月 is."""
    match = _MONTH.match(text, word.start)
    if match and 1 <= int(match[1]) <= 12:
        yield stem_of(_MONTHS[int(match[1]) - 1], "en"), 1.0


def _within(word: str, known: Lexicon) -> Iterator[tuple[str, float]]:
    """What the parts of a Chinese word mean: the royal of a royal navy."""
    sizes = range(1, min(len(word), _LONGEST_PART + 1))
    parts = {word[at : at + size] for size in sizes for at in range(len(word) - size + 1)}
    for part in sorted(parts):
        yield from known.listed(part)


def _kinds(text: str, item: Foreign, known: Lexicon) -> tuple[bool, ...]:
    """Whether a word is a name, has a capital, has content, is unlisted, is certain."""
    word, listed = item.word, known.listed(item.word.stem)
    capital = word.text[:1].isupper() and not capital_nouns(known.language)
    content = item.weight >= _CONTENT or not item.senses
    certain = bool(listed) and listed[0][1] > _SURELY and item.weight >= _CONTENT
    return is_name(word, text, known.language), capital, content, not listed, certain
