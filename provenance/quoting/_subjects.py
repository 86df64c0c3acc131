"""Who speaks: the subject of a reporting verb, before it or after it."""

from __future__ import annotations

from provenance.quoting import _caseless, _leftward, _rightward
from provenance.quoting._datelines import past_dateline
from provenance.quoting._lexicon import NOTHING, Found, Lexicon
from provenance.quoting._page import Sentence
from provenance.quoting._passages import ended
from provenance.quoting._rulebook import REACH

_DASHES = frozenset("—–―-")
_HE_SHE = ("pronouns.he", "pronouns.she", "pronouns.they")


def skip_left(sentence: Sentence, words: Lexicon, place: int) -> int:
    """Past auxiliaries and adverbs between subject and verb."""
    while place >= 0 and sentence.quoted[place] < 0:
        labels = words.labels(sentence.tokens[place].normal)
        subject = labels & {*_HE_SHE} and "pronouns.oblique" not in labels
        if "clause.auxiliaries" not in labels or subject:
            break
        place -= 1
    return place


def backward(sentence: Sentence, cue: Found) -> bool:
    """Whether the verb points back: "Об этом сообщил X"."""
    return any(
        "frames.back" in one.labels and -_reach(sentence, one.first) <= one.first - cue.first <= 2
        for one in sentence.found
    )


def _reach(sentence: Sentence, first: int) -> int:
    """How far before its verb a phrase that points back may stand: farther where it opens its
    clause ("Как передаёт X, об этом в эфире Y рассказала …")."""
    opens = not first or not sentence.tokens[first - 1].word
    return _OPENING if opens else _NEAR


# Tokens from "Об этом", which opens a sentence, to its verb: "Об этом в эфире ТВ8 рассказала".
_OPENING = 9
_NEAR = 4


