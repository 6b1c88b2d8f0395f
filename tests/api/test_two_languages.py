"""A stop is found by its name in either language; all that a feed translates is told in the one asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.paper.paper import Paper
from api.paper.sheets import write
from api.web.sentences import sentences
from mobility.network.names import in_language
from mobility.places.build import build as build_places
from tests.api.conftest import app_of
from tests.api.motis import leg_ids
from tests.api.terminal import CONFIG, hent, zipped
from tests.town import town

STATION, HARBOUR = "Ti-gar", "Porzh"
BY_ID = f"stops,stop_name,br,A,,{STATION}\nstops,stop_name,br,B,,{HARBOUR}"
BY_NAME = f"stops,stop_name,br,,A,{STATION}\nstops,stop_name,br,,B,{HARBOUR}"
OTHERS = "stops,stop_desc,br,A,,Deskrivadur\nroutes,route_long_name,br,A,,Linenn\nstops,stop_name,br,A,,"
RECORDS = """
    routes,route_short_name,br,Bus1,,Linenn
    agency,agency_name,br,T,,Kêr
    trips,trip_headsign,br,Bus1-1,,war-du ar Porzh
    booking_rules,message,br,R,,Galvit Anna
    stops,stop_desc,br,A,,dirak an iliz
    """
VALUES = """
    routes,route_short_name,br,,Bus1,Linenn
    agency,agency_name,br,,Town,Kêr
    trips,trip_headsign,br,,to the harbour,war-du ar Porzh
    booking_rules,message,br,,Call Anna,Galvit Anna
    stops,stop_desc,br,,opposite the church,dirak an iliz
    """
ASKED = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T05:50:00Z"}


def tables(rows: str) -> dict[str, str]:
    header = "table_name,field_name,language,record_id,field_value,translation\n"
    return {"translations": header + "\n".join(row.strip() for row in rows.strip().splitlines())}


def client(rows: str, more: dict[str, str] | None = None) -> Any:
    found = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more={**tables(rows), **(more or {})})
    return app_of(replace(found, places=build_places(found.network)), "2026-06-02 8:00").test_client()


@pytest.mark.parametrize("rows", [BY_ID, BY_NAME, f"{BY_NAME}\n{OTHERS}"])
@pytest.mark.parametrize(("language", "names"), [("br", [STATION, HARBOUR]), ("fr", ["A", "B"])])
def test_names_are_told_in_the_language_asked_for(rows: str, language: str, names: list[str]) -> None:
    (leg,) = client(rows).ask("/api/v6/plan", **ASKED, language=language)["itineraries"][0]["legs"]
    assert [leg["from"]["name"], leg["to"]["name"]] == names


@pytest.mark.parametrize("text", [STATION, "ti gar", "A"])
def test_a_stop_is_found_by_either_name_and_told_in_the_language_asked_for(text: str) -> None:
    found = {lang: client(BY_ID).ask("/api/v1/geocode", text=text, language=lang)[0] for lang in ("br", "fr")}
    assert {lang: (one["id"], one["name"]) for lang, one in found.items()} == {
        "br": ("t_A", STATION),
        "fr": ("t_A", "A"),
    }
    assert found["br"]["tokens"] == ([] if text == "A" else [[0, 2], [3, 3]])


def test_a_table_of_other_fields_changes_no_name() -> None:
    found = client(OTHERS).ask("/api/v6/plan", **ASKED, language="br")
    assert found["itineraries"][0]["legs"][0]["from"]["name"] == "A"


def test_a_board_of_departures_is_told_in_the_language_asked_for() -> None:
    board = client(BY_ID).ask("/api/v6/stoptimes", stopId="t_A", n=1, time="2026-06-03T05:50:00Z", language="br")
    assert (board["place"]["name"], board["stopTimes"][0]["tripTo"]["name"]) == (STATION, HARBOUR)


BOOKED = {
    "stops": "stop_id,stop_name,stop_desc,stop_lat,stop_lon\nA,A,opposite the church,47.75,-3.36\nB,B,,47.75,-3.32",
    "trips": "route_id,service_id,trip_id,trip_headsign\nBus1,S,Bus1-1,to the harbour",
    "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,pickup_booking_rule_id\n"
    "Bus1-1,8:00:00,8:00:00,A,0,2,R\nBus1-1,8:10:00,8:10:00,B,1,,",
    "booking_rules": "booking_rule_id,booking_type,prior_notice_duration_min,message\nR,1,30,Call Anna",
}


@pytest.mark.parametrize("rows", [RECORDS, VALUES], ids=["by record", "by value"])
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("br", ("Linenn", "Kêr", "war-du ar Porzh", "Galvit Anna", "dirak an iliz")),
        ("en", ("Bus1", "Town", "to the harbour", "Call Anna", "opposite the church")),
    ],
)
def test_whatever_people_read_of_a_feed_is_translated(rows: str, language: str, told: tuple[str, ...]) -> None:
    (leg,) = client(rows, BOOKED).ask("/api/v6/plan", **ASKED, language=language)["itineraries"][0]["legs"]
    message, described = leg["hent"]["reservation"]["message"], leg["from"]["description"]
    assert (leg["routeShortName"], leg["agencyName"], leg["headsign"], message, described) == told


def test_a_headsign_of_a_call_is_translated_by_trip_and_sequence() -> None:
    row = "table_name,field_name,language,record_id,record_sub_id,translation\n"
    row += "stop_times,stop_headsign,br,Bus1-1,0,war-du ar Porzh"
    calls = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,stop_headsign\n"
    calls += "Bus1-1,8:00:00,8:00:00,A,0,to the harbour\nBus1-1,8:10:00,8:10:00,B,1,"
    found = client(BY_ID, {"stop_times": calls, "translations": row}).ask("/api/v6/plan", **ASKED, language="br")
    assert found["itineraries"][0]["legs"][0]["headsign"] == "war-du ar Porzh"


PRICED = {
    "fare_products": "fare_product_id,fare_product_name,rider_category_id,amount,currency\n"
    "P,Single,Y,0.90,EUR\nP,Single,A,1.80,EUR",
    "rider_categories": "rider_category_id,rider_category_name,is_default_fare_category\nY,Youth,0\nA,Adult,1",
    "fare_leg_rules": "fare_product_id\nP",
    "feed_info": "feed_publisher_name,feed_publisher_url,feed_lang\nThe town,https://town.example,en",
}
TICKETS = """
    fare_products,fare_product_name,br,P,,Tiked
    rider_categories,rider_category_name,br,A,,Deskard
    feed_info,feed_publisher_name,br,,,Kêr
    """


@pytest.mark.parametrize(
    ("language", "product", "rider", "publisher"),
    [("br", "Tiked", "Deskard", "Kêr"), ("fr", "Single", "Adult", "The town")],
)
def test_tickets_and_publishers_are_told_in_the_language_asked_for(
    language: str, product: str, rider: str, publisher: str
) -> None:
    answer = client(TICKETS, PRICED).ask("/api/v6/plan", **ASKED, withFares="true", language=language)
    (itinerary,) = answer["itineraries"]
    assert itinerary["hent"]["ticket"]["rides"][0]["product"] == product
    rows = [row for found in itinerary["fareTransfers"][0]["effectiveFareLegProducts"][0] for row in found]
    assert {(row["name"], row["riderCategory"]["riderCategoryName"]) for row in rows} == {
        (product, "Youth"),
        (product, rider),
    }
    assert [one["publisher"] for one in answer["hent"]["sources"]] == [publisher]


def test_a_zone_on_demand_is_called_as_its_line_and_operator_are() -> None:
    more = {
        "routes": "route_id,route_short_name,route_type\nBus1,Bus1,3\nCall,Call a bus,715",
        "trips": "route_id,service_id,trip_id\nBus1,S,Bus1-1\nCall,S,Call-1",
        "location_groups": "location_group_id\nG",
        "location_group_stops": "location_group_id,stop_id\nG,A\nG,B",
        "booking_rules": "booking_rule_id,booking_type,prior_notice_duration_min,message\nR,1,30,Call Anna",
        "stop_times": "trip_id,arrival_time,departure_time,stop_id,location_group_id,stop_sequence,"
        "start_pickup_drop_off_window,end_pickup_drop_off_window,pickup_type,drop_off_type,pickup_booking_rule_id\n"
        "Bus1-1,8:00:00,8:00:00,A,,0,,,0,0,\nBus1-1,8:10:00,8:10:00,B,,1,,,0,0,\n"
        "Call-1,,,,G,0,8:00:00,18:00:00,2,1,R\nCall-1,,,,G,1,8:00:00,18:00:00,1,2,R",
    }
    rows = """
        routes,route_short_name,br,Call,,Bus dre bellgomz
        agency,agency_name,br,T,,Kêr
        booking_rules,message,br,R,,Galvit Anna
        """
    network = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more={**more, **tables(rows)}).network
    told = {}
    for language in ("br", "en"):
        (zone,) = (one for one in in_language(network, language).places if one.kind == "on_demand")
        told[language] = zone.name, zone.properties["operator"], zone.properties["booking"]
    assert told == {"br": ("Bus dre bellgomz", "Kêr", "Galvit Anna"), "en": ("Call a bus", "Town", "Call Anna")}


def test_a_table_as_it_was_written_before_2020_is_read() -> None:
    old = {"translations": f"trans_id,lang,translation\nA,br,{STATION}\nBus1,br,Linenn"}
    (leg,) = client(BY_ID, old).ask("/api/v6/plan", **ASKED, language="br")["itineraries"][0]["legs"]
    assert (leg["from"]["name"], leg["routeShortName"]) == (STATION, "Linenn")


def test_a_language_that_hent_does_not_speak_is_told_in_names() -> None:
    """The sentences are those of the territory's first language."""
    answer = client(BY_ID.replace(",br,", ",fo,")).ask("/api/v6/plan", **ASKED, language="fo-FO")
    assert answer["itineraries"][0]["legs"][0]["from"]["name"] == STATION
    assert answer["hent"]["language"] == "fr"


