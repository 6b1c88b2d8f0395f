"""Words that people add behind the name of a place and that lead nowhere else: the country and regions around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from babel import Locale, UnknownLocaleError

from api.config.territory import TerritorySection
from mobility.places.words import words


def around(territory: TerritorySection) -> frozenset[str]:
    """As they are compared: names of the config, and those of its country in the languages of the territory."""
    names = (*territory.around, *_of_country(territory))
    return frozenset(word.text for name in names for word in words(name))


def _of_country(territory: TerritorySection) -> Iterator[str]:
    """Source: CLDR, by babel."""
    for language in territory.languages:
        with suppress(UnknownLocaleError):
            yield Locale.parse(language).territories.get(territory.country, "")
