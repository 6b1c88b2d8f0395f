"""What is known now of a run that is told: times as they are expected beside those that were planned, calls that are
skipped, another quay, and the news about it. A run of which nothing is known is told as ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import orjson

from api.present.alerts import alert_json, cause_words
from api.present.calls import RULE_TEXTS, TYPES
from api.present.clock import stamp
from api.present.pieces import Json, Pieces
from api.present.rows import ToldRide
from mobility.network.changed_runs import OCCUPANCY, RunState, Told
from mobility.network.live import LiveNetwork
from mobility.network.live_alerts import LiveAlert, LiveAlerts, Subject
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import RideLeg
from mobility.routing.next_runs import following

NOT_ALLOWED = 1
KNOWN, SKIPPED, CANCELLED, ADDED = (int(one) for one in (Told.KNOWN, Told.SKIPPED, RunState.CANCELLED, RunState.ADDED))
"""As numbers, which columns are quicker compared with: an answer has hundreds of calls."""
ENDS_SERVICE = ("NO_SERVICE", "REDUCED_SERVICE", "MODIFIED_SERVICE", "STOP_MOVED", "UNKNOWN_EFFECT")


@dataclass(frozen=True, slots=True)
class LiveTelling:
    """The live state that an answer is told with, at a moment, in a language."""

    network: LiveNetwork
    alerts: LiveAlerts
    now_s: int
    language: str

    def run_of(self, leg: RideLeg) -> int:
        """Row of the changed runs, -1 where nothing is known; of a planned leg that of the run that stands for it."""
        trip = leg.trip if leg.network is self.network else self.network.now(leg.trip, leg.service_day)
        return self.network.run_of(trip)


class NowCall(NamedTuple):
    """Epoch seconds. planned_stop: where it was to call."""

    stop: int
    planned_stop: int
    arrival_s: int
    departure_s: int
    planned_arrival_s: int
    planned_departure_s: int
    pickup: int
    drop_off: int
    is_skipped: bool
    is_known: bool
    occupancy: str


class RunNow(NamedTuple):
    """A run, or the part of it that is ridden. is_cancelled: as a whole."""

    calls: list[NowCall]
    is_cancelled: bool
    is_added: bool

    @property
    def is_known(self) -> bool:
        return self.is_cancelled or any(call.is_known or call.is_skipped for call in self.calls)


def run_now(live: LiveTelling, leg: RideLeg, row: ToldRide) -> RunNow:
    """From where one gets in to where one gets out; as planned where nothing is known."""
    run = live.run_of(leg)
    if run < 0:
        return RunNow([planned_call(call) for call in row.calls], False, False)
    runs = live.network.changed
    first, state = int(runs.first_call[run]), int(runs.state[run])
    is_other = leg.network is not live.network and int(runs.position[first]) < 0
    is_cancelled = state == CANCELLED or is_other
    if is_other:  # a replaced run stops elsewhere: the planned one does not run
        return RunNow([planned_call(call)._replace(is_skipped=True) for call in row.calls], True, False)
    calls = _calls(live, slice(first + leg.board, first + leg.alight + 1), leg.day_start_s)
    if is_cancelled:
        calls = [call._replace(is_skipped=True) for call in calls]
    return RunNow(calls, is_cancelled, state == ADDED)


def planned_call(call: tuple[int, int, int, int, int]) -> NowCall:
    stop, arrival_s, departure_s, pickup, drop_off = call
    times = arrival_s, departure_s, arrival_s, departure_s
    return NowCall(stop, stop, *times, pickup, drop_off, False, False, "")


def _calls(live: LiveTelling, at: slice, start_s: int) -> list[NowCall]:
    """Column by column: a number read by itself from an array takes longer than a row of them."""
    runs = live.network.changed
    columns = (
        runs.stop, runs.planned_stop, runs.arrival, runs.departure, runs.planned_arrival, runs.planned_departure,
        runs.pickup, runs.drop_off, runs.told, runs.occupancy,
    )  # fmt: skip
    return [
        NowCall(
            stop, planned_stop,
            start_s + arrival, start_s + departure, start_s + planned_arrival, start_s + planned_departure,
            pickup, drop_off, bool(told & SKIPPED), bool(told & KNOWN), OCCUPANCY[occupancy],
        )
        for (
            stop, planned_stop, arrival, departure, planned_arrival, planned_departure,
            pickup, drop_off, told, occupancy,
        ) in zip(*(column[at].tolist() for column in columns), strict=True)
    ]  # fmt: skip


def joined_now(before: RunNow, after: RunNow) -> RunNow:
    """Of a vehicle that goes on as another trip; where both name the same stop it is one call."""
    last, first = before.calls[-1], after.calls[0]
    calls = before.calls + after.calls
    if last.stop == first.stop:
        one = last._replace(
            departure_s=first.departure_s, planned_departure_s=first.planned_departure_s, pickup=first.pickup
        )
        calls = [*before.calls[:-1], one, *after.calls[1:]]
    return RunNow(calls, before.is_cancelled and after.is_cancelled, before.is_added)


def call_place(pieces: Pieces, call: NowCall, ends: str = "both") -> Json:
    """A call as a place. ends: "both", or the "departure" or the "arrival" alone."""
    place: Json = dict(pieces.place(call.stop))
    if call.planned_stop != call.stop and call.planned_stop >= 0:
        planned = pieces.place(call.planned_stop).get("scheduledTrack")
        place.pop("scheduledTrack", None)
        place |= {"scheduledTrack": planned} if planned else {}
    if ends != "departure":
        place |= {"arrival": stamp(call.arrival_s), "scheduledArrival": stamp(call.planned_arrival_s)}
    if ends != "arrival":
        place |= {"departure": stamp(call.departure_s), "scheduledDeparture": stamp(call.planned_departure_s)}
    place["pickupType"], place["dropoffType"] = TYPES[call.pickup], TYPES[call.drop_off]
    place["cancelled"] = call.is_skipped
    return place


def stops_between(pieces: Pieces, now: RunNow) -> str:
    """A JSON list of the calls between both ends. Most are at their stop, and are written onto its own text."""
    calls, opened = (call for call in now.calls[1:-1] if call.is_skipped or not _is_closed(call)), pieces.opened
    found = [
        orjson.dumps(call_place(pieces, call)).decode()
        if call.is_skipped or call.planned_stop != call.stop
        else (
            f'{opened(call.stop)},"arrival":"{stamp(call.arrival_s)}",'
            f'"scheduledArrival":"{stamp(call.planned_arrival_s)}","departure":"{stamp(call.departure_s)}",'
            f'"scheduledDeparture":"{stamp(call.planned_departure_s)}",{RULE_TEXTS[call.pickup][call.drop_off]}'
        )
        for call in calls
    ]
    return f"[{','.join(found)}]"


def ride_now(live: LiveTelling, ridden: Sequence[tuple[RideLeg, ToldRide]]) -> RunNow:
    """Of the rides of one vehicle, from boarding to alighting; as planned where nothing is known."""
    return reduce(joined_now, (run_now(live, leg, row) for leg, row in ridden))


def known_now(live: LiveTelling, ridden: Sequence[tuple[RideLeg, ToldRide]]) -> RunNow | None:
    """None where nothing is known of it, and it is in the timetable."""
    if all(live.run_of(leg) < 0 for leg, _ in ridden):
        return None
    now = ride_now(live, ridden)
    return now if now.is_known or now.is_added else None


def tell_leg(live: LiveTelling, pieces: Pieces, told: Json, leg: RideLeg, now: RunNow) -> None:
    """Into a leg that is told by timetable, all but its calls between both ends."""
    first, last = now.calls[0], now.calls[-1]
    told["from"] = call_place(pieces, first, "departure")
    told["to"] = call_place(pieces, last, "arrival")
    told["startTime"], told["endTime"] = stamp(first.departure_s), stamp(last.arrival_s)
    told["scheduledStartTime"] = stamp(first.planned_departure_s)
    told["scheduledEndTime"] = stamp(last.planned_arrival_s)
    told["duration"] = last.arrival_s - first.departure_s
    told["realTime"] = any(call.is_known for call in now.calls) or now.is_cancelled
    told["scheduled"] = not now.is_added
    told["cancelled"] = now.is_cancelled or first.is_skipped or last.is_skipped
    told["hent"] |= {"occupancy": first.occupancy} if first.occupancy else {}
    told["hent"] |= {"startKnown": first.is_known, "endKnown": last.is_known}
    if told["cancelled"]:
        told["hent"] |= tell_cancelled(live, leg, first if first.is_skipped else last)


def tell_cancelled(live: LiveTelling, ride: RideLeg, call: NowCall) -> Json:
    """Of a ride that does not run: why, where somebody said so, and when the next one of the line leaves that runs."""
    why, after = reason_of(live, ride, call), following(live.network, ride, ride.departure_s)
    at, about = (stamp(after.departure_s), headway_s(after) > 0) if after else (None, False)
    return {"reason": why or None, "next": at, "nextApproximate": about}


def _is_closed(call: NowCall) -> bool:
    return call.pickup == NOT_ALLOWED and call.drop_off == NOT_ALLOWED


def tell_alerts(live: LiveTelling, told: Json, leg: RideLeg, ends: tuple[NowCall, NowCall]) -> None:
    """Those of the run and its line at the leg, those of a stop at the stop. Each once. All that are told now, as
    clients of MOTIS are told them: when each is felt stands in its impactPeriod; `felt` names those that are felt while
    one rides, where that is not all of them."""
    groups = leg_alerts(live, leg, ends)
    of_run, *at_stops = groups
    for name, fresh in zip(("from", "to"), at_stops, strict=True):
        if fresh:
            told[name] = dict(told[name]) | {"alerts": [alert_json(alert, live.language) for alert in fresh]}
    if of_run:
        told["alerts"] = [alert_json(alert, live.language) for alert in of_run]
    every = [alert for group in groups for alert in group]
    felt = [alert.id for alert in every if alert.is_felt(ends[0].departure_s, ends[1].arrival_s)]
    told["hent"] |= {"felt": felt} if len(felt) < len(every) else {}


def leg_alerts(live: LiveTelling, leg: RideLeg, ends: tuple[NowCall, NowCall]) -> list[list[LiveAlert]]:
    """Of the run and its line, of where one gets in, of where one gets out; each once, those that are felt while one
    rides first: some clients show one alone."""
    if not live.alerts.every:
        return [[], [], []]
    subject = subject_of(live, leg)
    at_stops = [subject._replace(stops=frozenset({call.stop, call.planned_stop})) for call in ends]
    seen, found, while_s = set[str](), list[list[LiveAlert]](), (ends[0].departure_s, ends[1].arrival_s)
    for about in (subject, *at_stops):
        fresh = [alert for alert in live.alerts.about(about, live.now_s) if alert.id not in seen]
        seen.update(alert.id for alert in fresh)
        found.append(sorted(fresh, key=lambda one: not one.is_felt(*while_s)))
    return found


def subject_of(live: LiveTelling, leg: RideLeg) -> Subject:
    """A ridden run, without its stops."""
    network, run = leg.network, live.run_of(leg)
    lines = network.lines
    return Subject(
        feed=int(lines.feed[leg.line]),
        agency=int(lines.agency[leg.line]),
        type=int(lines.type[leg.line]),
        line=leg.line,
        direction=int(network.trips.direction[leg.trip]),
        trip=leg.trip if run < 0 else int(live.network.changed.trip[run]),
        day=leg.service_day.toordinal(),
    )


def reason_of(live: LiveTelling, ride: RideLeg, call: NowCall | None = None) -> str:
    """Why a ride does not run, or not call there, as the most severe alert says that may be the reason; "" where none
    does."""
    return next((why for alert in reasons(live, ride, call) if (why := cause_words(alert, live.language))), "")


def reasons(live: LiveTelling, ride: RideLeg, call: NowCall | None = None) -> list[LiveAlert]:
    """The alerts that may be the reason, the most severe first."""
    stops = {call.stop, call.planned_stop} if call else {ride.stop_at(ride.board), ride.stop_at(ride.alight)}
    subject = subject_of(live, ride)._replace(stops=frozenset(stops))
    at_s = call.planned_departure_s if call else ride.departure_s
    return [one for one in live.alerts.about(subject, live.now_s, (at_s, at_s)) if one.effect in ENDS_SERVICE]
