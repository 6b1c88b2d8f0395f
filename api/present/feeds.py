"""Feeds and what was done with them, for operators: as JSON and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.present.json_value import Json, iso_day
from api.present.structure import structure_json, structure_lines
from gtfs.counted import counted
from gtfs.diff import LineChange
from mobility.feeds.expiry import Ending, endings
from mobility.feeds.loss import TravellersLoss
from mobility.feeds.outcome import HeldBack, LoadFindings, LoadState, Outcome, Preview
from mobility.feeds.service_days import Shortfall, days_left
from mobility.feeds.versions import KeptVersion
from mobility.network.current import POINTER, PUBLISHED
from mobility.network.network import FeedVersion
from mobility.network.structure import Structure

SHORT = 12
WORST = 3
"""So many closures are named after a load; `hent graph check` names all."""


def outcome_json(outcome: Outcome, today: date) -> Json:
    return {
        "state": outcome.state,
        "network": outcome.network,
        "feeds": [feed_json(feed) for feed in outcome.feeds],
        "waiting": [feed_json(feed) for feed in outcome.waiting],
        "ending": [ending_json(one) for one in endings(outcome.feeds, outcome.waiting, today)],
        "reports": [report.to_dict() for report in outcome.reports],
        **left_out_json(outcome.left_out),
        "structure": outcome.structure and structure_json(outcome.structure),
        "heldBack": [shortfall_json(one) for one in outcome.shortfalls if not one.published],
        "forced": [shortfall_json(one) for one in outcome.shortfalls if one.published],
        "losses": [loss_json(one) for one in outcome.findings.losses],
    }


def shortfall_json(one: Shortfall) -> Json:
    return {
        "feed": one.feed,
        "reason": one.shortage.value,
        "version": one.version,
        "firstDay": iso_day(one.first_day),
        "lastDay": iso_day(one.last_day),
        "serving": one.serving,
        "servingUntil": iso_day(one.serving_until),
        "sentence": str(one),
    }


def loss_json(one: TravellersLoss) -> Json:
    """What travellers lose, as mobility/feeds/loss.py says it."""
    return {
        "feed": one.feed,
        "days": [day.isoformat() for day in one.days],
        "lines": list(one.lines),
        "departures": [_fewer_json(change) for change in one.fewer],
        "stops": list(one.stops),
        "connections": [
            {"stop": at.stop, "line": at.line, "onward": at.onward, "meetingsBefore": met}
            for at, met in one.connections
        ],
        "answers": [{"query": lost.query, "before": lost.before, "after": lost.why} for lost in one.answers],
    }


def _fewer_json(one: LineChange) -> Json:
    before, after = (run.trips if run else 0 for run in (one.before, one.after))
    return {"line": one.line, "day": one.day.value, "before": before, "after": after}


def held_back_json(error: HeldBack) -> Json:
    return {"heldBack": [shortfall_json(one) for one in error.findings.shortfalls]} | found_json(error.findings)


def found_json(findings: LoadFindings) -> Json:
    """What stands beside a problem; the report of what came in, which is none of a version that is kept."""
    losses = [loss_json(one) for one in findings.losses]
    return {"losses": losses} | ({"report": findings.reports[0].to_dict()} if findings.reports else {})


def preview_json(found: Preview, today: date) -> Json:
    """days: null where the file is refused."""
    return {
        "report": found.report.to_dict(),
        "days": found.feed and _days_json(found.feed, today),
        "heldBack": found.shortfall and shortfall_json(found.shortfall),
        "losses": [loss_json(found.loss)] if found.loss else [],
    }


def _days_json(feed: FeedVersion, today: date) -> Json:
    left = days_left(feed.last_day, today) if feed.last_day else None
    return {"firstDay": iso_day(feed.first_day), "lastDay": iso_day(feed.last_day), "daysLeft": left}


def feed_json(feed: FeedVersion) -> Json:
    return {
        "id": feed.id,
        "sha256": feed.sha256,
        "licence": feed.licence,
        "publisher": feed.publisher,
        "url": feed.url,
        "version": feed.version,
        "firstDay": iso_day(feed.first_day),
        "lastDay": iso_day(feed.last_day),
    }


def ending_json(ending: Ending) -> Json:
    return {
        "feed": ending.feed,
        "lastDay": iso_day(ending.last_day),
        "daysLeft": ending.days_left,
        "waiting": ending.waiting,
    }


def feeds_json(
    serving: Sequence[FeedVersion], waiting: Sequence[FeedVersion], missing: Sequence[str], today: date
) -> Json:
    """missing: ids of feeds that the config names and that are not in service."""
    return {
        "loaded": [feed_json(feed) for feed in serving],
        "waiting": [feed_json(feed) for feed in waiting],
        "ending": [ending_json(one) for one in endings(serving, waiting, today)],
        "missing": list(missing),
    }


def left_out_json(left_out: Sequence[FeedVersion]) -> Json:
    """Feeds that belong to the network in service, and whose kept files could not be read."""
    return {"leftOut": [feed_json(feed) for feed in left_out]}


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of a version beside its record. service: how much service it gives, None until that is made."""

    report: Callable[[FeedVersion], Json]
    service: Callable[[FeedVersion], Json | None]


def shown_json(kept: Sequence[KeptVersion], findings: Findings, today: date) -> Json:
    """The version in service, else the latest, with its report, how much service it gives, and all that are kept."""
    first, ending = shown_version(kept), shown_ending(kept, today)
    return version_json(first) | {
        "ending": ending and ending_json(ending),
        "report": findings.report(first.feed),
        "service": findings.service(first.feed),
        "versions": [version_json(one) for one in kept],
    }


