"""Real packages, tiny ones: trained by ``python -m training.tiny_argos`` on invented sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.translating import models

PACKAGES = Path(__file__).parent / "packages"


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of its own for argostranslate, which makes folders as it is imported."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield home


@pytest.fixture
def empty(elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packages folder with nothing in it."""
    folder = tmp_path / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    return folder


def installing(folder: Path, *names: str) -> Path:
    """`folder` with the packages of these names in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARGOS_PACKAGES_DIR", str(folder))
        for name in names:
            models.install_file(PACKAGES / f"{name}.argosmodel")
    return folder


@pytest.fixture(scope="session")
def both(elsewhere: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packages folder with Russian to English and English to German, installed once."""
    return installing(tmp_path_factory.mktemp("installed") / "packages", "ru_en", "en_de")


@pytest.fixture(scope="session")
def there_and_back(elsewhere: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packages folder with Russian to English and English to Russian, installed once."""
    return installing(tmp_path_factory.mktemp("returning") / "packages", "ru_en", "en_ru")


@pytest.fixture
def returning(there_and_back: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`there_and_back`, as the packages folder in force."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(there_and_back))
    return there_and_back


@pytest.fixture
def installed(both: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`both`, as the packages folder in force."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(both))
    return both
