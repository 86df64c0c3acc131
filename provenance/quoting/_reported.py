"""Reported clauses: where the words begin after an attribution, and where they end."""

from __future__ import annotations

from provenance.quoting import _phrases, _rightward
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._page import Page, Sentence
from provenance.quoting._passages import another_verb, ended, is_speech
from provenance.quoting._rulebook import REACH, REPORTING
from provenance.quoting._tokens import Token


def clause_start(
    sentence: Sentence, words: Lexicon, cue: Found, tail: int
) -> tuple[int, str] | None:
    """Where the reported clause begins after the attribution, and by which rule."""
    count = len(sentence.tokens)
    for place in range(tail, min(count, tail + REACH)):
        token = sentence.tokens[place]
        if sentence.quoted[place] >= 0:
            if _names_hearer(sentence, words, cue, place):
                continue
            break
        labels = words.labels(token.normal)
        if token.text in ":：":
            return (place + 1, "colon") if place + 1 < count else None
        if words.drops_subject and _to_do(words, sentence, place, tail):
            break  # "pidió rezar por los pueblos que sufren"
        opens = "clause.that" in labels and place + 1 not in sentence.withheld
        if opens and _opens_clause(sentence, words, place, tail):
            return place, "that-clause"
        if _infinitival(sentence, cue, place, labels) and place - tail <= _ADVERBS + 1:
            return place, "that-clause"
        held = words.verb_first and place in sentence.withheld  # "فضل عدم ذكر اسمه أن"
        verb = labels & REPORTING and not held
        if place > tail and (verb or another_verb(sentence, place)):
            break
        if token.text in ";!?" or (token.text == "." and not _glued(sentence, place)):
            break
    told = words.bare_clause and not words.caseless and "verbs.tell" in cue.labels
    bare = _past_reporters if told else _bare_clause
    return _about(sentence, words, cue, tail) or bare(sentence, words, cue, tail)


def _to_do(words: Lexicon, sentence: Sentence, place: int, tail: int) -> bool:
    """Whether an infinitive stands right behind the verb, which no clause then follows."""
    token = sentence.tokens[place]
    if place > tail + 1 or token.capital:
        return False
    if place > tail and "speakers.inside" not in words.labels(sentence.tokens[tail].normal):
        return False
    return words.labels(token.normal) == {"clause.infinitive"}


def _infinitival(sentence: Sentence, cue: Found, place: int, labels: frozenset[str]) -> bool:
    """Whether an infinitive stands for a clause: "dijo estar", "ha detto di aver visto"."""
    if "verbs.say" not in cue.labels:
        return False
    phrases = (one for one in sentence.found if one.first == place)
    return "clause.infinitival" in labels or any(
        "clause.infinitival" in one.labels for one in phrases
    )


def _names_hearer(sentence: Sentence, words: Lexicon, cue: Found, place: int) -> bool:
    """Whether the words between marks only name who was told: "заявил газете «Коммерсантъ»,
    что"."""
    named = words.comma_clauses or words.definite or words.verb_first
    spoken = bool(named) and "verbs.say" in cue.labels
    return spoken and _phrases.quoted_name(sentence, place)


def _glued(sentence: Sentence, place: int) -> bool:
    """Whether a dot stands inside a name or address: "Publika.Press"."""
    after = sentence.tokens[place + 1 : place + 2]
    return bool(after) and after[0].start == sentence.tokens[place].end and after[0].word


def _opens_clause(sentence: Sentence, words: Lexicon, place: int, tail: int) -> bool:
    """Whether a conjunction begins a clause of what is said: in some languages only after a
    comma, and not where it relates to a pronoun before that ("то, что думает")."""
    if not words.comma_clauses or place == tail:
        return True
    if "clause.purpose" in words.labels(sentence.tokens[place].normal) and place > tail + 2:
        return False
    before = sentence.tokens[place - 1]
    if before.text not in ",:":
        return False
    return place < 2 or "clause.antecedent" not in words.labels(sentence.tokens[place - 2].normal)


