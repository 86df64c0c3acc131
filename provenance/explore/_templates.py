"""How pages are written: templates in which nothing an article says is anything but text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from provenance import languages
from provenance.export import drawing
from provenance.export.inert import one_line, visible
from provenance.export.lettering import right_to_left
from provenance.export.wording import DOUBT, change, percent, standing, station, surely, when
from provenance.naming.outlets import publisher

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Templates in which everything is escaped, and nothing invisible stays invisible."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader("provenance.explore", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "language": lambda code: one_line(languages.name(code)),
        "percent": lambda share: percent(share).replace(" ", "\u00a0"),
        "when": when,
        "change": change,
        "surely": surely,
        "station": station,
        "standing": standing,
        "one_line": one_line,
        "drawn": Markup,  # only for what our own drawing made
        "direction": lambda text: "rtl" if right_to_left(text) else "ltr",
        "code": lambda code: code if code.replace("-", "").isalnum() and code.isascii() else "und",
    }
    made.globals |= {"publisher": publisher, "doubt": DOUBT}
    return made


@cache
def style_sheet(panel: bool = False) -> str:
    """One style sheet for all pages and the pictures in them; of these, with `panel`, what
    the page of a row shows of ours."""
    from importlib.resources import files

    folder = files("provenance.explore") / "templates"
    names = ["panel.css"] if panel else ["panel.css", "page.css"]
    own = [(folder / name).read_text(encoding="utf-8") for name in names]
    return "\n".join([drawing.style(), *own])
