"""The noun phrase that begins behind a cue, read rightward, past what may stand between the
two: "said on Thursday in parliament the minister of energy, Jane Roe"."""

from __future__ import annotations

from provenance.quoting._lexicon import NOTHING, Lexicon
from provenance.quoting._page import Sentence
from provenance.quoting._phrases import (
    EDGE,
    HEADS,
    LONGEST,
    OF,
    PRONOUNS,
    SUBJECTS,
    abbreviation,
    nominal,
    one_of,
    quoted_name,
)
from provenance.quoting._tokens import Token

# In unspaced scripts characters are counted.
_LONGEST_UNSPACED = 40


def after(
    sentence: Sentence, words: Lexicon, first: int, limit: int | None = None
) -> tuple[int, int] | None:
    """Tokens of the noun phrase that begins at or soon after token `first`."""
    count = len(sentence.tokens) if limit is None else limit
    while first < count and _skipped(sentence, words, first):
        first += 1
    first = _past_when(sentence, words, _past_condition(sentence, first), count)
    address = _address(sentence, first, count)
    if address > first:
        return first, address
    if words.adjectives or words.inverts:
        housed = _housed(sentence, words, first, count)
        first = _past_adverbial(sentence, words, first, count) if housed < 0 else housed
    if first < count and _alone(words, sentence.tokens[first]):
        return first, first + 1
    if one_of(sentence, words, first + OF) and _they(sentence, words, first + OF):
        return first, first + OF + 1  # "jeden z nich"
    last = first
    longest = _LONGEST_UNSPACED if words.caseless and words.bare_clause else LONGEST
    while last < count and last - first < longest and _joins_right(sentence, words, first, last):
        last += 1
    while last > first and _dangling(sentence, words, last - 1):
        last -= 1
    if words.roles_behind and _interview(sentence, first, last):
        return None  # "mondta a Telexnek adott interjúban"
    if words.adjectives and last - first > 1 and _bare_pronoun(sentence, words, first, last):
        first = last - 1  # "пита риторично той"
    return (first, last) if last > first and nominal(sentence, words, first, last) else None