def _about(sentence: Sentence, words: Lexicon, cue: Found, tail: int) -> tuple[int, str] | None:
    """What is said without a conjunction: "сообщил о пожаре", "спросил, почему", "призвал
    граждан голосовать". The data of a language say which words begin it."""
    if tail >= len(sentence.tokens) - 2 or sentence.quoted[tail] >= 0:
        return None
    labels = words.labels(sentence.tokens[tail].normal)
    announced = "verbs.announce" in cue.labels and not points_back(sentence, tail)
    if "clause.about" in labels and announced:
        return tail, "about clause"
    comma = sentence.tokens[tail].text == ","  # "попита кой носи отговорност" has none
    asked = words.labels(sentence.tokens[tail + 1].normal) if comma else labels
    if "clause.question" in asked and "verbs.say" in cue.labels and (comma or tail == cue.last):
        return tail + comma, "that-clause"
    if not words.comma_clauses or not cue.labels & {"verbs.call", "verbs.order"}:
        return None
    for place in range(tail, min(len(sentence.tokens) - 1, tail + _OBJECT)):
        token = sentence.tokens[place]
        if sentence.quoted[place] >= 0 or token.text in ",;:.!?":
            break
        if "clause.infinitive" in words.labels(token.normal) and not token.capital:
            denied = "clause.not" in words.labels(sentence.tokens[place - 1].normal)
            return place - (denied and place > tail), "about clause"
    return None


# Tokens from "призвал" to its infinitive: whom, and an adverb.
_OBJECT = 6


def _bare_clause(
    sentence: Sentence, words: Lexicon, cue: Found, tail: int
) -> tuple[int, str] | None:
    clausal = {"verbs.say", "verbs.participle"} | ({"verbs.tell"} if words.caseless else set())
    if tail >= len(sentence.tokens) - 2 or not cue.labels & clausal:
        return None
    token = sentence.tokens[tail]
    if words.caseless:
        later = _relaying(sentence, cue) and any(
            one.first >= tail and "verbs.say" in one.labels for one in sentence.found
        )
        free = words.bare_clause and not later
        if words.bare_spaced:
            free = words.bare_spaced and tail == cue.last and _begins_clause(words, token)
        start = tail + (token.text in "，,")
        if "verbs.tell" in cue.labels:
            start = _past_hearer(sentence, start)
        index = sentence.quoted[start] if start < len(sentence.tokens) else -1
        if index >= 0 and ended(sentence, index) and sentence.held[index][1] < len(sentence.tokens):
            return None  # "记者问：“…？”某人表示"
        free = free and not (words.bare_clause and _holds_noun(sentence, tail))
        return (start, "bare clause") if free else None
    if words.nouns_capitalised:
        return _comma_clause(sentence, words, tail)
    if words.bare_clause and tail == cue.last and sentence.quoted[tail] < 0:
        return (tail, "bare clause") if _starts(words, token) else None
    return None


_STARTING = frozenset(
    {"speakers.determiners", "pronouns.he", "pronouns.she", "pronouns.they", "pronouns.it",
     "pronouns.i"}
)  # fmt: skip


def _starts(words: Lexicon, token: Token) -> bool:
    """Whether a word may begin a clause that no conjunction opens."""
    starting = words.labels(token.normal) & _STARTING
    return token.capital or token.text[0].isdigit() or bool(starting)


def _past_reporters(
    sentence: Sentence, words: Lexicon, cue: Found, tail: int
) -> tuple[int, str] | None:
    """The clause behind whom something was told, and where: "told reporters in Bonn the bridge
    would reopen"."""
    hearer = sentence.tokens[tail : tail + 1]
    known = any(one.capital or "speakers.dative" in words.labels(one.normal) for one in hearer)
    if tail > cue.last or not known:
        return None
    for place in range(tail + 1, min(len(sentence.tokens) - 2, tail + _HEARER)):
        token, before = sentence.tokens[place], sentence.tokens[place - 1]
        if sentence.quoted[place] >= 0 or not token.word:
            return None
        placed = words.labels(before.normal) & {"speakers.stop", "speakers.inside"}
        goes_on = token.capital and before.capital  # "told Sky News the …"
        if _starts(words, token) and (not placed or before.capital) and not goes_on:
            rest = (words.labels(one.normal) for one in sentence.tokens[place + 1 :])
            return (place, "bare clause") if any("clause.finite" in one for one in rest) else None
    return None


