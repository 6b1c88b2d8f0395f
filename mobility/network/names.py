"""A network as it is told in a language: names, headsigns and words on booking as feeds translate them. Rows, times and
all that a search reads stay the very same columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from mobility.network.columns import Texts
from mobility.network.network import Network
from mobility.network.translation import (
    AGENCY_NAME,
    BOOKING_MESSAGE,
    HEADSIGN,
    LINE_LONG_NAME,
    LINE_SHORT_NAME,
    STOP_DESCRIPTION,
    STOP_NAME,
)


def language_of(network: Network, tags: Iterable[str], ours: Iterable[str]) -> str:
    """The first of the tags (`sv-FI`) that something is translated into, or that we speak ourselves; "" of none."""
    known = {one.language for one in network.translations} | set(ours)
    asked = (tag.strip().lower().replace("_", "-").partition("-")[0] for tag in tags)
    return next((language for language in asked if language in known), "")


def in_language(network: Network, language: str) -> Network:
    """The network itself where nothing is translated into the language."""
    said: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for one in network.translations:
        if one.language == language:
            said[one.kind][one.row] = one.text
    if not said:
        return network
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
        agencies=tuple(replace(one, name=agencies.get(n, one.name)) for n, one in enumerate(network.agencies)),
        bookings=tuple(replace(one, message=messages.get(n, one.message)) for n, one in enumerate(network.bookings)),
    )


def retold(texts: Texts, said: Mapping[int, str]) -> Texts:
    """With other texts in some rows."""
    return Texts.of(said.get(row, text) for row, text in enumerate(texts)) if said else texts


def names_of_line(network: Network, line: int) -> frozenset[str]:
    """In every language, folded."""
    kinds = (LINE_SHORT_NAME, LINE_LONG_NAME)
    of_line = [one for one in network.translations if one.row == line and one.kind in kinds]
    others = (name for one in of_line for name in (one.text, one.original))
    return frozenset(name.casefold() for name in (network.lines.name(line), *others))
