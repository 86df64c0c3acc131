from hypothesis import given
from hypothesis import strategies as st

from provenance.tracing._translationese import CUT, heard, languages_read, masked, patterns, score
from tests.proportion import grows_in_proportion

KEPT = frozenset(["the", "was", "in"])


def test_content_words_are_masked_and_function_words_kept():
    assert masked("The treaty was signed in Oslo.", KEPT) == [
        *(CUT, "the", "_ty", "was", "_ed", "in", "^lo", ".", CUT)
    ]


def test_longer_endings_are_heard_of_words_and_never_of_names():
    told = set(heard("The treaty was signed by Trump.", KEPT, fine=True))
    assert {"_ty", "_aty", "_ed", "_ned", "^mp"} <= told
    assert not [one for one in told if "^ump" in one]


def test_what_learned_from_little_hears_nothing_of_names():
    one, other = ("The treaty was signed by " + name for name in ("Trump.", "Merkel."))
    assert sorted(heard(one, KEPT)) == sorted(heard(other, KEPT))


def test_the_printers_marks_do_not_tell_a_translation():
    straight = ['"We won\'t go," she said - twice.']
    curly = ["“We won’t go,” she said – twice."]
    assert score(straight, "en") == score(curly, "en")


def test_two_texts_that_differ_in_names_alone_score_alike():
    one = ["The minister of Norway was in Bergen, and he noted that Anna left."]
    other = ["The minister of Norvay was in Hergen, and he noted that Inna left."]
    assert score(one, "en") == score(other, "en")


def test_stiff_wording_scores_more_for_russian_than_plain_wording():
    stiff = ["It was noted by the head of the department that the situation was stabilized."] * 5
    plain = ["“We got it wrong,” she said, and they’ll pay for it later this year."] * 5
    assert score(stiff, "en")["ru"] > score(plain, "en")["ru"]


def test_a_language_without_a_model_has_no_scores():
    assert languages_read("xx") == () and score(["Abc."], "xx") == {}
    assert "ru" in languages_read("en")
    assert score([], "en") == {}


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_scores(text):
    assert set(score([text], "en")) == set(languages_read("en"))
    assert all(isinstance(one, str) for one in patterns(masked(text, KEPT)))


def test_a_sentence_without_end_is_cut():
    def work(times: int) -> None:
        score(["a" * times, "the " * times], "en")

    assert grows_in_proportion(work, 250_000)
