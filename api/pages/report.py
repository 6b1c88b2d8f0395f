"""A validation report as a page that needs no service: to be sent to whoever publishes the feed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from api.present.pieces import Json
from api.web.days import iso_written
from api.web.sentences import sentences

TEMPLATES = Path(__file__).parent.parent / "templates"
MOST = 100
"""Cases of each code that a page shows; the JSON has a thousand."""


def report_page(report: Json, language: str) -> str:
    """report: as Report.to_dict() tells it."""
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    said = sentences(language)
    pages.filters["iso_day"] = partial(iso_written, locale=said.locale)
    return pages.get_template("report_alone.html").render(report=report, said=said, most=MOST)
