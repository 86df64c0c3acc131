"""Invented trails that the tests of exports start from, whatever is said in them."""

from __future__ import annotations

from provenance.export.trails import Station, Trail
from provenance.model import Chain, Document, Drift, Ending, Hop, Node, Quote, Snapshot, Speaker


def trail(word: str = "word", statement: int = 1) -> Trail:
    """A blog that cites an agency that cites an office: `word` stands in every text of it."""
    blog = _station(2, f"The Blog {word}", f"We will close 13 ports, {word}.", word)
    office = _station(1, f"The Office {word}", f"We may close 30 ports, {word}.", word)
    agency = Station(
        "statement-1-named-agency", Node("named:agency", "named", outlet=f"The Agency {word}")
    )
    stations = {station.node.id: station for station in (blog, agency, office)}
    number = Drift("number", "serious", "13", "30", f"“30” became “13” {word}.")
    hops = (
        Hop("q2", "named:agency", "reported", "attribution", 0.91, 2.5, (number,)),
        Hop("named:agency", "q1", "carries", "match", 0.84, 1.5),
    )
    end = Ending("q1", "primary source", f"Earliest known: The Office {word}.")
    nodes = tuple(station.node for station in stations.values())
    return Trail(Chain(statement, nodes, hops, (end,)), stations)


def _station(key: int, outlet: str, said: str, word: str) -> Station:
    text = f"Ada Example said: “{said}” Nobody answered. {word}"
    start = text.index(said)
    url = f"https://sample.example/{key}?{word}"
    date = f"2026-03-0{key}T12:00:00+00:00"
    quote = Quote(
        start,
        start + len(said),
        said,
        "direct",
        Speaker(0, 11, "Ada Example", f"Ada Example {word}", "person"),
    )
    snapshot = Snapshot(f"{key:064x}", b"", "text/plain", word, "2026-03-09T08:00:00+00:00")
    document = Document(
        f"id {key} {word}", text, "en", f"Ports {word}", outlet, url, date, word, snapshot=snapshot
    )
    node = Node(f"q{key}", "stored", key, key, outlet, f"Ada Example {word}", "en", date, url, said)
    return Station(f"quote-{key}", node, document, quote)
