"""The open data: a catalogue that harvesters take, files that open elsewhere, a timetable that loads again."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import networkx as nx
import pytest
from flask.testing import FlaskClient
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, XSD, Graph, Literal, URIRef

from api.app import create_app
from api.portal import indicators, products
from api.portal.datasets import datasets
from api.portal.products import make
from api.territory.in_service import Following
from api.web.storage import kept
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.errors import NoIndicators
from gtfs.snapshot import FeedSource
from tests.api.conftest import ROOT, config
from tests.api.portal.conftest import TODAY, rows
from tests.demo_in_service import demo_in_service


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


@pytest.mark.parametrize("path", ["catalog.ttl", "catalog.jsonld"])
@pytest.mark.parametrize("shapes", ["dcat-ap-3.0.1-shapes.ttl", "mobilitydcat-ap_shacl_shapes.ttl"])
def test_harvesters_find_a_valid_mobility_dcat_ap(client: FlaskClient, path: str, shapes: str) -> None:
    if not os.environ.get("HENT_SPECS"):
        pytest.skip("HENT_SPECS is not set")
    form = "turtle" if path.endswith("ttl") else "json-ld"
    catalogue = Graph().parse(data=client.get(f"/data/{path}").text, format=form)
    rules = Graph().parse(Path(os.environ["HENT_SPECS"]) / shapes)
    listed = client.get("/data/catalog.json").json["datasets"]
    assert len(set(catalogue.subjects(RDF.type, DCAT.Dataset))) == len(listed)
    conforms, _, text = validate(catalogue, shacl_graph=rules, do_owl_imports=False, allow_warnings=False)
    assert conforms, text


def test_a_broken_catalogue_would_be_noticed(client: FlaskClient) -> None:
    if not os.environ.get("HENT_SPECS"):
        pytest.skip("HENT_SPECS is not set")
    catalogue = Graph().parse(data=client.get("/data/catalog.ttl").text, format="turtle")
    theme = next(predicate for predicate in set(catalogue.predicates()) if str(predicate).endswith("mobilityTheme"))
    catalogue.remove((None, theme, None))
    rules = Graph().parse(Path(os.environ["HENT_SPECS"]) / "mobilitydcat-ap_shacl_shapes.ttl")
    assert not validate(catalogue, shacl_graph=rules, do_owl_imports=False)[0]


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


def test_the_catalogue_says_since_when_and_how_large_in_every_form(client: FlaskClient) -> None:
    told = client.get("/data/catalog.json").json
    found = {one["id"]: one for one in told["datasets"]}
    (latest,) = [one for one in found["gtfs-lorient"]["distributions"] if one["url"].endswith("/latest.zip")]
    answer = client.get(latest["url"])
    assert latest["byteSize"] == len(answer.data)
    assert datetime.fromisoformat(latest["modified"]) == answer.last_modified
    for one in found.values():
        assert datetime.fromisoformat(one["issued"]) <= datetime.fromisoformat(one["modified"])
    graph = Graph().parse(data=client.get("/data/catalog.ttl").text, format="turtle")
    node = URIRef(latest["url"] + "#distribution")
    assert graph.value(node, DCAT.byteSize) == Literal(latest["byteSize"], datatype=XSD.nonNegativeInteger)
    assert {graph.value(node, one) for one in (DCTERMS.issued, DCTERMS.modified)} == {
        Literal(latest["modified"], datatype=XSD.dateTime)
    }
    dataset = next(graph.subjects(DCTERMS.identifier, Literal("gtfs-lorient")))
    assert graph.value(dataset, DCTERMS.issued) and graph.value(dataset, DCTERMS.modified)
    assert "modifié le" in client.get("/data/", headers={"Accept-Language": "fr"}).text


@pytest.mark.parametrize("path", ["/data/files/stops.csv", "/data/gtfs/lorient/latest.zip"])
def test_a_range_in_units_that_are_not_ours_is_none(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Range": "pages=1-2"})
    assert (answer.status_code, answer.data) == (200, client.get(path).data)
    assert client.get(path, headers={"Range": "bytes=0-9"}).status_code == 206


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


def test_a_feed_that_gtfs_kit_cannot_take_is_published_all_the_same(
    folder: Path, following: Following, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object, __: object) -> None:
        raise NoIndicators("KeyError")

    monkeypatch.setattr(indicators, "indicators", fails)
    monkeypatch.setattr(products, "open_folder", lambda data, version: tmp_path / "open")
    territory = following.territory()
    made = make(folder, config(), territory)
    assert (made / "indicators_lines.csv").read_text() == "line,date,trips,first,last,hours,headway_min,speed_kmh\n"
    assert (made / "lorient.description.json").read_text() == "null"


def test_a_part_of_a_file_and_an_unchanged_one_cost_little(client: FlaskClient) -> None:
    whole = client.get("/data/files/stops.csv")
    part = client.get("/data/files/stops.csv", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, whole.data[:10])
    same = client.get("/data/files/stops.csv", headers={"If-None-Match": whole.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert whole.headers["Last-Modified"]


def test_what_is_not_published_is_not_found(client: FlaskClient) -> None:
    for path in ("files/hent.sqlite", "files/..%2f..%2fcurrent", "gtfs/nobody/versions.json", "gtfs/lorient/00.zip"):
        assert client.get(f"/data/{path}").status_code == 404


def test_people_read_it_in_their_language(client: FlaskClient) -> None:
    assert "Données ouvertes" in client.get("/data/").text
    assert "Roadennoù digor" in client.get("/data/?lang=br").text
    assert "Turtle" not in client.get("/data/", headers={"Accept": "text/turtle"}).text[:20]
    assert client.get("/data/", headers={"Accept": "text/turtle"}).mimetype == "text/turtle"


def test_files_are_made_by_a_process_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings, data = config(), demo_in_service(tmp_path_factory, TODAY)
    client = create_app(settings, Following(data, settings), kept=kept(settings, data, {})).test_client()
    first = client.get("/data/files/stops.csv")
    assert (first.status_code, first.headers["Retry-After"]) == (503, "10")
    until_s = monotonic() + 60
    while client.get("/data/files/stops.csv").status_code == 503 and monotonic() < until_s:
        sleep(0.2)
    assert client.get("/data/files/stops.csv").status_code == 200


READ_ONLY = """
import sys
from pathlib import Path
from api.app import create_app
from api.commands.serve import _kept
from api.config import read_config
from api.territory.in_service import Following
data, config = Path(sys.argv[1]), read_config(Path(sys.argv[2]))
client = create_app(config, Following(data, config), kept=_kept(config, data)).test_client()
for path in sys.argv[3:]:
    answer = client.get(path, headers={"Authorization": "Bearer guess"})
    told = (answer.json or {}) if answer.is_json else {}
    print(answer.status_code, len(answer.data) if answer.status_code == 200 else told.get("reason"))
