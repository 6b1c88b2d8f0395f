"""The form of a message: what was typed, kept as it was, and the message that it makes or what is wrong, by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from api.present.message_texts import is_decided_too_late
from mobility.clock import is_skipped
from mobility.errors import InvalidQuery, NotFound
from mobility.live.message_store import CLOCK, LONGEST_TEXT
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from mobility.live.named import departure_s, named_line, named_run, named_stop, trip_id
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.live_alerts import Texts
from mobility.network.network import Network
from mobility.value_faults import ValueFault

SUBJECT = ("trip", "date", "line", "stop")
PARTS_OF_DAY = ("morning", "afternoon", "day", "span")
FIRST_HOUR, NOON = 4, 12
"""A day of service ends in the night, before the first hour of the next."""
WALL = "%Y-%m-%dT%H:%M"
LONGEST = LONGEST_TEXT // 4

Chosen = TypeVar("Chosen", MessageEffect, MessageCause)


@dataclass(frozen=True, slots=True)
class MessageDesk:
    """What a message is made with. network: by timetable alone."""

    network: Network
    zone: ZoneInfo
    now_s: int

    def wall(self, at_s: float) -> datetime:
        return datetime.fromtimestamp(at_s, self.zone)

    def moment(self, wall: datetime) -> int:
        return int(wall.replace(tzinfo=self.zone).timestamp())

    def skips(self, wall: datetime | None) -> bool:
        """Whether clocks never show that."""
        return wall is not None and is_skipped(wall.date(), wall.time(), self.zone)


@dataclass(frozen=True, slots=True)
class MessageSubject:
    """One of trip, line and stop, by its id as Hent shows it. run: of a trip."""

    trip: str = ""
    day: date | None = None
    line: str = ""
    stop: str = ""
    run: PlannedRun | None = None


@dataclass(frozen=True, slots=True)
class MessageForm:
    subject: MessageSubject
    typed: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.typed.get(name, "")

    def has(self, name: str, value: str) -> bool:
        return self.typed.get(name) == value


class WrongFields(Exception):
    """faults: key of the sentence by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def subject_of(desk: MessageDesk, typed: Mapping[str, str]) -> MessageSubject:
    """Raises NotFound, InvalidQuery."""
    network = desk.network
    if trip := typed.get("trip"):
        day = _date(typed.get("date", ""))
        if day is None:
            raise InvalidQuery("date", ValueFault.NO_DAY_OF_TRIP)
        run = named_run(network, trip, day)
        return MessageSubject(trip=trip_id(network, run), day=day, run=run)
    if line := typed.get("line"):
        return MessageSubject(line=named_line(network, line))
    if stop := typed.get("stop", "").strip():
        return MessageSubject(stop=named_stop(network, stop))
    raise NotFound("stop", "stop")


def ends_s(desk: MessageDesk, run: PlannedRun) -> int:
    """When a run arrives at its last stop, by plan."""
    feed = desk.network.feeds[int(desk.network.lines.feed[_line_of(desk.network, run)])].id
    return run.start_s + TimetableIndex(desk.network, feed).last_arrival_s[run.trip]


def empty_form(desk: MessageDesk, subject: MessageSubject) -> MessageForm:
    """As most messages are: a boat cancelled for weather, until it would have arrived; else half of today."""
    now = desk.wall(desk.now_s)
    typed = {"effect": MessageEffect.CANCELLED, "day": now.date().isoformat(), "cause": MessageCause.OTHER}
    typed["part"] = "morning" if FIRST_HOUR <= now.hour < NOON else "afternoon"
    if subject.run:
        typed["until"] = desk.wall(ends_s(desk, subject.run)).strftime(WALL)
        typed["cause"] = MessageCause.WEATHER
    return MessageForm(subject, typed)


