"""Sheets for A4 as HTML files that open from a disk: stops, lines, boats, counters, and the list of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from math import ceil
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pages.told_now import ToldNews
from api.pages.unbroken import unbroken
from api.paper.paper import Paper
from api.paper.stop_tables import stop_tables
from api.paper.week import LineWeek, StopDepartures, WeekDays, departures, weeks
from api.present.footnotes import Footnotes, booking, usual_headsign
from api.present.opening_hours import spoken_hours
from api.present.prose import clock_about
from api.present.run_names import direction
from api.web.sentences import Sentences
from mobility.clock import clock_of_day
from mobility.network.modes import BOAT_MODE
from mobility.network.names import in_language
from mobility.network.network import Network
from mobility.network.place import TerritoryPlace
from mobility.places.words import folded
from mobility.routing.departures import equivalents, lines_at
from mobility.routing.line_days import LineGrid, is_about

ACROSS = 19
"""Runs side by side on a sheet of paper."""
ACROSS_IN_LARGE = 12
"""Runs that have room beside each other in larger letters."""
LOW = 25
"""Rows with those of the heads: so many in larger letters are less than half a sheet, which has both directions."""
SHORT = 50
"""Stops: a table of no more than these is not parted between two pages."""
FEW = 4
"""Tables of a stop: so few stand on one page in larger letters."""
_Cells = list[tuple[str, str]]
NARROW = 9
"""Minutes of an hour side by side: so many have room where three tables stand beside each other, else two do."""
STYLE = Path(__file__).parent.parent / "static" / "sheet.css"


@dataclass(frozen=True, slots=True)
class ServedSheet:
    """A sheet that comes from the service and not from a disk. page: what it is the sheet of; style: the address of
    STYLE. Both as links. news: what is announced, in words; gone: what does not run, day by day."""

    page: str
    style: str
    news: tuple[ToldNews, ...] = ()
    gone: tuple[str, ...] = ()

    def of_day(self, day: date) -> str:
        """The sheet of the same on another day."""
        path, _, asked = self.page.partition("?")
        return f"{path}/sheet?{'&'.join(filter(None, (asked, f'day={day.isoformat()}')))}"


def write(paper: Paper, folder: Path) -> list[Path]:
    """All sheets, each whole by itself; what stood in the folder under other names stays."""
    folder.mkdir(parents=True, exist_ok=True)
    paper = replace(paper, network=in_language(paper.network, paper.said.locale))
    written = []
    for name, text in _sheets(paper):
        (folder / name).write_text(text, "utf-8")
        written.append(folder / name)
    return written


def _sheets(paper: Paper) -> Iterator[tuple[str, str]]:
    found = weeks(paper.network, paper.first_day)
    stops = _by_stop(paper.network, found)
    for week in found:
        yield paper.sign(week.line).file, _render(paper, "line.html", _line(paper, week))
    for stop, leaving in stops:
        yield paper.stop_file(stop), _render(paper, "stop.html", _stop(paper, stop, leaving))
    yield "boats.html", _render(paper, "boats.html", {"boats": list(_boats(paper, found))})
    yield "counters.html", _render(paper, "counters.html", _counters(paper))
    named = [(paper.network.stops.name[stop], paper.stop_file(stop)) for stop, _ in stops]
    signs = [paper.sign(week.line) for week in found]
    yield "index.html", _render(paper, "index.html", {"lines": signs, "stops": named, **_counters(paper)})


def _by_stop(network: Network, found: Sequence[LineWeek]) -> list[tuple[int, list[StopDepartures]]]:
    """By name. Both sides of a street, and the quays of a station, are one stop, as on its page."""
    leaving = departures(network, found)
    stops, told = dict[int, list[StopDepartures]](), set[int]()
    for stop in leaving:
        if stop not in told:
            here = equivalents(network, stop)
            told |= {*here}
            stops[stop] = _leaving(found, leaving, here)
    return sorted(stops.items(), key=lambda one: _alphabetical(network.stops.name[one[0]]))


def _leaving(
    found: Sequence[LineWeek], leaving: Mapping[int, Sequence[StopDepartures]], places: Sequence[int]
) -> list[StopDepartures]:
    """From any of the places, in the order of the lines."""
    order = {week.line: row for row, week in enumerate(found)}
    return sorted((one for place in places for one in leaving.get(place, ())), key=lambda one: order[one.line])


def line_sheet(paper: Paper, week: LineWeek, shown: WeekDays, served: ServedSheet) -> str:
    """Of one line on days of the week that are alike, for the service: who prints wants one page or two, not a week.
    The other days are a link away, and named on paper."""
    others = [
        (paper.days(days.days), served.of_day(days.days[0])) for days in week.days if days.grids and days is not shown
    ]
    return _render(paper, "line.html", {**_line(paper, LineWeek(week.line, (shown,))), "others": others}, served)


def days_like(week: LineWeek, day: date) -> WeekDays:
    """Those with the same timetable; where nothing runs on them the first of the week that have one."""
    running = [days for days in week.days if days.grids]
    return next((days for days in running if day in days.days), running[0])


def stop_sheet(paper: Paper, stop: int, served: ServedSheet) -> str:
    """Of one stop, with its quays and its other side of the street, for the service; "" where nothing leaves there."""
    stops = equivalents(paper.network, stop)
    running = weeks(paper.network, paper.first_day, lines_at(paper.network, stops))
    found = _leaving(running, departures(paper.network, running), stops)
    return _render(paper, "stop.html", _stop(paper, stop, found), served) if found else ""


@cache
def _environment() -> Environment:
    loader = PackageLoader("api", "templates/paper")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["unbroken"] = unbroken
    return environment


def _render(paper: Paper, template: str, given: dict[str, object], served: ServedSheet | None = None) -> str:
    first, last = paper.covered
    ends = {"first": paper.spoken(first, "d MMMM"), "last": paper.spoken(last, "d MMMM yyyy")}
    week = paper.said["paper"]["week"].format(**ends)
    week_in_short = f"{paper.spoken(first, 'd MMM')} – {paper.spoken(last, 'd MMM yyyy')}"
    return (
        _environment()
        .get_template(template)
        .render(
            said=paper.said.sections,
            back=served.page if served else "",
            news=served.news if served else (),
            gone=served.gone if served else (),
            style="" if served else STYLE.read_text("utf-8"),
            style_link=served.style if served else "",
            words=paper.said["paper"],
            language=paper.said.language,
            territory=paper.territory,
            problem=_problem(paper),
            week=week,
            week_in_short=week_in_short,
            sources=sorted({f"{feed.publisher or feed.id} · {feed.licence}" for feed in paper.network.feeds}),
            **given,
        )
    )


def _line(paper: Paper, week: LineWeek) -> dict[str, object]:
    agency = paper.network.agencies[int(paper.network.lines.agency[week.line])]
    tables = [_table(paper, week.line, days, grid) for days in week.days for grid in days.grids]
    return {"sign": paper.sign(week.line), "operator": agency, "tables": tables, "others": ()}


def _table(paper: Paper, line: int, days: WeekDays, grid: LineGrid) -> dict[str, object]:
    """Cut into as many blocks as the sheet is too narrow for, all about as wide."""
    notes = Footnotes(paper.network, line, paper.said)
    usual = usual_headsign(grid)
    runs = [_cells(run, notes.along(terms, usual)) for run, terms in zip(grid.runs, grid.terms, strict=True)]
    names = [paper.network.stops.name[stop] for stop in grid.stops]
    is_roomy = _is_roomy(len(names), len(runs))
    blocks = _blocks(runs, ACROSS_IN_LARGE if is_roomy else ACROSS)
    return {
        "towards": direction(paper.network, line, usual) or paper.network.stops.name[grid.towards],
        "days": paper.days_in_short(days.days),
        "is_short": len(names) <= SHORT,
        "is_roomy": is_roomy,
        "across": max(map(len, blocks)),
        "blocks": [[(name, [run[row] for run in block]) for row, name in enumerate(names)] for block in blocks],
        "notes": notes.texts,
    }


def _is_roomy(stops: int, runs: int) -> bool:
    blocks = ceil(runs / ACROSS_IN_LARGE)
    return blocks == 1 or blocks * (stops + 1) <= LOW


def _blocks(runs: Sequence[_Cells], across: int) -> list[Sequence[_Cells]]:
    """The fewest, none of more than `across`."""
    count = ceil(len(runs) / across)
    ends = [len(runs) * block // count for block in range(count + 1)]
    return [runs[start:end] for start, end in pairwise(ends)]


def _cells(run: Sequence[int | None], letters: Sequence[str]) -> _Cells:
    """Clocks and the letters beside them."""
    return [
        ("" if time_s is None else clock_of_day(time_s), letter) for time_s, letter in zip(run, letters, strict=True)
    ]


def _stop(paper: Paper, stop: int, found: Sequence[StopDepartures]) -> dict[str, object]:
    tables = stop_tables(paper, found)
    is_roomy = len(tables) <= FEW
    wide = [one for one in tables if is_roomy or one.across > NARROW]
    narrow = [one for one in tables if one not in wide]
    return {"name": paper.network.stops.name[stop], "wide": wide, "narrow": narrow, "is_roomy": is_roomy}


def _boats(paper: Paper, found: Sequence[LineWeek]) -> Iterator[dict[str, object]]:
    """First and last of each direction, on days that are alike."""
    lines = paper.network.lines
    for week in found:
        if int(lines.mode[week.line]) != BOAT_MODE:
            continue
        rows = [_first_last(paper, days, grid) for days in week.days for grid in days.grids]
        calls = (one for days in week.days for grid in days.grids for terms in grid.terms for one in terms if one)
        asked = dict.fromkeys(text for one in calls for text in booking(paper.network, one, paper.said))
        yield {"sign": paper.sign(week.line), "rows": rows, "notes": list(asked)}


def _first_last(paper: Paper, days: WeekDays, grid: LineGrid) -> tuple[str, str, str, str, str]:
    """From where, where to, days, first, last."""
    stops = paper.network.stops
    begun = (next(time_s for time_s in run if time_s is not None) for run in grid.runs)
    starts = sorted(zip(begun, map(is_about, grid.terms), strict=True))
    first, last = (clock_about(clock_of_day(time_s), about, paper.said) for time_s, about in (starts[0], starts[-1]))
    ends = stops.name[grid.stops[0]], stops.name[grid.towards]
    return (*ends, paper.days(days.days), first, last)


def _counters(paper: Paper) -> dict[str, object]:
    counters = [
        (one.name, _hours(one.properties.get("opening_hours", ""), paper.said), one.properties.get("phone", ""))
        for one in _counter_places(paper)
    ]
    operators = [(one.name, one.phone) for one in paper.network.agencies if one.phone]
    others = [one for one in paper.network.places if one.kind in ("taxi_rank", "on_demand")]
    called = [(one.name, phone) for one in others if (phone := one.properties.get("phone"))]
    return {"counters": counters, "operators": operators, "others": called}


def _problem(paper: Paper) -> str:
    """Whom to call where something is wrong: a counter, else who runs the lines; "" where no number is known."""
    known = [(one.name, one.properties.get("phone", "")) for one in _counter_places(paper)]
    known += [(one.name, one.phone) for one in paper.network.agencies]
    name, phone = next(((name, phone) for name, phone in known if phone), ("", ""))
    return paper.said["paper"]["problem"].format(name=name, phone=phone) if phone else ""


def _counter_places(paper: Paper) -> list[TerritoryPlace]:
    return sorted(
        (one for one in paper.network.places if one.kind == "counter"), key=lambda one: _alphabetical(one.name)
    )


def _hours(known: str, said: Sentences) -> str:
    return spoken_hours(known, said) if known else said["counters"]["hours_unknown"]


def _alphabetical(name: str) -> tuple[str, str]:
    """As dictionaries order names: an accent only tells apart what is else alike, so Église stands before Fleuve."""
    return folded(name), name