def is_inverted(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> bool:
    """Whether the verb stands before its subject: after a quotation, a mark or "as"."""
    if left < 0 or sentence.quoted[left] >= 0 or words.verb_first:
        return True
    token = sentence.tokens[left]
    if "verbs.participle" in cue.labels:
        return False
    if token.text == "،" and words.bare_spaced:
        return False  # "زلنسکی، رئیس جمهور اوکراین، می‌گوید": the verb is never before its subject
    if token.text in ",—–―-.!?…:;،":
        return not (token.text == "," and _closes_apposition(sentence, words, left, cue))
    labels = words.labels(token.normal)
    as_phrase = any(one.last == left + 1 and "frames.as" in one.labels for one in sentence.found)
    return as_phrase or bool(labels & {"frames.as", "clause.that"}) or backward(sentence, cue)


def _closes_apposition(sentence: Sentence, words: Lexicon, comma: int, cue: Found) -> bool:
    """Whether the comma before the verb ends ", the head of X,": then the subject is left."""
    if any(one.last == comma and "speakers.aside" in one.labels for one in sentence.found):
        return True  # "Посол, в свою очередь, сообщил ТАСС"
    nominal = _rightward.after(sentence, words, cue.last)
    if nominal is not None and _closes_sentence(sentence, words, cue, nominal):
        return False
    if nominal is not None and nominal[0] - cue.last <= (6 if words.adjectives else 1):
        first = sentence.tokens[nominal[0]]
        if (
            words.adjectives
            or first.capital
            or words.labels(first.normal) & {"speakers.roles", "speakers.groups"}
        ):
            return False
    begin = max(comma - 20, past_dateline(sentence))
    return any(sentence.tokens[place].text == "," for place in range(begin, comma))


def _closes_sentence(
    sentence: Sentence, words: Lexicon, cue: Found, nominal: tuple[int, int]
) -> bool:
    """Whether an article and a name, role or body behind the verb end a sentence, but for where
    it was said: "…, a annoncé le Quai d'Orsay sur X."."""
    first, last = nominal
    when = sentence.tokens[cue.last : first]
    dated = len(when) <= _TWO and all(words.labels(one.normal) & _DATING for one in when)
    # "…, a annoncé lundi la présidente"
    if not words.inverts or words.nouns_capitalised or not dated or last - first < _TWO:
        return False
    if "speakers.articles" not in words.labels(sentence.tokens[first].normal):
        return False
    head = sentence.tokens[first + 1]
    known = head.capital or words.labels(head.normal) & {"speakers.roles", "speakers.groups"}
    behind = sentence.tokens[last] if last < len(sentence.tokens) else head
    ends = behind.text in ".," or "speakers.stop" in words.labels(behind.normal)
    opens = any("clause.that" in words.labels(one.normal) for one in sentence.tokens[last:])
    return bool(known) and ends and not opens


_TWO = 2
_DATING = frozenset({"speakers.when", "speakers.determiners"})


def subject(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> tuple[int, int] | None:
    """Tokens of the verb's subject: the phrase that ends at `left`, else one after the verb."""
    if words.caseless:
        return _caseless.subject_of(sentence, words, cue, left)
    if words.plural_verbs and _house_calls(sentence, words, cue):
        return 1, 2
    return _cased_subject(sentence, words, cue, left)


def _cased_subject(
    sentence: Sentence, words: Lexicon, cue: Found, left: int
) -> tuple[int, int] | None:
    """The same where names begin with a capital."""
    if left >= 0 and sentence.quoted[left] < 0 and not _behind_quote(sentence, left):
        labels = words.labels(sentence.tokens[left].normal)
        comma = left > _TWO and sentence.tokens[left - 1].text == ","
        relates = words.drops_subject and "clause.that" in labels  # "el tribunal, que concluyó"
        if ("pronouns.who" in labels and left > 0) or (relates and comma):
            return _leftward.before(
                sentence, words, left - (2 if sentence.tokens[left - 1].text == "," else 1)
            )
        if sentence.tokens[left].text == "," and (
            "verbs.participle" in cue.labels or is_inverted(sentence, words, cue, left)
        ):
            main = _inverted_before(sentence, words, cue, left)
            main = main or _main_subject(sentence, words, left)
            spoken = main is not None and sentence.quoted[main[0]] >= 0
            # "«Non ora», ha aggiunto": the words before the comma are said, nobody is named.
            return None if spoken and "verbs.participle" not in cue.labels else main
        if "clause.break" in labels and (words.comma_clauses or words.drops_subject):
            shared = _shared_subject if words.comma_clauses else _joined_subject
            return shared(sentence, words, left)
        opening = _as_clause(sentence, words, cue, left)
        found = (
            _leftward.before(sentence, words, left)
            if opening is None
            else _rightward.after(sentence, words, opening, left + 1)
        )
        if found is not None or left in sentence.withheld:
            withheld = _withheld_subject(sentence, words, left)
            own = _own(sentence, words, found)
            return (withheld or own) if words.inverts else (own or withheld)
    return _rightward.after(sentence, words, cue.last) or _named_subject(sentence, words, left)


def _inverted_before(
    sentence: Sentence, words: Lexicon, cue: Found, left: int
) -> tuple[int, int] | None:
    """Who said what stands before a participle, behind the verb: "…, ha aggiunto Berg, spiegando
    che"."""
    if not words.inverts or "verbs.participle" not in cue.labels:
        return None
    for place in range(left - 1, max(0, left - REACH), -1):
        if sentence.quoted[place] >= 0 or sentence.tokens[place].text in ";:.!?":
            return None
        if "verbs.say" in words.labels(sentence.tokens[place].normal):
            before = skip_left(sentence, words, place - 1)
            opens = before > 0 and (
                sentence.quoted[before] >= 0 or sentence.tokens[before].text in ",—–-"
            )
            return _rightward.after(sentence, words, place + 1, left) if opens else None
    return None


def _house_calls(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether a plural verb has no subject but the place that opens the sentence, whose people
    speak: "У Москві рішення Варшави назвали «провокацією»"."""
    opening, place = sentence.tokens[:2], cue.first
    if place <= _TWO or "verbs.call" not in cue.labels:
        return False
    if not sentence.tokens[place].normal.endswith(words.plural_verbs):
        return False
    if "speakers.house" not in words.labels(opening[0].normal) or not opening[1].capital:
        return False
    return all(
        token.word and not words.labels(token.normal) & _PEOPLE
        for token in sentence.tokens[2:place]
    )


_PEOPLE = frozenset({"speakers.roles", "speakers.groups", *_HE_SHE})


def _own(
    sentence: Sentence, words: Lexicon, found: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The phrase before a verb, where it is the subject, less whom it cites or who relays it."""
    if found is None:
        return None
    found = _less_cited(sentence, words, _less_relay(sentence, words, found))
    if words.roles_behind and _hearer(sentence, words, found):
        return topic(sentence, words) or _leftward.before(sentence, words, found[0] - 1)
    past = _past_place(sentence, words, found) or found
    unsaid = _oblique(sentence, words, found) or _adverbial(sentence, words, found)
    unsaid |= words.drops_subject and _interviewer(sentence, found[0])
    return None if unsaid else past


def _hearer(sentence: Sentence, words: Lexicon, found: tuple[int, int]) -> bool:
    """Whether an ending says that something is told to whom a phrase names: "a BBC-nek azt
    nyilatkozta"."""
    return "speakers.dative" in words.labels(sentence.tokens[found[1] - 1].normal)


def _interviewer(sentence: Sentence, first: int) -> bool:
    """Whether the phrase at token `first` is whom it was told to: "W rozmowie z X przyznał"."""
    return any(one.last == first and "relays.interview" in one.labels for one in sentence.found)


def _withheld_subject(sentence: Sentence, words: Lexicon, left: int) -> tuple[int, int] | None:
    """The source before the clause that withholds its name: "Dos funcionarios que hablaron bajo
    condición de anonimato dijeron"."""
    if left not in sentence.withheld:
        return None
    clauses = (one for one in sentence.found if "speakers.unnamed" in one.labels)
    here = next((one.first for one in clauses if one.first <= left < one.last), 0)
    opens = words.labels(sentence.tokens[here].normal) & {"clause.that", "pronouns.who"}
    if here and opens and words.inverts:  # "un alto cargo que no quiso ser identificado me lo …"
        return _leftward.before(sentence, words, here - 1)
    for place in range(left, max(-1, left - REACH), -1):
        labels = words.labels(sentence.tokens[place].normal)
        if "speakers.anonymous" in labels:
            return _leftward.before(sentence, words, place)
        if "pronouns.who" in labels and words.inverts and place > 0:
            comma = sentence.tokens[place - 1].text == ","
            return _leftward.before(sentence, words, place - (2 if comma else 1))
    return None


def _behind_quote(sentence: Sentence, left: int) -> bool:
    """Whether token `left` is the dash between a quotation and its verb: "„Nie wiem” - mówi"."""
    return left > 0 and sentence.tokens[left].text in _DASHES and sentence.quoted[left - 1] >= 0


def _joined_subject(sentence: Sentence, words: Lexicon, left: int) -> tuple[int, int] | None:
    """The subject of the first of two verbs for the second, after "and" or "but" at token
    `left`: "La defensa niega los hechos y anuncia que recurrirá"."""
    about = topic(sentence, words)
    if about is not None:
        return about if about[1] <= left else None
    first = sentence.tokens[0]
    if "speakers.determiners" not in words.labels(first.normal) or sentence.quoted[0] >= 0:
        return None
    phrase = _rightward.after(sentence, words, 0, left)
    return _up_to_verb(sentence, words, phrase) if phrase is not None else None


def _named_subject(sentence: Sentence, words: Lexicon, left: int) -> tuple[int, int] | None:
    """A subject whose name stands between marks, right before the verb: "«Коммерсантъ» пишет"."""
    if left < 0 or sentence.quoted[left] < 0 or ended(sentence, sentence.quoted[left]):
        return None
    return _leftward.before(sentence, words, left)


def _adverbial(sentence: Sentence, words: Lexicon, found: tuple[int, int]) -> bool:
    """Whether the phrase before a verb only says of what or where, at the head of a sentence:
    "De su próxima novela adelanta que …"."""
    first, last = found
    if not words.drops_subject or first != 1 or not _placed(sentence, words, first):
        return False
    held = [words.labels(token.normal) for token in sentence.tokens[first:last]]
    known = any(labels & _SOURCES for labels in held)
    return not known and not any(token.capital for token in sentence.tokens[first:last])


_SOURCES = frozenset(
    {"speakers.roles", "speakers.groups", "speakers.documents", "speakers.anonymous"}
)


def _less_relay(sentence: Sentence, words: Lexicon, found: tuple[int, int]) -> tuple[int, int]:
    """The source before "citadas por Europa Press", where the phrase before the verb is only
    who quotes it."""
    for one in sentence.found:
        if one.last == found[0] and "relays.quoted" in one.labels and one.first > 0:
            return _leftward.before(sentence, words, one.first - 1) or found
    return found


def _less_cited(sentence: Sentence, words: Lexicon, found: tuple[int, int]) -> tuple[int, int]:
    """The outlet without whom it cites: "die „FT“ unter Berufung auf Diplomaten"."""
    first, last = found
    for one in sentence.found:
        if "relays.citing" not in one.labels or not 0 < one.first < last:
            continue
        if one.first > first:
            return first, one.first
        if first - one.last <= 1:
            return _leftward.before(sentence, words, one.first - 1) or found
    return found


def told_before(sentence: Sentence, words: Lexicon, cue: Found) -> tuple[int, int] | None:
    """Who said it between a phrase that points back and the verb, which whom it was told to
    follows: "Об этом депутат сообщил TV8". Where endings tell the dative, it is not the speaker."""
    back = [one.last for one in sentence.found if "frames.back" in one.labels]
    edge = max((last for last in back if last < cue.first), default=cue.first)
    found = _leftward.before(sentence, words, cue.first - 1, edge) if edge < cue.first else None
    if found is None or not words.datives or _placed(sentence, words, found[0]):
        return None
    behind = _rightward.after(sentence, words, cue.last) or (0, 0)
    if any(_role(words, token.normal) for token in sentence.tokens[slice(*behind)]):
        return None  # "Об этом ТАСС сообщил мэр"
    held = sentence.tokens[found[0] : found[1]]
    known = any(token.capital or _role(words, token.normal) for token in held)
    dative = all(token.normal.endswith(words.datives) for token in held)
    return found if known and not dative and not _oblique(sentence, words, found) else None


def _role(words: Lexicon, normal: str) -> bool:
    return bool(words.labels(normal) & {"speakers.roles", *_HE_SHE})


def _placed(sentence: Sentence, words: Lexicon, first: int) -> bool:
    """Whether a preposition stands before token `first`."""
    return first > 0 and bool(words.labels(sentence.tokens[first - 1].normal) & _PLACING)


def _as_clause(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> int | None:
    """Where the clause after "as" begins whose verb, `cue`, stands last: "wie ein Sprecher der
    Reederei am Montag mitteilte"."""
    if not words.nouns_capitalised or "verbs.tell" not in cue.labels:
        return None
    for place in range(left, max(-1, left - REACH), -1):
        token = sentence.tokens[place]
        if "frames.as" in words.labels(token.normal):
            return place + 1
        if not token.word or sentence.quoted[place] >= 0:
            return None
    return None


def _oblique(sentence: Sentence, words: Lexicon, found: tuple[int, int]) -> bool:
    """Whether a phrase is a pronoun in a case that no subject stands in: "его", "им"."""
    first, last = found
    return last - first == 1 and "pronouns.oblique" in words.labels(sentence.tokens[first].normal)


def _shared_subject(sentence: Sentence, words: Lexicon, left: int) -> tuple[int, int] | None:
    """The subject of the first of two verbs, for the second, after "and" at token `left`:
    the first name, role or pronoun of the clause that no preposition stands before."""
    first = next(
        (place + 1 for place in range(left - 1, -1, -1) if _opens(sentence, words, place)), 0
    )
    for place in range(first, left):
        labels = words.labels(sentence.tokens[place].normal)
        if labels & {"pronouns.he", "pronouns.she", "pronouns.they"}:
            if "pronouns.oblique" not in labels:
                return place, place + 1
            continue
        nominal = labels & {"speakers.roles", "speakers.groups"} or sentence.tokens[place].capital
        before = words.labels(sentence.tokens[place - 1].normal) if place else NOTHING
        if not nominal or labels & {"speakers.lead", "speakers.stop"} or before & _PLACING:
            continue
        phrase = _rightward.after(sentence, words, place, left)
        return _up_to_verb(sentence, words, phrase) if phrase is not None else None
    return None


def _opens(sentence: Sentence, words: Lexicon, place: int) -> bool:
    labels = words.labels(sentence.tokens[place].normal)
    return bool(labels & {"clause.that", "pronouns.who"}) and place > 0


_PLACING = frozenset({"speakers.stop", "speakers.inside"})


def _up_to_verb(sentence: Sentence, words: Lexicon, phrase: tuple[int, int]) -> tuple[int, int]:
    """`phrase` less the verb it has run into."""
    first, last = phrase
    for place in range(first + 1, last):
        token = sentence.tokens[place]
        labels = words.labels(token.normal)
        verb = token.normal.endswith(words.verb_endings) and not labels & {"speakers.roles"}
        if not token.capital and (verb or labels & {"clause.auxiliaries", "verbs.say"}):
            return first, place
    return phrase


def _past_place(
    sentence: Sentence, words: Lexicon, found: tuple[int, int]
) -> tuple[int, int] | None:
    """The sentence's subject where the phrase before the verb only says where or when:
    "Министр Иван Петров на встрече в Вильнюсе заявил". A body may be named there too ("на
    саммите НАТО"), hardly a role or a pronoun."""
    if not words.adjectives or found[0] == 0:
        return None
    told = _told_at(sentence, found[0])
    if told > 0 and words.comma_clauses:
        return _shared_subject(sentence, words, told)
    before = words.labels(sentence.tokens[found[0] - 1].normal)
    if found[0] > 1 and sentence.tokens[found[0]].capital:  # "в городе Твардица"
        before |= words.labels(sentence.tokens[found[0] - 2].normal) & {"speakers.stop"}
    own = words.labels(sentence.tokens[found[0]].normal)
    common = not sentence.tokens[found[0]].capital and "speakers.groups" in own
    placed = before & {"speakers.stop"} or _of_occasion(sentence, words, found[0])
    if not placed or own & {"speakers.roles", *_HE_SHE} or common:
        return None
    main = _rightward.after(sentence, words, 0, found[0] - 1)
    if main is None or main[0] > 0:
        return None
    if main[1] - main[0] < 2:
        source = "speakers.anonymous" in words.labels(sentence.tokens[0].normal)
        return (0, found[1]) if source and found[0] == 2 else None  # "Источник в полиции"
    opening = words.labels(sentence.tokens[0].normal)
    return None if opening & {"speakers.lead", "speakers.stop"} else main


def _of_occasion(sentence: Sentence, words: Lexicon, first: int) -> bool:
    """Whether the name at token `first` only says whose the occasion was: "на полях
    саммита НАТО"."""
    place = first - 1
    while place > 0 and first - place <= _OCCASION:
        token = sentence.tokens[place]
        labels = words.labels(token.normal)
        if not token.word or token.capital or labels & (_NOT_OCCASION | {"speakers.roles"}):
            return False
        if "speakers.stop" in words.labels(sentence.tokens[place - 1].normal):
            return True
        place -= 1
    return False


# Nouns between the preposition and the name: "в ходе дискуссий на полях саммита НАТО" has one.
_OCCASION = 3
_NOT_OCCASION = frozenset({"verbs.say", "verbs.tell", "speakers.groups", "clause.break"})


def _told_at(sentence: Sentence, first: int) -> int:
    """Where "in an interview with" begins, right before the phrase at token `first`; -1 where
    nothing of the kind stands there: "Иван Петров в интервью ТВ8 заявил"."""
    said = (one for one in sentence.found if one.labels & {"relays.interview", "relays.air"})
    return next((one.first for one in said if 0 <= first - one.last <= _EPITHET), -1)


# Tokens between "in an interview with" and the outlet: its noun.
_EPITHET = 1


def topic(sentence: Sentence, words: Lexicon) -> tuple[int, int] | None:
    """Tokens of the person whom a sentence is about: the phrase it opens with, by role or by a
    name of several words, less the verb behind."""
    determined = "speakers.determiners" in words.labels(sentence.tokens[0].normal)
    first = 0 if determined else _past_lead(sentence, words)
    if first and sentence.tokens[first - 1].word and _placed(sentence, words, first):
        return None
    phrase = _rightward.after(sentence, words, first)
    if phrase is None or phrase[0] != first or sentence.quoted[first] >= 0:
        return None
    apposed = sentence.tokens[phrase[1] : phrase[1] + 2]
    if len(apposed) > 1 and apposed[0].text == "," and apposed[1].capital:
        return phrase  # "el líder de la oposición, Juan Pérez,"
    return _person(sentence, words, *phrase)


def brought_in(sentence: Sentence, words: Lexicon) -> tuple[int, int] | None:
    """Tokens of the full name, an office before it, with which a sentence ends that opens with
    something else: "Of another mind is the mayor, Jane Roe.", "Innego zdania jest burmistrz Jan
    Nowak."; one word may stand behind it ("reagierte Minister Jan Roth enttäuscht")."""
    last = len(sentence.tokens) - 1
    while last > 0 and not sentence.tokens[last].word:
        last -= 1
    last -= not sentence.tokens[last].capital
    first = _capitals_from(sentence, last)
    if first > 1 and _places(words.labels(sentence.tokens[first - 1].normal)):
        last = first - 2  # "… hydrolog Jan Nowak z Politechniki Gdańskiej."
        first = _capitals_from(sentence, last)
    if last + 1 - first < _NAMED or sentence.quoted[first] >= 0 or sentence.quoted[last] >= 0:
        return None
    held = range(max(1, first - _OFFICE), last + 1 - _NAMED)
    office = (n for n in held if "speakers.roles" in words.labels(sentence.tokens[n].normal))
    opens = next(office, None)
    return None if opens is None else (opens, last + 1)


def _capitals_from(sentence: Sentence, last: int) -> int:
    """The first token of the run of capitals that ends at token `last`; behind it for none."""
    first = last + 1
    while first > 0 and sentence.tokens[first - 1].capital:
        first -= 1
    return first


def _places(labels: frozenset[str]) -> bool:
    """Whether a word is a preposition of place: it ends a phrase, and joins one or opens one."""
    return "speakers.stop" in labels and bool(labels & {"speakers.inside", "speakers.lead"})


# Words of a full name, and tokens from an office to the name of who holds it.
_NAMED, _OFFICE = 2, 6


def _person(sentence: Sentence, words: Lexicon, first: int, last: int) -> tuple[int, int] | None:
    """The part of a phrase that names a person: up to its first full name, or to its role."""
    end, run, common = 0, 0, 0
    for place in range(first, last):
        token = sentence.tokens[place]
        labels = words.labels(token.normal)
        if "speakers.roles" in labels:
            end, run, common = place + 1, 0, 0
        elif token.capital and not labels & {"speakers.lead", "speakers.stop"}:
            run += 1
            end = place + 1 if run > 1 else end
        elif run > 1 and labels & _TYING and _tied_name(sentence, words, place, last):
            continue  # "Pedro Gámez de la Torre"
        elif run > 1 or common >= _COMPLEMENT or _is_verb(words, token.normal, labels):
            break
        else:
            run, common = 0, common + (not labels & _TYING)
    return (first, end) if end else None


def _tied_name(sentence: Sentence, words: Lexicon, place: int, last: int) -> bool:
    """Whether a capital follows the little words that begin at token `place`."""
    while place < last and words.labels(sentence.tokens[place].normal) & _TYING:
        place += 1
    return place < last and sentence.tokens[place].capital


# Common nouns and adjectives between a role and the name: "minister spraw zagranicznych Jan Nowak".
_COMPLEMENT = 3


def _is_verb(words: Lexicon, normal: str, labels: frozenset[str]) -> bool:
    said = labels & {"clause.auxiliaries", "verbs.say", "speakers.lead", "speakers.stop"}
    return (bool(said) and not labels & _TYING) or normal.endswith(words.verb_endings or "-")


_TYING = frozenset({"speakers.inside", "speakers.determiners"})


def _past_lead(sentence: Sentence, words: Lexicon) -> int:
    """The token after the adverbs and conjunctions that a sentence opens with."""
    first, last = 0, len(sentence.tokens) - 1
    while first < last and "speakers.lead" in words.labels(sentence.tokens[first].normal):
        first += 1
    return first


def _main_subject(sentence: Sentence, words: Lexicon, left: int) -> tuple[int, int] | None:
    """The sentence's own subject, for a participle after a comma: "X left, saying that"."""
    first = min(left, _past_lead(sentence, words))
    if first and words.drops_subject and _placed(sentence, words, first):
        return None  # "Preguntado por las críticas, respondió": nobody is named
    while first < left and sentence.tokens[first].text == ",":
        first += 1
    return _rightward.after(sentence, words, first, left)
