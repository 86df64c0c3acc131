"""Folders of one's own, OPUS-MT and NLLB, made here from the tiny package's real model."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from provenance.errors import TranslationError
from provenance.translating import _engine, broken, models, packages, translator

SOURCE = "Министр сказал, что 4300 солдат не прибудут в Киеве."
ENGLISH = "The minister said that 4300 soldiers will not arrive in Kyiv."

pytestmark = pytest.mark.usefixtures("socket_disabled")


def folder(path: Path, tiny: Path, tokenizers: tuple[str, ...], about: dict[str, Any]) -> Path:
    """The tiny package's model as CTranslate2's converters leave theirs."""
    shutil.copytree(tiny / "ru_en" / "model", path)
    for name in tokenizers:
        shutil.copy(tiny / "ru_en" / "sentencepiece.model", path / name)
    (path / "metadata.json").write_text(json.dumps(about))
    return path


@pytest.fixture
def opus(both: Path, tmp_path: Path) -> Path:
    # This model was trained without an end of input, which OPUS-MT models want.
    about = {"from_code": "ru", "to_code": "en", "package_version": "7", "source_suffix": ""}
    return folder(tmp_path / "opus-ru-en", both, ("source.spm", "target.spm"), about)


@pytest.fixture
def nllb(both: Path, tmp_path: Path) -> Path:
    about = {"languages": {"ru": "rus_Cyrl", "en": "eng_Latn"}, "package_version": "600M"}
    return folder(tmp_path / "nllb", both, ("sentencepiece.bpe.model",), about)


def english() -> tuple[str, str, str]:
    engine = translator("ru", "en")
    assert engine is not None
    [done] = engine.translate([SOURCE], "ru", "en")
    return done.text, done.translator, done.package


def test_a_folder_is_used_where_it_lies(
    opus: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert packages() == ()
    monkeypatch.setenv("PROVENANCE_MODELS", str(opus))
    assert english() == (ENGLISH, "ctranslate2", "ru_en 7")
    with pytest.raises(TranslationError, match="your own folder"):
        models.remove("ru", "en")
    assert opus.is_dir()


def test_a_folder_is_installed_by_copying_it(opus: Path, empty: Path) -> None:
    found = models.install_file(opus)
    assert models.install_file(opus) == found
    assert found.path != opus
    assert found.path.parent != empty  # argostranslate would not know what it is
    shutil.rmtree(opus)
    assert english()[0] == ENGLISH
    assert models.verify(found) == ()
    assert models.remove("ru", "en") == (found,)
    assert packages() == ()


def test_a_model_of_many_languages_is_a_package_of_each(
    both: Path, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = {"ru": "", "uk": "▁«"}
    about = {"sources": sources, "to_code": "en", "package_version": "2", "source_suffix": ""}
    many = folder(tmp_path / "mul-en", both, ("source.spm", "target.spm"), about)
    monkeypatch.setenv("PROVENANCE_MODELS", str(many))
    found = packages()
    assert [(p.source, p.target, p.opening) for p in found] == [
        ("ru", "en", ()),
        ("uk", "en", ("▁«",)),
    ]
    assert english() == (ENGLISH, "ctranslate2", "ru_en 2")


@pytest.mark.parametrize("languages", ["languages", "sources"])
def test_a_list_where_tokens_are_wanted_is_reported(
    both: Path, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: str
) -> None:
    about = {languages: ["ru", "uk"], "to_code": "en"}
    odd = folder(tmp_path / "odd", both, ("source.spm", "target.spm"), about)
    monkeypatch.setenv("PROVENANCE_MODELS", str(odd))
    assert packages() == ()
    [told] = broken()
    assert told.reason == "metadata.json does not say from and to which language"


def test_opus_models_end_their_input_unless_they_do_it_themselves(opus: Path) -> None:
    from provenance.translating._packages import Package, read_package

    def closing(about: dict[str, Any], configured: bool) -> tuple[str, ...]:
        (opus / "config.json").write_text(json.dumps({"add_source_eos": configured}))
        (opus / "metadata.json").write_text(
            json.dumps({"from_code": "ru", "to_code": "en"} | about)
        )
        _packages_forgotten()
        found = read_package(opus)
        assert isinstance(found, Package)
        return found.closing

    assert closing({}, configured=False) == ("</s>",)
    assert closing({}, configured=True) == ()
    assert closing({"source_suffix": "<e>"}, configured=True) == ("<e>",)


def _packages_forgotten() -> None:
    from provenance.translating import _packages

    _packages._read_packages.cache_clear()


def test_one_nllb_folder_serves_every_pair_with_its_tokens(
    nllb: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVENANCE_MODELS", str(nllb))
    there, here = packages()[1], packages()[0]
    assert (there.source, there.target, there.engine) == ("ru", "en", "ctranslate2")
    assert (there.opening, there.closing, there.prefix) == (("rus_Cyrl",), ("</s>",), "eng_Latn")
    assert (here.opening, here.prefix) == (("eng_Latn",), "rus_Cyrl")
    text, name, _ = english()
    assert name == "ctranslate2"
    assert "eng_Latn" not in text  # the token is asked for, and taken off again


def test_half_a_folder_is_reported(
    opus: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (opus / "target.spm").unlink()
    monkeypatch.setenv("PROVENANCE_MODELS", str(opus))
    assert packages() == ()
    assert [entry.reason for entry in broken()] == ["half a package: target.spm is missing"]
    with pytest.raises(TranslationError, match=r"target\.spm is missing"):
        models.install_file(opus)
    with pytest.raises(TranslationError, match=r"no metadata\.json"):
        models.install_file(empty.parent)


def test_of_many_pairs_only_a_few_stay_in_memory(
    both: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = ("ru", "uk", "be", "bg", "sr", "mk", "kk", "mn")
    for code in codes:
        place = Path(shutil.copytree(both / "ru_en", empty / f"{code}_en"))
        about = {"from_code": code, "to_code": "en", "package_version": "1.0"}
        (place / "metadata.json").write_text(json.dumps(about))
    engines = [translator(code, "en") for code in (*codes, "mn", "ru")]
    texts = [
        engine.translate([SOURCE], engine.package[:2], "en")[0].text for engine in engines if engine
    ]
    assert texts == [ENGLISH] * 10
    assert [package.source for package in _engine.loaded()] == ["sr", "mk", "kk", "mn", "ru"][
        -_engine.LOADED :
    ]