def _holds_noun(sentence: Sentence, start: int) -> bool:
    """Whether no clause but a noun for one stands right behind the verb: "否认上述指控，", "证实了
    这一消息", "表示遗憾"."""
    last = start
    while last < min(len(sentence.tokens), start + _OBJECT_NOUN) and sentence.tokens[last].word:
        last += 1
    points = sentence.tokens[start].text in _POINTING or start in sentence.stops
    return any(
        one.last == last and "clause.nouns" in one.labels and (points or one.first == start)
        for one in sentence.found
    )


_POINTING = frozenset("了这此其该")
# Tokens of an object where no spaces part words: "了这一消息".
_OBJECT_NOUN = 10


def _begins_clause(words: Lexicon, token: Token) -> bool:
    """Whether a word may begin what is said right behind its verb: "گفت ارتش این کشور …"."""
    labels = words.labels(token.normal)
    return token.word and not labels & _NO_BEGINNING


_NO_BEGINNING = frozenset({"clause.that", "verbs.say", "clause.joins", "relays.citing"})


def _past_hearer(sentence: Sentence, tail: int) -> int:
    """Past whom something was told, up to the comma behind: "告诉塔斯社，"."""
    for place in range(tail, min(len(sentence.tokens) - 2, tail + _HEARER)):
        if sentence.quoted[place] >= 0 and sentence.passages[sentence.quoted[place]].mark != "《":
            break
        if sentence.tokens[place].text in "，,":
            return place + 1
    return tail


# Tokens of whom something was told, characters where no space parts words: "路透社记者".
_HEARER = 10


def _relaying(sentence: Sentence, cue: Found) -> bool:
    """Whether a cue of several tokens is also a verb that outlets are the subject of."""
    return any(one.first == cue.first and "relays.report" in one.labels for one in sentence.found)


def _comma_clause(sentence: Sentence, words: Lexicon, tail: int) -> tuple[int, str] | None:
    """German: a clause after a comma, in the subjunctive or not a relative clause."""
    for place in range(tail, min(len(sentence.tokens) - 2, tail + REACH)):
        if sentence.tokens[place].text == "," and sentence.quoted[place] < 0:
            rest = sentence.tokens[place + 1 :]
            if any("clause.subjunctive" in words.labels(token.normal) for token in rest[:25]):
                return place + 1, "comma clause"
            return None
    return None


def clause_end(page: Page, sentence: Sentence, start: int) -> int:
    """The token after the reported clause: the sentence's end, or a trailing attribution."""
    words = page.lexicon
    for place in range(start + 3, len(sentence.tokens) - 1):
        if _colon_to_speech(sentence, words, place) or _says_on(sentence, words, place):
            return place
        if sentence.quoted[place] >= 0 or sentence.tokens[place].text not in ",—–،，":
            continue
        ahead = place + 1
        while ahead < len(sentence.tokens) - 1 and sentence.tokens[ahead].text in "—–-":
            ahead += 1
        if attribution_at(sentence, words, ahead):
            return place
    return len(sentence.tokens)


