"""The trained tables are keyed by stems: another stemmer would look them up in vain, silently."""

import hashlib

import pytest

from provenance.languages.words import stem_of

# Words whose endings Snowball takes off, of every language with a table and a stemmer of its
# library; the sums are those of the stemmer the tables were trained with (PyStemmer 3.1).
WORDS = {
    "en": "ministers said negotiations impossible generously soldiers happily forces agreement",
    "ru": "министров заявила переговорами невозможность солдатам прекращения размещены силами",
    "de": "ministern verhandlungen unmöglichkeit soldaten häusern erklärten gemeinsame friedens",
    "fr": "ministres négociations impossibilité soldats déclaraient générales heureusement forces",
    "es": "ministros negociaciones imposibilidad soldados declararon generales felizmente fuerzas",
    "it": "ministri negoziazioni impossibilità soldati dichiararono generali felicemente forze",
    "pl": "ministrów negocjacjami niemożliwość żołnierzom oświadczyła wspólnych pokojowych siłami",
    "tr": "bakanların görüşmelerde askerlerin açıkladılar gelmeyecek ülkelerinden barışın güçleri",
    "ar": "الوزراء المفاوضات الجنود أعلنت القوات السلام بالاتفاق والمسؤولين",
    "fa": "وزیران مذاکرات سربازان اعلام نیروهای کشورها توافق‌نامه مسئولان",
}
SUMS = {
    "en": "d896c7ad2606",
    "ru": "0f0a65ddf181",
    "de": "ce6744f5dbfa",
    "fr": "bdbe97a904c7",
    "es": "54990630cbcf",
    "it": "5af34d369b67",
    "pl": "cd1c6789f785",
    "tr": "eb46cc140464",
    "ar": "562af3404e0f",
    "fa": "f9f5dc48172a",
}


@pytest.mark.parametrize("language", sorted(WORDS))
def test_stems_are_those_the_tables_were_trained_with(language: str) -> None:
    found = " ".join(stem_of(word, language) for word in WORDS[language].split())
    assert hashlib.sha256(found.encode()).hexdigest()[:12] == SUMS[language], (
        f"the stems of {language} are not those its table was trained with (now: {found}): "
        "install the PyStemmer pinned in pyproject.toml, or train the tables anew with "
        "`python -m training.gloss` and put the new sum here"
    )