"""


@pytest.mark.parametrize("made", [True, False], ids=["files made", "files not made yet"])
def test_a_folder_that_nobody_may_write_in_serves_what_is_there_and_says_why_not_the_rest(
    client: FlaskClient, folder: Path, tmp_path: Path, made: bool
) -> None:
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    (data / "hent.sqlite3").unlink(missing_ok=True)
    if not made:
        for one in data.glob("networks/*/open-*"):
            shutil.rmtree(one)
    paths = ("/data/gtfs/lorient/latest.zip", "/data/files/stops.csv", "/data/", "/api/carpool/me")
    mount = f'mount --bind {data} {data} && mount -o remount,bind,ro {data} && exec "$@"'
    command = ["unshare", "--mount", "sh", "-c", mount, "sh", sys.executable, "-c", READ_ONLY, str(data)]
    try:
        ran = subprocess.run([*command, str(ROOT / "config.toml"), *paths], capture_output=True, text=True, cwd=ROOT)
    except FileNotFoundError:
        pytest.skip("unshare is not installed")
    if "Operation not permitted" in ran.stderr:
        pytest.skip("nothing can be mounted here")
    latest, stops, catalogue, account = (line.split(" ", 1) for line in ran.stdout.splitlines())
    assert latest == ["200", str(len(client.get(paths[0]).data))], ran.stderr
    assert stops == (["200", str(len(client.get(paths[1]).data))] if made else ["503", "Read-only file system"])
    assert catalogue[0] == "200"
    assert account == ["503", "Read-only file system"]
