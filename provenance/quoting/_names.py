"""The people a text names: where, in which words, with which role, in which post.

Short forms go to the full name with the same last word, roles to the name that stood with
that role.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from provenance.quoting import _caseless, _offices
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._outlets import Mentions
from provenance.quoting._page import Page, Sentence
from provenance.quoting._particles import listed
from provenance.quoting._proper import in_headline, proper
from provenance.quoting._tagger import classes
from provenance.quoting._tokens import Token

# Longer words of capitals only are names set in capitals, shorter ones are bodies.
_ACRONYM = 6
# Inflected forms of one name share all but the last three letters, and at least four.
_SHARED, _ENDING = 4, 3
# Forms of one role's word looked at; a noun has no more cases and numbers.
_FORMS = 40
_NO_NAME = frozenset(
    f"speakers.{key}"
    for key in ("roles", "groups", "lead", "determiners", "stop", "portfolios")
) | {
    "frames.before", "clause.break", "clause.that", "clause.auxiliaries", "frames.as",
    "pronouns.he", "pronouns.she", "pronouns.they", "pronouns.it", "pronouns.i",
}  # fmt: skip
# Words before a name that may describe its bearer: "the Prime Minister of Great Britain".
_DESCRIPTION = 8


class Named(NamedTuple):
    """A name in the text: where, as written, the role words right before it, and the post
    that the words before it in its clause describe; whether it is part of a quotation, and
    whether an article or a preposition before it says that the sentence is of another."""

    start: int
    end: int
    text: str
    roles: frozenset[str]
    post: _offices.Post
    quoted: bool = False
    placed: bool = False


class Names:
    """The names of one page, findable by last word and by role."""

    def __init__(self, page: Page, outlets: Mentions) -> None:
        self._words = page.lexicon
        self._page = page
        self._ended: dict[str, str] | None = None
        self._by_key: dict[str, list[Named]] = defaultdict(list)
        self._by_role: dict[str, list[Named]] = defaultdict(list)
        self.all: list[Named] = []
        for sentence in page.sentences:
            for name in _named(sentence, page.lexicon):
                if outlets.within(name.start, name.end):
                    continue
                self._add(name, sentence)
        self._starts = [name.start for name in self.all]
        surnames = (_surname(sentence, page.lexicon) for sentence in page.sentences)
        self._surnames = [
            name
            for name in surnames
            if name is not None and not outlets.within(name.start, name.end)
        ]
        self._forms: dict[str, list[str]] = defaultdict(list)
        for role in sorted(self._by_role):
            self._forms[role[:3]].append(role)

    def _add(self, name: Named, sentence: Sentence) -> None:
        inside = any(one.start < name.start < one.end for one in sentence.passages)
        known = name._replace(quoted=inside)
        self.all.append(known)
        self._by_key[_key(_surname_of(known.text))].append(known)
        for role in sorted(known.roles):
            self._by_role[role].append(known)

    def fullest(self, short: str, gender: str = "") -> str:
        """The longest name, as the text writes it, of the person whom it oftenest calls by the last
        word of `short`: of two Cruzes, Ted is named nine times and his father once. `gender` is
        the list of given names that a title before `short` asks for."""
        last = _surname_of(short)
        bearers: dict[str, list[str]] = {}
        for name in self._by_key.get(_key(last), ())[:200]:
            first, *rest = name.text.split()
            same = bool(rest) and _alike(_surname_of(name.text), last)
            if same and (not gender or given(name.text) in {"", gender}):
                bearers.setdefault(first, []).append(name.text)
        called = max(bearers.values(), key=len, default=[""])
        return max(called, key=lambda name: (_surname_of(name) == last, len(name)))

    def ending_in(self, surname: list[Token]) -> str:
        """The name longer than `surname` that ends in it, where letters have no case: the
        words before its first place in the text that may name ("نظيره التركي هاكان فيدان")."""
        if self._ended is None:
            self._ended = {}
            for sentence in self._page.sentences:
                for name in _caseless.runs(sentence, self._words):
                    self._ended.setdefault(name[-1].normal, " ".join(one.text for one in name))
        short = " ".join(one.text for one in surname)
        full = self._ended.get(surname[-1].normal, "") if surname else ""
        return full if full.endswith(" " + short) else ""

    def with_role(self, role: str, before: int) -> Named | None:
        """The last name before offset `before` that stood with the word `role`."""
        found: Named | None = None
        inflected = bool(self._words.adjectives) or self._words.verb_final
        if self._words.nouns_capitalised and role not in self._by_role:
            role = role.removesuffix("s")  # "des Ministers"
        forms = [
            word
            for word in self._forms.get(role[:3], ())
            if word == role or (inflected and _same_role(word, role))
        ]
        for word in forms[:_FORMS]:
            for name in self._by_role[word]:
                if name.start >= before:
                    break
                if found is None or name.start > found.start:
                    found = name
        compounds = found is None and self._words.nouns_capitalised
        return self._with_compound(role, before) if compounds else found

    def _with_compound(self, role: str, before: int) -> Named | None:
        """The one person before offset `before` whose role ends in the word `role`: "der Minister"
        for "Verkehrsminister Jan Roth"."""
        held = [
            name
            for word, names in sorted(self._by_role.items())
            if word.endswith(role) and word != role
            for name in names[:_FORMS]
            if name.start < before
        ]
        people = {_key(name.text.split()[-1]) for name in held}
        return max(held, key=lambda one: one.start) if len(people) == 1 else None

    def holding(self, post: _offices.Post, before: int) -> str:
        """The name of the one person who holds `post`, empty where none or several do: as the
        text before offset `before` says, else as it says at all, else by the gazetteer."""
        told = [name for name in self.all if name.post.fits(post)]
        for stretch in ([name for name in told if name.start < before], told):
            people = {_key(name.text.split()[-1]): name.text for name in reversed(stretch)}
            if len(people) == 1:
                return next(iter(people.values()))
            if people:
                return ""
        known = _offices.holders(post, [name.text for name in self.all])
        return known[0] if len(known) == 1 else ""

    def starting(self, offset: int) -> Named | None:
        """The full name that begins at `offset`."""
        place = bisect_left(self._starts, offset)
        return self.all[place] if self._starts[place : place + 1] == [offset] else None

    def last_before(
        self, offset: int, reach: int, fits: Callable[[str], bool] = bool
    ) -> Named | None:
        """The last full name at most `reach` characters before that `fits`, none in a
        quotation: whom somebody speaks of is not who speaks. One that stands for itself goes
        before one that is placed, and where every noun has a capital, one with a role before
        a thing. What no given name shows to be a person is none behind "in" or "the"."""
        place = bisect_left(self._starts, offset) - 1
        found = None
        while place >= 0 and offset - self._starts[place] <= reach:
            name = self.all[place]
            place -= 1
            if name.quoted or not fits(name.text) or (name.placed and not given(name.text)):
                continue
            if name.roles or not (name.placed or self._words.nouns_capitalised):
                return name
            found = found or name
        return found

    def surname_before(self, offset: int, reach: int) -> Named | None:
        """The last lone surname that began a sentence, at most `reach` characters before."""
        place = bisect_left(self._surnames, offset, key=lambda name: name.start) - 1
        name = self._surnames[place] if place >= 0 else None
        return name if name is not None and offset - name.start <= reach else None


def _surname(sentence: Sentence, words: Lexicon) -> Named | None:
    """The surname alone that begins a sentence: behind a title or role ("Mayor Holloway"), of
    somebody in the gazetteer, or a word too rare for anything but a name."""
    if words.caseless or not sentence.tokens or sentence.quoted[0] >= 0:
        return None
    place, last = 0, min(len(sentence.tokens) - 1, _DESCRIPTION)
    while place < last and _describes(sentence.tokens[place], words):
        place += 1
    token, behind = sentence.tokens[place], sentence.tokens[place + 1 : place + 2]
    if not may_name(token, words) or not behind or behind[0].capital or not behind[0].word:
        return None
    if any(label.startswith("countries.") for label in words.labels(token.normal)):
        return None  # "Президент України під час …"
    titled = not all(_determines(one, words) for one in sentence.tokens[:place])
    if not titled and not _is_surname(token.text, words.code):
        return None
    return Named(token.start, token.end, token.text, frozenset(), _offices.NO_POST)


def _determines(token: Token, words: Lexicon) -> bool:
    return "speakers.determiners" in words.labels(token.normal)


def _describes(token: Token, words: Lexicon) -> bool:
    """Whether a word may stand before a surname: a title, a role, its article or dot."""
    titles = listed("women") | listed("men")
    named = words.labels(token.normal) & {"speakers.roles", "speakers.determiners"}
    return bool(named) or token.normal in titles or token.text == "."


def _is_surname(word: str, language: str) -> bool:
    from provenance.naming import people

    common = classes(language)
    return people.lookup(word) is not None or (bool(common) and word.lower() not in common)


def _named(sentence: Sentence, lexicon: Lexicon) -> list[Named]:
    """The names in `sentence`: by their capitals, else by the role beside them."""
    if not lexicon.caseless:
        return _runs(sentence.tokens, lexicon, in_headline(sentence, lexicon))
    return [
        Named(
            run[0].start,
            run[-1].end,
            " ".join(token.text for token in run),
            frozenset({role}),
            _offices.NO_POST,
        )
        for run, role in _caseless.names(sentence, lexicon)
    ]


def _runs(words: list[Token], lexicon: Lexicon, headline: bool) -> list[Named]:
    """Runs of capitalised words that look like a person's name, roles before them noted."""
    found: list[Named] = []
    place, count = 0, len(words)
    while place < count:
        if not may_name(words[place], lexicon):
            place += 1
            continue
        end = place + 1
        while end < count and _in_name(words, end, lexicon):
            end += 1
        name = _name_in(words, place, end, lexicon, headline)
        if name:
            found.append(_with_office(words, place, end, name, lexicon))
        place = end
    return found


