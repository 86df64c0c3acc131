import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Document, Link, Origin
from provenance.quoting import extract
from provenance.tracing.origin import chances, origin
from tests.proportion import grows_in_proportion

RELAYED = (
    "The partners have drawn up plans for a ceasefire, British Prime Minister Kir Starmer stated.\n"
    "According to Ria Novosti, the plans concern fifteen thousand people.\n"
)


def of(text: str, language: str = "en", **fields: object) -> Origin:
    return origin(Document("x", text, language, **fields))  # type: ignore[arg-type]


def kinds(found: Origin) -> set[str]:
    return {one.kind for one in found.evidence}


def test_a_russian_agency_and_a_russian_spelling_make_a_translated_relay():
    found = of(RELAYED)
    assert found.kind == "translated relay"
    assert found.source_language == "ru"
    assert found.via == ("RIA Novosti",)
    (kir,) = [one for one in found.evidence if one.text == "Kir"]
    assert "«Кир»" in kir.says and "Russian" in kir.says and kir.weight > 2
    assert kir.kind == "name"


def test_thin_evidence_is_unknown():
    found = of("The council met on Tuesday and will meet again.")
    assert found.kind == "unknown"
    assert found.source_language == "und"
    assert found.via == ()


def test_a_dateline_of_another_outlet_is_a_relay():
    found = of("OSLO (Reuters) - The minister resigned on Monday.\nHe gave no reason.", "en")
    assert found.kind == "relay"
    assert found.via == ("Reuters",)
    assert "dateline" in kinds(found)


def test_an_outlet_may_sign_its_own_dateline():
    found = of("ОСЛО, 2 мар — РИА Новости. Министр ушёл.", "ru", url="https://ria.ru/1.html")
    assert "relay" not in found.kind
    assert found.via == ()


@pytest.mark.parametrize(
    ("text", "language", "via"),
    [
        ("Министр ушёл в отставку, сообщает «Интерфакс».\nПричин он не назвал.", "ru", "Interfax"),
        ("Міністр пішов у відставку, пише Укрінформ.\nПричин не назвав.", "uk", "Ukrinform"),
        ("Der Minister trat laut dpa zurück.\nGründe nannte er nicht.", "de", "dpa"),
        ("Le ministre a démissionné, rapporte l'agence AFP.\nRien de plus.", "fr", None),
    ],
)
def test_a_credit_in_the_opening_is_a_relay_in_many_languages(text, language, via):
    found = of(text, language)
    assert found.kind in ("relay", "translated relay")
    assert via is None or found.via == (via,)


def test_an_outlet_cited_in_passing_makes_no_relay():
    lines = [f"The council met for the {number}th time and argued." for number in range(8)]
    found = of("\n".join([*lines, "A member told CNN that he was tired.", *lines]))
    assert "relay" not in found.kind
    assert chances(Document("x", "A member told CNN that he was tired.", "en"))["relay"] > 0.7


def test_what_belongs_to_an_outlet_is_no_credit():
    credit = chances(Document("x", "The vote is off, according to CNN.\nNo more is known.", "en"))
    host = chances(Document("x", "The mayor met CNN’s host Ann Bell.\nNo more is known.", "en"))
    assert host["relay"] < 0.5 < credit["relay"]


def test_the_more_sentences_cite_an_outlet_the_surer_a_relay():
    once = "The vote is off, according to CNN. It was close. It was late. It was loud."
    often = "The vote is off, according to CNN. It was close, CNN said. It was late, CNN reported."
    assert (
        chances(Document("x", often, "en"))["relay"] > chances(Document("x", once, "en"))["relay"]
    )
    (sign,) = [one for one in of(often).evidence if one.kind == "density"]
    assert "100 %" in sign.says


def test_a_sign_off_names_the_agency():
    found = of("Der Minister trat am Montag zurück. Gründe nannte er nicht.\n\n(dpa)", "de")
    assert "sign-off" in kinds(found) and found.via == ("dpa",)


def test_a_name_that_goes_on_is_no_sign_off():
    firm = of("The list leaves out the company of Mr. Kent, Bloomberg L.P.")
    assert "sign-off" not in kinds(firm)
    other = of("The minister resigned on Monday. He gave no reason.\n\nh/t: Independent Journal.")
    assert "sign-off" not in kinds(other)
    credit = of("The minister resigned on Monday. He gave no reason.\n\nh/t: Breitbart.")
    assert "sign-off" in kinds(credit)


