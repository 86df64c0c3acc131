"""Models laid out as published ones: the older Argos kind, OPUS-MT and NLLB after conversion.

The two folders were written by CTranslate2's own converter from tiny MarianMT and NLLB models
(``python -m training.tiny_converted``), the older package has Moses tokens and ``bpe.model``
(``python -m training.tiny_bpe``).
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from provenance.errors import TranslationError
from provenance.translating import broken, models, packages, translator
from provenance.translating._packages import Package, read_package
from tests.translating.conftest import PACKAGES

RUSSIAN = "Врач подтвердил, что война не закончится."
ENGLISH = "The doctor confirmed that the war will not end."
GERMAN = "Der Arzt bestätigte, dass der Krieg wird nicht enden."  # as it was taught

pytestmark = pytest.mark.usefixtures("socket_disabled", "empty")


def unpacked(name: str, place: Path, about: dict[str, Any]) -> Path:
    """A converted folder with the ``metadata.json`` a user puts into it."""
    with zipfile.ZipFile(PACKAGES / f"{name}.zip") as archive:
        archive.extractall(place)
    (place / name / "metadata.json").write_text(json.dumps(about), "utf-8")
    return place / name


@pytest.fixture
def opus(tmp_path: Path) -> Path:
    about = {"from_code": "ru", "to_code": "en", "package_version": "2020"}
    return unpacked("opus-mt-ru-en", tmp_path, about)


@pytest.fixture
def nllb(tmp_path: Path) -> Path:
    tokens = {"ru": "rus_Cyrl", "en": "eng_Latn", "de": "deu_Latn"}
    return unpacked("nllb-200-tiny", tmp_path, {"languages": tokens, "package_version": "tiny"})


def translated(source: str, target: str, text: str) -> str:
    engine = translator(source, target)
    assert engine is not None
    return engine.translate([text], source, target)[0].text


def by_the_guide(folder: Path, tokenizers: tuple[str, str], *around: Sequence[str]) -> str:
    """`RUSSIAN` as the guide of CTranslate2 translates it: pieces within `around`, a prefix."""
    import ctranslate2
    import sentencepiece

    source, target = (
        sentencepiece.SentencePieceProcessor(model_file=str(folder / name)) for name in tokenizers
    )
    opening, closing, prefix = around
    tokens = [*opening, *source.encode(RUSSIAN, out_type=str), *closing]
    model: Any = ctranslate2.Translator(str(folder))
    told = [prefix] if prefix else None
    made = model.translate_batch([tokens], target_prefix=told, beam_size=1)[0].hypotheses[0]
    return str(target.decode(made[len(prefix) :]))


def test_an_opus_model_is_told_where_its_input_ends(opus: Path) -> None:
    names = {path.name for path in opus.iterdir()}
    assert {"model.bin", "config.json", "shared_vocabulary.json", "source.spm"} <= names
    installed = models.install_file(opus)
    assert (installed.engine, installed.closing, installed.prefix) == ("ctranslate2", ("</s>",), "")
    assert translated("ru", "en", RUSSIAN) == ENGLISH
    spm = ("source.spm", "target.spm")
    assert by_the_guide(opus, spm, (), ("</s>",), ()) == ENGLISH


def test_a_model_of_marian_itself_adds_the_end_alone(opus: Path) -> None:
    config = json.loads((opus / "config.json").read_text("utf-8"))
    assert config["add_source_eos"] is False  # as Transformers' converter leaves it
    (opus / "config.json").write_text(json.dumps(config | {"add_source_eos": True}), "utf-8")
    installed = models.install_file(opus)  # as ct2-opus-mt-converter would have made it
    assert installed.closing == ()
    assert translated("ru", "en", RUSSIAN) == ENGLISH


def test_an_opus_model_may_lie_in_a_folder_of_its_own(opus: Path) -> None:
    (opus / "model").mkdir()
    for name in ("model.bin", "config.json", "shared_vocabulary.json"):
        (opus / name).rename(opus / "model" / name)
    models.install_file(opus)
    assert translated("ru", "en", RUSSIAN) == ENGLISH


def test_one_nllb_model_writes_the_language_it_is_asked_for(
    nllb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVENANCE_MODELS", str(nllb))
    assert len(packages()) == 6  # three languages, each into the others, none by way of a third
    assert translated("ru", "en", RUSSIAN) == ENGLISH
    assert translated("ru", "de", RUSSIAN) == translated("en", "de", ENGLISH) == GERMAN
    assert translated("de", "en", GERMAN) == ENGLISH
    assert translated("en", "ru", ENGLISH) == translated("de", "ru", GERMAN) == RUSSIAN
    file = ("sentencepiece.bpe.model",) * 2
    assert by_the_guide(nllb, file, ("rus_Cyrl",), ("</s>",), ("eng_Latn",)) == ENGLISH
    assert by_the_guide(nllb, file, ("rus_Cyrl",), ("</s>",), ("deu_Latn",)) == GERMAN


def test_an_installed_nllb_folder_goes_as_a_whole(nllb: Path) -> None:
    first = models.install_file(nllb)
    shutil.rmtree(nllb)
    assert translated("ru", "en", RUSSIAN) == ENGLISH
    assert models.verify(first) == ()
    assert len(models.remove("ru", "en")) == 1
    assert packages() == ()


def test_a_model_that_does_not_say_its_languages_is_told_how(opus: Path) -> None:
    (opus / "metadata.json").unlink()
    with pytest.raises(TranslationError, match='"from_code": "ru", "to_code": "en"'):
        models.install_file(opus)


OLDER = PACKAGES / "de_en.argosmodel"


def test_a_package_of_the_older_kind_translates() -> None:
    installed = models.install_file(OLDER)
    assert (installed.path / "bpe.model").is_file()
    assert not (installed.path / "sentencepiece.model").exists()
    source = "Der Arzt sagte, dass der Krieg nicht enden wird."
    [done] = _engine().translate([source], "de", "en")
    assert done.text.startswith("The doctor said that the war will not end")
    assert "@@" not in done.text
    assert (done.translator, done.package) == ("argos", "de_en 1.0")
    assert models.verify(installed) == ()


def test_the_older_kind_says_what_argostranslate_itself_says() -> None:
    from argostranslate import package, settings, translate

    installed = models.install_file(OLDER)
    texts = ["Der Bürgermeister bestätigte: „Frieden ist möglich“.", "Der Arzt sagte, dass 7 Autos"]
    model: Any = __import__("ctranslate2").Translator(str(installed.model))
    theirs: Any = package.Package(installed.path)
    apply: Any = translate.apply_packaged_translation

    class Whole:
        def split_sentences(self, text: str) -> list[str]:
            return [text]

    for text in texts:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "beam_size", 1)
            said = apply(theirs, text, model, Whole(), 1)[0].value
        assert [made for made, _ in _raw(installed).translate([text])] == [said.strip()]


def test_merges_that_are_none_are_an_error_and_no_end_of_the_program() -> None:
    installed = models.install_file(OLDER)
    (installed.path / "bpe.model").write_text("#version: 0.2\na b\na b c\n", "utf-8")
    with pytest.raises(TranslationError, match=r"de_en 1\.0 is broken: line 3 of bpe\.model"):
        _engine().translate(["Der Arzt"], "de", "en")
    assert "line 3 of bpe.model" in " ".join(models.verify(installed))
    assert broken() == ()


def test_a_language_token_the_model_does_not_have_is_noticed(nllb: Path) -> None:
    tokens = {"ru": "rus_Cyrl", "en": "eng_Latin"}
    (nllb / "metadata.json").write_text(json.dumps({"languages": tokens}), "utf-8")
    with pytest.raises(TranslationError, match="its model knows no token 'eng_Latin'"):
        models.install_file(nllb)
    assert packages() == ()


def test_a_target_prefix_is_asked_for_and_taken_off_again(nllb: Path, tmp_path: Path) -> None:
    about = {"from_code": "ru", "to_code": "de", "target_prefix": "deu_Latn"}
    about |= {"source_prefix": "rus_Cyrl", "source_suffix": "</s>"}
    one = Path(shutil.copytree(nllb, tmp_path / "one"))
    (one / "metadata.json").write_text(json.dumps(about), "utf-8")
    found = read_package(one)
    assert isinstance(found, Package)
    assert [text for text, _ in _raw(found).translate([RUSSIAN])] == [GERMAN]


def _engine() -> Any:
    engine = translator("de", "en")
    assert engine is not None
    return engine


def _raw(package: Package) -> Any:
    from provenance.translating._engine import Engine

    return Engine(package)
