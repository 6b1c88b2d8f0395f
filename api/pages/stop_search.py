"""Stops by a name that people type, or by what is called nearly so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from api.pages.frame import Frame, href
from mobility.places.gazetteer import Gazetteer
from mobility.places.match import Match, Wanted
from mobility.places.words import folded

MOST_FOUND, MOST_MEANT = 20, 4
STOPS, COMMUNES = Wanted(kinds=frozenset({"stop", "station"})), Wanted(kinds=frozenset({"commune"}))


@dataclass(frozen=True, slots=True)
class StopSearch:
    """text: as typed. commune: the one of that name, "" where there is none. found: stops of that name, each with its
    page; meant: names of those that may be meant where nothing is called so, likewise. outside: a town in it that the
    territory does not have; meant are then the stations from which one goes on."""

    text: str = ""
    commune: str = ""
    found: tuple[tuple[Match, str], ...] = ()
    meant: tuple[tuple[str, str], ...] = ()
    outside: str = ""


def search_stops(of: Frame, text: str) -> StopSearch:
    places = of.asking.territory.gazetteer(of.asking.languages)
    if places is None or not text:
        return StopSearch(text)
    understood = places.understood(text, MOST_MEANT)
    if understood.outside:
        return StopSearch(text, meant=_linked(of, understood.found), outside=understood.outside)
    found = tuple((one, _page_of(one)) for one in places.search(text, MOST_FOUND, STOPS))
    commune = places.understood(text, 1, COMMUNES).sure
    if commune or _is_called(places, text):
        return StopSearch(text, commune.name if commune else "", found)
    return StopSearch(text, meant=_linked(of, [one for one, _ in found[:MOST_MEANT]]))


def _linked(of: Frame, stops: Iterable[Match]) -> tuple[tuple[str, str], ...]:
    return tuple((_in_words(of, one), _page_of(one)) for one in stops)


def _page_of(stop: Match) -> str:
    return href(f"/stops/{quote(stop.id, safe='')}")


def _in_words(of: Frame, stop: Match) -> str:
    """With its commune, where the name does not have it."""
    return f"{stop.name}, {of.local_name(stop.area)}" if stop.area and stop.area not in stop.name else stop.name


def _is_called(places: Gazetteer, text: str) -> bool:
    """Whether some stop has that name, or one that begins so, or one that nothing else can be meant by."""
    if places.understood(text, 1, STOPS).sure:
        return True
    said = folded(places.aliases.in_full(text))
    return any(said in folded(one.name) for one in places.search(text, MOST_FOUND, STOPS))