def _interview(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the phrase at tokens `first:last` runs on into the interview it was said in."""
    said = (one for one in sentence.found if "relays.interview" in one.labels)
    return any(first < one.last <= last + 1 for one in said)


def _bare_pronoun(sentence: Sentence, words: Lexicon, first: int, last: int) -> bool:
    """Whether a phrase is "he" with nothing but adverbs before it."""
    if not words.labels(sentence.tokens[last - 1].normal) & {"pronouns.he", "pronouns.she"}:
        return False
    return all(
        token.word and not token.capital and not words.labels(token.normal)
        for token in sentence.tokens[first : last - 1]
    )


def _address(sentence: Sentence, first: int, count: int) -> int:
    """The token after the address, handle or small-lettered foreign name that begins at token
    `first`: "сообщает noi.md", "пишет @handle", "передаёт moldpres"; `first` where none does."""
    last = first
    while last < count and sentence.quoted[last] < 0:
        token = sentence.tokens[last]
        glued = last == first or token.start == sentence.tokens[last - 1].end
        if not glued or not (_latin(token.text) or token.text in _JOINTS):
            break
        last += 1
    while last > first and sentence.tokens[last - 1].text in _JOINTS:
        last -= 1
    inner = sentence.tokens[first:last]
    if any(token.text in _JOINTS for token in inner):
        dotted = any(token.text in "._" for token in inner[1:-1])
        return last if dotted or inner[0].text == "@" else first
    foreign = inner and first > 0 and sentence.tokens[first - 1].word
    foreign = foreign and any(char >= "\u0250" for char in sentence.tokens[first - 1].text)
    return last if foreign and not inner[0].capital else first


_JOINTS = frozenset(".@_/-")


def _latin(text: str) -> bool:
    return all(char < "\u0250" and (char.isalnum() or char in "_-") for char in text)


def _housed(sentence: Sentence, words: Lexicon, first: int, count: int) -> int:
    """The token after "в" of "сообщили в министерстве": a plural verb without a subject, and
    the body that speaks; -1 elsewhere."""
    if not 0 < first < count - 1 or not words.plural_verbs:
        return -1
    if "speakers.house" not in words.labels(sentence.tokens[first].normal):
        return -1
    if not sentence.tokens[first - 1].normal.endswith(words.plural_verbs):
        return -1
    for place in range(first + 1, min(count, first + _HOUSE)):
        token = sentence.tokens[place]
        labels = words.labels(token.normal)
        if labels & {"speakers.groups", "speakers.documents"} or _acronym(token):
            return first + 1
        if not _adjective(words, token) and not token.capital:
            return -1
    return -1


# Tokens after "сообщили в" among which the body stands: "в пресс-службе", "в Молдавской
# ассоциации".
_HOUSE = 4


def _acronym(token: Token) -> bool:
    return len(token.text) > 1 and token.text.isupper()


def _alone(words: Lexicon, token: Token) -> bool:
    """Whether a pronoun is a phrase of its own: "a déclaré-t-il pour la CNN", "jure-t-elle"."""
    labels = words.labels(token.normal)
    alone = SUBJECTS | {"pronouns.she"} if words.inverts else SUBJECTS
    return bool(labels & alone) and "speakers.determiners" not in labels


def _past_when(sentence: Sentence, words: Lexicon, first: int, count: int) -> int:
    """Past "mercredi", "este miércoles", "в понедельник" between a verb and its subject."""
    for place in range(first, min(count, first + 2)):
        labels = words.labels(sentence.tokens[place].normal)
        if "speakers.when" in labels:
            return place + 1
        leading = {"speakers.determiners", "speakers.stop"} if words.adjectives else _DETERMINED
        if not labels & leading:
            break
    return first


_DETERMINED = frozenset({"speakers.determiners"})


def _past_condition(sentence: Sentence, first: int) -> int:
    """Past "on condition of anonymity" right after the verb, to who set the condition."""
    for one in sentence.found:
        if one.first == first and "speakers.unnamed" in one.labels:
            return one.last
    return first


def _past_adverbial(sentence: Sentence, words: Lexicon, first: int, count: int) -> int:
    """Past "on Thursday in parliament" to the role that follows, when one does."""
    if _object(sentence, words, first, count):
        return first + 1
    if first >= count or "speakers.stop" not in words.labels(sentence.tokens[first].normal):
        return first
    for place in range(first + 1, min(count, first + 9)):
        if sentence.quoted[place] >= 0:
            continue
        if sentence.tokens[place].text in EDGE:
            break
        labels = words.labels(sentence.tokens[place].normal)
        if "clause.that" in labels:
            break
        if "speakers.stop" in labels:
            continue  # whom it was said to: "заявил в понедельник журналистам ТАСС замглавы МИД"
        body = not words.adjectives and bool(labels & _BODIES)
        if labels & {"speakers.roles", "speakers.documents"} or body:
            if _named_behind(sentence, words, place):
                return place + 1
            start = place
            while start - 1 > first + 1 and _adjective(words, sentence.tokens[start - 1]):
                start -= 1
            opens = words.adjectives or _opens_phrase(sentence, words, first, start)
            if opens or not body:
                return start if opens else first
        elif words.inverts and first not in sentence.stops and _full_name(sentence, words, place):
            return place
    return first


def _object(sentence: Sentence, words: Lexicon, first: int, count: int) -> bool:
    """Whether a bare noun of the verb's own stands before an office with its article: "restó
    importancia el ministro"."""
    if not words.inverts or first + 2 >= count:
        return False
    noun, article, office = sentence.tokens[first : first + 3]
    bare = noun.word and not noun.capital and not words.labels(noun.normal)
    opens = bool(words.labels(article.normal) & _OPENING)
    return bare and opens and "speakers.roles" in words.labels(office.normal)


def _full_name(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a name of two words begins at token `place`, behind the noun that ends an
    adverbial: "racconta tra le lacrime Giusy Amato"."""
    before, *named = sentence.tokens[place - 1 : place + 2]
    labels = words.labels(before.normal)
    if before.capital or labels & {"speakers.inside", "speakers.stop", "speakers.articles"}:
        return False
    return len(named) > 1 and all(one.capital and not one.text.isupper() for one in named)


def _named_behind(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a personal name or, where cases show it, a body follows a document in which it
    spoke: "powiedział w oświadczeniu Jan Kowalski", "napisała w oświadczeniu organizacja X"."""
    if "speakers.documents" not in words.labels(sentence.tokens[place].normal):
        return False
    near = sentence.tokens[place + 1 : place + 3]
    if words.adjectives and near and near[-1].capital and not near[0].capital:
        return bool(words.labels(near[0].normal) & _BODIES)
    return len(near) == 2 and all(one.capital and not one.text.isupper() for one in near)


def _opens_phrase(sentence: Sentence, words: Lexicon, first: int, place: int) -> bool:
    """Whether a new phrase begins at token `place`, in languages with articles: one stands
    before it, and no preposition before that ("écrit sur X le maire", "lê-se no relatório")."""
    if "speakers.documents" in words.labels(sentence.tokens[place].normal):
        return place == first + 1
    if not words.labels(sentence.tokens[place - 1].normal) & _OPENING:
        return False
    loose = words.labels(sentence.tokens[place - 2].normal)
    return not loose & {"speakers.inside", "speakers.stop"}


_BODIES = frozenset({"speakers.groups", "speakers.anonymous"})
_OPENING = frozenset({"speakers.articles", "speakers.numerals", "speakers.determiners"})


def _adjective(words: Lexicon, token: Token) -> bool:
    return token.word and len(token.text) > 4 and token.normal.endswith(words.adjectives)


def _skipped(sentence: Sentence, words: Lexicon, place: int) -> bool:
    token = sentence.tokens[place]
    labels = words.labels(token.normal)
    return (
        sentence.quoted[place] < 0
        and token.word
        and "clause.auxiliaries" in labels
        and not labels
        & {"pronouns.he", "pronouns.she", "pronouns.they", "pronouns.it", "speakers.determiners"}
    ) or token.text == "-"


def _joins_right(sentence: Sentence, words: Lexicon, first: int, place: int) -> bool:
    """Whether token `place` belongs to the phrase that begins at `first`."""
    token = sentence.tokens[place]
    if sentence.quoted[place] >= 0:
        return quoted_name(sentence, place)
    if token.text in EDGE:
        return token.text == "." and place > first and abbreviation(sentence, words, place)
    if place > first:
        return place not in sentence.stops and _goes_on(sentence, words, first, place)
    return place in sentence.nominal or not _stops(words.labels(token.normal))


def _goes_on(sentence: Sentence, words: Lexicon, first: int, place: int) -> bool:
    """Whether a phrase already begun goes on at token `place`."""
    token = sentence.tokens[place]
    labels = words.labels(token.normal)
    inside = "speakers.inside" in labels
    if (
        (token.capital and not inside and not _hears(words, labels))
        or place in sentence.nominal
        or _surname(sentence, words, place)
    ):
        return True
    ended = _ended_before(sentence, words, place) and not labels & _GOING_ON
    ended |= _hears(words, labels)
    ended |= bool(words.clitics) and place > first and token.normal.startswith("بال")
    if ended or (words.verb_final and "clause.enclitic" in labels):
        return False  # "Belen ayrıca ihracatın arttığını", "رحب المتحدث … بالخطوة"
    if words.clitics and token.normal.startswith("لل"):
        # "to the": whom it was said to, or what an office is of ("الأمين العام للأمم المتحدة")
        return _of_office(sentence, words, place, labels)
    if (
        (_past_object(words, labels) and not _sourced(sentence, words, first, place))
        or _next_phrase(sentence, words, place)
        or (words.adjectives and _past_name(sentence, words, place, labels))
    ):
        return False
    if inside:
        told = "speakers.stop" in labels and not labels & {"clause.break", "speakers.articles"}
        ahead = _nominal_ahead(sentence, words, place + 1, bodies=not told)
        ahead |= bool(words.adjectives) and _matters(sentence, words, place)
        return ahead or "speakers.stop" not in labels
    spoken = "verbs.say" in labels and "speakers.roles" not in labels
    return _sourced(sentence, words, first, place) or not (_stops(labels) or spoken)


def _matters(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a preposition right behind a body or an office, or an "and" further on, says what it
    deals with, before who holds it: "министр по делам океанов и рыболовства Анна Берг"."""
    head = place - 1
    while head > 0 and place - head < _MATTERS and _plainly(sentence, words, head):
        head -= 1
    if not words.labels(sentence.tokens[head].normal) & HEADS:
        return False
    if head < place - 1 and "speakers.stop" not in words.labels(sentence.tokens[head + 1].normal):
        return False
    for last in range(place + 1, min(len(sentence.tokens) - 1, place + _MATTERS)):
        token = sentence.tokens[last]
        if not token.word or words.labels(token.normal) & {"verbs.say", "speakers.roles"}:
            return False
        if token.capital:
            return last > place + 1 and sentence.tokens[last + 1].capital
    return False


def _plainly(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a token is a common word that heads nothing."""
    token = sentence.tokens[place]
    return token.word and not token.capital and not words.labels(token.normal) & HEADS


# Tokens of what a body deals with: "по вопросам внешней политики".
_MATTERS = 6


def _hears(words: Lexicon, labels: frozenset[str]) -> bool:
    """Whether a noun is whom something is told to: "sagte Berg Journalisten"."""
    return words.nouns_capitalised and "speakers.dative" in labels


def _surname(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a word that would end a phrase is a surname, right behind a role: "统计师于卫宁"."""
    return "speakers.surname" in words.labels(sentence.tokens[place].normal) and any(
        one.last == place and "speakers.roles" in one.labels for one in sentence.found
    )


def _past_object(words: Lexicon, labels: frozenset[str]) -> bool:
    """Whether a determiner begins the object behind the subject: "نفى المكتب هذه الاتهامات",
    "وزارت خارجه این گزارش را"."""
    return (words.verb_first or words.bare_spaced) and "speakers.determiners" in labels


def _of_office(sentence: Sentence, words: Lexicon, place: int, labels: frozenset[str]) -> bool:
    """Whether "of the" at token `place` says of which body an office is."""
    titled = sentence.tokens[place - 1].normal.startswith("ال") and place > 1
    roles = words.labels(sentence.tokens[place - 2].normal) if titled else NOTHING
    body = "speakers.groups" in labels and "relays.paper" not in labels
    body |= any(one.first == place and "speakers.groups" in one.labels for one in sentence.found)
    return body and "speakers.roles" in roles


def _ended_before(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a name ends before token `place`: one between marks ("dziennik „Kurier” negocjacje"),
    or where the verb stands last a person's ("Bakan Belen görüşmelerin …")."""
    if sentence.quoted[place - 1] >= 0:
        return not (words.caseless and words.bare_clause)  # "台湾“陆委会”副主委"
    before = sentence.tokens[place - 1]
    known = words.labels(before.normal) & _KNOWN
    return words.verb_final and place > 1 and before.capital and not known


_KNOWN = frozenset({"speakers.roles", "speakers.groups", "speakers.documents"})
_GOING_ON = _KNOWN | {"relays.paper", "speakers.inside", "speakers.determiners", "clause.break"}


def _next_phrase(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether the article at token `place` begins a phrase of its own, with no preposition
    before it: "Secondo la Gazzetta il club"."""
    if not words.drops_subject or "speakers.articles" not in words.labels(
        sentence.tokens[place].normal
    ):
        return False
    before = words.labels(sentence.tokens[place - 1].normal)
    tied = "speakers.articles" not in before and before & {"speakers.inside", "clause.break"}
    return not tied and sentence.tokens[place - 1].word


def _stops(labels: frozenset[str]) -> bool:
    stopping = labels & {"speakers.stop", "clause.that", "clause.break"}
    nominal = labels & {"speakers.determiners", "pronouns.he", "pronouns.she"}
    return bool(stopping) and not nominal


def _past_name(sentence: Sentence, words: Lexicon, place: int, labels: frozenset[str]) -> bool:
    """Whether a name has just ended and a common noun begins something else."""
    before = sentence.tokens[place - 1]
    known = {"speakers.roles", "speakers.groups", "speakers.inside", "speakers.documents"}
    if any(
        one.first < place < one.last and "speakers.groups" in one.labels for one in sentence.found
    ):
        return False  # "глава Белого дома"
    if not before.capital or words.labels(before.normal) & known:
        return False
    if labels & known:  # "по думите на министъра Иван Петров общината губи"
        full = place > 1 and sentence.tokens[place - 2].capital
        return "speakers.groups" in labels and full and _person_before(sentence, words, place)
    ahead = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
    return ahead is None or not ahead.capital


def _person_before(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether the two words before a token name a person: no adjectives, no body's own words."""
    named = sentence.tokens[place - 2 : place]
    return all(
        not words.labels(one.normal) and not one.normal.endswith(words.adjectives) for one in named
    )


def _sourced(sentence: Sentence, words: Lexicon, first: int, place: int) -> bool:
    """Whether a preposition and its noun describe an unnamed source: "a source in the
    government". Where the verb stands last so do the words that tie nouns."""
    for back in (1, 2) if not words.verb_final else ():
        if place - back >= first:
            labels = words.labels(sentence.tokens[place - back].normal)
            preposition = sentence.tokens[place - back + 1].normal
            told = words.caseless and "speakers.house" not in words.labels(preposition)
            if "speakers.anonymous" in labels and len(preposition) <= 5 and not told:
                return sentence.tokens[place].word
    return False


def _nominal_ahead(sentence: Sentence, words: Lexicon, place: int, *, bodies: bool = True) -> bool:
    """Whether a name, role, group or determiner follows: "of the ministry", "of Kyiv"; without
    `bodies` no group, as it is told to one: "l'uomo agli inquirenti"."""
    if place >= len(sentence.tokens):
        return False
    token = sentence.tokens[place]
    labels = words.labels(token.normal)
    nominal = {"speakers.roles", "speakers.groups", "speakers.determiners", "speakers.documents"}
    nominal -= frozenset() if bodies else {"speakers.groups"}
    return "speakers.stop" not in labels and (token.capital or bool(labels & nominal))


def _dangling(sentence: Sentence, words: Lexicon, place: int) -> bool:
    token = sentence.tokens[place]
    labels = words.labels(token.normal)
    loose = labels & {"speakers.inside", "speakers.determiners", "clause.auxiliaries"}
    return sentence.quoted[place] < 0 and (
        bool(loose) and not token.capital and not labels & PRONOUNS
    )


def _they(sentence: Sentence, words: Lexicon, place: int) -> bool:
    return "pronouns.they" in words.labels(sentence.tokens[place].normal)
