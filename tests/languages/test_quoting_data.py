"""The quoting tables are what the code expects, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from provenance import languages
from provenance.quoting._lexicon import lexicon
from provenance.quoting._tokens import normal, tokens

_KEYS = {
    "verbs": {
        *("say", "tell", "think", "call", "participle", "announce", "order", "back", "never"),
        *("clausal", "adds", "asked"),
    },
    "frames": {
        "before",
        "what",
        "after",
        "as",
        "back",
        "trail",
        "with",
        "noun",
        "his",
        "opening",
        "account",
    },
    "clause": {
        *("that", "break", "auxiliaries", "subjunctive"),
        *("finite", "verblike", "infinitive", "nouns", "hearsay"),
        *("about", "and", "antecedent", "joins", "manner", "plain"),
        *("purpose", "question", "relative", "subordinate", "infinitival"),
        *("lead", "enclitic", "not", "while", "told", "passive", "owned"),
        *("modal", "occasion", "topic", "subject", "quotative"),
    },
    "speakers": {
        *("determiners", "inside", "stop", "lead", "roles", "groups", "documents"),
        *(
            "anonymous",
            "unnamed",
            "articles",
            "when",
            "house",
            "oblique",
            "genitive",
            "dative",
            "surname",
            "object",
        ),
        *("portfolios", "again", "numerals", "definite"),
        *("interviewee", "answering", "converses", "aside"),
        *("his", "her", "pointing", "folk", "indefinite", "placing", "accusative"),
    },
    "pronouns": {"he", "she", "they", "it", "i", "here", "there", "who", "oblique"},
    "relays": {
        *("citing", "by", "quoted", "interview", "given", "report"),
        *("carry", "paper", "titles", "words", "behind", "wire"),
        *("air", "channel", "credit", "on", "own", "photo", "programme"),
        *("staff", "of", "event", "held", "to", "works", "earlier", "hearsay", "recap"),
        *("named", "news"),
    },
}
_OPTIONAL = {
    "naming": {"articles", "as", "of", "verbs", "verbs_as", "verbs_of", "has", "all", "titles"},
}
_OFFICES = {
    *("head of state", "head of government"),
    *("foreign minister", "defence minister", "finance minister"),
}
_NEEDED = {
    "verbs": {"say"},
    "frames": {"before", "after", "as"},
    "clause": {"that", "break"},
    "speakers": {"roles", "groups", "documents", "anonymous", "unnamed"},
    "relays": {"citing", "by", "interview", "report"},
}


@pytest.mark.parametrize("code", languages.codes())
def test_tables_have_the_keys_the_code_knows(code: str) -> None:
    table = languages.table(code, "quoting")
    for section, keys in _OPTIONAL.items():
        assert set(table.get(section, {})) <= keys, section
    for section, keys in _KEYS.items():
        assert set(table[section]) <= keys, section
        assert _NEEDED.get(section, set()) <= set(table[section]), section


def test_every_key_is_explained_to_whoever_adds_a_language() -> None:
    text = (Path(__file__).parents[2] / "docs" / "adding-a-language.md").read_text("utf-8")
    explained = set(re.findall(r"`(\w+)`", text))
    assert {key for keys in _KEYS.values() for key in keys} <= explained
    flags = {
        key
        for code in languages.codes()
        for key, value in languages.table(code, "quoting").items()
        if not isinstance(value, dict) and key != "name"
    }
    assert flags <= explained


@pytest.mark.parametrize("code", languages.codes())
def test_offices_are_those_the_gazetteer_of_people_knows(code: str) -> None:
    table = languages.table(code, "quoting")
    assert set(table.get("posts", {})) <= {"head", "former"}
    assert set(table.get("offices", {})) | set(table.get("bodies", {})) <= _OFFICES
    assert all(len(country) == 2 for country in table.get("countries", {}))


@pytest.mark.parametrize("code", languages.codes())
def test_every_entry_is_a_clean_phrase(code: str) -> None:
    table = languages.table(code, "quoting")
    for section in _KEYS:
        for key, entries in table[section].items():
            for entry in entries:
                assert isinstance(entry, str) and entry == entry.strip(), (section, key, entry)
                assert tokens(normal(entry.strip("*")), code), (section, key, entry)
                assert "*" not in entry.strip("*"), (section, key, entry)


@pytest.mark.parametrize("code", languages.codes())
def test_a_reporting_verb_is_found_by_the_lexicon(code: str) -> None:
    verb = languages.table(code, "quoting")["verbs"]["say"][0]
    words = tokens(verb, code)
    labels = set(lexicon(code).labels(words[0].normal))
    for found in lexicon(code).phrases(words):
        labels |= found.labels
    assert "verbs.say" in labels