def message_of(desk: MessageDesk, form: MessageForm, by: str) -> OperatorMessage:
    """Raises WrongFields."""
    faults = dict[str, str]()
    effect, cause = _choice(MessageEffect, form, "effect", faults), _choice(MessageCause, form, "cause", faults)
    from_s, until_s = _span(desk, form, faults)
    clock = _clock(form, faults)
    to_stop = _to_stop(desk, form, faults)
    text = _text(form, faults)
    if faults or effect is None or cause is None:
        raise WrongFields(faults)
    subject = form.subject
    departs_s = departure_s(desk.network, subject.run) if subject.run else 0
    message = OperatorMessage(
        "", effect, cause, from_s, until_s, subject.trip, subject.day, subject.line, subject.stop,
        clock, to_stop, text, by, desk.now_s, departs_s,
    )  # fmt: skip
    if is_decided_too_late(message, desk.zone):
        raise WrongFields({"decided": "too_late"})
    return message


def _choice(kind: type[Chosen], form: MessageForm, name: str, faults: dict[str, str]) -> Chosen | None:
    try:
        return kind(form.text(name))
    except ValueError:
        faults[name] = name
        return None


def _span(desk: MessageDesk, form: MessageForm, faults: dict[str, str]) -> tuple[int, int]:
    """From, until; an end is needed."""
    part = "span" if form.subject.trip else form.text("part")
    if part == "span":
        return _typed_span(desk, form, faults)
    day = _date(form.text("day"))
    if part not in PARTS_OF_DAY or day is None:
        faults["day" if part in PARTS_OF_DAY else "part"] = "day" if part in PARTS_OF_DAY else "part"
        return 0, 0
    first, noon = datetime.combine(day, time(FIRST_HOUR)), datetime.combine(day, time(NOON))
    last = first + timedelta(days=1)
    begin, end = {"morning": (first, noon), "afternoon": (noon, last), "day": (first, last)}[part]
    until_s = desk.moment(end)
    if until_s <= desk.now_s:
        faults["part"] = "over"
    return desk.moment(begin), until_s


def _typed_span(desk: MessageDesk, form: MessageForm, faults: dict[str, str]) -> tuple[int, int]:
    begins = form.text("from")
    from_wall, until_wall = _wall(begins), _wall(form.text("until"))
    if begins and from_wall is None:
        faults["from"] = "from"
    if until_wall is None:
        faults["until"] = "until" if form.text("until") else "no_end"
        return 0, 0
    faults |= {name: "skipped" for name, wall in (("from", from_wall), ("until", until_wall)) if desk.skips(wall)}
    from_s, until_s = desk.moment(from_wall) if from_wall else desk.now_s, desk.moment(until_wall)
    if until_s <= desk.now_s:
        faults["until"] = "over"
    elif until_s <= from_s:
        faults["until"] = "order"
    return from_s, until_s


def _text(form: MessageForm, faults: dict[str, str]) -> Texts:
    """In no language that is known; none where nothing is typed."""
    text = form.text("text").strip()
    if len(text) > LONGEST:
        faults["text"] = "text"
    return (("", text),) if text else ()


def _clock(form: MessageForm, faults: dict[str, str]) -> str:
    """Of an effect that has one."""
    name = {"moved": "clock", "at_risk": "decided"}.get(form.text("effect"), "")
    if not name or (name == "clock" and not form.subject.trip):
        return ""
    clock = form.text(name)
    if clock and not CLOCK.fullmatch(clock):
        faults[name] = "clock"
    return clock


def _to_stop(desk: MessageDesk, form: MessageForm, faults: dict[str, str]) -> str:
    named = form.text("toStop").strip()
    if not named or form.text("effect") != MessageEffect.MOVED or form.subject.line:
        return ""
    try:
        found = named_stop(desk.network, named)
    except NotFound as error:
        faults["toStop"] = "several" if error.meant else "stop"
        return ""
    if found == form.subject.stop:
        faults["toStop"] = "same"
    return found


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _wall(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, WALL)  # noqa: DTZ007
    except ValueError:
        return None


def _line_of(network: Network, run: PlannedRun) -> int:
    return int(network.patterns.line[network.trips.pattern[run.trip]])