def test_an_itinerary_is_told_again_whatever_language_its_line_was_told_in() -> None:
    asked = client(RECORDS)
    (leg,) = leg_ids(asked.ask("/api/v6/plan", **ASKED, language="br")["itineraries"][0])
    assert leg["displayName"] == "Linenn"
    body = {"id": {"legs": [leg | {"tripId": "20260603_08:00_t_gone"}]}}
    again = asked.post("/api/v6/refresh-itinerary?language=fr", json=body)
    assert (again.status_code, again.json["legs"][0]["routeShortName"]) == (200, "Bus1")


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return dict(told_pages())


def told_pages() -> Iterator[tuple[str, str]]:
    asked = client(f"{BY_ID}\n{RECORDS.strip()}", BOOKED)
    yield "stop page", asked.get("/stops/t_A?lang=br&at=2026-06-03T07:50").text
    yield "stops found", asked.post("/stops?lang=br", data={"name": "A"}).text
    yield "line page", asked.get("/lines/t_Bus1?lang=br&day=2026-06-03").text
    yield "suggestions", asked.post("/suggest?lang=br", data={"text": "A"}).text
    form = {"from": "A", "to": "B", "when": "leave", "moment": "2026-06-03T07:50"}
    yield "answer", asked.post("/?lang=br", data=form).text


