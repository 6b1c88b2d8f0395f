"""A message in words: what it is about, how long it holds, what is told of it; and the departures to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import to_user_timezone

from api.operators.pages.frame import OperatorFrame
from api.operators.pages.message_form import FIRST_HOUR, MessageDesk, MessageSubject
from api.pages.colour import shades
from api.pages.frame import href
from api.pages.line_sign import LineSign
from api.present.message_texts import message_texts
from api.present.prose import clock
from api.web.days import spoken_day, written, written_moment
from mobility.clock import DAY_S, hour_and_minute
from mobility.errors import MobilityError
from mobility.live.messages import OperatorMessage, leaving, told_texts, typed_updates
from mobility.live.named import departure_s, named_run, trip_id
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.changed_runs import RunState
from mobility.network.modes import BOAT_MODE, MODES
from mobility.network.network import Network

FULL_WIDTH = "\u00a0"
"""A space that does not end a row."""
SOON_S, MOST_SOON = DAY_S // 2, 12


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """about, span, told: in words. told: the sentence in the page's language."""

    message: OperatorMessage
    about: str
    span: str
    told: str

    @property
    def typed(self) -> str:
        return self.message.text[0][1] if self.message.text else ""


@dataclass(frozen=True, slots=True)
class RunChoice:
    """A run to be chosen. fill, ink: colours of its line. is_gone: an operator has cancelled it."""

    trip: str
    day: date
    clock: str
    line: str
    fill: str
    ink: str
    ends: str
    is_gone: bool


def shown_message(of: OperatorFrame, desk: MessageDesk | None, message: OperatorMessage) -> ShownMessage:
    """desk: None while there is no network."""
    said = of.said["operators_message"]
    texts = message_texts(message, ZoneInfo(of.service.config.territory.timezone))
    if desk:
        texts = told_texts(desk.network, message, texts)
    about = about_words(desk, message, said) if desk else message.line or message.stop or message.trip
    return ShownMessage(message, about, span_words(message, said), dict(texts)[of.said.language])


def about_words(desk: MessageDesk, message: OperatorMessage | MessageSubject, said: Mapping[str, str]) -> str:
    """What the network does not have is named by its id."""
    network = desk.network
    if message.line:
        row = network.lines.id.find(message.line)
        return said["line"].format(line=message.line if row is None else line_words(network, row))
    if message.stop:
        row = network.stops.id.find(message.stop)
        return said["stop"].format(stop=message.stop if row is None else network.stops.name[row])
    try:
        run = named_run(network, message.trip, message.day or date.min)
    except MobilityError:
        return said["trip"].format(trip=message.trip, day=message.day)
    one = _departure(desk, run, frozenset())
    return said["run"].format(clock=one.clock, line=one.line, ends=one.ends, day=spoken_day(run.day))


def span_words(message: OperatorMessage, said: Mapping[str, str]) -> str:
    """Of one day its date once."""
    ends = [datetime.fromtimestamp(at, UTC) for at in (message.from_s, message.until_s)]
    first, last = map(to_user_timezone, ends)
    if first.date() == last.date():
        day = written(first.date(), "d MMM yyyy")
        return said["span_of_day"].format(day=day, begin=hour_and_minute(first), end=hour_and_minute(last))
    begin, end = map(written_moment, ends)
    return said["span"].format(begin=begin, end=end)


def line_words(network: Network, row: int) -> str:
    """`GX Lorient – Île de Groix`, of which no row begins with the dash."""
    known = filter(None, (network.lines.short_name[row], network.lines.long_name[row]))
    return " ".join(known).replace(" – ", f"{FULL_WIDTH}– ")


def soon(desk: MessageDesk, messages: Sequence[OperatorMessage]) -> list[RunChoice]:
    """The next boats of all lines."""
    lines = [row for row in range(len(desk.network.lines.feed)) if desk.network.lines.mode[row] == BOAT_MODE]
    return _departures(desk, lines, (desk.now_s, desk.now_s + SOON_S), messages)[:MOST_SOON]


def of_line(desk: MessageDesk, line: str, day: date, messages: Sequence[OperatorMessage]) -> list[RunChoice]:
    row = desk.network.lines.id.find(line)
    first = datetime.combine(day, time(FIRST_HOUR))
    span = desk.moment(first), desk.moment(first + timedelta(days=1))
    return _departures(desk, [] if row is None else [row], span, messages)


def line_choices(network: Network) -> list[LineSign]:
    """Of each line that runs, boats first; it leads to the form of a message about it."""
    rows: list[int] = sorted(set(network.patterns.line.tolist()))
    rows.sort(key=lambda row: (network.lines.mode[row] != BOAT_MODE, network.lines.number(row)))
    return [_line_choice(network, row) for row in rows]


def _line_choice(network: Network, row: int) -> LineSign:
    lines = network.lines
    link = href("/operateurs/messages/new", line=lines.id[row])
    return LineSign(lines.name(row), lines.long_name[row], MODES[lines.mode[row]], link, *shades(lines.color[row]))


def _departures(
    desk: MessageDesk, lines: Iterable[int], span: tuple[int, int], messages: Sequence[OperatorMessage]
) -> list[RunChoice]:
    found, gone, wanted = list[PlannedRun](), set[PlannedRun](), list(lines)
    for feed in desk.network.feeds:
        index = TimetableIndex(desk.network, feed.id)
        trips = [
            trip for line in wanted if desk.network.lines.feed[line] == index.feed_row for trip in index.of_line(line)
        ]
        found += leaving(index, trips, span)
        gone |= {one.run for one in typed_updates(index, messages) if one.state is RunState.CANCELLED}
    departures = desk.network.calls.departure
    found.sort(key=lambda run: run.start_s + int(departures[desk.network.trips.first_call[run.trip]]))
    return [_departure(desk, run, gone) for run in found]


def _departure(desk: MessageDesk, run: PlannedRun, gone: Iterable[PlannedRun]) -> RunChoice:
    network = desk.network
    line = int(network.patterns.line[int(network.trips.pattern[run.trip])])
    leaves = clock(departure_s(network, run), desk.zone)
    sign = network.lines.name(line), *shades(network.lines.color[line])
    return RunChoice(trip_id(network, run), run.day, leaves, *sign, trip_ends(network, run.trip), run in gone)


def trip_ends(network: Network, trip: int) -> str:
    """`Lorient → Groix`, of a row of the trips."""
    pattern = int(network.trips.pattern[trip])
    first, last = int(network.patterns.first_position[pattern]), int(network.patterns.first_position[pattern + 1]) - 1
    return " → ".join(network.stops.name[int(network.patterns.stop[position])] for position in (first, last))
