"""A report as one HTML file: no script, no request, no second file; it prints on paper."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from provenance import languages
from provenance.export import drawing
from provenance.export._schema_org import data_block
from provenance.export.inert import one_line
from provenance.export.report import Part, Report
from provenance.export.trails import address
from provenance.export.wording import change, coming, percent, when

_WIDE = 860  # pixels: the column of text on a desk; a telephone gets the narrow drawing


def text(report: Report) -> str:
    """The whole file."""
    environment = Environment(
        autoescape=True,
        finalize=_inert,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, when=when, change=change, language=languages.name)
    template = environment.from_string(_resource("report.html"))
    return template.render(
        report=report,
        style=Markup(_resource("report.css") + drawing.style()),
        pictures=_pictures,
        address=address,
        coming=coming,
        data=Markup(data_block(report)),
    )


def _inert(value: object) -> object:
    """Whatever text the template shows, without characters that reorder or hide others."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _pictures(part: Part) -> Markup:
    """The trail drawn twice, of which the width of the page shows one; the drawing itself
    escapes its texts."""
    looks = {"wide": _WIDE, "narrow": drawing.NARROW}
    return Markup("").join(_picture(part, look, width) for look, width in looks.items())


def _picture(part: Part, look: str, width: float) -> Markup:
    svg = drawing.draw(
        part.trail.chain, width=width, english=part.english, focus=part.focus, evidence=False
    )
    return Markup(f'<div class="trail {look}">{svg}</div>')


def _resource(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
