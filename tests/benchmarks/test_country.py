"""A country is its city several times over, with trains between; its questions lead within copies and between them."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

from benchmarks.country import country
from benchmarks.instances import Instance

CITY = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nX,X,https://x.example,UTC\n",
    "calendar_dates.txt": "service_id,date,exception_type\nS,20260113,1\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nmarket,Market,47.7,-3.4\nport,Port,47.8,-3.3\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_type\nR,X,R,3\n",
    "trips.txt": "route_id,service_id,trip_id\nR,S,1\nR,S,2\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "1,08:00:00,08:00:00,market,1\n1,08:10:00,08:10:00,port,2\n2,09:00:00,09:00:00,market,1\n",
    "transfers.txt": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nmarket,port,2,300\n",
}
QUERIES = "qid,from_stop_id,to_stop_id,dep_sec\n0,market,port,28000\n1,port,market,30000\n2,port,market,31000\n"


def made(folder: Path, copies: int) -> dict[str, list[dict[str, str]]]:
    """The tables of the country, and its queries."""
    city = Instance("city", folder, date(2026, 1, 13))
    with zipfile.ZipFile(city.feed, "w") as archive:
        for name, text in CITY.items():
            archive.writestr(name, text)
    (folder / "queries.csv").write_text(QUERIES)
    found = country(city, folder / "country", copies)
    with zipfile.ZipFile(found.feed) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts["queries"] = (found.folder / "queries.csv").read_text()
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


def test_each_copy_has_its_own_names_a_degree_further_east(tmp_path: Path) -> None:
    tables = made(tmp_path, copies=2)
    assert [(stop["stop_id"], float(stop["stop_lon"])) for stop in tables["stops.txt"]] == [
        ("0-market", -3.4),
        ("0-port", -3.3),
        ("1-market", -2.4),
        ("1-port", -2.3),
    ]
    assert [(walk["from_stop_id"], walk["to_stop_id"]) for walk in tables["transfers.txt"]] == [
        ("0-market", "0-port"),
        ("1-market", "1-port"),
    ]
    assert {trip["route_id"] for trip in tables["trips.txt"]} == {"0-R", "1-R", "train-0-1", "train-1-0"}


def test_trains_join_the_busiest_stops_of_neighbours_both_ways(tmp_path: Path) -> None:
    tables = made(tmp_path, copies=3)
    first = {}
    for call in tables["stop_times.txt"]:
        if call["trip_id"].startswith("train"):
            first.setdefault(call["trip_id"].rpartition("-")[0], []).append((call["arrival_time"], call["stop_id"]))
    assert {route: calls[:2] for route, calls in first.items()} == {
        "train-0-1": [("05:00:00", "0-market"), ("05:45:00", "1-market")],
        "train-1-0": [("05:00:00", "1-market"), ("05:45:00", "0-market")],
        "train-1-2": [("05:00:00", "1-market"), ("05:45:00", "2-market")],
        "train-2-1": [("05:00:00", "2-market"), ("05:45:00", "1-market")],
    }
    assert first["train-0-1"][-2][0] == "22:30:00"


def test_every_second_question_leads_to_another_copy(tmp_path: Path) -> None:
    asked = made(tmp_path, copies=4)["queries"]
    within = [query["from_stop_id"][0] == query["to_stop_id"][0] for query in asked]
    assert within == [True, False, True]
    assert [query["from_stop_id"][2:] for query in asked] == ["market", "port", "port"]
    assert [query["dep_sec"] for query in asked] == ["28000", "30000", "31000"]
