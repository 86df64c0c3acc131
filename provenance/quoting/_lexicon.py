"""What a language's ``quoting.toml`` says, made ready to be asked word by word.

An entry is one or more words; ``*`` at its end stands for any ending, at its start for any
beginning. A word or phrase found carries labels like ``verbs.say`` or ``relays.citing``:
the table and key it stands under.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from provenance import languages
from provenance.quoting._tokens import Token, normal, tokens

_TABLES = (
    "verbs", "naming", "frames", "clause", "speakers", "pronouns", "relays",
    "posts", "offices", "bodies", "countries",
)  # fmt: skip
# Distinct words remembered per language; a long-running process must not grow with its input.
_MEMORY = 1 << 13
NOTHING: frozenset[str] = frozenset()


# What a run-on reporting verb may have swallowed.
_AFTER_SEAM = frozenset(
    {"speakers.roles", "speakers.groups", "relays.words", "relays.paper", "relays.interview",
     "pronouns.he", "pronouns.she"}
)  # fmt: skip


class Found(NamedTuple):
    """A phrase of the lexicon at tokens ``first:last``, with the labels it carries."""

    first: int
    last: int
    labels: frozenset[str]


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    open_ended: bool
    label: str


class Lexicon:
    """The quoting data of one language."""

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        self.code = code
        self.dashes = bool(table.get("dashes", False))
        self.one_source = bool(table.get("one_source", self.dashes))
        self.bare_clause = bool(table.get("bare_clause", False))
        self.bare_spaced = bool(table.get("bare_spaced", False))
        self.verb_final = bool(table.get("verb_final", False))
        self.nouns_capitalised = bool(table.get("nouns_capitalised", False))
        self.compounds = bool(table.get("compounds", False))
        self.inside_marks = bool(table.get("inside_marks", False))
        self.apostrophe_ends = bool(table.get("apostrophe_ends", False))
        self.particles = {
            key: frozenset((*entries, *table["particles"].get("any", ())))
            for key, entries in table.get("particles", {}).items()
        }
        self.manner = tuple(table.get("clause", {}).get("manner", ()) if self.particles else ())
        self.unspaced = bool(table.get("unspaced", False))
        self.fronted = tuple(str(one) for one in table.get("fronted", ()))
        self.clitics = tuple(str(one) for one in table.get("clitics", ()))
        self.inverts = bool(table.get("speakers", {}).get("articles", ()))
        self.drops_subject = bool(table.get("drops_subject", False))
        self.adjectives = tuple(str(one) for one in table.get("adjectives", ()))
        self.datives = tuple(str(one) for one in table.get("datives", ()))
        self.dash_resumes = bool(table.get("dash_resumes", False))
        self.exact_words = bool(table.get("exact_words", False))
        self.roles_behind = bool(table.get("roles_behind", False))
        self.verb_first = bool(table.get("verb_first", False))
        self.run_on = bool(table.get("run_on", False))
        self.caseless = bool(table.get("caseless", False))
        self.comma_clauses = bool(table.get("comma_clauses", False))
        self.genitives = tuple(str(one) for one in table.get("genitives", ()))
        self.definite = tuple(str(one) for one in table.get("definite", ()))
        self.plural_verbs = tuple(str(one) for one in table.get("plural_verbs", ()))
        self.verb_endings = tuple(str(one) for one in table.get("verb_endings", ()))
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._beginnings: dict[str, set[str]] = defaultdict(set)
        self._endings: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        self._memory: dict[str, frozenset[str]] = {}
        for label, entry in _entries(table):
            self._learn(label, entry)
        for phrases in self._phrases.values():
            phrases.sort(key=_longest)
        self._pairs = self._by_pair()
        self.whole = self._whole()
        self._beginning_lengths = sorted({len(part) for part in self._beginnings})
        said = {*self.words("relays.report"), *self.words("verbs.say")} if self.run_on else ()
        self._reports = tuple(sorted(said, key=lambda word: (-len(word), word)))
        self._begun: dict[str, list[str]] = defaultdict(list)
        for verb in self._reports:
            self._begun[verb[:_PAIR]].append(verb)
        back = [one for phrases in self._phrases.values() for one in phrases]
        ends = {one.words[-1] for one in back if one.label == "frames.back" and not one.open_ended}
        self._leads = (*self.words("frames.as"), *sorted(ends)) if self.run_on else ()
        self._framing = frozenset(self.words("frames.with"))
        self._long = tuple(verb for verb in self._reports if len(verb) >= _LONG)
        self._ending_lengths = sorted({len(part) for part in self._endings})

    def _whole(self) -> frozenset[str]:
        """Words listed in full, where they are looked for within longer ones."""
        if self.unspaced:
            return frozenset(self._exact)
        return frozenset((*self._exact, *self._phrases)) if self.fronted else NOTHING

    def _learn(self, label: str, entry: str) -> None:
        bare = entry.strip("*")
        if entry.startswith("*") and " " not in bare:
            self._endings[bare].add(label)  # an ending set off is no word of its own: "*'ya"
            return
        if entry.endswith("-*"):
            self._beginnings[bare].add(label)  # nor a beginning: "экс-*"
            return
        for spelt in dict.fromkeys((bare, bare.title() if "-" in bare else bare)):
            # A hyphen may part words in small letters and not in a name: "États-Unis".
            self._keep(label, entry, tuple(token.normal for token in tokens(spelt, self.code)))
        if self.unspaced:
            self._exact[bare].add(label)  # whole as well: its characters are joined when read

    def _keep(self, label: str, entry: str, words: tuple[str, ...]) -> None:
        if not words:
            return
        if len(words) > 1:
            self._phrases[words[0]].append(_Phrase(words, entry.endswith("*"), label))
        elif entry.endswith("*"):
            self._beginnings[words[0]].add(label)
        else:
            self._exact[words[0]].add(label)

    def _by_pair(self) -> dict[str, dict[str, list[_Phrase]]]:
        """The phrases by their first word and their second, under "" where only the beginning of
        the second is given; those are among the others too."""
        pairs: dict[str, dict[str, list[_Phrase]]] = {}
        for first, phrases in self._phrases.items():
            loose = [one for one in phrases if len(one.words) == _PAIR and one.open_ended]
            by_second: dict[str, list[_Phrase]] = {"": loose}
            for one in phrases:
                if one not in loose:
                    by_second.setdefault(one.words[1], list(loose)).append(one)
            for there in by_second.values():
                there.sort(key=_longest)
            pairs[first] = by_second
        return pairs

    def words(self, label: str) -> list[str]:
        """The single words listed in full under `label`, in alphabetical order."""
        return sorted(word for word, labels in self._exact.items() if label in labels)

    def labels(self, word: str) -> frozenset[str]:
        """Labels of one normalised word on its own."""
        try:  # asked so often that even a call to the dictionary's own method tells
            return self._memory[word]
        except KeyError:
            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            known = self._memory[word] = self._look_up(word)
            return known

    def _look_up(self, word: str) -> frozenset[str]:
        labels = set(self._exact.get(word, ()))
        for length in self._beginning_lengths:
            if length > len(word):
                break
            labels |= self._beginnings.get(word[:length], NOTHING)
        for length in self._ending_lengths:
            if length > len(word):
                break
            labels |= self._endings.get(word[-length:], NOTHING)
        if not labels and self.clitics:
            return self._behind_clitic(word)
        return frozenset(labels) if labels else NOTHING

    def _behind_clitic(self, word: str) -> frozenset[str]:
        """Labels of what a particle is written onto, where the word alone has none: "فقال"."""
        rest = self.without_clitic(word)
        return self._look_up(rest) if len(rest) > 2 and rest != word else NOTHING

    def without_clitic(self, word: str) -> str:
        """`word` less the particle at its front, if it has one; "لل" hides the article."""
        if "ل" in self.clitics and word.startswith("لل"):
            return "ا" + word[1:]
        return word[1:] if word.startswith(self.clitics) else word

    def parted(self, words: Sequence[Token]) -> list[Token]:
        """`words` with a reporting verb parted from the source it has run into, as on pages
        that lost the spaces around their links: "цитируетпремьер-министра"."""
        parted: list[Token] = []
        for token in words:
            parted.extend(self._apart(token, _SEAMS))
        return parted

    def _apart(self, token: Token, seams: int) -> list[Token]:
        """A word as the words that have run together in it, at most `seams` times."""
        cut = self._seam(token) if seams else 0
        if not cut:
            return [token]
        texts = ((0, token.text[:cut]), (cut, token.text[cut:]))
        return [
            part
            for low, text in texts
            for part in self._apart(
                Token(token.start + low, token.start + low + len(text), text, normal(text)),
                seams - 1,
            )
        ]

    def _seam(self, token: Token) -> int:
        """Where a run-on word parts; 0 for any other word."""
        if not self._reports or self.labels(token.normal):
            return 0
        for lead in self._leads:
            rest = token.normal[len(lead) :]
            if token.normal.startswith(lead) and rest.startswith(self._long):
                return len(lead)
            if token.normal.startswith(lead) and rest in self._reports:
                return len(lead)
        near = self._begun.get(token.normal[:_PAIR], ())
        begun = [verb for verb in near if token.normal.startswith(verb)]
        for part in (self._meets_known, self._meets_other):
            for verb in begun:
                if part(verb, token.normal[len(verb) :]):
                    return len(verb)
        return self._seam_before(token)

    def _seam_before(self, token: Token) -> int:
        """Where a name or role ends that a verb has run into: "Госдепартаментарассказал"."""
        if not token.normal.endswith(self._long):
            return 0
        verb = next(verb for verb in self._long if token.normal.endswith(verb))
        front = token.normal[: -len(verb)]
        named = token.capital or bool(self.labels(front) & _AFTER_SEAM)
        return len(front) if named and len(front) > _SHORTEST else 0

    def _meets_known(self, verb: str, rest: str) -> bool:
        """Whether `rest`, which has run into `verb`, is a word that may follow it: a role, an
        outlet, a preposition ("пишетсо ссылкой", "сообщилав понедельник")."""
        labels = self.labels(rest)
        if labels & _AFTER_SEAM or _is_outlet(rest):
            return True
        # "о" ends verbs, and short verbs begin many words.
        short = len(rest) == 1 and (len(verb) < _LONG or rest == "о")
        return "speakers.stop" in labels and not short

    def _meets_other(self, verb: str, rest: str) -> bool:
        return len(verb) > _SHORTEST and len(rest) > _SHORTEST

    def phrases(self, words: Sequence[Token]) -> Iterator[Found]:
        """Phrases of two words or more in `words`, longest first at each place."""
        for first, token in enumerate(words[:-1]):
            by_second = self._pairs.get(token.normal)
            if by_second is None:
                continue
            for phrase in by_second.get(words[first + 1].normal) or by_second[""]:
                if _matches(phrase, words, first):
                    yield Found(first, first + len(phrase.words), frozenset({phrase.label}))

    def frames(self, words: Sequence[Token]) -> Iterator[Found]:
        """Frames of a preposition and a noun with what stands between: "nach ersten Angaben"."""
        for first, token in enumerate(words if self._framing else ()):
            if token.normal not in self._framing:
                continue
            for place in range(first + 1, min(len(words), first + _FRAME)):
                if not words[place].word or words[place].normal in self._framing:
                    break
                if "frames.noun" in self.labels(words[place].normal) and words[place].capital:
                    yield Found(first, place + 1, frozenset({"frames.before", "frames.noun"}))
                    break


# Words of the shortest phrase, letters by which verbs are looked up.
_PAIR = 2


def _longest(phrase: _Phrase) -> tuple[int, _Phrase]:
    return -len(phrase.words), phrase


def _is_outlet(word: str) -> bool:
    """Whether a word is the name of an outlet, in small letters."""
    from provenance.naming import outlets

    return len(word) > _SHORTEST and outlets.lookup(word) is not None


# Letters of an outlet that may have run into a verb; shorter ones are endings of the verb.
_SHORTEST = 4
# Tokens of a frame less its noun: "nach den vorläufigen Ergebnissen".
_FRAME = 5
# Letters of a verb that no other word ends with, and words that may run together in one.
_LONG, _SEAMS = 7, 3


def _matches(phrase: _Phrase, words: Sequence[Token], first: int) -> bool:
    end = first + len(phrase.words)
    if end > len(words):
        return False
    for place, word in enumerate(phrase.words[:-1], first):
        if words[place].normal != word:
            return False
    last = words[end - 1].normal
    return last.startswith(phrase.words[-1]) if phrase.open_ended else last == phrase.words[-1]


def _entries(table: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name in _TABLES:
        for key, entries in table.get(name, {}).items():
            for entry in entries:
                yield f"{name}.{key}", normal(entry)


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of language `code`; an empty one where the language has no data."""
    return Lexicon(code, languages.table(code, "quoting"))
