"""The open data: a catalogue that harvesters take, files that open elsewhere, a timetable that loads again."""

from __future__ import annotations

import gzip
import json
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from flask.testing import FlaskClient

from api.portal.datasets import datasets
from api.territory.in_service import Following
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from tests.api.conftest import config
from tests.api.portal.conftest import TODAY, rows


def test_every_file_of_the_catalogue_can_be_had_from_any_origin(client: FlaskClient) -> None:
    files = [file for one in client.get("/data/catalog.json").json["datasets"] for file in one["distributions"]]
    assert len(files) >= 12
    for file in files:
        answer = client.get(file["url"])
        assert answer.status_code == 200, file["url"]
        if "/data/" in file["url"]:
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert answer.mimetype == file["mediaType"]


@pytest.mark.parametrize(
    ("language", "written"), [("fr", r"\d+,\d\s[km]o"), ("br", r"\d+,\d\s[km]o"), ("en", r"\d+\.\d [kM]B")]
)
def test_the_size_of_a_file_is_written_as_its_reader_writes_it(
    client: FlaskClient, language: str, written: str
) -> None:
    page = client.get(f"/data/?lang={language}", headers={"Accept": "text/html"}).text
    assert re.search(f"· {written} ·", page)
    assert "Bytes" not in page


@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
def test_each_link_says_by_itself_what_it_gives(client: FlaskClient, language: str) -> None:
    """WCAG 2.4.9: no two links of the same name lead to different places."""
    page = client.get(f"/data/?lang={language}", headers={"Accept": "text/html"}).text
    links = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', page.partition("<main")[2].partition("</main>")[0])
    assert len(links) > 20
    names = [re.sub("<[^>]+>", "", inner) for _, inner in links]
    assert [name for name in names if names.count(name) > 1] == []
    assert not {"Fichier", "File", "Restr"} & set(names)
    feeds = {href.split("/")[3] for href, _ in links if href.startswith("/data/gtfs/")}
    assert all(
        f"({feed})" in name for href, inner in links for feed in feeds if f"/{feed}/" in href for name in [inner]
    )


def test_each_dataset_names_licence_publisher_and_period(client: FlaskClient) -> None:
    found = {one["id"]: one for one in client.get("/data/catalog.json").json["datasets"]}
    timetable = found["gtfs-lorient"]
    assert timetable["licences"] == ["EUPL-1.2"]
    assert timetable["publisher"].startswith("Hent : horaires illustratifs")
    assert timetable["firstDay"] == "2026-11-09"
    assert found["meeting-points"]["licences"] == ["ODbL-1.0"]


@pytest.mark.parametrize("name", ["as_published", "as_served"])
def test_a_timetable_out_loads_again(client: FlaskClient, following: Following, tmp_path: Path, name: str) -> None:
    (of,) = [one for one in datasets(config(), following.territory().network) if one.id == "gtfs-lorient"]
    (file,) = [one for one in of.distributions if one.name == name]
    (tmp_path / "feed.zip").write_bytes(client.get(file.path).data)
    _, report = accept(tmp_path / "feed.zip", FeedSource("again", "EUPL-1.2"), ReadLimits(), TODAY)
    assert report.accepted


def test_meeting_points_are_valid_against_the_published_schema(client: FlaskClient) -> None:
    """Version 0.2.0, as BNLC publishes it; its key is one."""
    if not os.environ.get("HENT_REFERENCE_DATA"):
        pytest.skip("HENT_REFERENCE_DATA is not set")
    file = Path(os.environ["HENT_REFERENCE_DATA"]) / "carpool" / "schema-lieux-covoiturage.json"
    schema = json.loads(file.read_bytes())
    found, fields = rows(client, "meeting-points.csv"), schema["fields"]
    assert len(found) == 14
    assert list(found[0]) == [field["name"] for field in fields]
    assert [f"{field['name']} {row[field['name']]}" for row in found for field in fields if not fits(row, field)] == []
    assert len({row[schema["primaryKey"]] for row in found}) == 14


def test_the_ways_to_places_are_those_that_the_graph_has(client: FlaskClient) -> None:
    found = [row for row in rows(client, "place_ways.csv") if row["pace"] == "on_foot"]
    graph = nx.parse_graphml(gzip.decompress(client.get("/data/files/graph.graphml.gz").data).decode("utf-8"))
    walks = {
        (stop, place): str(way["seconds"])
        for stop, place, key, way in graph.edges(keys=True, data=True)
        if key == "walk" and "/" in place
    }
    assert {(row["stop"], row["place"]): row["seconds"] for row in found} == walks
    assert {row["kind"] for row in found} >= {"car_park", "counter", "town_centre"}