def _name_in(
    words: list[Token], place: int, end: int, lexicon: Lexicon, headline: bool
) -> list[Token]:
    """The name of a person in the capitals at ``place:end``, empty where none is."""
    run = words[place:end]
    if len(run) < 2 or (len(run) > _LONGEST_RUN and not headline):
        return []
    if abroad_in(run, lexicon) == len(run):
        return []
    if headline:
        return proper(run, lexicon, headline=True)
    return proper(core(past_place(words, place, end, lexicon)), lexicon)


def _with_office(
    words: list[Token], place: int, end: int, name: list[Token], lexicon: Lexicon
) -> Named:
    """A name in the run at ``place:end`` with the roles and the post of the words around it."""
    text = name_text(name, lexicon)
    before = _description(words, place, name[0].start, lexicon)
    roles = frozenset(
        token.normal for token in before[-4:] if "speakers.roles" in lexicon.labels(token.normal)
    ) | _apposed_roles(words, place, end, lexicon)
    held = _offices.post(before, lexicon)
    placed = bool(place) and bool(lexicon.labels(words[place - 1].normal) & _BEHIND)
    return Named(name[0].start, name[-1].end, text, roles, held, placed=placed)


def _apposed_roles(words: list[Token], place: int, end: int, lexicon: Lexicon) -> frozenset[str]:
    """The role that a comma parts from the name at ``place:end``: "Jane Roe, the mayor of X,", "The
    mayor of X, Jane Roe"."""
    if lexicon.roles_behind:  # "Jane Roe haifai polgármester"
        behind = (token.normal for token in words[end : end + _BEHIND_NAME] if token.word)
        roles = frozenset(one for one in behind if "speakers.roles" in lexicon.labels(one))
        if roles:
            return roles
    if end < len(words) and words[end].text == ",":
        roles = _heading_role(words[end + 1 : end + 1 + _APPOSED], lexicon)
        if roles:
            return roles
    first = place - 1
    while first > 0 and place - first <= _OFFICE and words[first - 1].text not in _CLAUSE_EDGE:
        first -= 1
    if place < 2 or words[place - 1].text != "," or place - first > _OFFICE:
        return frozenset()
    verbs = (
        at + 1
        for at in range(place - 1, first - 1, -1)
        if lexicon.labels(words[at].normal) & _CLAUSE_VERBS
    )
    first = next(verbs, first)  # "…, ha annunciato la sindaca di Roma, Anna Roe"
    while first < place - 1 and not (
        words[first].word and "speakers.when" not in lexicon.labels(words[first].normal)
    ):
        first += 1  # "(EFE).- El ministro de Pesca, Juan Roe"
    return _heading_role(words[first : place - 1], lexicon, tied=True)


