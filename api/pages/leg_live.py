"""What is known now of a leg, from the JSON of the API: whether its times are others than planned, and its news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from api.pages.frame import Frame
from api.pages.live_words import LivePage, timed
from api.pages.told_now import NOTHING_KNOWN, CallNow, ToldNews
from api.present.now import FARTHEST_S
from mobility.network.live_alerts import LiveAlert, Span

Json = Mapping[str, Any]


def end_now(live: LivePage, leg: Json, end: str) -> CallNow:
    """end: "start" or "end"."""
    of, ours = live.of, leg.get("hent", {})
    if leg.get("cancelled"):
        return CallNow(_cancelled(live, ours), is_struck=True)
    if "tripId" not in leg:
        return NOTHING_KNOWN
    if not ours.get(f"{end}Known"):
        return CallNow(of.said["live"]["added"]) if not leg["scheduled"] else live.nothing_known_of(dict(leg))
    return timed(of, (_epoch(leg[f"{end}Time"]), _epoch(leg[f"scheduled{end.title()}Time"])), not leg["scheduled"])


def _cancelled(live: LivePage, ours: Json) -> str:
    """Why, and the next one that runs, as far as they are known."""
    said, why = live.of.said["live"], ours.get("reason")
    told = said["because"].format(what=said["cancelled"], why=why) if why else said["cancelled"]
    return f"{told} · {live.next_at(_epoch(ours['next']))}" if ours.get("next") else str(told)


def leg_news(of: Frame, leg: Json, told_before: set[str]) -> tuple[ToldNews, ...]:
    """Of the leg and of where one gets in and out, as long as they are felt while one rides; the most severe first.
    told_before: grows by their names."""
    at = _epoch(leg["startTime"]), _epoch(leg["endTime"])
    felt = [one for one in _alerts(leg) if one.is_felt(*at) and one.id not in told_before]
    told_before.update(one.id for one in felt)
    once = {one.id: one for one in felt}.values()
    words = LivePage(of, None, {})
    return tuple(words.told(one) for one in sorted(once, key=lambda one: (-one.rank, one.id)))


def _alerts(leg: Json) -> Iterator[LiveAlert]:
    for place in (leg, leg["from"], leg["to"]):
        yield from map(_alert, place.get("alerts", ()))


def _alert(told: Json) -> LiveAlert:
    """Its texts are of the reader's language already."""
    return LiveAlert(
        id=told["code"],
        scopes=(),
        impact=tuple(map(_span, told["impactPeriod"])),
        effect=told["effect"],
        severity=told["severityLevel"],
        header=(("", told["headerText"]),),
        description=(("", told["descriptionText"]),),
        url=(("", told.get("url", "")),),
    )


def _span(told: Json) -> Span:
    """As api/present/now.py tells it: an open end is the farthest."""
    start_s, end_s = _epoch(told["start"]), _epoch(told["end"])
    return start_s or None, None if end_s == FARTHEST_S else end_s


def _epoch(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp())
