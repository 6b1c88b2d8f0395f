"""The territory as it is told in a language, made once for each language that something is translated into."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from api.web.sentences import LANGUAGES
from mobility.network.live import named_as
from mobility.network.names import in_language, language_of
from mobility.places.index import PlaceIndex
from mobility.routing.territory import Territory


class TerritoryLanguages:
    """Safe between threads: two that meet a language at once make the same of it."""

    def __init__(self) -> None:
        self._known = _Languages(None, {})
        self._now = _Languages(None, {})

    def told(self, territory: Territory, tags: list[str]) -> Territory:
        """tags: languages that are asked for, the dearest first. The territory itself where nothing is translated."""
        if not territory.network.translations:
            return territory
        planned = territory.as_planned
        # Taken once: another thread may put the languages of a newer network in their place meanwhile.
        kept = self._known
        if kept.of is not planned:
            kept = self._known = _Languages(planned, {})
        language, known = language_of(planned.network, tags, LANGUAGES), kept.told
        if language not in known:
            known[language] = _told(planned, language)
        return known[language] if territory is planned else self._told_now(territory, known[language], language)

    def _told_now(self, territory: Territory, planned: Territory, language: str) -> Territory:
        """A live version with the names of the timetable beside it."""
        kept = self._now
        if kept.of is not territory:
            kept = self._now = _Languages(territory, {})
        known = kept.told
        if language not in known or known[language].planned is not planned:
            known[language] = _named_as(territory, planned)
        return known[language]


class _Languages(NamedTuple):
    of: Territory | None
    told: dict[str, Territory]


def _named_as(territory: Territory, planned: Territory) -> Territory:
    live = territory.live
    if live is None or planned is territory.as_planned:
        return territory
    return replace(territory, network=named_as(live, planned.network), places=planned.places, planned=planned)


def _told(territory: Territory, language: str) -> Territory:
    network = in_language(territory.network, language)
    if network is territory.network:
        return territory
    places: PlaceIndex | None = territory.places
    return replace(territory, network=network, places=places and places.called_as(network.stops.name))