# Tokens of an apposition in which its role stands, and of an office before a name.
_APPOSED, _OFFICE = 5, 12
_BEHIND_NAME = 3  # tokens from a name to the role behind it, the role too


def _heading_role(words: list[Token], lexicon: Lexicon, *, tied: bool = False) -> frozenset[str]:
    """The role word that heads a phrase, no name and no preposition before it; with `tied` only
    where the phrase goes on to say of what ("mayor of X")."""
    for number, token in enumerate(words):
        labels = lexicon.labels(token.normal)
        if "speakers.roles" in labels:
            behind = words[number + 1 : number + 2]
            if behind and may_name(behind[0], lexicon) and not lexicon.nouns_capitalised:
                return frozenset()
            behind = words[number + 1 : number + 3]  # "ministre espagnol de"
            of = any("speakers.inside" in lexicon.labels(one.normal) for one in behind)
            return frozenset({token.normal}) if of or not tied else frozenset()
        article = labels & {"speakers.determiners", "speakers.articles"}
        if not token.word or (labels & _PLACING and not article) or labels & _CLAUSE_VERBS:
            return frozenset()
        if token.capital and number and not tied:
            return frozenset()
    return frozenset()


def _in_name(words: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether a name goes on at `place`: with a word of it, or particles before one."""
    while place < len(words) - 1 and words[place].normal in listed("particles"):
        place += 1
    return may_name(words[place], lexicon)


def _description(words: list[Token], place: int, start: int, lexicon: Lexicon) -> list[Token]:
    """The words right before a name that may say who bears it: back to the clause's edge or
    its verb, and none where a preposition stands between ("he said in Jackson Hole")."""
    first = place
    while first > 0 and place - first < _DESCRIPTION:
        labels = lexicon.labels(words[first - 1].normal)
        if words[first - 1].text in _CLAUSE_EDGE or labels & _CLAUSE_VERBS:
            break
        if "speakers.stop" in labels and not labels & _WITHIN:
            break  # "a écrit le président sur son réseau Truth Social"
        first -= 1
    described = [token for token in words[first : place + 5] if token.start < start]
    placed = bool(described) and lexicon.labels(described[-1].normal) & _PLACING
    return [] if placed else described


_CLAUSE_VERBS = frozenset({"verbs.say", "verbs.tell", "verbs.think", "verbs.call"})
_WITHIN = frozenset({"speakers.inside", "speakers.determiners", "speakers.roles"})
_PLACING = frozenset({"speakers.inside", "speakers.stop"})
_BEHIND = _PLACING | {"speakers.determiners"}
_CLAUSE_EDGE = frozenset(',;:.!?…()[]—–«»“”„"')


# Words of the longest name: two given ones and a surname.
_FULL = 3
_LONGEST_RUN = 5  # capitals of the longest run that is looked at for one


def past_place(words: list[Token], place: int, end: int, lexicon: Lexicon) -> list[Token]:
    """A run of capitals less the country it begins with after a preposition, or a noun where
    cases stand for prepositions: "Prime Minister of Great Britain Jean Dupont"; after a role all
    but the name proper: "Governor of Texas Jane Roe", "szefowa Komisji Europejskiej Anna Nowak"."""
    run = words[place:end]
    if len(run) < 3 or place == 0:
        return run[1:] if _with_land(run, words[:place], lexicon) else run
    abroad = abroad_in(run, lexicon)
    before = words[place - 1]
    body = bool(lexicon.adjectives) and "speakers.groups" in lexicon.labels(before.normal)
    roled = bool(lexicon.adjectives) and "speakers.roles" in lexicon.labels(before.normal)
    if abroad and (body or roled) and len(run) - abroad >= 2:
        return run[abroad:]  # "szef MSZ Ukrainy Andrij Sybiha"
    near = roled or (bool(lexicon.adjectives) and _office_near(words, place, lexicon))
    if (roled and len(run) > _FULL) or (near and _place_first(run, lexicon)):
        return _proper(run)  # "prezes Polskiej Grupy Górniczej Leszek Pietrasz"
    if not abroad and (body or of_role(words, place, lexicon)):
        return _proper(run)
    governed = bool(lexicon.adjectives) and before.word and not before.capital
    if place > 1 and "speakers.definite" in lexicon.labels(before.normal):
        before = words[place - 2]  # "of the Russian Federation Jane Roe"
    if not governed and "speakers.inside" not in lexicon.labels(before.normal):
        return run
    return run[abroad:] if len(run) - abroad >= 2 else run


def _with_land(run: list[Token], past: list[Token], lexicon: Lexicon) -> bool:
    """Whether two capitals are the country of an office or a body right before them, by its case,
    and a surname: "президент Украины Зеленский"."""
    if not past or len(run) != 2 or not lexicon.adjectives:
        return False
    office = lexicon.labels(past[-1].normal) & {"speakers.groups", "speakers.roles"}
    return bool(office) and abroad_in(run, lexicon) == 1


def _office_near(words: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether a role stands a word or two before what it is of: "minister mobilności Luksemburga
    Jan Nowak"."""
    near = words[max(0, place - _TIED) : place]
    return any("speakers.roles" in lexicon.labels(token.normal) for token in near)


def _place_first(run: list[Token], lexicon: Lexicon) -> bool:
    """Whether a run behind a role begins with what the role is of: a given name stands second,
    none first ("prezydent Torunia Anna Nowak"), or a genitive first ("Norwegii")."""
    genitive = (*lexicon.genitives, "ii", "ji")
    if lexicon.genitives and run[0].normal.endswith(genitive):
        return True
    lists = (listed("women_given"), listed("men_given"))
    given_at = [any(token.normal in names for names in lists) for token in run[:2]]
    return given_at == [False, True]


def abroad_in(run: list[Token], lexicon: Lexicon) -> int:
    """How many words of a run name the country it begins with."""
    named = (one for one in lexicon.phrases(run) if _country(one.labels) and not one.first)
    longest = max((one.last for one in named), default=0)
    return longest or int(_country(lexicon.labels(run[0].normal)))


def of_role(words: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether a preposition ties what stands at `place` to a role: "mayor of", "ministre de la"."""
    tied = False
    for token in reversed(words[max(0, place - _TIED) : place]):
        labels = lexicon.labels(token.normal)
        if "speakers.roles" in labels:
            return tied
        if not labels & {"speakers.inside", "speakers.determiners"}:
            return False
        tied |= "speakers.inside" in labels
    return False


# Words from a role to its place, the role too: "speaker of the", "ministre de l'".
_TIED = 3


def _proper(run: list[Token]) -> list[Token]:
    """The last two words of a run that are no particles, with the particles between them."""
    place, kept = len(run), -_syllables(run)
    while place > 0 and kept < 2:
        place -= 1
        kept += run[place].normal not in listed("particles")
    return run[place:]


def _country(labels: frozenset[str]) -> bool:
    return any(label.startswith("countries.") for label in labels)


_PATRONYMIC = ("вич", "вна", "чна", "ич", "івна")


def core(run: list[Token]) -> list[Token]:
    """A run of capitalised Cyrillic words less the genitives before a name ("бизнесмен из
    Флориды Стивен Линч"): the last two, or three with a patronymic."""
    own = [token for token in run if "\u0400" <= token.text[0] <= "\u04ff"]
    if 1 < len(own) < len(run) and own[-1] is run[-1]:
        run = own  # "экономиста Nordbank Яну Вайс"
    cyrillic = "\u0400" <= run[0].text[0] <= "\u04ff"
    if not cyrillic or len(run) < 3 or any(token.normal in listed("particles") for token in run):
        return run
    long = run[-2].normal.endswith(_PATRONYMIC) or _syllables(run)
    return run[-3:] if long else run[-2:]


_VOWEL = re.compile("[аеиоуыэюяєії]")


def _syllables(run: list[Token]) -> bool:
    """Whether a run ends in three words of one syllable each, as Korean names do: «Ли Чжон Хун»."""
    last = run[-_FULL:]
    return len(last) == _FULL and all(len(_VOWEL.findall(one.normal)) == 1 for one in last)


def name_text(run: list[Token], lexicon: Lexicon) -> str:
    """A name as it is spelt without the ending some languages set off: "Rıza Belen'i"."""
    text = " ".join(token.text for token in run)
    return re.split("['’]", text)[0] if lexicon.apostrophe_ends else text


def may_name(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word may be part of a person's name, by its capital and what it is not."""
    if not token.capital:
        return False
    if token.normal == token.text:
        return True  # «Ван И»: see `_little_names`
    if len(token.text) < 2 or (token.text.isupper() and len(token.text) <= _ACRONYM):
        return False
    labels = lexicon.labels(token.normal)
    return not labels & _NO_NAME


def given(name: str) -> str:
    """The list its given name stands in, ``women_given`` or ``men_given``; empty for none."""
    first = name.split(maxsplit=1)[0].casefold() if " " in name else ""
    return next((one for one in ("women_given", "men_given") if first in listed(one)), "")


def _surname_of(name: str) -> str:
    """The last word of a name less an article before its hyphen: "Salim el-Raschidi"."""
    last = name.rsplit(maxsplit=1)[-1] if name.split() else name
    article, _, rest = last.partition("-")
    return rest if rest and article.lower() in listed("particles") else last


def _key(word: str) -> str:
    return word.lower()[:_SHARED]


def _alike(one: str, two: str) -> bool:
    """Whether two words are forms of one name: equal but for an ending."""
    one, two = one.lower(), two.lower()
    shared = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        shared += 1
    return one == two or (shared >= _SHARED and shared >= max(len(one), len(two)) - _ENDING)


def _same_role(one: str, two: str) -> bool:
    """Whether two words for a role differ in no more than a case ending or article: "кмета",
    "кметът"."""
    if one == two:
        return True
    shared = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= 3 and shared >= max(len(one), len(two)) - 2
