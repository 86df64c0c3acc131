"""What somebody might put into an article to run, mislead or break whatever shows it.

Every page, report and export is fed all of it, and must show it as text. `MARK` is the
proof: whatever runs sets a page's title to it, and whatever asks another machine asks a
host of this name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from provenance.model import (
    Chain,
    Document,
    Drift,
    Ending,
    Evidence,
    Hop,
    LanguageGuess,
    Match,
    Node,
    Origin,
    Quote,
    Relay,
    Speaker,
    Translation,
)
from provenance.store import Run, Store, open_store

MARK = "owned"
RUN = f"document.title='{MARK}'"
ELSEWHERE = f"https://{MARK}.example/x"

TEXTS = {
    "script": f"<script>{RUN}</script>",
    "closed first": f'"></title></text></style></textarea><script>{RUN}</script>',
    "event": f'<img src=x onerror="{RUN}">',
    "attribute": f"\" onmouseover=\"{RUN}\" autofocus onfocus='{RUN}' x='",
    "link": f"<a href=\"javascript:{RUN}\">click</a>",
    "drawing": f'<svg onload="{RUN}"><use href="{ELSEWHERE}.svg#x"/><animate onbegin="{RUN}"/>',
    "foreign object": f'<foreignObject><iframe srcdoc="&lt;script&gt;{RUN}&lt;/script&gt;">',
    "fetched": f"<img src={ELSEWHERE}.png><link rel=stylesheet href={ELSEWHERE}.css>",
    "style": f"</style><style>body{{display:none;background:url({ELSEWHERE})}}</style>",
    "refresh": f'<meta http-equiv="refresh" content="0;url={ELSEWHERE}"><base href="{ELSEWHERE}">',
    "template": f"{{{{ 7 * 191 }}}} {{% raw %}} ${{{RUN}}} <%= 7 * 191 %>",
    "comment": f"--><script>{RUN}</script><!-- ]]><script>{RUN}</script><![CDATA[",
    "data block": f"</script><script>{RUN}//",
    "sql": "'; DROP TABLE quotes; -- \" OR 1=1 UNION SELECT sql FROM sqlite_master",
    "formula": "=HYPERLINK(\"https://owned.example/x\",\"click\")",
    "formula plus": "+cmd|' /C calc'!A0",
    "formula at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula tab": "\t=1+1",
    "bidi": "We will \u202etneserp eb\u202c not \u2066x\u2069 \u200f",
    "terminal": "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b31m\x7f",
    "nothing": "a\x00b\ufffe\uffff",
    "lines": "one\r\ntwo\u2028three\u2029four\x85five",
    "markdown": f"[x](javascript:{RUN}) ![x]({ELSEWHERE}.png) `</code>` | a | b |\n# owned",
    "graph": "\"]; owned [URL=\"javascript:alert(1)\"]; x[\"",
    "mermaid": "A\"] --> B[\"owned\"]; click A href \"javascript:alert(1)\" %%",
    "bibtex": "}, owned = {x} \\input{/etc/passwd} \\write18{ls}",
    "path": "../../../../etc/passwd",
    "tall": "Z" + "\u0335\u0336\u0300\u0301" * 40,
    "long": "unbroken" * 120,
}  # fmt: skip

URLS = (
    f"javascript:{RUN}",
    f" java\nscript:{RUN}",
    f"JaVaScRiPt:{RUN}//https://x.example",
    f"data:text/html,<script>{RUN}</script>",
    "vbscript:msgbox(1)",
    f'https://x.example/"onmouseover="{RUN}',
    f"//{MARK}.example/x",
    "file:///etc/passwd",
    "https://user:pass@x.example/\u202egnp.exe",
)

# Characters a reader cannot see, that reorder, hide or move what they can.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def chains() -> Iterator[tuple[Chain, dict[str, Translation]]]:
    """For each text a chain that says it wherever a chain says anything."""
    for place, (name, text) in enumerate(TEXTS.items()):
        url = URLS[place % len(URLS)]
        yield (
            _chain(text, url),
            {"q2": Translation(text, text, "ru", "en", text, text, 0.5, (text,))},
        )
        assert name


def _chain(text: str, url: str) -> Chain:
    facts = {"outlet": text, "speaker": text, "text": text, "url": url, "published": text}
    nodes = (
        Node(f"named:{text}", "named", outlet=text, url=url),
        Node("q2", "stored", 2, 2, language="ru", **facts),
        Node("q1", "stored", 1, 1, language=text, **facts),
    )
    drift = (Drift("replaced", "serious", text, text, text),)
    why = (Evidence("cited", text, 1.0, text, 0, 1),)
    hops = (
        Hop("q2", f"named:{text}", text, "attribution", 0.9, 1.0, drift, why),
        Hop("q1", "q2", text, "review", 0.9, 1.0, drift, why),
    )
    end = Ending(f"named:{text}", text, text)
    lost = Hop("q1", f"named:{text}", text, "match", 0.1, 0.0, (), why)
    return Chain(1, nodes, hops, (end,), (lost,), (("q1", "q2"),))


def documents() -> Iterator[tuple[Document, Quote]]:
    """For each text an article with it in every field, and a quote of it."""
    for place, given in enumerate(TEXTS.values()):
        text = given.replace("\x00", "")  # which the database refuses
        article = f"{text} told the Sample, citing {text}: “{text}” {text}"
        start = article.index("“") + 1
        speaker = Speaker(0, len(text), text, text, "person")
        cited = article.index("citing ") + len("citing ")
        relay = Relay(text, "outlet", text, "citing", cited, cited + len(text))
        quote = Quote(start, start + len(text), text, "direct", speaker, None, (relay,), 0.9)
        document = Document(
            f"hostile-{place}",
            article,
            "en",
            title=text,
            outlet=text,
            url=URLS[place % len(URLS)] + ("" if place < len(URLS) else f"#{place}"),
            published="2026-03-02",
            author=text,
            meta={"note": text},
        )
        yield document, quote


def fill(store: Store, run: Run) -> dict[str, int]:
    """Store all of `documents`, with a chain and a match over each; statements by text's name.

    Statement by statement, the later quote is the one before it in the list.
    """
    said: dict[str, int] = {}
    before = 0
    for name, (document, quote) in zip(TEXTS, documents(), strict=True):
        text = quote.text
        why = (Evidence("name", text, 1.0, text, 0, 1),)
        origin = Origin("relay", "ru", (text,), 0.7, why)
        guess = LanguageGuess("en", 0.9, (("en", 0.9),), "Latn")
        stored = store.add(document, guess, (quote,), origin, (), run=run)
        (key,) = stored.quotes
        (statement,) = store.set_statements([[key]], run)
        store.save_chain(statement, _stored(statement, key, stored.key, text), run)
        if before:
            drift = (Drift("replaced", "serious", text, text, text),)
            store.save_matches([Match(key, before, 0.5, 0.6, {}, (), drift)], run)
        said[name], before = statement, key
    return said


def _stored(statement: int, quote: int, document: int, text: str) -> Chain:
    """The chain of `_chain` with only one stored station, as the database allows."""
    named = f"named:{text}"
    here = Node(f"q{quote}", "stored", quote, document, text, text, "en", "2026-03-02", "", text)
    drift = (Drift("replaced", "serious", text, text, text),)
    why = (Evidence("cited", text, 1.0, text, 0, 1),)
    hop = Hop(here.id, named, text, "attribution", 0.9, 1.0, drift, why)
    nodes = (Node(named, "named", outlet=text, url="javascript:alert(1)"), here)
    return Chain(statement, nodes, (hop,), (Ending(named, text, text),), (), ((here.id, named),))


def database(path: Path) -> dict[str, int]:
    """A database of all of it at `path`; statements by text's name."""
    with open_store(path) as store, store.run("test", {}) as run:
        return fill(store, run)


def lines(path: Path) -> Path:
    """All of it as JSON lines, for what reads articles itself."""
    with path.open("w", encoding="utf-8") as out:
        for document, _ in documents():
            fields = ("id", "text", "title", "outlet", "url", "published", "author")
            out.write(json.dumps({name: getattr(document, name) for name in fields}) + "\n")
    return path