def test_metadata_and_links_count():
    document = Document(
        "x",
        "The minister resigned on Monday.",
        "en",
        outlet="Kyiv Post",
        meta={"canonical": "https://www.reuters.com/world/x"},
        links=(Link("https://www.reuters.com/world/x", 4, 12),),
    )
    found = origin(document)
    assert found.via == ("Reuters",) and found.kind == "relay"
    assert {"metadata", "link"} <= kinds(found)


def test_foreign_punctuation_speaks_for_translation():
    plain = chances(Document("x", "The plan costs 1.5 million. “We agree,” he said.", "en"))
    odd = chances(Document("x", "The plan costs 1,5 million. «We agree», — he said.", "en"))
    assert odd["translation"] > plain["translation"] + 0.2


def test_missing_articles_and_a_verb_before_its_subject_speak_for_translation():
    odd = of("In Oslo was signed contract. Director of plant arrived in framework of visit.")
    says = {one.text.strip(): one.says for one in odd.evidence if one.kind == "style"}
    assert "before its subject" in says["was signed contract"]
    assert "article" in says["in framework of"]
    plain = of("A contract was signed in Oslo. The director of the plant came as part of a visit.")
    assert not [one for one in plain.evidence if one.kind == "style"]


def test_a_text_of_some_length_with_hardly_any_articles_is_not_native_english():
    bare = "Minister opened bridge near city and told workers that road will be ready in summer. "
    (sign,) = [one for one in of(bare * 6).evidence if "articles" in one.says]
    assert "0% of its words" in sign.says
    native = "The minister opened a bridge near the city and told the workers that it was ready. "
    for text in (native * 6, bare):  # enough of them; too short to tell
        assert not [one for one in of(text).evidence if "articles" in one.says]


def test_a_dateline_is_told_once_and_not_as_a_credit_too():
    found = of("MOSCOW, March 3 (TASS) — The talks are over.\nThe agency gave no reason.")
    assert [one.kind for one in found.evidence if one.text == "TASS"] == ["dateline"]


def test_a_dateline_may_stand_below_the_headline():
    found = of("Talks end without a treaty.\n\nOSLO (AP) — The talks are over.\nNobody said why.")
    assert [one.kind for one in found.evidence if one.text == "AP"] == ["dateline"]
    assert found.via == ("Associated Press",)


def test_a_line_of_reporters_and_editors_is_the_agencys_signature():
    told = "The talks are over.\nNobody said why.\n(Reporting by Ann Bell; Editing by Bo Dahl)"
    assert of(told).via == ("Reuters",)
    assert of(told, url="https://www.reuters.com/world/1").via == ()
    credited = "The talks are over.\nReporting by Ann Bell of this paper."
    assert of(credited).via == ()


def test_a_credit_to_an_agency_or_from_abroad_weighs_more_than_one_to_a_paper_at_home():
    def credit(outlet: str) -> float:
        found = of(f"The talks are over, according to {outlet}.\nNobody said why.")
        return max(one.weight for one in found.evidence if one.kind == "credit")

    assert credit("Reuters") == credit("Corriere della Sera") > credit("The Washington Post")


def test_evidence_is_verbatim_at_its_offsets():
    for one in of(RELAYED).evidence:
        if one.start is not None:
            assert RELAYED[one.start : one.end] == one.text


@given(st.text(alphabet=st.characters(), max_size=300), st.sampled_from(["en", "ru", "de", "zh"]))
def test_any_text_has_an_origin_and_chances_that_sum_to_one(text, language):
    document = Document("x", text, language)
    found = origin(document)
    assert 0 <= found.probability <= 1
    assert abs(sum(chances(document).values()) - 1) < 1e-9
    for one in found.evidence:
        assert one.start is None or text[one.start : one.end] == one.text


@pytest.mark.parametrize("unit", ["РИА ", "«", "stated that ", "Kir ", "1,5 ", "(Reuters) - ", "A"])
def test_time_grows_with_length_only(unit):
    def work(times: int) -> None:
        origin(Document("x", unit * times, "en"))

    assert grows_in_proportion(work, 7_500)


def test_whom_the_last_words_were_told_to_signs_nothing() -> None:
    text = (
        "The harbour stays open, Mayor Clara Voss said.\n\n"
        "“Nobody will lose a job,” port director Ida Brandt told Haaretz."
    )
    document = Document("x", text, "en")
    found = origin(document, extract(document))
    assert "sign-off" not in {evidence.kind for evidence in found.evidence}
