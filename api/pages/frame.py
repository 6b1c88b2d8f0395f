"""What every page has round its content: language, sections, territory, sources, the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from urllib.parse import urlencode

from flask import Response, make_response, render_template, request

from api.pages.ground_routes import ground_of
from api.pages.opened_map import opened_map
from api.pages.sketch import MapSources, Sketch
from api.parse.context import Asking
from api.parse.values import Values
from api.present.answers import source_of
from api.present.day_words import DayWords
from api.present.pieces import Json
from api.privacy.notices import notice_of
from api.service import Service
from api.web.days import written
from api.web.dialect import NEWEST
from api.web.language import request_language
from api.web.sentences import Sentences, offered, sentences
from mobility.clock import local_date
from mobility.network.network import FeedVersion
from mobility.routing.territory import Territory

SECTIONS = (
    ("trip", "/"),
    ("carpool", "/carpool"),
    ("lines", "/lines"),
    ("stops", "/stops"),
    ("disruptions", "/disruptions"),
    ("counters", "/counters"),
)
MORE = (
    ("ranking", "/ranking"),
    ("open_data", "/data/"),
    ("data_use", "/data-use"),
    ("about", "/about"),
    ("programs", "/api"),
    ("operators", "/operateurs"),
)
"""At the foot of every page."""
ISO_DAY = re.compile(r"\b20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b", re.ASCII)
FOCUS = " autofocus"
"""Of the first field of a page whose value cannot stay, with and without scripts."""
REMARKS = ("remarks", "/remarks")
"""There, too, where people can say what is wrong."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Made once in a request. asking: holds the request's territory."""

    service: Service
    asking: Asking
    said: Sentences

    @property
    def language(self) -> str:
        return self.said.language

    @property
    def today(self) -> date:
        return local_date(self.asking.now_s, self.asking.territory.zone)

    @property
    def days(self) -> DayWords:
        return DayWords(self.said, self.asking.territory.zone, self.asking.now_s)

    def local_name(self, name: str) -> str:
        """A commune or another place as the page's language calls it, where that is known."""
        return self.asking.territory.aliases.name_in(name, self.said.locale)

    def drawn(self, draw: Callable[[MapSources], Sketch | None]) -> Sketch | None:
        """A map of the network in service; None where the config wants none."""
        sources = MapSources(self.asking.territory.network, ground_of(self.service))
        return draw(sources) if self.service.config.features.map else None


def frame(service: Service) -> Frame:
    """In the page's language throughout, what the API tells included."""
    language = request_language()
    asking = replace(service.asking(NEWEST, ours=True), languages=(language,))
    return Frame(service, service.told_in(asking, Values.of_body({})), sentences(language))


def page(template: str, of: Frame, status: int = 200, **given: object) -> Response:
    """A template with what it is given, in the frame. Nothing given may hold the territory: macros and their context
    hold each other, and an old timetable would stay until the collector comes."""
    network = of.asking.territory.network
    round_it = {
        "sources": [_source(feed) for feed in network.feeds],
        "names": _names(of.asking.territory),
        "opened": opened_map(of.service, of.asking.territory),
        "local_name": partial(of.asking.territory.aliases.name_in, language=of.said.locale),
        "knows_addresses": of.asking.territory.addresses is not None,
    }
    return make_response(rendered(template, of.service, of.said, **round_it, **given), status)


def rendered(template: str, service: Service, said: Sentences, **given: object) -> str:
    """In the frame, without a network too."""
    shares_rides = service.config.features.shares_rides
    takes_remarks = service.config.features.remarks and service.kept is not None
    more = (*MORE, REMARKS) if takes_remarks else MORE
    return render_template(
        template,
        said=said.sections,
        language=said.language,
        languages=[(tag, sentences(tag)["frame"]["name"]) for tag in offered(service.config.territory.languages)],
        territory=service.config.territory.name,
        sections=_linked(one for one in SECTIONS if one[0] != "carpool" or shares_rides),
        shares_rides=shares_rides,
        takes_remarks=takes_remarks,
        more=_linked((*more, (f"accessibility_{service.config.accessibility.compliance}", "/accessibility"))),
        data_use=notice_of(request.endpoint),
        by_mail=service.config.mail is not None,
        map_credit=service.config.map.credit,
        is_illustrative=service.config.is_illustrative,
        is_demo=service.config.is_demo,
        href=href,
        in_language=_in_language,
        focus=partial(next, iter([FOCUS]), ""),  # each field at fault asks for it; the first one gets it
        **given,
    )


def wants_page() -> bool:
    """Whether a browser asks: programs that name no type get JSON."""
    best = request.accept_mimetypes.best_match(["application/json", "text/html"], default="application/json")
    return best == "text/html"


def _linked(pages: Iterable[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    """Key, link, whether one is there."""
    return [(key, href(path), path == request.path) for key, path in pages]


def _source(feed: FeedVersion) -> Json:
    """With days as people write them."""
    first, last = (day and written(day, "d MMM yyyy") for day in (feed.first_day, feed.last_day))
    return {**source_of(feed), "validFrom": first, "validUntil": last}


def _names(territory: Territory) -> list[tuple[str, str]]:
    """What names people type are from: a key of the words, and source, licence and day."""
    addresses, landmarks = territory.addresses, territory.landmarks
    found = list[tuple[str, str]]()
    if addresses is not None:
        day = written(date.fromisoformat(addresses.date), "d MMM yyyy")
        found.append(("addresses", " · ".join((addresses.source, addresses.licence, day))))
    if landmarks is not None:
        found.append(("landmarks", ISO_DAY.sub(_day_in_words, landmarks.sources)))
    return found


def _day_in_words(day: re.Match[str]) -> str:
    """What has the form of a day and is none, as 2026-02-30, stays as the file has it."""
    try:
        return written(date.fromisoformat(day[0]), "d MMM yyyy")
    except ValueError:
        return day[0]


def href(path: str, **members: str) -> str:
    """A link within the pages; the language goes along where it was chosen by hand."""
    chosen = request.args.get("lang")
    query = {**({"lang": chosen} if chosen else {}), **members}
    return f"{path}?{urlencode(query)}" if query else path


def _in_language(tag: str) -> str:
    """A link to the same page, with all else that was asked of it."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"?{urlencode([*others, ('lang', tag)])}"
