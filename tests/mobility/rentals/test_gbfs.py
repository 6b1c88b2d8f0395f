"""GBFS of every version -> one shape: what is said, and that the rest is not known."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from mobility.rentals.gbfs import Document, addresses, system

INFORMATION = {"data": {"stations": [{"station_id": "1", "name": "Gare", "lat": 47.75, "lon": -3.36, "capacity": 12}]}}
PLACE = {"station_id": "1", "name": "Gare", "lat": 47.75, "lon": -3.36}


def status(**row: object) -> Document:
    return {"last_updated": 1000, "data": {"stations": [{"station_id": "1", **row}]}}


def sample(*parts: str) -> Document:
    data = os.environ.get("HENT_REFERENCE_DATA")
    if not data:
        pytest.skip("HENT_REFERENCE_DATA is not set")
    document: Document = json.loads(Path(data, "gbfs", *parts).read_text("utf-8"))
    return document


def test_counts_of_version_1_are_numbers_and_flags_0_and_1() -> None:
    told = status(num_bikes_available=2, num_docks_available=9, is_renting=1, is_returning=0, is_installed=1)
    (station,) = system("velo", {"station_information": INFORMATION, "station_status": told}).stations
    assert (station.vehicles, station.docks, station.renting, station.returning) == (2, 9, True, False)


def test_counts_of_version_3_are_vehicles_and_times_are_written_out() -> None:
    told = status(num_vehicles_available=3, is_renting=True, last_reported="2023-07-17T13:34:13+02:00")
    named = {"data": {"stations": [PLACE | {"name": [{"text": "Ti-gar", "language": "br"}]}]}}
    (station,) = system("velo", {"station_information": named, "station_status": told}).stations
    assert (station.name, station.vehicles, station.reported_s) == ("Ti-gar", 3, 1689593653)


def test_a_station_without_a_status_has_unknown_counts() -> None:
    (station,) = system("velo", {"station_information": INFORMATION}).stations
    assert (station.vehicles, station.docks, station.renting, station.capacity) == (None, None, None, 12)


def test_a_station_that_is_not_installed_rents_nothing() -> None:
    told = status(num_bikes_available=2, is_installed=False, is_renting=True)
    (station,) = system("velo", {"station_information": INFORMATION, "station_status": told}).stations
    assert station.renting is False


def test_a_station_without_a_position_is_left_out() -> None:
    rows = {"data": {"stations": [{"station_id": "2", "name": "X"}, PLACE, PLACE | {"lat": 147}, "rubbish"]}}
    assert [station.id for station in system("velo", {"station_information": rows}).stations] == ["1"]


def test_free_vehicles_are_those_that_stand_at_no_station() -> None:
    bikes = [{"bike_id": "a", "lat": 47.7, "lon": -3.3}, {"bike_id": "b", "station_id": "1"}]
    told = system("velo", {"free_bike_status": {"last_updated": 7, "data": {"bikes": bikes}}})
    assert ([vehicle.id for vehicle in told.vehicles], told.updated_s) == (["a"], 7)


def test_a_kind_of_vehicle_says_where_it_is_given_back() -> None:
    row = {"vehicle_type_id": "t", "form_factor": "scooter", "propulsion_type": "electric"}
    rows = [row | {"return_constraint": "roundtrip_station"}, row]
    told = system("velo", {"vehicle_types": {"data": {"vehicle_types": rows}}}).types
    assert [(kind.form, kind.returned, kind.guessed) for kind in told] == [
        ("SCOOTER_STANDING", "ROUNDTRIP_STATION", False),
        ("SCOOTER_STANDING", "NONE", True),
    ]


BIKE = {"vehicle_type_id": "b", "form_factor": "bicycle", "propulsion_type": "human"}


def test_a_price_counts_each_interval_that_has_begun() -> None:
    rates = [{"start": 30, "rate": 1, "interval": 15}]
    row = {"plan_id": "p", "currency": "EUR", "price": "0.50", "per_min_pricing": rates}
    (plan,) = system("velo", {"system_pricing_plans": {"data": {"plans": [row]}}}).plans
    assert [plan.minor(minutes, 2) for minutes in (10, 31, 46)] == [50, 150, 250]


def test_kilometres_are_paid_beside_the_minutes() -> None:
    row = {"plan_id": "p", "currency": "EUR", "price": 1, "per_km_pricing": [{"start": 0, "rate": 1, "interval": 1}]}
    (plan,) = system("velo", {"system_pricing_plans": {"data": {"plans": [row]}}}).plans
    assert [plan.minor(10, km) for km in (0.5, 1.5)] == [200, 300]


def test_the_hours_of_version_2_are_those_of_people_without_a_subscription() -> None:
    rows = [
        {"user_types": ["member"], "days": ["mon"], "start_time": "00:00:00", "end_time": "24:00:00"},
        {"user_types": ["nonmember"], "days": ["mon", "tue"], "start_time": "06:00:00", "end_time": "22:30:00"},
    ]
    told = system("velo", {"system_hours": {"data": {"rental_hours": rows}}})
    assert told.hours == "Mo,Tu 06:00-22:30"


def test_a_kind_that_stands_at_stations_only_goes_back_to_one() -> None:
    documents = {
        "vehicle_types": {"data": {"vehicle_types": [BIKE]}},
        "station_information": {"data": {"stations": [{"station_id": "A", "lat": 47.7, "lon": -3.4}]}},
    }
    (kind,) = system("velo", documents).types
    assert (kind.returned, kind.guessed) == ("ANY_STATION", True)


def test_files_are_found_by_language_before_version_3() -> None:
    feeds = {"feeds": [{"name": "station_status", "url": "https://velo.example/fr"}, {"name": "x", "url": "y"}]}
    start = {"data": {"en": {"feeds": []}, "fr": feeds}}
    assert addresses(start, ["br", "fr"]) == {"station_status": "https://velo.example/fr"}
    assert addresses({"data": feeds}, ["fr"]) == {"station_status": "https://velo.example/fr"}


@pytest.mark.parametrize("rubbish", [{}, {"data": None}, {"data": {"feeds": "x"}}, {"data": {"fr": 3}}, {"data": []}])
def test_what_is_no_gbfs_names_no_files(rubbish: Document) -> None:
    assert addresses(rubbish, ["fr"]) == {}
    assert system("velo", {"station_information": rubbish, "station_status": rubbish}).stations == ()


def test_the_samples_of_helsinki_are_read_but_for_broken_rows() -> None:
    names = ("system_information", "station_information", "station_status")
    told = system("hsl", {name: sample("helsinki", f"{name}.json") for name in names})
    assert (told.name, told.updated_s, len(told.stations)) == ("HSL Bikes Share", 1631517710, 7)
    first = told.stations[0]
    assert (first.name, first.vehicles, first.docks, first.reported_s) == ("Kaivopuisto", 2, 29, 1631517287)


def test_the_samples_of_version_3_are_read() -> None:
    names = ("station_information", "station_status", "vehicle_status")
    told = system("pan", {name: sample("transport-site", f"{name}.3.0.json") for name in names}, ("en",))
    assert told.stations[0].name == "Parking garage A"
    assert [(one.id[:3], one.disabled) for one in told.vehicles] == [("973", True)]
