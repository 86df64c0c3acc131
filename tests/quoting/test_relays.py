"""Through whom words came, and outlets that are named without being a source."""

from __future__ import annotations

import pytest

from provenance.model import Document, Quote
from provenance.quoting import extract

# Outlets of the quote that begins with the words given, nearest to the speaker first; one that
# is itself the source stands first.
_CAME_THROUGH = [
    # Whom it was told to, behind the speaker.
    ("it", "«Il molo chiude», ha detto il prefetto all'ANSA.", "Il molo", ["ANSA"]),
    ("it", "Il molo chiude. Lo ha detto il prefetto al Foglio.", "Il molo", ["Il Foglio"]),
    ("fr", "« Le quai ferme », a déclaré la préfète au Figaro.", "Le quai", ["Le Figaro"]),
    ("es", "«El muelle cierra», dijo el alcalde a El Mundo.", "El muelle", ["El Mundo"]),
    ("pl", "„Molo zostanie zamknięte”, powiedział PAP burmistrz.", "Molo", ["PAP"]),
    ("ar", "وقال مسؤولان لرويترز إن الرصيف سيغلق يوم الأحد.", "إن الرصيف", ["Reuters"]),
    (
        "en",
        '"It was chaos," a clerk recalled to Ann Lowe of The New York Times.',
        "It was",
        ["The New York Times"],
    ),
    (
        "ru",
        "Врачи, с которыми связалась «Медуза», подтвердили, что отделение закрыто.",
        "что отделение",
        ["Meduza"],
    ),
    # Where it stands, or where it was written.
    (
        "ru",
        "Пристань закроют, говорится в публикации Bloomberg со ссылкой на чиновников.",
        "Пристань",
        ["Bloomberg"],
    ),
    (
        "en",
        "Writing in the Financial Times, the banker argued that the levy was unfair.",
        "that the levy",
        ["Financial Times"],
    ),
    ("en", '"We are late," the minister said in an interview on CNN.', "We are", ["CNN"]),
    ("pl", "Według Reutersa molo zostanie zamknięte w maju.", "molo", ["Reuters"]),
    ("en", "The Russian daily Kommersant said the pier will close.", "the pier", ["Kommersant"]),
    ("en", "The pier will close, state news agency IRNA reported.", "The pier", ["IRNA"]),
    ("en", "The pier will close, the Telegram channel Rybar reported.", "The pier", ["Rybar"]),
    ("zh", "市长对《纽约时报》说，大桥将关闭。", "大桥", ["The New York Times"]),
    ("zh", "两名官员告诉《纽约时报》，大桥将关闭。", "大桥", ["The New York Times"]),
    ("zh", "据塔斯社援引《每日电讯报》报道，大桥将关闭。", "大桥", ["The Telegraph", "TASS"]),
    # Of languages with few words: Serbian in both scripts, Hungarian, Greek.
    ("sr", "Кеј ће бити затворен, изјавио је Марко Илић, преноси Танјуг.", "Кеј", ["Tanjug"]),
    (
        "sr",
        "Kej će biti zatvoren, rekao je Marko Ilić za RTS, prenosi Tanjug.",
        "Kej",
        ["RTS", "Tanjug"],
    ),
    ("hu", "A móló bezár – mondta Kovács Anna az MTI szerint.", "A móló", ["MTI"]),
    (
        "el",
        "Η προβλήτα θα κλείσει, δήλωσε ο Νίκος Ρήγας, σύμφωνα με το Reuters.",
        "Η προβλ",
        ["Reuters"],
    ),
    # What an outlet has learned; a column; speech between dashes that an agency carries.
    ("ru", "Как стало известно РБК, пристань закроют в мае.", "пристань", ["RBC"]),
    ("uk", "Як стало відомо Politico, пристань закриють у травні.", "пристань", ["Politico"]),
    (
        "ru",
        "Белов написал в колонке для The Telegraph, что пристань закроют.",
        "что прист",
        ["The Telegraph"],
    ),
    ("ru", "— Пристань закроют, — сказал Олег Белов, передаёт ТАСС.", "Пристань", ["TASS"]),
    (
        "pl",
        "– Molo zamkniemy – powiedział Jan Wrona telewizji France 24, podaje PAP.",
        "Molo",
        ["France 24", "PAP"],
    ),
    ("en", '"The pier is safe," Ann Berg was quoted as saying by MTI.', "The pier", ["MTI"]),
    # What points back to the words.
    ("bg", "Кеят ще бъде затворен. Това каза кметът Иван Дочев пред БНТ.", "Кеят", ["BNT"]),
    ("de", "Der Kai wird gesperrt. Das sagte Ute Berg dem „Spiegel“.", "Der Kai", ["Der Spiegel"]),
    (
        "en",
        '"The pier is safe," the mayor said. His remarks were carried by Interfax.',
        "The pier",
        ["Interfax"],
    ),
    # At second hand.
    (
        "de",
        "Die „Süddeutsche Zeitung“ berichtet, der Kai werde gesperrt. „Es eilt“, sagte demnach "
        "ein Beamter.",
        "Es eilt",
        ["Süddeutsche Zeitung"],
    ),
    (
        "it",
        "Lo riporta Reuters citando fonti. «Il molo chiude», ha detto un funzionario.",
        "Il molo",
        ["Reuters"],
    ),
    # Each outlet its own words.
    (
        "ru",
        "Пристань закроют в мае, заявил ТАСС капитан порта Олег Белов. The Wall Street Journal "
        "пишет, что грузы уйдут в Констанцу.",
        "что грузы",
        ["The Wall Street Journal"],
    ),
]
_ONLY_NAMED = [
    # Who runs it, what it holds.
    ("en", "The owner of Fox News said the channel would move.", "the channel"),
    ("en", '"It will pass," the minister told reporters at a Reuters event.', "It will"),
    ("en", '"It will pass," said Jane Roe, who works for Reuters.', "It will"),
    ("bg", "Собственикът на „24 часа“ заяви, че редакцията се мести.", "че редакцията"),
    ("es", "El director de La Vanguardia dijo que la redacción se muda.", "que la"),
    ("de", "„Es wird eng“, sagte der Minister bei einer Gala des Magazins „Stern“.", "Es wird"),
    ("ru", "«Рынок ждёт», — сказал банкир на форуме, который проводит РБК.", "Рынок"),
    ("tr", "Vali, Hürriyet'in düzenlediği panelde “Yollar dar” dedi.", "Yollar"),
    ("zh", "“市场需要时间”，行长在新华社主办的论坛上说。", "市场"),
    # What it knew before, and what the paper adds of its own.
    (
        "ru",
        "«Мы не подпишем», — заявил министр. Как ранее сообщало агентство Bloomberg, переговоры "
        "шли с весны.",
        "Мы не",
    ),
    (
        "ru",
        "Пристань закроют, сообщает ТАСС. Грузы уйдут в Констанцу.\n\nНапомним, мэр Олег Белов "
        "говорил, что пристань не тронут.",
        "что пристань",
    ),
    # Bodies.
    ("ru", "Пристань не тронут, утверждает Human Rights Watch.", "Пристань"),
    ("ru", "В Национальной кассе (CNAS) сообщили, что полисы подорожают.", "что полисы"),
    ("de", "Nach Angaben des Weißen Hauses ist das Treffen abgesagt.", "ist das"),
]