def _says_on(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether the speaker's next verb is joined on here: "said that it was so and called for
    calm". Slavic commas close the clause before; without one the verb may be another's."""
    if sentence.quoted[place] >= 0 or "clause.joins" not in words.labels(
        sentence.tokens[place].normal
    ):
        return False
    if words.adjectives and sentence.tokens[place - 1].text != ",":
        return False
    for token in sentence.tokens[place + 1 : min(len(sentence.tokens) - 2, place + 1 + _ADVERBS)]:
        labels = words.labels(token.normal)
        if labels & _JOINED:
            return True
        if "clause.auxiliaries" not in labels:
            break
    return False


# Tokens from "and" to the verb it joins, and what it may be: not a participle, nor a thought.
_ADVERBS = 3
_JOINED = frozenset({"verbs.say", "verbs.tell", "verbs.call", "verbs.order"})


def _colon_to_speech(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a colon leads from the clause to a quotation of its own."""
    if sentence.tokens[place].text not in ":：" or sentence.quoted[place] >= 0:
        return False
    index = sentence.quoted[place + 1]
    return words.inside_marks and index >= 0 and is_speech(sentence, index, words, False)


def attribution_at(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a trailing attribution starts here: "reports TASS", "as X writes"."""
    labels = words.labels(sentence.tokens[place].normal)
    following = sentence.tokens[place + 1].text if place + 1 < len(sentence.tokens) else ""
    if "verbs.participle" in labels and following in {":", "："}:
        return True  # "…, añadiendo: «…»" leads on to a quotation
    if _says_again(sentence, words, place):
        return True
    if "verbs.say" in labels and "clause.that" not in labels:
        after = _rightward.after(sentence, words, place + 1)
        return after is not None and after[1] >= len(sentence.tokens) - 12
    if "frames.as" in labels and place + 1 < len(sentence.tokens):
        near = sentence.tokens[place + 1 : place + 8]
        return any("verbs.say" in words.labels(token.normal) for token in near)
    quoted = (one.first for one in sentence.found if "relays.quoted" in one.labels)
    if any(
        place <= first <= place + _ADVERBS and _unbroken(sentence, place, first) for first in quoted
    ):
        return True  # "…, en un parte citado por Interfax"
    return (
        any(
            one.first == place and one.labels & {"frames.before", "relays.citing"}
            for one in sentence.found
        )
        or "frames.before" in labels
    )


def _unbroken(sentence: Sentence, first: int, last: int) -> bool:
    return all(token.word for token in sentence.tokens[first:last])


def _says_again(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether who speaks goes on with a verb of his own at token `place`."""
    if words.verb_first:
        return _says_next(sentence, words, place)
    return words.caseless and words.bare_clause and _says_and(sentence, words, place)


def _says_next(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Where the verb comes first: whether who speaks says the next thing at token `place`, with a
    participle or a verb of his own and a conjunction: "مشيرا إلى أن", "وقال إن"."""
    labels = words.labels(sentence.tokens[place].normal)
    found = [one.labels for one in sentence.found if one.first == place]
    if any("verbs.participle" in one for one in (labels, *found)):
        return True
    behind = sentence.tokens[place + 1 : place + 2]
    that = any("clause.that" in words.labels(one.normal) for one in behind)
    return that and "verbs.say" in labels and "clause.that" not in labels


def _says_and(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether the speaker's next verb begins at token `place`, where no spaces part words: "并警告
    说", and something follows it."""
    first = place
    while first < min(
        len(sentence.tokens), place + _ADVERBS
    ) and "clause.auxiliaries" in words.labels(sentence.tokens[first].normal):
        first += 1
    here = [one for one in sentence.found if one.first == first]
    called = first > place and any("verbs.call" in one.labels for one in here)
    if called and any(index >= 0 for index in sentence.quoted[first : first + _OBJECT_NOUN]):
        return True  # "…，并指责西方“火上浇油”"
    ends = [one.last for one in here if "verbs.say" in one.labels]
    single = first < len(sentence.tokens) and first > place
    if single and "verbs.say" in words.labels(sentence.tokens[first].normal):
        ends.append(first + 1)
    last = max(ends, default=len(sentence.tokens))
    return last < len(sentence.tokens) and sentence.tokens[last].text in "，:："


def points_back(sentence: Sentence, place: int) -> bool:
    """Whether a clause that begins at `place` only says that something was said."""
    return any(
        one.first - place in (0, 1) and "frames.back" in one.labels for one in sentence.found
    )
