"""The plan B: sheets that tell a week without the service."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.paper.paper import Paper
from api.paper.sheets import write
from api.paper.week import departures, weeks
from api.web.sentences import LANGUAGES, sentences
from api.web.spaces import NO_BREAK
from mobility.network.columns import Texts
from mobility.network.place import TerritoryPlace
from mobility.routing.territory import Territory
from tests.bookings import booked
from tests.town import town

WEDNESDAY = date(2026, 6, 3)


def sheets(territory: Territory, folder: Path, language: str = "fr") -> dict[str, str]:
    paper = Paper(territory.network, "Rade", sentences(language), WEDNESDAY)
    return {file.name: file.read_text("utf-8").replace(NO_BREAK, " ") for file in write(paper, folder)}


def test_every_line_and_every_stop_that_something_leaves_from_has_a_sheet(territory: Territory, tmp_path: Path) -> None:
    found = sheets(territory, tmp_path)
    assert {"index.html", "boats.html", "counters.html", "line-t_Bus1.html", "stop-t_A.html"} <= set(found)
    assert "stop-t_M.html" not in found, "everybody gets out there"


def test_a_stop_tells_hours_and_minutes(territory: Territory, tmp_path: Path) -> None:
    page = sheets(territory, tmp_path)["stop-t_B.html"]
    assert '<tr><th scope="row">8&nbsp;h</th><td>10 40</td></tr>' in page
    assert (
        'Vers C</h2>\n<table class="hours"><thead><tr><th scope="col">Heure</th><th scope="col">tous les jours</th>'
        in page
    )
    assert '<tr><th scope="row">0&nbsp;h</th><td>10</td></tr>' in page, "after midnight, on the night line"


def test_a_line_tells_each_call(territory: Territory, tmp_path: Path) -> None:
    page = sheets(territory, tmp_path)["line-t_Bus1.html"]
    assert '<th scope="row">B</th><td>8:10</td><td>8:40</td><td>9:10</td>' in page


def test_first_and_last_boats_stand_on_one_sheet(territory: Territory, tmp_path: Path) -> None:
    page = sheets(territory, tmp_path)["boats.html"]
    assert "<td>D</td><td>E</td><td>tous les jours</td><td>8:30</td><td>9:30</td>" in page


def test_sheets_lead_only_to_sheets_beside_them(territory: Territory, tmp_path: Path) -> None:
    found = sheets(territory, tmp_path)
    links = {link for page in found.values() for link in re.findall(r'(?:href|src)="([^"]+)"', page)}
    assert links <= set(found)
    assert "<script" not in "".join(found.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_written_in_each_language(territory: Territory, tmp_path: Path, language: str) -> None:
    page = sheets(territory, tmp_path, language)["index.html"]
    assert f'<html lang="{language}">' in page
    assert sentences(language)["paper"]["title"] in page


def test_days_that_are_alike_at_a_stop_stand_together(territory: Territory) -> None:
    network = territory.network
    (bus, night) = departures(network, weeks(network, WEDNESDAY))[network.stops.id.find("t_B") or 0]
    assert (len(bus.days), bus.times_s) == (7, (8 * 3600 + 600, 8 * 3600 + 2400, 9 * 3600 + 600))
    assert night.times_s == (24 * 3600 + 600,)


def test_the_index_orders_names_as_dictionaries_do(tmp_path: Path) -> None:
    row = "Zone 0 0, Église 1 0, Fleuve 2 0, Eau 3 0, Œuvre 4 0, Ouest 5 0, Fin 6 0"
    run = "Bus1\n" + " ".join(stop.split()[0] for stop in row.split(",")) + "\n8:00 8:01 8:02 8:03 8:04 8:05 8:06"
    page = sheets(town(row, run), tmp_path)["index.html"]
    assert re.findall(r'href="stop-[^"]+">(\w+)<', page) == ["Eau", "Église", "Fleuve", "Œuvre", "Ouest", "Zone"]


FR = "À réserver à l’avance, au +33200000000. Réservez la veille, jusqu’à 15:00. Ask for Anna"


def test_a_call_that_must_be_booked_says_how_below_the_table(tmp_path: Path) -> None:
    """The bus at 8:00 is booked to get in at A and to get out at C, and told of at B."""
    found = sheets(booked("1,15:00"), tmp_path)
    line, stop = found["line-t_Bus1.html"], found["stop-t_A.html"]
    assert "<td>8:00<sup>a</sup></td><td>9:00</td>" in line
    assert f"<sup>a</sup> {FR}</p>" in line
    assert f"Pour descendre : {FR}</p>" in line
    assert "<td>00<sup>a</sup></td></tr>" in stop
    assert stop.count(FR) == 1
    assert "<sup>a</sup> À l’arrêt, faites signe au conducteur.</p>" in found["stop-t_B.html"]


def test_what_stands_on_the_vehicle_is_told_where_one_gets_in(tmp_path: Path) -> None:
    """The ring says "by B" at A, and "back to A" from B on; the trip itself says Ring."""
    calls = zip("ABCA", ("8:00", "8:10", "8:20", "8:30"), ("by B", "back to A", "", ""), strict=True)
    rows = [f"Ring-1,{at}:00,{at}:00,{stop},{number},{text}" for number, (stop, at, text) in enumerate(calls)]
    more = {
        "trips": "route_id,service_id,trip_id,trip_headsign\nRing,S,Ring-1,Ring",
        "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,stop_headsign\n" + "\n".join(rows),
    }
    found = sheets(town("A 0 0, B 3 0, C 6 0", "Ring\nA B C\n8:00 8:10 8:20", more=more), tmp_path)
    assert "Vers by B</h2>" in found["stop-t_A.html"]
    assert "Vers back to A</h2>" in found["stop-t_B.html"]
    line = found["line-t_Ring.html"]
    assert "<h2>Ring · Vers by B : tous les jours</h2>" in line
    assert "<td>8:10<sup>a</sup></td>" in line
    assert "<sup>a</sup> Vers back to A</p>" in line


def test_each_sheet_says_whom_to_call_where_something_is_wrong(territory: Territory, tmp_path: Path) -> None:
    """The first counter that answers the telephone; where none does, who runs the lines."""
    counters = tuple(
        TerritoryPlace("counter", id, id, 0, 0, {"phone": phone})
        for id, phone in (("Anvers", ""), ("Brest", "02 97 21 28 29"), ("Caen", "02 31 15 55 55"))
    )
    network = replace(territory.network, places=counters)
    found = sheets(replace(territory, network=network), tmp_path)
    assert len(found) > 5
    assert [name for name, page in found.items() if "Dites-le à Brest : 02 97 21 28 29." not in page] == []


def test_where_no_number_is_known_no_sheet_names_one(territory: Territory, tmp_path: Path) -> None:
    agencies = tuple(replace(one, phone="") for one in territory.network.agencies)
    network = replace(territory.network, places=(), agencies=agencies)
    found = sheets(replace(territory, network=network), tmp_path)
    assert [name for name, page in found.items() if "Dites-le à" in page] == []


BY_DAY = {
    "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "W,1,1,1,1,1,0,0,20260601,20260630\nS,0,0,0,0,0,1,0,20260601,20260630",
    "trips": "route_id,service_id,trip_id\nBus1,W,Bus1-1\nBus1,W,Bus1-2\nBus1,S,Bus1-3",
}
BOTH_KINDS = "Bus1\nA B C\n8:00 8:10 8:20\n9:00 9:10 9:20\n8:30 8:40 8:50"


def test_at_a_stop_a_line_in_one_direction_is_one_table_with_the_kinds_of_day_side_by_side(tmp_path: Path) -> None:
    """Buses at 8:10 and 9:10, on Saturdays at 8:40 alone; the week begins on a Wednesday."""
    page = sheets(town("A 0 0, B 3 0, C 6 0", BOTH_KINDS, more=BY_DAY), tmp_path)["stop-t_B.html"]
    (table,) = re.findall(r'<table class="hours">(.*?)</table>', page, re.DOTALL)
    heads = re.findall(r'<th scope="col">([^<]*)</th>', table)
    assert heads == ["Heure", "mer. 3 – ven. 5, lun. 8, mar. 9", "sam. 6"]
    rows = [re.findall(r">([^<]*)</t[hd]>", row) for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)]
    assert rows == [["8&nbsp;h", "10", "40"], ["9&nbsp;h", "10", ""]]


def test_both_sides_of_a_street_are_one_sheet_as_on_the_page_of_the_stop(tmp_path: Path) -> None:
    """B and Z are called the same, 30 m apart."""
    both = "Bus1\nA B C\n8:00 8:10 8:20\n\nBus2\nC Z A\n8:30 8:40 8:50"
    territory = town("A 0 0, B 3 0, Z 3 0.03, C 6 0", both)
    stops = territory.network.stops
    names = Texts.of(["Mairie" if name in "BZ" else name for name in stops.name])
    network = replace(territory.network, stops=replace(stops, name=names))
    found = sheets(replace(territory, network=network), tmp_path)
    assert re.findall(r'href="(stop-[^"]+)">(\w+)<', found["index.html"])[-1] == ("stop-t_B.html", "Mairie")
    assert "stop-t_Z.html" not in found
    assert re.findall(r"Vers (\w)</h2>", found["stop-t_B.html"]) == ["C", "A"]


def test_sheets_cover_no_day_that_no_timetable_reaches(tmp_path: Path) -> None:
    territory = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", days=("20260601", "20260605"))
    page = sheets(territory, tmp_path)["stop-t_A.html"]
    assert "Horaires du 3 juin au 5 juin 2026" in page
    assert '<th scope="col">mer. 3 – ven. 5</th>' in page


def hub(*lines: str) -> Territory:
    """Each line from A to an end of its own, at the minutes named, between 7:00 and 10:00."""
    ends = ", ".join(f"E{n} {n} 1" for n in range(1, len(lines) + 1))
    timetable = []
    for n, line in enumerate(lines, 1):
        name, *minutes = line.split()
        runs = "\n".join(f"{hour}:{minute} {hour + 1}:{minute}" for hour in (7, 8, 9) for minute in minutes)
        timetable.append(f"{name}\nA E{n}\n{runs}")
    return town(f"A 0 0, {ends}", "\n\n".join(timetable))


def test_a_poster_has_the_trunk_lines_first_and_the_others_by_number(tmp_path: Path) -> None:
    page = sheets(hub("Tram10 00", "Bus12 00", "Bus8 00", "Bus5N 00", "Tram2 00 20 40"), tmp_path)["stop-t_A.html"]
    assert re.findall(r'class="badge">(\w+)<', page) == ["Tram2", "Bus5N", "Bus8", "Bus12", "Tram10"]


def test_lines_of_which_an_hour_is_long_stand_two_beside_each_other_and_the_others_three(tmp_path: Path) -> None:
    often = "Bus9 00 05 10 15 20 25 30 35 40 45"
    page = sheets(hub(often, "Bus1 00", "Bus2 00", "Bus3 00", "Bus4 00"), tmp_path)["stop-t_A.html"]
    two, three = page.split('<div class="columns')[1:]
    assert two.startswith(' two">') and re.findall(r'class="badge">(\w+)<', two) == ["Bus9"]
    assert re.findall(r'class="badge">(\w+)<', three) == ["Bus1", "Bus2", "Bus3", "Bus4"]


def test_a_letter_of_all_that_leaves_stands_in_the_head_of_its_column_alone(tmp_path: Path) -> None:
    """Both buses stop at B for who signs to the driver."""
    calls = [
        (trip, at, stop, n)
        for trip, hour in (("1", 8), ("2", 9))
        for n, (at, stop) in enumerate(((f"{hour}:00", "A"), (f"{hour}:10", "B"), (f"{hour}:20", "C")))
    ]
    rows = "\n".join(f"Bus1-{trip},{at}:00,{at}:00,{stop},{n},{3 if stop == 'B' else 0}" for trip, at, stop, n in calls)
    times = f"trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n{rows}"
    line = "Bus1\nA B C\n8:00 8:10 8:20\n9:00 9:10 9:20"
    page = sheets(town("A 0 0, B 3 0, C 6 0", line, more={"stop_times": times}), tmp_path)["stop-t_B.html"]
    assert '<th scope="col">tous les jours<sup>a</sup></th>' in page
    assert page.count("<td>10</td>") == 2 and "<sup>a</sup> À l’arrêt, faites signe" in page
