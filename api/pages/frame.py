"""What every page has round its content: language, sections, territory, sources, the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from api.dialect import NEWEST
from api.language import request_language
from api.parse.plan import Asking
from api.present.answers import source_of
from api.present.data_use import data_use
from api.sentences import LANGUAGES, Sentences, sentences
from api.service import Service

SECTIONS = (
    ("trip", "/"),
    ("lines", "/lines"),
    ("stops", "/stops"),
    ("counters", "/counters"),
    ("open_data", "/data/"),
    ("data_use", "/data-use"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Made once in a request. asking: holds the request's territory."""

    service: Service
    asking: Asking
    said: Sentences

    @property
    def language(self) -> str:
        return self.said.language


def frame(service: Service) -> Frame:
    return Frame(service, service.asking(NEWEST), sentences(request_language()))


def page(template: str, of: Frame, status: int = 200, **given: object) -> ResponseReturnValue:
    """A template with what it is given, in the frame."""
    text = render_template(
        template,
        said=of.said.sections,
        language=of.language,
        languages=[(tag, sentences(tag)["frame"]["name"]) for tag in LANGUAGES],
        territory=of.service.config.territory.name,
        sections=[(key, href(path), path == request.path) for key, path in SECTIONS],
        sources=[source_of(feed) for feed in of.asking.territory.network.feeds],
        data_use=data_use(of.said),
        network=of.asking.territory.network.version,
        href=href,
        **given,
    )
    return make_response(text, status)


def href(path: str, **members: str) -> str:
    """A link within the pages; the language goes along where it was chosen by hand."""
    chosen = request.args.get("lang")
    query = {**({"lang": chosen} if chosen else {}), **members}
    return f"{path}?{urlencode(query)}" if query else path


def chosen_labels(said: Mapping[str, str], labels: list[str]) -> list[tuple[str, str]]:
    """Labels with their words, as published by /api/ranking."""
    return [(label, said.get(label, label)) for label in labels]
