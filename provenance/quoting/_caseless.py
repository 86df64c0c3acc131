"""Names and subjects where letters have no case: Arabic, Persian, Chinese.

A capital cannot tell a name there, so a role does: the two words behind it and its complement
("وزيرة المالية كلارا فوزي"), or before it in apposition ("کتایون وثوقی، وزیر اقتصاد").
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.quoting import _rightward
from provenance.quoting._datelines import past_dateline
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._marks import TITLE_MARKS
from provenance.quoting._page import Sentence
from provenance.quoting._particles import listed
from provenance.quoting._tokens import Token

# Words of a role's complement: "وزير الشؤون الخارجية".
_COMPLEMENT = 3
# Longest name before its apposition, in words.
_NAME = 4
_COMMAS = frozenset("，,،")
_MARKS = _COMMAS | frozenset(';；:：。.؛؟?!！“‘「『«"')
_NOT_NAMED = frozenset(
    f"speakers.{key}"
    for key in ("roles", "groups", "documents", "anonymous", "inside", "stop", "lead",
                "determiners", "portfolios")
) | {
    "verbs.say", "verbs.think", "verbs.call", "clause.that", "clause.break", "clause.auxiliaries",
    "frames.before", "relays.by", "relays.citing", "relays.report", "pronouns.he", "pronouns.they",
}  # fmt: skip


def names(sentence: Sentence, words: Lexicon) -> Iterator[tuple[list[Token], str]]:
    """Names of two words beside a role, each with the role's word, in scripts with spaces."""
    tokens = sentence.tokens
    roles = [(one.first, one.last) for one in sentence.found if "speakers.roles" in one.labels] + [
        (place, place + 1)
        for place, token in enumerate(tokens)
        if "speakers.roles" in words.labels(token.normal)
    ]
    for first, last in sorted(roles):
        role = tokens[first].normal
        if unspaced(role):
            return
        behind = _behind(tokens, words, last)
        if behind is not None:
            yield tokens[behind : _name_end(tokens, words, behind)], role
        elif first >= 3 and tokens[first - 1].text in _COMMAS:
            before = tokens[first - 3 : first - 1]
            opens = first == 3 or not _may_name(words, tokens[first - 4])
            if opens and all(_may_name(words, token) for token in before):
                yield before, role


def runs(sentence: Sentence, words: Lexicon) -> Iterator[list[Token]]:
    """Runs of two to four words that may name, behind a role, its complement or a verb of
    saying, or at the sentence's head; the last may have the article ("وليد الركراكي")."""
    taken = {
        place
        for one in sentence.found
        if one.labels & _NOT_NAMED
        for place in range(one.first, one.last)
    }
    run: list[int] = []
    for place, token in enumerate(sentence.tokens):
        named = _may_name(words, token) and place not in taken
        if named:
            run.append(place)
            continue
        closing = token.normal.startswith("ال") and token.word and place not in taken
        closing &= bool(run) and not words.labels(token.normal)
        if _introduces(sentence, words, run, closing):
            yield [sentence.tokens[one] for one in run] + ([token] if closing else [])
        run = []


def _introduces(sentence: Sentence, words: Lexicon, run: list[int], closing: bool) -> bool:
    """Whether a run of words that may name is as long as a name and stands where names do."""
    if not 2 <= len(run) + closing <= _NAME:
        return False
    if run[0] == 0:
        return closing or len(run) + closing == _FULL
    before = sentence.tokens[run[0] - 1]
    return before.normal.startswith("ال") or bool(words.labels(before.normal) & _BEFORE_NAME)


# Words of the commonest full name.
_FULL = 2
_BEFORE_NAME = frozenset({"speakers.roles", "speakers.groups", "speakers.portfolios", "verbs.say"})


def unspaced(text: str) -> bool:
    """Whether `text` is of a script that sets no spaces between words."""
    return "\u3040" <= text[:1] <= "\u9fff"


def person(tokens: list[Token], words: Lexicon) -> bool:
    """Whether a phrase without a role reads as a personal name: two words or three of which
    none is known for another."""
    named = all(_names(words, tokens, place) for place in range(len(tokens)))
    return len(tokens) >= _FULL and length(tokens) <= _NAME and named


