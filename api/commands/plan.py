"""`hent plan`: a trip query in this very process, answered as the API answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import click

from api.commands.failures import WrongArgument
from api.commands.options import config_option, data_option, json_option, note, print_json, read_config
from api.web.garbage import seldom_collected
from api.web.sentences import LANGUAGES
from mobility.clock import now_s

if TYPE_CHECKING:
    from api.config import Config
    from api.territory.taken_once import InService
    from mobility.places.gazetteer import Gazetteer
    from mobility.places.match import Match, Wanted
    from mobility.routing.territory import Territory

POINT = re.compile(r"\s*-?\d+(\.\d+)?\s*,\s*-?\d+(\.\d+)?\s*")

MOST_MEANT = 5
IN_ENGLISH = {"Accept-Language": "en"}
"""What a command refuses; the answer is in the language asked for."""


@click.command()
@click.argument("origin", metavar="FROM")
@click.argument("destination", metavar="TO")
@click.option(
    "--at", "time", metavar="ISO", help="Date and time; without offset by the territory's clocks. Default: now."
)
@click.option("--arrive-by", is_flag=True, help="Be there at that time rather than leave then.")
@click.option("--profile", metavar="NAME", default="adult", show_default=True, help="Who travels: [profiles.NAME].")
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the territory's first.")
@click.option("--explain", is_flag=True, help="Say what else was found and why it is not shown.")
@json_option
@config_option
@data_option
@seldom_collected()
def plan(
    origin: str,
    destination: str,
    time: str | None,
    arrive_by: bool,
    profile: str,
    language: str | None,
    explain: bool,
    as_json: bool,
    config_file: Path | None,
    data: Path,
) -> None:
    """Plan a trip. FROM and TO: the name of a place (said which was understood), the id of a stop, or `lat,lon`.

    --json prints the body that the API's `plan` answers.

    Exit codes: 0 answered, also where nothing is found, which has a reason; 1 a place is not known; 2 the question
    cannot be understood.
    """
    from api.commands.options import ensure_network
    from api.territory.in_service import Following
    from api.web.sentences import spoken
    from api.web.translated import TerritoryLanguages

    config = read_config(config_file)
    ensure_network(data, config)
    serving = _with_offers(Following(data, config), config, data)
    tongue = spoken([language or "", *config.territory.languages])
    told = TerritoryLanguages().told(serving.territory(), [tongue])
    ends = {"fromPlace": place(told, origin, "FROM"), "toPlace": place(told, destination, "TO")}
    asked: dict[str, object] = {name: one.asked for name, one in ends.items()}
    asked |= {"profile": profile, "arriveBy": arrive_by, "explain": explain, "language": [tongue], "ifMissed": True}
    body = answer(serving, config, asked | ({"time": time} if time else {}))
    tell_understood(ends.values())
    if as_json:
        print_json(body)
    else:
        _print(body, [one.called for one in ends.values()], (tongue, serving.territory().zone))


def _with_offers(serving: InService, config: Config, data: Path) -> InService:
    """With the drivers' offers of the registry, where there is one: it is only read, and none is made."""
    from api.carpool.carpooling import offered
    from api.carpool.shared_territory import with_carpools
    from api.web.storage import store_at_hand

    store = store_at_hand(config, data)
    return serving if store is None else with_carpools(serving, offered(config, store, lambda: int(now_s())))


class SaidPlace(NamedTuple):
    """As the API names it, and as people do. understood: what a name was taken for, "" where it was no name."""

    asked: str
    called: str
    understood: str = ""


def tell_understood(places: Iterable[SaidPlace]) -> None:
    """On stderr, once what was asked is known to make sense."""
    for one in places:
        if one.understood:
            note(one.understood)


def place(territory: Territory, text: str, which: str) -> SaidPlace:
    """Raises NotFound, with what may be meant, where a telling word was not recognised; WrongArgument where nothing
    is said.
    """
    if not text.strip():
        raise WrongArgument(which, "is empty; name a place, the id of a stop, or lat,lon")
    network, places = territory.network, territory.gazetteer()
    stop = network.stops.id.find(text)
    if POINT.fullmatch(text) or stop is not None:
        return SaidPlace(text.replace(" ", ""), network.stops.name[stop] if stop is not None else text)
    match = recognised(places, text, ("place", which))
    asked = match.id if match.stop >= 0 else f"{match.point.lat},{match.point.lon}"
    return SaidPlace(asked, called(match), f"{which}: {called(match)}")


def recognised(places: Gazetteer | None, text: str, asked: tuple[str, str], wanted: Wanted | None = None) -> Match:
    """The place that a text surely means. asked: what it is, for which argument. Raises NotFound."""
    from mobility.errors import NotFound
    from mobility.places.match import ANY
    from mobility.places.recognised import Understood

    meant = places.understood(text, MOST_MEANT, wanted or ANY) if places is not None else Understood()
    if meant.outside:
        raise NotFound(f"{asked[0]} ({meant.outside} lies outside the territory)", asked[1])
    if meant.sure is None:
        kind = f"{asked[0]} (streets are not known)" if meant.street else asked[0]
        raise NotFound(kind, asked[1], meant=tuple(called(one) for one in meant.found))
    return meant.sure


def called(match: Match) -> str:
    return match.name if match.area in ("", match.name) else f"{match.name} ({match.whereabouts})"


def answer(serving: InService, config: Config, asked: dict[str, object]) -> dict[str, Any]:
    """The body of POST /api/trips. Raises WrongArgument, SkippedHour with what the API says against the query."""
    from api.commands.trips_app import trips_app
    from mobility.errors import SkippedHour

    response = trips_app(config, serving).test_client().post("/api/trips", json=asked, headers=IN_ENGLISH)
    body: dict[str, Any] = response.get_json()
    if "instead" in body:
        raise SkippedHour("--at", body["instead"])
    if response.status_code != 200:
        first = body["errors"][0] if body.get("errors") else {}
        parameter = body.get("parameter", first.get("member", ""))
        raise WrongArgument(parameter, body.get("reason", first.get("reason", body["detail"])))
    return body


def _print(body: dict[str, Any], called: list[str], heard: tuple[str, ZoneInfo]) -> None:
    """heard: the language, and the zone of the clocks."""
    from api.present.day_words import DayWords
    from api.present.terminal import TerminalReader, told
    from api.web.sentences import sentences

    language, zone = heard
    reader = TerminalReader(DayWords(sentences(language), zone, int(now_s())))
    for line in told(body, (called[0], called[1]), reader):
        click.echo(line)
