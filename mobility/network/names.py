"""A network as it is told in a language: names, headsigns and words on booking as feeds translate them. Rows, times and
all that a search reads stay the very same columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from mobility.network.columns import Texts
from mobility.network.fares import FeedFares
from mobility.network.network import FeedVersion, Network
from mobility.network.place import TerritoryPlace
from mobility.network.translation import (
    AGENCY_NAME,
    BOOKING_MESSAGE,
    FARE_PRODUCT,
    HEADSIGN,
    LINE_LONG_NAME,
    LINE_SHORT_NAME,
    PUBLISHER,
    RIDER_CATEGORY,
    STOP_DESCRIPTION,
    STOP_NAME,
    Translation,
)


def language_of(network: Network, tags: Iterable[str], ours: Iterable[str]) -> str:
    """The first of the tags (`sv-FI`) that something is translated into, or that we speak ourselves; "" of none."""
    known = {one.language for one in network.translations} | set(ours)
    asked = (tag.strip().lower().replace("_", "-").partition("-")[0] for tag in tags)
    return next((language for language in asked if language in known), "")


def in_language(network: Network, language: str) -> Network:
    """The network itself where nothing is translated into the language."""
    spoken = [one for one in network.translations if one.language == language]
    if not spoken:
        return network
    said: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for one in spoken:
        said[one.kind][one.row] = one.text
    stops, lines = network.stops, network.lines
    agencies, messages = said[AGENCY_NAME], said[BOOKING_MESSAGE]
    return replace(
        network,
        stops=replace(
            stops,
            name=retold(stops.name, said[STOP_NAME]),
            description=retold(stops.description, said[STOP_DESCRIPTION]),
        ),
        lines=replace(
            lines,
            short_name=retold(lines.short_name, said[LINE_SHORT_NAME]),
            long_name=retold(lines.long_name, said[LINE_LONG_NAME]),
        ),
        texts=retold(network.texts, said[HEADSIGN]),
        feeds=_feeds(network.feeds, spoken),
        fares=tuple(_fares(network.fares, said[FARE_PRODUCT], said[RIDER_CATEGORY])),
        places=_places(network, spoken),
        agencies=tuple(replace(one, name=agencies.get(n, one.name)) for n, one in enumerate(network.agencies)),
        bookings=tuple(replace(one, message=messages.get(n, one.message)) for n, one in enumerate(network.bookings)),
    )


def _feeds(feeds: tuple[FeedVersion, ...], spoken: Iterable[Translation]) -> tuple[FeedVersion, ...]:
    """A publisher that the config names stays as it is there."""
    said = {(one.row, one.original): one.text for one in spoken if one.kind == PUBLISHER}
    return tuple(replace(one, publisher=said.get((n, one.publisher), one.publisher)) for n, one in enumerate(feeds))


def _fares(feeds: Iterable[FeedFares], products: Mapping[int, str], riders: Mapping[int, str]) -> Iterator[FeedFares]:
    """Media keep their names: people look for that of their card."""
    product, rider = count(), count()
    for one in feeds:
        yield replace(
            one,
            products=tuple(replace(of, name=products.get(next(product), of.name)) for of in one.products),
            riders=tuple(replace(of, name=riders.get(next(rider), of.name)) for of in one.riders),
        )


def _places(network: Network, spoken: Iterable[Translation]) -> tuple[TerritoryPlace, ...]:
    """Zones of feeds are called as their lines and operators are."""
    kinds = (LINE_SHORT_NAME, LINE_LONG_NAME, AGENCY_NAME, BOOKING_MESSAGE)
    said = {one.original: one.text for one in spoken if one.kind in kinds}
    return tuple(_zone(one, said) if _is_of_a_feed(network, one) else one for one in network.places)


def _is_of_a_feed(network: Network, place: TerritoryPlace) -> bool:
    """Its id begins with that of its line."""
    return place.kind == "on_demand" and network.lines.id.find(place.id.rpartition("_")[0]) is not None


def _zone(place: TerritoryPlace, said: Mapping[str, str]) -> TerritoryPlace:
    told = {key: said.get(text, text) for key, text in place.properties.items() if key in ("operator", "booking")}
    return replace(place, name=said.get(place.name, place.name), properties=place.properties | told)


def retold(texts: Texts, said: Mapping[int, str]) -> Texts:
    """With other texts in some rows."""
    return Texts.of(said.get(row, text) for row, text in enumerate(texts)) if said else texts


def names_of_line(network: Network, line: int) -> frozenset[str]:
    """In every language, folded."""
    kinds = (LINE_SHORT_NAME, LINE_LONG_NAME)
    of_line = [one for one in network.translations if one.row == line and one.kind in kinds]
    others = (name for one in of_line for name in (one.text, one.original))
    return frozenset(name.casefold() for name in (network.lines.name(line), *others))