def length(tokens: list[Token]) -> int:
    """The words of a name, a bound one and the next as one: 2 of "عبد الرحمن أبو زيد"."""
    return sum(token.normal not in listed("bound") for token in tokens)


def _names(words: Lexicon, tokens: list[Token], place: int) -> bool:
    """Whether token `place` may name, the article no bar behind a bound word: "عبد الرحمن"."""
    bound = place > 0 and tokens[place - 1].normal in listed("bound")
    return (bound and tokens[place].word) or _may_name(words, tokens[place])


def _name_end(tokens: list[Token], words: Lexicon, start: int) -> int:
    """Where a name of two words, each perhaps bound to the next, ends."""
    place, count = start, 0
    while place < len(tokens) and _names(words, tokens, place):
        bound = tokens[place].normal in listed("bound")
        if count >= _FULL and not bound and tokens[place - 1].normal not in listed("bound"):
            break
        count += not bound
        place += 1
    third = place < len(tokens) - 1 and _may_name(words, tokens[place])
    if third and words.labels(tokens[place + 1].normal) & {"verbs.say", "relays.report"}:
        return place + 1  # "مرتضى كيهان بور أعلن"
    return place


def _behind(tokens: list[Token], words: Lexicon, place: int) -> int | None:
    """Where two words that may name begin behind a role and its complement."""
    for start in range(place, min(place + _COMPLEMENT + 1, len(tokens) - 1)):
        if all(_names(words, tokens, one) for one in (start, start + 1)):
            return start
        if not tokens[start].word or words.labels(tokens[start].normal) & _ENDS:
            return None
    return None


_ENDS = frozenset({"speakers.stop", "verbs.say", "clause.that", "clause.break"})


def _may_name(words: Lexicon, token: Token) -> bool:
    article = token.normal.startswith("ال")
    return token.word and not article and not words.labels(token.normal) & _NOT_NAMED


def subject_of(sentence: Sentence, words: Lexicon, cue: Found, left: int) -> tuple[int, int] | None:
    """The subject of the verb or participle `cue`, whose group has token `left` before it."""
    if words.verb_first:
        earlier = _earlier_subject(sentence, words, cue)
        if earlier is not None:
            return earlier
    behind = sentence.tokens[cue.last : cue.last + 1]
    if words.fronted and behind and words.labels(behind[0].normal) & _OFFICE:
        return _rightward.after(sentence, words, cue.last)  # "בשיחה עם וואלה אמר שר האוצר"
    if words.verb_first and "verbs.participle" in cue.labels:
        return _participle_subject(sentence, words, cue)
    return subject(sentence, words, left)


_OFFICE = frozenset({"speakers.roles", "speakers.groups", "speakers.anonymous"})


def _earlier_subject(sentence: Sentence, words: Lexicon, cue: Found) -> tuple[int, int] | None:
    """Who speaks before a verb that is not the first of its sentence, where verbs come first:
    "كان الكرملين قد قال", "نقلت الوكالة عن المصدر قوله", "نفى المكتب ذلك، وقال إن"."""
    had = _had(sentence, words, cue)
    who = _antecedent(sentence, words, cue)
    if who is not None:
        return who
    said: list[int] = []
    for place in range(max(0, cue.first - _EARLIER), cue.first - 1):
        labels = words.labels(sentence.tokens[place].normal)
        if sentence.quoted[place] >= 0:
            continue
        if had and "clause.auxiliaries" in labels and place + 2 < cue.first:
            return _rightward.after(sentence, words, place + 1, cue.first - 1)
        if "relays.citing" in labels and _carried(sentence, words, place):
            near = cue.first - place <= _CARRIER and "verbs.participle" not in cue.labels
            return _rightward.after(sentence, words, place + 1, cue.first) if near else None
        if labels & _REPORTED and (not said or _opens(sentence, words, place)):
            said.append(place)
    return _rightward.after(sentence, words, said[-1] + 1, cue.first) if said else None


def _antecedent(sentence: Sentence, words: Lexicon, cue: Found) -> tuple[int, int] | None:
    """Whom "who" right before a verb relates to: the role and name before its comma, "على لسان
    النائبة هالة الزغلامي، التي اعتبرت"."""
    if "pronouns.who" not in words.labels(sentence.tokens[cue.first - 1].normal):
        return None
    last = cue.first - 1 - (sentence.tokens[cue.first - 2].text == "،")
    for place in range(last - 1, max(-1, last - _CARRIER), -1):
        token = sentence.tokens[place]
        if not token.word or sentence.quoted[place] >= 0:
            break
        if "speakers.roles" in words.labels(token.normal):
            return _rightward.after(sentence, words, place, last)
    return None


