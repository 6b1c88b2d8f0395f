"""What is known now of a leg: whether its times are others than planned, and its news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain

from api.pages.concerned import stops_concerned
from api.pages.live_words import LivePage, timed
from api.pages.told_now import CallNow, ToldNews
from api.present.legs import ToldRideLeg
from api.present.now import LiveTelling, NowCall, RunNow, joined_now, leg_alerts, planned_call, reason_of, run_now
from mobility.routing.itinerary import RideLeg


def ride_now(live: LiveTelling | None, legs: Sequence[ToldRideLeg]) -> RunNow:
    """Of the rides of one vehicle, from boarding to alighting; as planned where nothing is known."""
    return reduce(joined_now, (_now(live, leg) for leg in legs))


def _now(live: LiveTelling | None, leg: ToldRideLeg) -> RunNow:
    ride, row = leg
    return run_now(live, ride, row) if live else RunNow([planned_call(call) for call in row.calls], False, False)


def ends_now(live: LivePage, ride: RideLeg, now: RunNow) -> tuple[CallNow, CallNow]:
    """Of where one gets in, and of where one gets out."""
    first, last = now.calls[0], now.calls[-1]
    if now.is_cancelled or first.is_skipped or last.is_skipped:
        words = _cancelled(live, ride, first if first.is_skipped else last)
        return CallNow(words, is_struck=True), CallNow(words, is_struck=True)
    start = _end_now(live, ride, now, (first, (first.departure_s, first.planned_departure_s)))
    return start, _end_now(live, ride, now, (last, (last.arrival_s, last.planned_arrival_s)))


def _end_now(live: LivePage, ride: RideLeg, now: RunNow, end: tuple[NowCall, tuple[int, int]]) -> CallNow:
    call, times = end
    if not call.is_known:
        return CallNow(live.of.said["live"]["added"]) if now.is_added else live.nothing_known_of(ride.line)
    return timed(live.of, times, now.is_added)


def _cancelled(live: LivePage, ride: RideLeg, call: NowCall) -> str:
    """Why, and the next one that runs, as far as they are known."""
    said, why = live.of.said["live"], reason_of(live.live, ride, call) if live.live else ""
    told = said["because"].format(what=said["cancelled"], why=why) if why else said["cancelled"]
    after = live.next_after(ride)
    return f"{told} · {after}" if after else str(told)


def leg_news(live: LivePage, ride: RideLeg, now: RunNow, told_before: set[str]) -> tuple[ToldNews, ...]:
    """Of the leg and of where one gets in and out, as long as they are felt while one rides; the most severe first.
    told_before: grows by their names."""
    first, last = now.calls[0], now.calls[-1]
    alerts = chain(*leg_alerts(live.live, ride, (first, last))) if live.live else ()
    felt = [one for one in alerts if one.is_felt(first.departure_s, last.arrival_s) and one.id not in told_before]
    told_before.update(one.id for one in felt)
    ends = frozenset(stop for call in (first, last) for stop in (call.stop, call.planned_stop))
    ordered = sorted(felt, key=lambda one: (-one.rank, one.id))
    return tuple(replace(live.told(one), about=stops_concerned(live.of, one, ends)) for one in ordered)