@pytest.mark.parametrize("page", ["stop page", "stops found", "line page", "suggestions", "answer"])
def test_each_page_tells_the_names_of_its_language(pages: dict[str, str], page: str) -> None:
    assert STATION in pages[page]
    if page in ("stop page", "line page", "answer"):
        assert "Linenn" in pages[page]


def test_sheets_of_paper_tell_the_names_of_their_language(tmp_path: Path) -> None:
    network = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more=tables(f"{BY_ID}\n{RECORDS.strip()}")).network
    for language, told in (("br", True), ("fr", False)):
        paper = Paper(network, "Rade", sentences(language), date(2026, 6, 3))
        texts = [file.read_text("utf-8") for file in write(paper, tmp_path / language)]
        for name in (STATION, HARBOUR, "Linenn", "Kêr"):
            assert any(name in text for text in texts) is told


def test_the_terminal_says_the_names_of_the_language_that_it_speaks(tmp_path: Path) -> None:
    translations = "table_name,field_name,language,record_id,translation\n"
    translations += (
        "stops,stop_name,br,A,Marc'hallac'h\nstops,stop_name,br,B,Porzh\nroutes,route_short_name,br,R,Linenn\n"
    )
    feed = zipped(tmp_path, translations=translations)
    assert hent("feeds", "load", feed, "--config", CONFIG, "--data", tmp_path / "var").exit_code == 0
    asked = ("--at", "2026-06-03T07:50", "--language", "br", "--config", CONFIG, "--data", tmp_path / "var")
    result = hent("plan", "Tori", "Porzh", *asked)
    assert result.stderr.splitlines()[-2:] == ["FROM: Marc'hallac'h", "TO: Porzh"]
    assert result.stdout.startswith("Marc'hallac'h → Porzh\n")
    assert "Linenn" in result.stdout