def _opens(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a verb opens its clause: behind a mark or what leads to it."""
    before = sentence.tokens[place - 1]
    loose = {"speakers.lead", "clause.auxiliaries"}
    return not before.word or bool(words.labels(before.normal) & loose)


# Tokens before a verb among which the subject it shares with an earlier one stands.
_EARLIER = 40
_REPORTED = frozenset({"verbs.say", "verbs.call"})


def _had(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether the verb stands in the pluperfect, "قد قال", its subject before "قد"."""
    before = sentence.tokens[cue.first - 1]
    return "clause.auxiliaries" in words.labels(before.normal)


def _carried(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a verb that carries another's words stands before "from" at token `place`."""
    near = sentence.tokens[max(0, place - _CARRIER) : place]
    return any("relays.carry" in words.labels(one.normal) for one in near)


# Tokens from a verb of carrying to "from": the outlet, with its epithets.
_CARRIER = 8


def subject(sentence: Sentence, words: Lexicon, left: int) -> tuple[int, int] | None:
    """The subject of a verb whose group has token `left` before it: the first phrase of its
    clause, or the name that an apposition or an adverbial before the verb goes with."""
    if left >= 0 and sentence.quoted[left] >= 0:
        first = sentence.held[sentence.quoted[left]][0]
        titled = _titled(sentence, left)
        return titled or (subject(sentence, words, first - 1) if words.bare_spaced else None)
    parts = list(_parts(sentence, words, left))
    joined = words.bare_clause and left >= 0 and sentence.tokens[left].text in _COMMAS
    while parts and _is_loose(sentence, words, parts[-1]):
        parts.pop()
        joined = words.bare_clause
    if not parts:
        return None
    if joined:
        said = _last_verb(sentence, parts)
        if said is not None:
            return subject(sentence, words, said - 1)  # "某人说，…，并指责"
    place = len(parts) - 1
    first, last = parts[place]
    while place > 0:
        name = _apposes(sentence, words, parts[place - 1], first)
        if name is None and not (
            _adverbial(sentence, words, first)
            or _is_object(sentence, words, parts[place])
            or (words.bare_spaced and _calls(sentence, words, first))
        ):
            break
        place -= 1
        first, last = parts[place]
        if name is not None:
            return name, last
    if _adverbial(sentence, words, first) and first + 1 < last:
        inner = words.labels(sentence.tokens[first + 1].normal)
        first += bool(inner & {"speakers.documents", "speakers.groups"})
    cited = [one for one in sentence.found if "relays.citing" in one.labels]
    first = max((one.last for one in cited if first <= one.first < last), default=first)
    found = _rightward.after(sentence, words, first, _before_date(sentence, first, last))
    return _less_cited(sentence, _less_object(sentence, words, found))


def _last_verb(sentence: Sentence, parts: list[tuple[int, int]]) -> int | None:
    """The last verb of saying that closes one of the stretches `parts`, None without one."""
    ends = {last for _, last in parts}
    said = [
        one.first
        for one in sentence.found
        if one.last in ends and "verbs.say" in one.labels and one.first > parts[0][0]
    ]
    return max(said, default=None)


def _less_cited(sentence: Sentence, found: tuple[int, int] | None) -> tuple[int, int] | None:
    """Whom an outlet cites, less "citing" and "the words of": "援引知情人士的话"."""
    if found is None:
        return None
    first, last = found
    for one in sentence.found:
        if one.first == first and "relays.citing" in one.labels and one.last < last:
            first = one.last
        if first < one.first < last and "relays.words" in one.labels:
            last = one.first
    return first, last


def _is_loose(sentence: Sentence, words: Lexicon, part: tuple[int, int]) -> bool:
    """Whether a stretch holds nothing but "but", "too" and the like."""
    loose = {"clause.break", "clause.auxiliaries", "speakers.lead"}
    return all(words.labels(one.normal) & loose for one in sentence.tokens[slice(*part)])


def _calls(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a stretch begins with what another verb says of its subject: "، خواستار آزادی او شد
    و گفت"."""
    return "verbs.call" in words.labels(sentence.tokens[place].normal)


def _is_object(sentence: Sentence, words: Lexicon, part: tuple[int, int]) -> bool:
    """Whether a stretch opens with the object of another verb: "، اسرائیل را به نقض توافق متهم کرد
    و گفت"."""
    found = _rightward.after(sentence, words, *part)
    return found is not None and found[0] == part[0] and _marked(sentence, words, found[1])


def _less_object(
    sentence: Sentence, words: Lexicon, found: tuple[int, int] | None
) -> tuple[int, int] | None:
    """A phrase less its last word, where that is the object: "وزارت دفاع کابل را متهم کرد"."""
    if found is None or not _marked(sentence, words, found[1]):
        return found
    return (found[0], found[1] - 1) if found[1] - found[0] > 1 else None


def _marked(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether the token at `place` marks what stands before it for an object."""
    behind = sentence.tokens[place : place + 1]
    return any("speakers.object" in words.labels(one.normal) for one in behind)


def _before_date(sentence: Sentence, first: int, last: int) -> int:
    """Where a date begins in the stretch, its end without one: "美国国务卿蓬佩奥14日"."""
    for place in range(first + 1, last - 1):
        if sentence.tokens[place].text.isdigit() and sentence.tokens[place + 1].text in "年月日":
            return place
    return last


def _titled(sentence: Sentence, left: int) -> tuple[int, int] | None:
    """A paper named between title marks right before its verb: "《卫报》报道"."""
    index = sentence.quoted[left]
    if sentence.passages[index].mark not in TITLE_MARKS:
        return None
    return sentence.held[index]


def _parts(sentence: Sentence, words: Lexicon, left: int) -> Iterator[tuple[int, int]]:
    """The stretches between commas up to `left`, of the clause the verb belongs to."""
    first = _start(sentence, words, left)
    for place in range(first, left + 1):
        if sentence.quoted[place] < 0 and sentence.tokens[place].text in _COMMAS:
            if place > first:
                yield first, place
            first = place + 1
    if first <= left:
        yield first, left + 1


def _start(sentence: Sentence, words: Lexicon, left: int) -> int:
    """Where the verb's own clause begins: past a dateline, a stop, a quotation and what another
    verb reports."""
    first = max(past_dateline(sentence), _past_wire(sentence))
    for place in range(left, first - 1, -1):
        token = sentence.tokens[place]
        ended = token.text in _MARKS and token.text not in _COMMAS
        if sentence.quoted[place] >= 0:
            if embedded(sentence, sentence.quoted[place]):
                continue
            return place + 1
        if ended:
            return place + 1
    while first <= left and "speakers.lead" in words.labels(sentence.tokens[first].normal):
        first += 1
    return first


def embedded(sentence: Sentence, index: int) -> bool:
    """Whether words between marks are a name in the run of a clause: a title, or where something
    was written ("在其平台“真实社交”上发文")."""
    if sentence.passages[index].mark in TITLE_MARKS:
        return True
    first, last = sentence.held[index]
    if last >= len(sentence.tokens) or last - first > _NAMED:
        return False
    if first == 0:  # "“陆委会”副主委"
        return sentence.tokens[last - 2].word and any(
            one.first == last and "speakers.roles" in one.labels for one in sentence.found
        )
    around = (sentence.tokens[first - 1], sentence.tokens[last])
    return all(token.word and unspaced(token.text) for token in around)


# Tokens of a name between marks, in a script without spaces.
_NAMED = 8


def _past_wire(sentence: Sentence) -> int:
    """The token after "新华社北京3月2日电" at the head of `sentence`, 0 without one."""
    wires = [one.last for one in sentence.found if "relays.wire" in one.labels and one.first < 20]
    first = min(wires, default=0)
    if first and first < len(sentence.tokens) and sentence.tokens[first].text in "（(":
        closed = (n for n in range(first, len(sentence.tokens)) if sentence.tokens[n].text in "）)")
        return next(closed, first - 1) + 1
    return first


def _adverbial(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a stretch begins with a preposition or a frame, and so holds no subject."""
    labels = words.labels(sentence.tokens[place].normal)
    opens = any(
        one.first == place and one.labels & {"relays.by", "relays.citing", "frames.before"}
        for one in sentence.found
    )
    return opens or bool(labels & {"speakers.stop", "frames.before"} - {"speakers.roles"})


def _apposes(sentence: Sentence, words: Lexicon, before: tuple[int, int], first: int) -> int | None:
    """Where the name begins that closes the stretch `before`, if the stretch at `first` says
    what its bearer is: "سردار حسین سلامی، فرمانده کل سپاه"."""
    place = before[1]
    while place > before[0] and _may_name(words, sentence.tokens[place - 1]):
        place -= 1
    if not 1 <= before[1] - place <= _NAME:
        return None
    labels = words.labels(sentence.tokens[first].normal)
    if place > before[0]:
        led = "speakers.roles" in words.labels(sentence.tokens[place - 1].normal)
        led |= any(one.last == place and one.labels & _LEADING for one in sentence.found)
        return place if led and "speakers.roles" in labels else None
    return place if labels & {"speakers.roles", "speakers.stop"} else None


# Phrases that may stand before a name in its stretch: another title, "meanwhile".
_LEADING = frozenset({"speakers.roles", "speakers.lead"})


def _participle_subject(sentence: Sentence, words: Lexicon, cue: Found) -> tuple[int, int] | None:
    """Who a participle speaks for where verbs come first: the subject of the clause's verb,
    "وعلق المدرب برهان العطار قائلا"."""
    first = cue.first - 1
    while first > 0 and sentence.tokens[first - 1].text not in _MARKS - {"،"}:
        first -= 1
    if first + 1 >= cue.first:
        return None
    return _rightward.after(sentence, words, first + 1, cue.first)


def in_frame(cue: Found, cues: list[Found], sentence: Sentence) -> bool:
    """Whether a verb only closes a frame that began before it: "据…介绍"."""
    for one in reversed(cues):
        if "frames.before" in one.labels and one.last <= cue.first:
            between = sentence.tokens[one.last : cue.first]
            return all(token.text not in _MARKS for token in between[:_FRAME])
    return False


def is_wished(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether a verb is what somebody should or must say, and reports nothing: "当局应承认"."""
    before = sentence.tokens[cue.first - 1] if cue.first else None
    return before is not None and (
        "clause.modal" in words.labels(before.normal)
        or any(one.last == cue.first and "clause.modal" in one.labels for one in sentence.found)
    )


def _turns_to(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether a verb opens its sentence and says what the next one is about: "谈到走势，他说"."""
    tokens = sentence.tokens
    names = any(
        one.first == cue.first and "clause.occasion" in one.labels for one in sentence.found
    )
    if not names or (cue.first and tokens[cue.first - 1].word):
        return False
    last = next((n for n in range(cue.last, len(tokens)) if not tokens[n].word), len(tokens))
    return any(one.first > last + 1 and "verbs.say" in one.labels for one in sentence.found) or any(
        "verbs.say" in words.labels(one.normal) for one in tokens[last + 2 : last + 2 + _FRAME // 2]
    )


def on_occasion(sentence: Sentence, words: Lexicon, cue: Found) -> bool:
    """Whether a verb only says on what occasion something was said: "在回答提问时，毛宁指出", or
    what should be said."""
    return words.bare_clause and (
        is_wished(sentence, words, cue)
        or _turns_to(sentence, words, cue)
        or _when_asked(sentence, cue)
    )


def _when_asked(sentence: Sentence, cue: Found) -> bool:
    """Whether a verb stands between "at" and "the time": "在回答提问时"."""
    tokens = sentence.tokens
    last = cue.last
    while last < min(len(tokens), cue.last + _FRAME) and tokens[last].word:
        if sentence.quoted[last] >= 0:
            return False
        if tokens[last].text in "时時" and not (
            tokens[last + 1 :] and tokens[last + 1].text in "间候間"
        ):
            break
        last += 1
    else:
        return False
    if tokens[last].text not in "时時" if last < len(tokens) else True:
        return False
    first = cue.first
    while first > 0 and tokens[first - 1].word and sentence.quoted[first - 1] < 0:
        first -= 1
        if tokens[first].text == "在":
            return True
    return False


# Tokens looked at between a frame and the verb that closes it.
_FRAME = 60