@pytest.mark.parametrize(("language", "text", "words", "outlets"), _CAME_THROUGH)
def test_words_came_through_the_outlets_the_text_credits(
    language: str, text: str, words: str, outlets: list[str]
) -> None:
    assert _outlets(_quote(language, text, words)) == outlets


@pytest.mark.parametrize(("language", "text", "words"), _ONLY_NAMED)
def test_an_outlet_that_is_only_named_is_no_source(language: str, text: str, words: str) -> None:
    assert _outlets(_quote(language, text, words)) == []


def test_an_outlet_that_quotes_is_not_cited_by_another() -> None:
    quote = _quote("de", "„Der Kai wird gesperrt“, zitiert die „Bild“ den Minister.", "Der Kai")
    assert [relay.relation for relay in quote.chain] == ["reported"]


def _quote(language: str, text: str, words: str) -> Quote:
    found = extract(Document("a", text, language))
    return next(quote for quote in found if text[quote.start : quote.end].startswith(words))


def _outlets(quote: Quote) -> list[str]:
    spoken = [quote.speaker.name] if quote.speaker and quote.speaker.kind == "outlet" else []
    return list(dict.fromkeys([*spoken, *(relay.name for relay in quote.chain)]))


@pytest.mark.parametrize(
    ("written", "name"), [("РИА Новости", "RIA Novosti"), ("Степной вестник", "Степной вестник")]
)
def test_a_message_was_forwarded_from_the_channel_it_says(written: str, name: str) -> None:
    said = "Министр Хелен Марш заявила: «Мы не отправим солдат в пролив»."
    (quote,) = extract(Document("a", said, "ru", meta={"forwarded source": written}))
    (relay,) = quote.chain
    assert (relay.name, relay.as_written, relay.relation) == (name, written, "forwarded")
    assert relay.start is None
