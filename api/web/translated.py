"""The territory as it is told in a language, made once for each language that something is translated into."""

from __future__ import annotations

from dataclasses import replace

from api.web.sentences import LANGUAGES
from mobility.network.names import in_language, language_of
from mobility.places.index import PlaceIndex
from mobility.routing.territory import Territory


class TerritoryLanguages:
    """Safe between threads: two that meet a language at once make the same of it."""

    def __init__(self) -> None:
        self._of: Territory | None = None
        self._known: dict[str, Territory] = {}

    def told(self, territory: Territory, tags: list[str]) -> Territory:
        """tags: languages that are asked for, the dearest first. The territory itself where nothing is translated."""
        if not territory.network.translations:
            return territory
        if self._of is not territory:
            self._of, self._known = territory, {}
        language, known = language_of(territory.network, tags, LANGUAGES), self._known
        if language not in known:
            known[language] = _told(territory, language)
        return known[language]


def _told(territory: Territory, language: str) -> Territory:
    network = in_language(territory.network, language)
    if network is territory.network:
        return territory
    places: PlaceIndex | None = territory.places
    return replace(territory, network=network, places=places and places.called_as(network.stops.name))
