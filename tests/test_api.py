"""The Python face: what the package's docstring shows works as it stands there."""

from pathlib import Path

import pytest

import provenance
from provenance import add, audit, open_store, quotes, read, trace
from provenance.errors import ProvenanceError

ARTICLE = "“The bridge will open on 4 May,” mayor Ada Example said on Monday in Leeds."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_an_article_is_read_quoted_stored_traced_and_audited(article: Path) -> None:
    (document,) = read(article)
    (quote,) = quotes(document)
    assert quote.speaker and quote.speaker.name == "Ada Example"
    with open_store(article.with_name("case.db")) as store:
        (added,) = add(store, [document])
        assert added.status == "new"
        for asked in (1, document, "The bridge will open on 4 May"):
            (traced,) = trace(store, asked)
            assert traced.focus in {node.id for node in traced.way.nodes}
        assert [judged.verdict.kind for judged in audit(store, document).quotes] == ["unsupported"]


def test_an_address_that_is_not_stored_is_told(article: Path) -> None:
    with open_store(article.with_name("case.db")) as store, pytest.raises(ProvenanceError):
        trace(store, "https://nowhere.example/1")


def test_there_is_nothing_else_in_the_face() -> None:
    assert set(provenance.__all__) == {"add", "audit", "open_store", "quotes", "read", "trace"}
    with pytest.raises(AttributeError):
        provenance.nothing  # noqa: B018
