"""The formats that `export` knows, each in a file of its own, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module

from provenance.export.trails import Trail


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write trails: its name, the file it makes, who reads it, how to ask for it."""

    name: str
    says: str
    file: str
    then: str = ""

    @property
    def example(self) -> str:
        """A command that makes a file, and what to do with it."""
        return f"provenance export {self.name} -o {self.file}{self.then and f' && {self.then}'}"

    def lines(self, trails: Iterable[Trail]) -> Iterator[str]:
        """The file's text, piece by piece, a statement at a time where the format allows."""
        written: Iterator[str] = import_module(f"provenance.export._{self.name}").lines(trails)
        return written


FORMATS = {
    form.name: form
    for form in (
        Format("annotations", "Web Annotations of the quotes (W3C JSON-LD)", "quotes.jsonld"),
        Format("bibtex", "the articles, for citing (LaTeX, Zotero)", "sources.bib"),
        Format("csv", "one row a hop, for any spreadsheet", "hops.csv"),
        Format("dot", "a drawing (Graphviz)", "chains.dot", "dot -Tsvg -O chains.dot"),
        Format("ftm", "FollowTheMoney entities (Aleph, OpenAleph)", "case.ftm.json"),
        Format("graphml", "a graph (Gephi, yEd, networkx)", "chains.graphml"),
        Format("mermaid", "a drawing in Markdown (Mermaid)", "chains.mmd"),
        Format("prov", "W3C PROV-JSON, a bundle a statement", "chains.prov.json"),
    )
}
