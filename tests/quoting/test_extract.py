"""What `extract` promises of any text at all, and of a few texts in particular."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Document, Quote
from provenance.quoting import extract
from tests.proportion import grows_in_proportion

_LANGUAGES = ["en", "de", "ru", "uk", "fr", "es", "it", "pl", "tr", "ar", "zh", "fa", "pt", "bg"]
_LANGUAGES += ["und", ""]
_PIECES = st.sampled_from(
    [
        *"“”„«»\"'’‘「」『〝‹—–\n\0\U0001f600\u202e\ufeffё",
        *(
            "- ",
            "\n\n",
            ". ",
            ", ",
            ": ",
            "? ",
            " said ",
            " сказал ",
            " sagte ",
            " a dit ",
            "dijo ",
        ),
        *(
            "表示，",
            " قال ",
            "that ",
            "что ",
            "dass ",
            "que ",
            "Anna Berg",
            "Пётр Ильин",
            "he ",
            "она ",
        ),
        *("the minister", "according to ", "laut ", "по словам ", "selon ", "Reuters", "ТАСС"),
        *(
            "قائلا: ",
            "، ",
            "به گزارش ",
            "گفت که ",
            "وفقا لرويترز ",
            "，",
            "：",
            "3月2日电 ",
            "《卫报》",
        ),
        *("Reuters'a göre ", "olduğunu söyledi", "diyen ", "там ", "мы ", "выше", "\u0301"),
        *("citing ", "со ссылкой на ", "we will win", "мы победим", "a\u0301", "12"),
    ]
)
_TEXTS = st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=200)


def _quotes(text: str, language: str, *, model: bool = True) -> tuple[Quote, ...]:
    return extract(Document("d", text, language), model=model)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(_LANGUAGES))
def test_everything_is_verbatim_at_its_offsets(text: str, language: str) -> None:
    for quote in _quotes(text, language):
        assert text[quote.start : quote.end] == quote.text
        assert quote.start < quote.end
        for span in quote.spans:
            assert quote.start <= span.start < span.end <= quote.end
        for part in (quote.speaker, quote.cue, *quote.chain):
            if part is not None and part.start is not None:
                written = getattr(part, "text", None) or getattr(part, "as_written", "")
                assert text[part.start : part.end] == written


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(_LANGUAGES))
def test_quotes_nest_or_stay_apart(text: str, language: str) -> None:
    quotes = _quotes(text, language)
    hulls = [(quote.start, quote.end) for quote in quotes]
    assert hulls == sorted(hulls, key=lambda hull: (hull[0], -hull[1]))
    parts = [
        [(s.start, s.end) for s in quote.spans] or [(quote.start, quote.end)] for quote in quotes
    ]
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            for start, end in one:
                for begin, stop in other:
                    apart = end <= begin or stop <= start
                    within = (start <= begin and stop <= end) or (begin <= start and end <= stop)
                    assert apart or within


@settings(max_examples=60, deadline=None)
@given(_TEXTS, st.sampled_from(_LANGUAGES))
def test_the_same_text_gives_the_same_quotes(text: str, language: str) -> None:
    assert _quotes(text, language) == _quotes(text, language)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, st.sampled_from(_LANGUAGES))
def test_confidence_is_a_probability_and_has_reasons(text: str, language: str) -> None:
    for quote in _quotes(text, language):
        assert 0.0 <= quote.confidence <= 1.0
        assert quote.evidence


@pytest.mark.parametrize(
    "text",
    [
        "“" * 10_000,
        '"' * 10_001,
        "„a" * 5_000,
        "he said that " * 2_000,
        "according to X, " * 1_500,
        "— a, " * 5_000,
        "a" * 75_000,
        "'s " * 7_500,
        "(" * 10_000,
        " " * 25_000,
    ],
    ids=[
        "openers",
        "straight",
        "low marks",
        "cues",
        "frames",
        "dashes",
        "one word",
        "clitics",
        "brackets",
        "spaces",
    ],
)
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    assert grows_in_proportion(lambda length: _quotes(text[:length], "en"), len(text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Министр сказал. Там сообщили, что да. " * 1_000),
        ("ru", "".join(f"Министр{n} Ан Ив{n} заявил. " for n in range(1_000))),
        ("tr", "Ali, bunun olduğunu söyledi. " * 1_250),
        ("tr", "göre, “a” diyen " * 2_000),
        ("ar", "وقال وزير سمير حداد قائلا: " * 1_250),
        ("fa", "علی رضایی، وزیر، گفت: " * 1_500),
        ("zh", "据部长说，" * 5_000),
        ("zh", "“好，”他说。《报》" * 2_000),
        ("it", "ha detto ieri, il " * 2_000),
        ("und", "\u0301" * 10_000),
    ],
)
def test_hostile_text_of_any_language_takes_time_in_proportion(language: str, text: str) -> None:
    assert grows_in_proportion(lambda length: _quotes(text[:length], language), len(text))


def test_a_split_quotation_is_one_quote_with_parts() -> None:
    text = "“We have the money,” Mayor Ruth Calloway said, “but we lack engineers.”"
    (quote,) = _quotes(text, "en")
    said = [text[span.start : span.end] for span in quote.spans]
    assert said[0].startswith("We have") and said[1].startswith("but we lack")
    assert (quote.start, quote.end) == (quote.spans[0].start, quote.spans[-1].end)
    assert quote.speaker is not None and quote.speaker.name == "Ruth Calloway"


def test_the_cited_outlet_stands_nearer_the_speaker() -> None:
    text = "«Мы ответим», — заявил министр Олег Гришин, сообщает РБК со ссылкой на Financial Times."
    (quote,) = _quotes(text, "ru")
    assert [(one.name, one.relation) for one in quote.chain] == [
        ("Financial Times", "citing"),
        ("RBC", "reported"),
    ]


def test_an_agency_that_quotes_is_a_relay_of_whoever_spoke_before() -> None:
    text = (
        "The alliance has prepared plans to send engineers, Prime Minister Owen Hart said. "
        "According to Ria Novosti, this news goes on as follows: "
        "“The alliance is preparing operations for the coming winter.”"
    )
    quote = next(one for one in _quotes(text, "en") if one.type == "direct")
    assert quote.speaker is not None and quote.speaker.name == "Owen Hart"
    assert [one.name for one in quote.chain] == ["RIA Novosti"]
    assert quote.chain[0].as_written == "Ria Novosti"


@pytest.mark.parametrize(
    ("language", "text", "chain"),
    [
        ("ru", "«Паром пойдёт», — заявила Лебедева ТАСС.", ["TASS"]),
        ("ru", "«Паром пойдёт», — заявила Лебедева госагентству ТАСС.", ["TASS"]),
        ("ru", "«Паром пойдёт», — цитирует Рейтер заявление посольства.", ["Reuters"]),
        ("ru", "В интервью Politico она рассказала о ценах. «Паром пойдёт».", ["Politico"]),
        (
            "ru",
            "В интервью Politico он осудил цены. «Я плачу, — сказал он. — Все мы».",
            ["Politico"],
        ),
        ("en", "“It will sail on Monday.” Ann Holloway told the state agency TASS.", ["TASS"]),
        ("uk", "Анна Лебеденко сказала: «Пором піде» Джерело: Reuters", ["Reuters"]),
        ("en", "The BBC, citing Reuters, reported that the ferry would sail.", ["BBC"]),
        ("en", "The BBC reported, citing Reuters, that the ferry would sail.", ["BBC"]),
        ("uk", "УНІАН з посиланням на Reuters повідомляє, що пором піде.", ["UNIAN"]),
    ],
)
def test_whom_it_was_told_and_who_carried_it(language: str, text: str, chain: list[str]) -> None:
    (quote,) = _quotes(text, language)
    assert [one.name for one in quote.chain] == chain


def test_a_dateline_governs_every_quote() -> None:
    text = (
        "МОСКВА, 2 мар — РИА Новости. Министр Олег Гришин заявил, что завод закроют.\n\n"
        "«Иного пути нет», — добавил министр."
    )
    chains = [[one.name for one in quote.chain] for quote in _quotes(text, "ru")]
    assert chains and all(chain[-1:] == ["RIA Novosti"] for chain in chains)


def test_a_relative_pronoun_names_what_it_stands_for() -> None:
    text = "The plan alarmed Mayor Ruth Calloway, who said that the dam would not hold."
    quote = _quotes(text, "en")[-1]
    assert quote.speaker is not None and quote.speaker.name == "Ruth Calloway"


def test_without_the_model_the_rules_decide() -> None:
    text = "Defence Secretary John Healdon said that the exercise would end on Friday."
    (quote,) = _quotes(text, "en", model=False)
    assert quote.evidence[0].kind == "rule"
    assert quote.text == "that the exercise would end on Friday"


def test_a_language_without_data_gets_what_its_marks_show() -> None:
    (quote,) = _quotes("“Ni devas rekonstrui la tutan urbon antaŭ la vintro.”", "eo")
    assert quote.type == "direct" and quote.speaker is None


def test_a_long_text_is_read_in_pieces_with_its_own_offsets() -> None:
    sentence = "“We shall rebuild the harbour,” said Anna Berg. "
    filler = "Rain fell on the harbour all day. " * 6_500
    text = filler + sentence
    quotes = _quotes(text, "en")
    assert any(quote.text.startswith("We shall rebuild") for quote in quotes)
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes)


def test_a_label_before_quoted_words_is_no_part_of_them() -> None:
    text = "Anna Hafen: “Die Brücke wird im April für neun Wochen gesperrt, und das steht fest.”"
    (quote,) = extract(Document("interview", text, "de"))
    assert quote.text == text[text.index("Die") : -1]
    assert quote.type == "direct"
    assert quote.speaker is not None and quote.speaker.name == "Anna Hafen"


def test_a_bare_noun_phrase_is_hardly_a_quote() -> None:
    """PolNeAR counts what somebody supported as reported; a reader would not."""
    text = (
        "The senator expressed cautious optimism about the harbour plan. "
        "The senator said that the harbour would close. She criticised the harbour plan."
    )
    found = {quote.text: quote.confidence for quote in _quotes(text, "en")}
    clauses = [sure for words, sure in found.items() if "would close" in words]
    phrases = [sure for words, sure in found.items() if "would close" not in words]
    assert clauses and min(clauses) > 0.5
    assert all(sure < 0.5 for sure in phrases)


def test_an_indirect_quote_without_rule_or_verb_of_saying_must_be_sure_to_be_told() -> None:
    """A needless quote costs a reader more than one left out; a clear one is always told."""
    text = (
        "The mayor's critics doubt the wisdom of a second bridge, which engineers see as a risk. "
        "The ministry denied a delay. The minister said talks had stalled. "
        "The mayor said that the bridge would open."
    )
    told = [quote.text for quote in _quotes(text, "en")]
    assert told == ["a delay", "talks had stalled", "that the bridge would open"]


@settings(max_examples=100, deadline=None)
@given(_TEXTS, st.sampled_from(_LANGUAGES))
def test_no_speaker_begins_or_ends_in_a_mark_of_the_clause(text: str, language: str) -> None:
    for quote in _quotes(text, language):
        if quote.speaker is not None and any(char.isalnum() for char in quote.speaker.text):
            assert quote.speaker.text.strip() == quote.speaker.text
            assert quote.speaker.text[-1] not in ",;:"


def test_a_speaker_is_named_without_the_next_clause() -> None:
    text = "The plan worries some northern allies, who argue that the harbour would be too small."
    quote = _quotes(text, "en")[-1]
    assert quote.speaker is not None
    assert quote.speaker.name == "northern allies"


def test_what_stands_before_who_was_told_is_what_was_said() -> None:
    (quote,) = _quotes("О том, как строили мост, рассказал «Коммерсанту» инженер Пётр Дубов.", "ru")
    assert quote.text == "О том, как строили мост"
    assert quote.speaker is not None
    assert quote.speaker.name == "Пётр Дубов"


def test_an_outlet_is_not_its_own_relay() -> None:
    text = "«Дорога откроется к осени», — сказал мэр Игорь Лунин, сообщает портал vesti.example.ru."
    found = extract(Document("d", text, "ru", url="https://vesti.example.ru/a"))
    assert [quote.chain for quote in found] == [()]


_STATED = {
    "en": "{} said that the tunnel was ready.",
    "fr": "{} a déclaré que le tunnel était prêt.",
    "es": "{} dijo que el túnel estaba listo.",
    "it": "{} ha detto che la galleria era pronta.",
    "pt": "{} disse que o túnel estava pronto.",
    "pl": "{} powiedziała, że tunel jest gotowy.",
    "de": "{} sagte, der Tunnel sei fertig.",
}


@pytest.mark.parametrize(
    ("language", "phrase", "name"),
    [
        ("en", "Secretary of State Ada Brandt", "Ada Brandt"),
        ("en", "Minister of Defence Ada Brandt", "Ada Brandt"),
        ("en", "Governor of Texas Ada Brandt", "Ada Brandt"),
        ("en", "Speaker of the House Ada Brandt", "Ada Brandt"),
        ("en", "Chief of Staff Ada Brandt", "Ada Brandt"),
        ("en", "Head of the Norholm Military Administration Ada Brandt", "Ada Brandt"),
        ("en", "Rep. Ada Brandt (D-Ohio)", "Ada Brandt"),
        ("en", "Sen. Ada Brandt, a Democrat from South Dakota,", "Ada Brandt"),
        ("en", "The mayor of New Norholm, Ada Brandt,", "Ada Brandt"),
        ("en", "The mayor of New Norholm", "mayor of New Norholm"),
        ("en", "A lawyer for Ada Brandt", "lawyer for Ada Brandt"),
        ("fr", "La ministre des Armées Anne-Lise Morel", "Anne-Lise Morel"),
        ("fr", "Anne-Lise Morel", "Anne-Lise Morel"),
        ("fr", "La maire de Norville Anne Morel", "Anne Morel"),
        ("fr", "Anna von der Heide", "Anna von der Heide"),
        ("es", "La ministra de Defensa Ana Dorín", "Ana Dorín"),
        ("es", "La presidenta de la Comisión Europea, Anna von der Heide,", "Anna von der Heide"),
        ("it", "La ministra degli Affari Esteri Anna Bassi", "Anna Bassi"),
        ("it", "La presidente del Consiglio Anna Bassi", "Anna Bassi"),
        ("it", "Anna von der Heide", "Anna von der Heide"),
        ("pt", "A ministra dos Negócios Estrangeiros Ana Tavira", "Ana Tavira"),
        ("pl", "Przewodnicząca Komisji Europejskiej Anna von der Heide", "Anna von der Heide"),
        ("de", "Die Präsidentin der Norddeutschen Zentralbank Anna Heide", "Anna Heide"),
    ],
)
def test_a_name_is_told_from_the_office_and_place_before_it(
    language: str, phrase: str, name: str
) -> None:
    (quote,) = _quotes(_STATED[language].format(phrase), language)
    assert quote.speaker is not None
    assert quote.speaker.name == name


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("эксперты", "group"),
        ("эксперт", "person"),
        ("чиновники", "group"),
        ("советник президента", "person"),
        ("пресс-служба полиции", "group"),
        ("Москва", "group"),
    ],
)
def test_several_people_a_service_and_a_capital_are_no_person(mention: str, kind: str) -> None:
    text = f"Позже стало известно больше. {mention.capitalize()} заявляет, что мост закроют весной."
    quotes = extract(Document(id="a", text=text, language="ru"))
    assert [quote.speaker.kind for quote in quotes if quote.speaker] == [kind]


_SAID = "“The river is rising,” said the mayor Ann Lister."


@pytest.mark.parametrize(
    ("end", "signed"),
    [
        ("\n\nReporting by Reuters", True),
        ("\n\nBBC News, London", True),
        (" Source: Reuters", True),
        ("\n\nThe BBC declined to comment.", False),
        (" She once worked for Reuters.", False),
        ("\n\nShe once worked for Reuters.", False),
    ],
)
def test_a_last_sentence_about_an_outlet_is_no_sign_off(end: str, signed: bool) -> None:
    relations = [relay.relation for relay in _quotes(_SAID + end, "en")[0].chain]
    assert relations == ["sign-off"] * signed


def test_a_person_named_behind_an_outlet_is_written_without_the_comma_between() -> None:
    (quote,) = _quotes(
        "According to Reuters, the mayor, Ann Roe, said the bridge will close.", "en"
    )
    assert quote.speaker is not None and quote.speaker.text == "the mayor, Ann Roe"
    assert [one.name for one in quote.chain] == ["Reuters"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "Harbour Minister Resigns As Republican Jane Roe Walks Out\n\nRepublican Jane Roe "
            "spoke in Salem on Monday. “It will come,” Roe said.",
            ["Jane Roe"],
        ),
        (
            "en",
            "Ted Holt came to Salem with Rafael Edward Holt, his father. Ted Holt spoke first. “We "
            "will win,” Holt said.",
            ["Ted Holt"],
        ),
        (
            "en",
            "President Jane Roe left for the National Mall. “We will wait,” Mr. Holt said. “All "
            "night,” he said.",
            ["Holt", "Holt"],
        ),
        ("en", "“We will wait,” said the pilots' leader, Will Hargrave.", ["Will Hargrave"]),
        (
            "de",
            "Die Absetzung Karin Roths wurde verschoben. Karin Roth war da. „Das ist falsch“, "
            "sagte Roth.",
            ["Karin Roth"],
        ),
        (
            "de",
            "Gelassen gibt sich Verkehrsminister Jan Thill. „Linien kommen und gehen“, sagte er.",
            ["Jan Thill"],
        ),
        (
            "de",
            "Minister Jan Thill kam nach Kiel. Nach Angaben des Ministers ist das Geld da.",
            ["Jan Thill"],
        ),
        (
            "es",
            "“No hay riesgo”, dijo Lucía Vega. Muy distinto fue el tono del alcalde de Robledo, "
            "Raúl Salas. “Es una traición”, lamentó en su cuenta de X. El puente sigue abierto.",
            ["Lucía Vega", "Raúl Salas"],
        ),
        (
            "pl",
            "„To gra” – powiedziała Anna Lis. Innego zdania jest burmistrz Rawicza Jan Wrona. "
            "– Słyszymy trzaski – powiedział.",
            ["Anna Lis", "Jan Wrona"],
        ),
        (
            "fr",
            "« Nous avons attendu deux ans », a expliqué devant des analystes sa directrice "
            "commerciale, Jeanne Aubry.",
            ["Jeanne Aubry"],
        ),
        (
            "it",
            "Di altro avviso è il sindaco di Roccalta, Paolo Neri, secondo cui «le crepe si "
            "allargano ogni notte».",
            ["Paolo Neri"],
        ),
    ],
)
def test_a_speaker_is_who_bears_the_name_and_not_what_stands_beside_it(
    language: str, text: str, names: list[str]
) -> None:
    found = extract(Document("d", text, language))
    assert [quote.speaker and quote.speaker.name for quote in found] == names


def test_who_speaks_behind_an_announced_quotation_told_it_to_nobody() -> None:
    text = "Jane Roe told the BBC: “We were not warned.” The council said it had sent letters."
    warned, sent = extract(Document("d", text, "en"))
    assert [relay.name for relay in warned.chain] == ["BBC"]
    assert (sent.speaker and sent.speaker.name, sent.chain) == ("council", ())
