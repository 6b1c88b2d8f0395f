"""There and back on one page: both ways, the last one back, what it costs all who travel, a calendar file with both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from api.pages import boats
from api.pages import form as forms
from api.pages import round_trip_fields as fields
from api.pages.calendar_file import ics
from api.pages.card import Card, Rows, card
from api.pages.form import CLOCK, Form
from api.pages.frame import Frame, frame, page
from api.pages.help import counter, known_days
from api.pages.leg_line import LegLine
from api.pages.legs import CardTelling
from api.pages.live_words import live_page
from api.pages.trip import profile_words, searched
from api.present.amounts import amount
from api.present.answers import beside
from api.present.leg_groups import told_legs
from api.present.pieces import Json
from api.present.prose import clock
from api.privacy.uses import uses
from api.service import Service
from api.trips.plan import AnsweredTrip
from api.web.headers import may_be_gone_back_to
from mobility.clock import NIGHT_ENDS_H, days_after, evening, evening_of
from mobility.errors import NotFound
from mobility.money import Amount
from mobility.network.modes import BOAT
from mobility.privacy.register import STATISTICS, TRIP
from mobility.ranking.costs import Option
from mobility.routing.empty_reason import EmptyReason

PATH = "/round-trip"
MORNING_H, LONGEST_WAIT_S, SEARCHES = NIGHT_ENDS_H + 2, 3600, 4
"""What leaves in the night is there by then. Who waits longer for a ride of the morning stays the night. So many times
the search goes back before it, where what comes in the morning fills the answer."""
NOTED = frozenset({"return", "book"})
"""Kinds of notes of fares that a round trip is about; the others stand with the tickets."""
BIKES = ("unknown", "yes", "no")
THERE = "there"
"""Beside the faults: that the two places are one."""


@dataclass(frozen=True, slots=True)
class OneWay:
    """option: the best of what was found, as card. rows: its legs. party: how many travel."""

    option: Option
    card: Card
    rows: Rows
    party: int

    @property
    def paid(self) -> Amount | None:
        """By all who travel; None where not all of it is known."""
        return self.option.amount if self.party == 1 else self.option.ticket.party

    @property
    def has_boat(self) -> bool:
        return any(leg.mode == BOAT for leg in self.card.legs)

    def bikes(self) -> dict[str, str]:
        """What each line says of bikes, of BIKES."""
        rides = (row for row in self.rows if isinstance(row, tuple))
        return {ride.line_name: BIKES[told.bikes] for ride, told in rides}


@dataclass(frozen=True, slots=True)
class Searched:
    """way: None where there is none. faults: of the form. why: there is none, in sentences."""

    way: OneWay | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """out, back: None where there is none, with the reasons. party: how many travel. total, last, bikes: in words, ""
    where nothing is known. buy: where, each once. notes: of fares, each once."""

    out: Card | None
    back: Card | None
    no_out: str
    no_back: str
    party: int
    has_boat: bool
    total: str
    last: str
    bikes: str
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
        form = replace(forms.read(of, request.form), sort="", cursor="")
        out = _way_out(of, form)
        back_form = fields.back_form(form, _there(out.way) if out.way else None)
        if out.faults:
            status = 200 if THERE in out.faults else 400
            return _page(of, RoundTripPage(form, fields.typed(fields.BACK) or back_form.moment, out.faults), status)
        return _page(of, RoundTripPage(form, back_form.moment, told=_told(of, out, back_form)))

    @bp.post(f"{PATH}/calendar.ics")
    @uses(TRIP)
    def round_trip_calendar() -> Response:
        """Posted, as both doors stand in it."""
        of = _uncounted(frame(service))
        form = replace(forms.read(of, request.form), sort="", cursor="")
        there = _way_out(of, form)
        if wrong := next((field for field in fields.REFUSED if field in there.faults), ""):
            raise fields.refused(wrong)
        out, back = there.way, _one_way(of, fields.back_form(form, _there(there.way) if there.way else None)).way
        if out is None:
            raise NotFound("trip", "moment")
        ends = f"{form.start.id} {form.end.id}"
        trips = [
            (f"{name} {ends} {one.card.starts_at}", one.card) for name, one in (("out", out), ("back", back)) if one
        ]
        name = {"Content-Disposition": 'attachment; filename="hent.ics"'}
        return Response(ics(trips, of.asking.now_s, of.said), mimetype="text/calendar", headers=name)


def _page(of: Frame, shown: RoundTripPage, status: int = 200) -> Response:
    who, help = profile_words(of).get(shown.form.profile, shown.form.profile), counter(of, shown.form)
    return page(
        "round_trip.html",
        of,
        status,
        faults=shown.faults,
        told=shown.told,
        who=who,
        help=help,
        made=live_page(of).printed,
        form=shown.form if shown.told else shown.form.settled,
        back_moment=shown.back_moment,
        people=fields.typed(fields.PEOPLE),
        most=fields.MOST_PEOPLE,
    )


def _way_out(of: Frame, form: Form) -> Searched:
    """With all that is wrong with the form, the way back among it."""
    if faults := fields.wrong_fields(of, form):
        return Searched(faults={**forms.faults_of(form, of), **faults})
    out, back = _one_way(of, form), forms.wall_clock(fields.typed(fields.BACK))
    if out.way is not None and back is not None and back < _there(out.way):
        return replace(out, faults={**out.faults, fields.BACK: _before_arrival(of, out.way)})
    return out


def _before_arrival(of: Frame, out: OneWay) -> str:
    there = _there(out)
    told = {"day": of.days.day(there.date()), "clock": out.card.end}
    return of.said["round_trip"]["before_arrival"].format(**told)


def _there(out: OneWay) -> datetime:
    return datetime.fromisoformat(out.card.ends_at[:16])


def _uncounted(of: Frame) -> Frame:
    """For what nobody asked for once more."""
    return replace(of, service=replace(of.service, counting=None))


def _one_way(of: Frame, form: Form) -> Searched:
    """Who is there already has made no mistake."""
    trip, faults = searched(of, form, **fields.party())
    if trip is None:
        return Searched(faults=faults, why=" ".join(faults.values()))
    if trip.found.reason is EmptyReason.ALREADY_THERE:
        return Searched(faults={THERE: of.said["reason"][EmptyReason.ALREADY_THERE]})
    if trip.choice.shown:
        return Searched(_way(of, trip, trip.choice.shown[0], form))
    return Searched(why=_why(of, trip))


def _why(of: Frame, trip: AnsweredTrip) -> str:
    """There is no way, as the answer about that way alone says it."""
    reason = beside(trip.context, trip.found, trip.near).get("reason", {})
    return " ".join(filter(None, (reason.get("sentence", ""), known_days(of, reason.get("code", "")))))


def _way(of: Frame, trip: AnsweredTrip, option: Option, form: Form) -> OneWay:
    (rows,) = told_legs(trip.context, [option.itinerary])
    telling = CardTelling(live_page(of), trip.context, (form.start.text, form.end.text))
    return OneWay(option, card(telling, option, rows, trip.choice), rows, trip.choice.party)


def _told(of: Frame, out: Searched, form: Form) -> RoundTrip:
    back = _one_way(of, form)
    ways = [one.way for one in (out, back) if one.way]
    tickets = [way.card.ticket for way in ways]
    buy = {(one["operator"], one.get("url")): one for ticket in tickets for one in ticket.get("buy", ())}
    all_notes = (note for ticket in tickets for note in ticket.get("notes", ()))
    notes = dict.fromkeys(note["text"] for note in all_notes if note["kind"] in NOTED)
    return RoundTrip(
        out=out.way.card if out.way else None,
        back=back.way.card if back.way else None,
        no_out=out.why,
        no_back=back.why,
        party=ways[0].party if ways else 1,
        has_boat=any(way.has_boat for way in ways),
        total=_total(of, ways),
        last=_last(of, form) if ways else "",
        bikes=_bikes(of, ways),
        buy=tuple(buy.values()),
        notes=tuple(notes),
    )


def _total(of: Frame, ways: Sequence[OneWay]) -> str:
    paid = [one.paid for one in ways]
    known = [one for one in paid if one is not None]
    if len(ways) != 2 or len(known) != 2 or len({one.currency for one in known}) != 1:
        return ""
    total = Amount(sum(one.minor for one in known), known[0].currency)
    people, said = ways[0].party, of.said["round_trip"]
    text = said["total_one"] if people == 1 else said["total"]
    return text.format(amount=amount(total, of.said), people=people)


def _last(of: Frame, form: Form) -> str:
    """Of that day and the night after it, by boat where one goes: who misses it stays."""
    that_day = _ways_of_the_night(_uncounted(of), form)
    if not that_day:
        return ""
    last = max(that_day, key=lambda one: one.card.legs[0].start_s)
    boat = next((leg for leg in last.card.legs if leg.mode == BOAT), None)
    if boat:
        return _last_boat(of, boat, form.end.text)
    start_s, zone = last.card.legs[0].start_s, of.asking.territory.zone
    return of.said["round_trip"]["last"].format(day=of.days.day_of_service(start_s), clock=clock(start_s, zone))


def _ways_of_the_night(of: Frame, form: Form) -> list[OneWay]:
    """The latest of those that leave before the night ends."""
    day, zone = evening_of(datetime.fromisoformat(form.moment)), of.asking.territory.zone
    until = datetime.combine(days_after(day, 1), time(MORNING_H))
    for _ in range(SEARCHES):
        late = replace(form, when="arrive", moment=until.strftime(CLOCK))
        trip, _ = searched(of, late, **fields.party())
        found = [_way(of, trip, option, late) for option in trip.choice.departures] if trip else []
        that_day = [one for one in found if evening(one.card.legs[0].start_s, zone) == day and _goes_on(one, zone)]
        if that_day or not found:
            return that_day
        until = min(map(_there, found)) - timedelta(minutes=1)
    return []


def _goes_on(way: OneWay, zone: ZoneInfo) -> bool:
    """Whether nobody spends the night at a quay."""
    legs = way.card.legs
    day = evening(legs[0].start_s, zone)
    waits = ((after.start_s - before.end_s, after.start_s) for before, after in pairwise(legs))
    return all(wait_s <= LONGEST_WAIT_S for wait_s, start_s in waits if evening(start_s, zone) != day)


def _last_boat(of: Frame, boat: LegLine, end: str) -> str:
    """Boats that leave later, but lead nowhere, are told beside it: the quay shows them."""
    said = of.said["round_trip"]
    day = of.days.day_of_service(boat.start_s)
    last = said["last_boat"].format(day=day, clock=boat.start.clock, stop=boat.start.name)
    later = ", ".join(boats.clocks_after(of, boat))
    return " ".join(filter(None, (last, said["boats_go_on"].format(clocks=later, end=end, day=day) if later else "")))


def _bikes(of: Frame, ways: Sequence[OneWay]) -> str:
    told = {line: state for way in ways for line, state in way.bikes().items()}
    parts = list(_bike_parts(of, told))
    return " ".join(parts)


def _bike_parts(of: Frame, told: dict[str, str]) -> Iterator[str]:
    said = of.said["round_trip"]
    for state in ("yes", "no", "unknown"):
        lines = [line for line, other in told.items() if other == state]
        if lines:
            yield said[f"bikes_{state}"].format(lines=", ".join(lines))
