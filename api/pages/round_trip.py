"""There and back on one page: both ways, the last one back, what it costs all who travel, a calendar file with both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from api.pages import boats
from api.pages import form as forms
from api.pages import round_trip_fields as fields
from api.pages.calendar_file import ics
from api.pages.card import Card
from api.pages.form import CLOCK, Form
from api.pages.form_faults import faults_of, wrong_counts
from api.pages.frame import Frame, frame, page
from api.pages.help import counter
from api.pages.leg_line import LegLine
from api.pages.live_words import live_page
from api.pages.round_trip_ways import THERE, OneWay, Searched, later_farther, one_way, ways_of_the_night
from api.pages.who_travels import people_of, who
from api.present.amounts import amount
from api.present.party import counted, travelling
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from api.web.headers import may_be_gone_back_to
from mobility.errors import NotFound
from mobility.money import Amount
from mobility.network.modes import BOAT
from mobility.privacy.register import STATISTICS, TRIP
from mobility.routing.itinerary import full_minute_s

PATH = "/round-trip"
NOTED = frozenset({"return", "book"})
"""Kinds of notes of fares that a round trip is about; the others stand with the tickets."""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """out, back: None where there is none, with the reasons. warnings: of both ways, what is to be read first. party:
    how many travel; counted: the same in words. total, last: in words, "" where nothing is known, last also where
    a warning says it. bikes: in sentences. buy: where, each once. notes: of fares, each once."""

    out: Card | None
    back: Card | None
    no_out: str
    no_back: str
    warnings: tuple[str, ...]
    party: int
    counted: str
    has_boat: bool
    total: str
    last: str
    bikes: tuple[str, ...]
    buy: tuple[Json, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundTripPage:
    """What it shows. form, back_moment: what its fields hold. faults: by field, "form" for none of them."""

    form: Form
    back_moment: str
    faults: Mapping[str, str] = field(default_factory=dict)
    told: RoundTrip | None = None


def add(bp: Blueprint, service: Service) -> None:
    @bp.get(PATH)
    @uses(TRIP, STATISTICS)
    def round_trip_form() -> ResponseReturnValue:
        of = frame(service)
        form = forms.empty(of, request.args)
        return _page(of, RoundTripPage(form, fields.back_unsaid(datetime.fromisoformat(form.moment)).strftime(CLOCK)))

    @bp.post(PATH)
    @uses(TRIP, STATISTICS)
    def round_trip() -> ResponseReturnValue:
        may_be_gone_back_to()
        of = frame(service)
        form = fields.recounted(of, replace(forms.read(of, request.form), sort="", cursor=""))
        out = _way_out(of, form)
        back_form = fields.back_form(form, out.arrives)
        if out.faults:
            status = 200 if THERE in out.faults else 400
            return _page(of, RoundTripPage(form, fields.typed(fields.BACK) or back_form.moment, out.faults), status)
        return _page(of, RoundTripPage(form, back_form.moment, told=_told(of, out, back_form)))

    @bp.post(f"{PATH}/calendar.ics")
    @uses(TRIP)
    def round_trip_calendar() -> Response:
        """Posted, as both doors stand in it."""
        of = _uncounted(frame(service))
        form = fields.recounted(of, replace(forms.read(of, request.form), sort="", cursor=""))
        there = _way_out(of, form)
        if wrong := next((field for field in fields.REFUSED if field in there.faults), ""):
            raise fields.refused(wrong)
        out, back = there.way, one_way(of, fields.back_form(form, there.arrives)).way
        if out is None:
            raise NotFound("trip", "moment")
        ends = f"{form.start.id} {form.end.id}"
        trips = [
            (f"{name} {ends} {one.card.starts_at}", one.card) for name, one in (("out", out), ("back", back)) if one
        ]
        name = {"Content-Disposition": 'attachment; filename="hent.ics"'}
        return Response(ics(trips, of.asking.now_s, of.said), mimetype="text/calendar", headers=name)


def _page(of: Frame, shown: RoundTripPage, status: int = 200) -> Response:
    form, help = shown.form, counter(of, shown.form)
    are_counted = not (form.unknown_who or wrong_counts(form, of.said["form"]))
    return page(
        "round_trip.html",
        of,
        status,
        faults=shown.faults,
        told=shown.told,
        who=who(of, form.values(of.language)) if are_counted else "",
        help=help,
        made=live_page(of).printed,
        form=form if shown.told else form.settled,
        back_moment=shown.back_moment,
        people={**(people_of(of, form) if are_counted else {}), **form.counts},
        fewest=forms.FEWEST,
        most=forms.MOST_PEOPLE,
    )


def _way_out(of: Frame, form: Form) -> Searched:
    """With all that is wrong with the form, the way back among it."""
    if faults := fields.wrong_fields(of, form):
        return Searched(faults={**faults_of(form, of), **faults})
    out, back = one_way(of, form), forms.wall_clock(fields.typed(fields.BACK))
    if out.way is not None and back is not None and back < out.way.arrives:
        why = {"form": " ".join(out.warnings)} if out.warnings else {}
        return replace(out, faults={**out.faults, **why, fields.BACK: _before_arrival(of, out.way)})
    return out


def _before_arrival(of: Frame, out: OneWay) -> str:
    last = out.card.legs[-1]
    end = of.days.at(full_minute_s(last.end_s), bool(last.end.about))
    return of.said["round_trip"]["before_arrival"].format(day=of.days.day(out.arrives.date()), end=end)


def _uncounted(of: Frame) -> Frame:
    """For what nobody asked for once more."""
    return replace(of, service=replace(of.service, counting=None))


def _told(of: Frame, out: Searched, form: Form) -> RoundTrip:
    back = one_way(of, form)
    ways = [one.way for one in (out, back) if one.way]
    last = _last(of, form) if ways and not back.gone else NO_LAST
    tickets = [way.card.ticket for way in ways]
    buy = {(one["operator"], one.get("url")): one for ticket in tickets for one in ticket.get("buy", ())}
    all_notes = (note for ticket in tickets for note in ticket.get("notes", ()))
    notes = dict.fromkeys(note["text"] for note in all_notes if note["kind"] in NOTED)
    return RoundTrip(
        out=out.way.card if out.way else None,
        back=_without(of, back.way.card, last.boat) if back.way else None,
        no_out=out.why,
        no_back=back.why,
        warnings=(*_named(of, "out", out), *_named(of, "back", back)),
        party=ways[0].party if ways else 1,
        counted=travelling((one.option for one in ways), of.said),
        has_boat=any(way.has_boat for way in ways),
        total=_total(of, ways),
        last=last.words,
        bikes=_bikes(of, ways),
        buy=tuple(buy.values()),
        notes=tuple(notes),
    )


def _named(of: Frame, way: str, searched: Searched) -> list[str]:
    return [f"{of.said['round_trip'][way]}{of.said['frame']['colon']}{one}" for one in searched.warnings]


def _total(of: Frame, ways: Sequence[OneWay]) -> str:
    paid = [one.paid for one in ways]
    known = [one for one in paid if one is not None]
    if len(ways) != 2 or len(known) != 2 or len({one.currency for one in known}) != 1:
        return ""
    total = Amount(sum(one.minor for one in known), known[0].currency)
    said, shares = of.said["round_trip"], next(filter(None, (one.option.ticket.shares for one in ways)), ())
    text = said["total"] if shares else said["total_one"]
    return text.format(amount=amount(total, of.said), who=counted(shares, of.said))


class LastBack(NamedTuple):
    """The last way back in words, "" where none is known, and its boat."""

    words: str
    boat: LegLine | None = None


NO_LAST = LastBack("")


def _without(of: Frame, back: Card, told: LegLine | None) -> Card:
    """told: the last boat back, which stands below both ways: said of the way back as well, it is said twice."""
    if told is None:
        return back
    words = (
        boats.before(of, leg, told.start_s)
        if leg.mode == BOAT and leg.start.name == told.start.name
        else boats.later(of, leg)
        for leg in back.legs
    )
    return replace(back, boats=tuple(filter(None, words)))


def _last(of: Frame, form: Form) -> LastBack:
    """Of that day and the night after it, by boat where one goes: who misses it stays."""
    that_day = ways_of_the_night(_uncounted(of), form)
    if not that_day:
        return NO_LAST
    last = max(that_day, key=lambda one: one.card.legs[0].start_s)
    boat = next((leg for leg in last.card.legs if leg.mode == BOAT), None)
    farther = later_farther(of, form, last)
    if boat:
        return LastBack(" ".join(filter(None, (_last_boat(of, boat), farther or _boats_go_on(of, boat, form)))), boat)
    first = last.card.legs[0]
    day = of.days.day_of_service(first.start_s)
    words = of.said["round_trip"]["last"].format(day=day, start=of.days.at(first.start_s, bool(first.start.about)))
    return LastBack(" ".join(filter(None, (words, farther))))


def _last_boat(of: Frame, boat: LegLine) -> str:
    day = of.days.day_of_service(boat.start_s)
    return of.said["round_trip"]["last_boat"].format(day=day, clock=boat.start.when, stop=boat.start.name)


def _boats_go_on(of: Frame, boat: LegLine, form: Form) -> str:
    """Boats that leave later, but lead nowhere: the quay shows them."""
    day, later = of.days.day_of_service(boat.start_s), ", ".join(boats.clocks_after(of, boat))
    text = of.said["round_trip"]["boats_go_on"]
    return text.format(clocks=later, end=form.end.quoted, day=day) if later else ""


def _bikes(of: Frame, ways: Sequence[OneWay]) -> tuple[str, ...]:
    """A sentence each of what carries them, what does not and what has to be asked."""
    told = {line: state for way in ways for line, state in way.bikes().items()}
    return tuple(_bike_parts(of, told))


def _bike_parts(of: Frame, told: dict[str, str]) -> Iterator[str]:
    said = of.said["round_trip"]
    for state in ("yes", "no", "unknown"):
        lines = [line for line, other in told.items() if other == state]
        if lines:
            yield said[f"bikes_{state}"].format(lines=", ".join(lines))
