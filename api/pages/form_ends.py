"""The ends of a trip as a form has them: what was typed, and which places it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.pages.frame import Frame
from api.parse.spots import point
from api.web.quoted import quoted
from api.web.sentences import EASY, LANGUAGES, Sentences, sentences
from mobility.errors import InvalidQuery
from mobility.places.match import AddressLack, Match, Wanted
from mobility.places.recognised import Understood

MOST_OTHERS = 4
NEAR_M = 1000
"""What is farther is no help to who looks for a point."""


@dataclass(frozen=True, slots=True)
class FormEnd:
    """One end of the trip. text: as typed; id: what it means (`lat,lon` or the id of a stop), "" while unknown; others:
    further places that may be meant, all where it is unknown. unknown: words of the text that none of these answers;
    street: it is an address, and none are known; several: one that several communes have; vague: others are meant by it
    as well. outside: a town in it that the territory does not have; others are stations then. lack: what is not known
    of it, an address of which some is. called: how headings and sentences call it, "" where they do as it was typed.
    near: of a point of the map, what it lies by, in words."""

    text: str = ""
    id: str = ""
    others: tuple[Match, ...] = ()
    unknown: tuple[str, ...] = ()
    street: bool = False
    several: bool = False
    vague: bool = False
    outside: str = ""
    lack: AddressLack | None = None
    called: str = ""
    near: str = ""

    @property
    def settled(self) -> FormEnd:
        """Where it is known which place it means, without others: beside an answer one may look whether another was
        meant, in a form that is to be filled in or mended they would read as a question."""
        return replace(self, others=()) if self.id else self

    @property
    def quoted(self) -> str:
        """What was typed, as sentences and headings repeat it: never a pair of numbers."""
        return quoted(self.called or self.text)


def read_end(of: Frame, last: Mapping[str, str], name: str) -> FormEnd:
    """The place of the field `name`: as picked from others of its name, as suggested, else as understood."""
    if picked := last.get(f"{name}Pick"):
        return named_end(of, picked)
    text, known = last.get(name, ""), last.get(f"{name}Id", "")
    if text and _is_place(of, known):
        return _known(of, text, known)
    return _understood(of, text, name)


def _understood(of: Frame, text: str, name: str) -> FormEnd:
    """What was typed: a position, the id of a stop, else the place that answers every telling word."""
    network, places = of.asking.territory.network, of.asking.territory.gazetteer(of.asking.languages)
    try:
        if not text or point(text, name) is not None:
            return _known(of, text, text)
    except InvalidQuery:
        return FormEnd(text)
    if network.stops.id.find(text) is not None:
        return named_end(of, text)
    meant = places.understood(text, MOST_OTHERS + 1) if places else Understood()
    if meant.sure is None:
        return _asked_back(text, meant)
    return FormEnd(of.local_name(name_of(meant.sure)), id_of(meant.sure), meant.found[1:])


def _asked_back(text: str, meant: Understood) -> FormEnd:
    return FormEnd(
        text,
        others=meant.found[:MOST_OTHERS],
        unknown=meant.unknown,
        street=meant.street,
        several=meant.several,
        vague=meant.vague,
        outside=meant.outside,
        lack=meant.lack,
    )


def _is_place(of: Frame, known: str) -> bool:
    """In the network in service: a link may be older."""
    try:
        return point(known, "place") is not None or of.asking.territory.network.stops.id.find(known) is not None
    except InvalidQuery:
        return False


def name_of(found: Match) -> str:
    """As it stands in a field: an address with its commune."""
    return f"{found.name}, {found.whereabouts}" if found.address else found.name


def id_of(found: Match) -> str:
    """As a trip query names the place."""
    return found.id if found.stop >= 0 else f"{found.point.lat:.6f},{found.point.lon:.6f}"


def named_end(of: Frame, place: str) -> FormEnd:
    stops = of.asking.territory.network.stops
    stop = stops.id.find(place)
    if stop is not None:
        return FormEnd(stops.name[stop], place)
    near = of.asking.territory.places
    if near is None or not _is_place(of, place):
        return FormEnd()
    return _known(of, _name_at(of, place), place)


def _known(of: Frame, text: str, id: str) -> FormEnd:
    """What reads as degrees is no name of a place, nor is what a point picked on the map is called in any language."""
    is_point = _is_point(text) or (
        _is_point(id) and text in {_point_words(sentences(one)) for one in (*LANGUAGES, EASY)}
    )
    return FormEnd(text, id, called=_point_words(of.said), near=_near(of, id)) if is_point else FormEnd(text, id)


def _near(of: Frame, place: str) -> str:
    """What tells one point of the map from another, beside headings that call both alike; "" where nothing that has a
    name is near."""
    where, places = point(place, "place"), of.asking.territory.gazetteer(of.asking.languages)
    found = places.nearest(where, 1, Wanted(within_m=NEAR_M)) if places is not None and where is not None else []
    return of.said["answer"]["near_point"].format(name=of.local_name(name_of(found[0]))) if found else ""


def _point_words(said: Sentences) -> str:
    return str(said["map"]["point"])


def _is_point(text: str) -> bool:
    try:
        return point(text, "place") is not None
    except InvalidQuery:
        return False


def _name_at(of: Frame, place: str) -> str:
    where, places = point(place, "place"), of.asking.territory.gazetteer(of.asking.languages)
    found = places.nearest(where, 1) if places is not None and where is not None else []
    return of.local_name(name_of(found[0])) if found else place
