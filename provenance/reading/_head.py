"""What a page says about itself in its head: credits, addresses, translations, JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

# Names under which pages credit their sources; the origin of a document is read from them.
_CREDITS = re.compile(
    r"(?:.*[:._-])?(?:source|original-source|syndication-source|standout|credit|copyright|rights"
    r"|byl|byline|agency|provider|translator|translation|publisher|author|locale|site_name"
    r"|content-language|language|keywords|generator)",
    re.IGNORECASE,
)
_LD_CREDITS = ("author", "publisher", "creditText", "isBasedOn", "translationOfWork",
               "translator", "sourceOrganization", "contentLocation", "inLanguage",
               "copyrightHolder", "dateline", "provider")  # fmt: skip
# A credit is a name or an address; what is longer is the article over again.
_LONGEST = 1000


def statements(tree: Any, url: str) -> dict[str, str]:
    """Credits and addresses a page found at `url` states, by the name it states them under.

    ``canonical``, ``alternate:ru`` (the page in another language), ``html lang``, names of
    meta tags in small letters, and ``ld:`` before names from JSON-LD.
    """
    found: dict[str, str] = {}
    if tree.get("lang"):
        found["html lang"] = tree.get("lang")
    for name, value in _stated(tree, url):
        found.setdefault(name, value[:_LONGEST])
    return found


def joined(base: str, address: str) -> str:
    """`address` made whole; as it stands where it is no address at all."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address.strip()


def _stated(tree: Any, url: str) -> Iterator[tuple[str, str]]:
    for tag in tree.iter("meta"):
        name = tag.get("name") or tag.get("property") or tag.get("http-equiv") or ""
        value = (tag.get("content") or "").strip()
        if value and (_CREDITS.fullmatch(name) or name == "article:published_time"):
            yield name.lower(), value
    for tag in tree.iter("link"):
        target = joined(url, tag.get("href") or "")
        if (tag.get("rel") or "").lower() == "canonical" and target:
            yield "canonical", target
        elif tag.get("hreflang") and target:
            yield f"alternate:{tag.get('hreflang')}", target
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            yield from _linked_data(script.text or "")


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return
    nodes = loaded if isinstance(loaded, list) else [loaded]
    for node in nodes:
        graph = node.get("@graph", [node]) if isinstance(node, dict) else []
        for item in graph if isinstance(graph, list) else []:
            if isinstance(item, dict) and "Article" in str(item.get("@type", "")):
                yield from _article(item)


def _article(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if isinstance(item.get("datePublished"), str):
        yield "datePublished", item["datePublished"]
    for name in _LD_CREDITS:
        value = item.get(name)
        values = value if isinstance(value, list) else [value]
        said = [v.get("name") or v.get("url") or "" if isinstance(v, dict) else v for v in values]
        names = ", ".join(str(one) for one in said if isinstance(one, str) and one)
        if names:
            yield f"ld:{name}", names
