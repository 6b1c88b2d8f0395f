"""The form of a remark: what was typed, what it is about, and the remark that it makes or what is wrong, by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.frame import Frame
from api.parse.value_faults import RequestFault
from mobility.errors import InvalidQuery, NotFound
from mobility.network.network import Network
from mobility.remarks.remark import LONGEST_TRIP, Remark, RemarkAbout, RemarkKind, RemarkSubject, new_remark, one_form

LIKELY = {
    RemarkAbout.STOP: ("service", "damage", "access", "timetable", "position", "other"),
    RemarkAbout.LINE: ("service", "timetable", "ticket", "access", "other"),
    RemarkAbout.PLACE: ("timetable", "position", "access", "damage", "other"),
    RemarkAbout.TRIP: ("answer", "timetable", "service", "ticket", "access", "position", "other"),
}
"""Kinds that are offered, the likeliest first; of a place the timetable is when it is open."""


@dataclass(frozen=True, slots=True)
class RemarkForm:
    """trip: in words, of the answer that the form was opened from; with_trip: whether its tick is left. draft: the code
    that this form will have."""

    subject: RemarkSubject
    kind: str = ""
    text: str = ""
    trip: str = ""
    with_trip: bool = True
    draft: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        return LIKELY[self.subject.about]

    def remark(self, now: int) -> Remark:
        """Raises InvalidQuery."""
        if self.kind not in self.kinds:
            raise InvalidQuery("kind", RequestFault.NOT_CHOSEN)
        subject = self.subject
        if self.with_trip and self.trip:
            subject = RemarkSubject(subject.about, subject.id, subject.name, self.trip)
        return new_remark(RemarkKind(self.kind), subject, self.text, now)


def opened(of: Frame, typed: Mapping[str, str]) -> RemarkForm:
    """As it is opened from a page. Raises NotFound."""
    return RemarkForm(subject_of(of, typed), trip=_trip(typed))


def read(of: Frame, typed: Mapping[str, str]) -> RemarkForm:
    """As it was sent. Raises NotFound."""
    return RemarkForm(
        subject=subject_of(of, typed),
        kind=typed.get("kind", ""),
        text=typed.get("text", ""),
        trip=_trip(typed),
        with_trip="withTrip" in typed,
        draft=typed.get("draft", ""),
    )


def subject_of(of: Frame, typed: Mapping[str, str]) -> RemarkSubject:
    """By its id as the network has it. Raises NotFound."""
    about, id = typed.get("about", ""), typed.get("id", "")
    if about not in list(RemarkAbout):
        raise NotFound("page", "about")
    kind = RemarkAbout(about)
    return RemarkSubject(kind, id, _name(of.asking.territory.network, kind, id)) if id else _of_trip(kind)


def _of_trip(about: RemarkAbout) -> RemarkSubject:
    if about is not RemarkAbout.TRIP:
        raise NotFound(about.value, "id")
    return RemarkSubject(about)


def _name(network: Network, about: RemarkAbout, id: str) -> str:
    """Raises NotFound."""
    if about is RemarkAbout.STOP:
        return network.stops.name[network.stop(id, "id")]
    if about is RemarkAbout.LINE:
        row = network.lines.id.find(id)
        if row is not None:
            return network.lines.name(row)
    named = [place.name for place in network.places if about is RemarkAbout.PLACE and place.id == id]
    if not named:
        raise NotFound(about.value, "id")
    return named[0]


def _trip(typed: Mapping[str, str]) -> str:
    is_trip = typed.get("about") == RemarkAbout.TRIP
    return one_form(typed.get("trip", ""))[: 4 * LONGEST_TRIP] if is_trip else ""