def fits(row: dict[str, str], field: dict[str, Any]) -> bool:
    """A value of a table schema (Frictionless)."""
    text, known = row[field["name"]], field.get("constraints", {})
    if not text:
        return not known.get("required")
    read = {"number": float, "integer": int, "date": date.fromisoformat, "boolean": {"true": 1, "false": 0}.__getitem__}
    try:
        value = read.get(field["type"], str)(text)
    except (ValueError, KeyError):
        return False
    within = known.get("minimum", value) <= value <= known.get("maximum", value)
    return within and text in known.get("enum", [text]) and re.fullmatch(known.get("pattern", ".*"), text) is not None


def test_stops_and_lines_are_tables_and_maps(client: FlaskClient) -> None:
    stops, lines = rows(client, "stops.csv"), rows(client, "lines.csv")
    assert {"id": "lorient_gare"}.items() <= next(row for row in stops if row["id"] == "lorient_gare").items()
    assert {row["mode"] for row in lines} == {"BUS", "FERRY", "REGIONAL_RAIL"}
    drawn = client.get("/data/files/lines.geojson").get_json(force=True)["features"]
    assert [one["properties"]["id"] for one in drawn] == [row["id"] for row in lines]
    assert all(len(part) >= 2 for one in drawn for part in one["geometry"]["coordinates"])


def test_the_graph_opens_in_a_graph_tool(client: FlaskClient) -> None:
    graph = nx.parse_graphml(gzip.decompress(client.get("/data/files/graph.graphml.gz").data).decode())
    assert graph.number_of_nodes() > 250
    assert {"stop", "carpool_point", "counter"} <= {kind for _, kind in graph.nodes(data="kind")}


def test_what_runs_is_told_by_line_stop_and_day(client: FlaskClient, following: Following) -> None:
    lines, stops = rows(client, "indicators_lines.csv"), rows(client, "indicators_stops.csv")
    assert list(lines[0]) == ["line", "date", "trips", "first", "last", "hours", "headway_min", "speed_kmh"]
    assert list(stops[0]) == ["stop", "date", "departures", "first", "last"]
    assert {row["line"] for row in lines} == {row["id"] for row in rows(client, "lines.csv")}
    assert {row["stop"] for row in stops} <= set(following.territory().network.stops.id)
    assert {row["date"] for row in lines} == {f"2026-11-{day}" for day in range(24, 31)}
    assert all(5 < float(row["speed_kmh"]) < (160 if "TER" in row["line"] else 60) for row in lines)


def test_the_indicators_are_licensed_as_the_timetables_are(client: FlaskClient) -> None:
    found = {one["id"]: one for one in client.get("/data/catalog.json").json["datasets"]}
    assert found["indicators"]["licences"] == found["gtfs-lorient"]["licences"]
    assert [one["url"].rpartition("/")[2] for one in found["indicators"]["distributions"]] == [
        "indicators_lines.csv",
        "indicators_stops.csv",
    ]


def test_what_is_not_published_is_not_found(client: FlaskClient) -> None:
    for path in ("files/hent.sqlite", "files/..%2f..%2fcurrent", "gtfs/nobody/versions.json", "gtfs/lorient/00.zip"):
        assert client.get(f"/data/{path}").status_code == 404


def test_a_heading_names_no_territory_and_a_title_for_harvesters_does(client: FlaskClient) -> None:
    """The name of the page's territory stands in its header."""
    headings = re.findall(r"<h2>(.*?)</h2>", client.get("/data/?lang=fr").text)
    titles = [one["title"] for one in client.get("/data/catalog.json?lang=fr").json["datasets"]]
    assert "Horaires GTFS" in headings and not [one for one in headings if config().territory.name in one]
    assert all(" : " in one.replace("\u202f", " ") for one in titles)


def test_people_read_it_in_their_language(client: FlaskClient) -> None:
    assert "Données ouvertes" in client.get("/data/").text
    assert "Roadennoù digor" in client.get("/data/?lang=br").text
    assert "Turtle" not in client.get("/data/", headers={"Accept": "text/turtle"}).text[:20]
    assert client.get("/data/", headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