def shown_version(kept: Sequence[KeptVersion]) -> KeptVersion:
    return next((one for one in kept if one.in_service), kept[0])


def shown_ending(kept: Sequence[KeptVersion], today: date) -> Ending | None:
    """Where the version in service ends soon, or has ended."""
    serving = [one.feed for one in kept if one.in_service]
    return next(iter(endings(serving, [one.feed for one in kept if one.waiting], today)), None)


def version_json(kept: KeptVersion) -> Json:
    state = {"inService": kept.in_service, "waiting": kept.waiting, "accepted": kept.accepted_at}
    return feed_json(kept.feed) | state | {"notices": kept.counts}


def preview_lines(found: Preview, today: date) -> Iterator[str]:
    if found.shortfall:
        yield str(found.shortfall)
    if found.loss:
        yield from found.loss.told()
    if found.feed:
        yield f"{found.feed.id}: {days_said(found.feed, today)}"
    yield str(found.report)


def days_said(feed: FeedVersion, today: date) -> str:
    if feed.first_day is None or feed.last_day is None:
        return "runs on no day"
    left = days_left(feed.last_day, today)
    ends = "ended" if left < 0 else f"{counted(left, 'day')} from today"
    return f"runs from {feed.first_day} to {feed.last_day}, {ends}"


def outcome_lines(outcome: Outcome, structure: Structure | None, about: str, today: date) -> Iterator[str]:
    """What matters first: days that what came lacks, what is in service, what was found in it; then the others. about:
    the feed that was changed; structure: what was found of that alone."""
    ends = endings(outcome.feeds, outcome.waiting, today)
    said = {one.feed for one in outcome.shortfalls}
    yield from (_ending_line(one) for one in ends if one.feed == about and one.feed not in said)
    yield from (_beginning_line(one) for one in outcome.feeds if one.id == about and one.begins_after(today))
    yield from _state_lines(outcome, about)
    yield from map(str, outcome.reports)
    if structure and outcome.state is not LoadState.UNCHANGED:
        yield from structure_lines(structure, WORST)
    yield from map(left_out_line, outcome.left_out)
    yield from (f"warning: {one}" for one in ends if one.feed != about)


def _ending_line(one: Ending) -> str:
    return f"warning: {one}" + ("; it is in service all the same, and gives no trip today" if one.days_left < 0 else "")


def _beginning_line(feed: FeedVersion) -> str:
    return f"warning: {feed.id} begins on {feed.first_day}; it is in service already, and gives no trip before"


def _state_lines(outcome: Outcome, about: str) -> Iterator[str]:
    """Of the feed that was changed the version, too."""
    if outcome.state is LoadState.UNCHANGED:
        yield "nothing to do: this is in service already"
    for feed in outcome.waiting:
        yield f"waiting: {feed.id} {feed.sha256[:SHORT]} takes over on {feed.first_day}"
    names = ", ".join(f"{one.id} {one.sha256[:SHORT]}" if one.id == about else one.id for one in outcome.feeds)
    yield f"in service: {names} (network {outcome.network[:SHORT]})"


def left_out_line(feed: FeedVersion) -> str:
    file = f"feeds/{feed.id}/{feed.sha256}.zip"
    return (
        f"not in service: {feed.id}, as its file cannot be read ({file} in the data folder); "
        f"put the file back and start again, or load another one"
    )


def pointer_line(pointer: Path, feeds: Sequence[FeedVersion]) -> str:
    """Of a pointer that is damaged: what was in service by the records beside it, and what mends it."""
    found = ", ".join(feed.id for feed in feeds) or "none is known"
    state = "damaged" if pointer.exists() else "missing"
    mends = "it is written anew when Hent is started or a feed is loaded or rolled back"
    return f"{pointer} is {state}; these feeds were in service: {found}; {mends}"


def forgotten_line(data: Path, kept: Sequence[str]) -> str:
    """Of a folder that has served and does not say what: which files are gone, and what brings the feeds back."""
    return (
        f"{data / POINTER} and {data / PUBLISHED} are gone, so what was in service is not known; versions are kept of: "
        f"{', '.join(kept)}; put the two back from a backup, or each feed by hent feeds rollback ID"
    )


def feed_line(feed: FeedVersion, said: str = "") -> str:
    days = _period(feed)
    return f"{feed.id:16} {days}  {feed.sha256[:SHORT]}  {feed.licence}{said}"


def _period(feed: FeedVersion) -> str:
    return f"{feed.first_day} to {feed.last_day}" if feed.first_day else "runs on no day"


def version_line(kept: KeptVersion) -> str:
    state = "in service" if kept.in_service else "waiting" if kept.waiting else "kept"
    days = _period(kept.feed)
    return f"  {kept.feed.sha256[:SHORT]}  {days}  {state}  {counted(sum(kept.counts.values()), 'finding')}"


def service_lines(service: Json) -> Iterator[str]:
    """How much service a version gives, by day."""
    yield ", ".join(counted(service[f"{thing}s"], thing) for thing in ("line", "stop", "trip"))
    for one in service["days"]:
        lines, trips, departures = (counted(one[f"{thing}s"], thing) for thing in ("line", "trip", "departure"))
        yield f"  {one['date']}  {lines}  {trips}  {one['hours']} h  {departures}"
