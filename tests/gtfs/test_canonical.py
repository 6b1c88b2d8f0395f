"""The canonical rules run in a process of their own: what they find, and what becomes of one that goes too far."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gtfs.accept import check
from gtfs.archive import ReadLimits
from gtfs.canonical import UNFINISHED, canonical
from tests.gtfs import tiny

HEADSIGN_IN_CAPITALS = """
    # trips.txt
    route_id,service_id,trip_id,trip_headsign,wheelchair_accessible
    R,ALL,T,GARE DE LORIENT,1
    """


def packed(tmp_path: Path, text: str = "") -> Path:
    return tiny.packed(tiny.files(text), tmp_path / "feed.zip")


def test_a_canonical_finding_has_its_place(tmp_path: Path) -> None:
    _, report = check(packed(tmp_path, HEADSIGN_IN_CAPITALS), tiny.SOURCE, ReadLimits(), tiny.TODAY)
    told = (
        "WARNING mixed_case_recommended_field trips.txt:2:trip_headsign 'GARE DE LORIENT' (field should use mixed case)"
    )
    assert [str(notice) for notice in report.of("mixed_case_recommended_field")] == [told]


def test_what_our_own_rules_look_for_is_told_once(tmp_path: Path) -> None:
    text = tiny.DEFAULTS.replace("47.70,-3.40,1", "97.70,-3.40,1")
    _, report = check(packed(tmp_path, text), tiny.SOURCE, ReadLimits(), tiny.TODAY)
    assert report.counts["number_out_of_range"] == 1


ZONE_IN_SMALL_LETTERS = """
    # agency.txt
    agency_id,agency_name,agency_url,agency_timezone
    S,Ship,http://x.fr,europe/paris
    """
NEGATIVE_PRICE = """
    # fare_attributes.txt
    fare_id,price,currency_type,payment_method,transfers
    one,-1.50,EUR,0,
    """


@pytest.mark.parametrize(
    ("text", "field", "ours"),
    [(ZONE_IN_SMALL_LETTERS, "agency_timezone", "timezone_case"), (NEGATIVE_PRICE, "price", "negative_price")],
)
def test_a_value_that_is_put_right_or_left_out_is_none_of_their_findings(
    tmp_path: Path, text: str, field: str, ours: str
) -> None:
    """Theirs, of another name and severity, would say that nothing can be made of it, or the same once more."""
    _, report = check(packed(tmp_path, text), tiny.SOURCE, ReadLimits(), tiny.TODAY)
    told = [one for one in report.notices if one.field == field]
    assert [one.code for one in told if one.canonical or one.code == ours] == [ours]


def test_what_only_has_the_name_of_a_finding_of_ours_is_told_beside_it(tmp_path: Path) -> None:
    """Ours names the row of a trip without a service, theirs one more: a fare needs its means of payment."""
    text = """
        # trips.txt
        route_id,service_id,trip_id,wheelchair_accessible
        R,ALL,T,1
        ,ALL,U,1

        # fare_attributes.txt
        fare_id,price,currency_type,payment_method,transfers
        one,1.50,EUR,,
        """
    _, report = check(packed(tmp_path, text), tiny.SOURCE, ReadLimits(), tiny.TODAY)
    found = {(one.file, one.line, one.field) for one in report.of("missing_required_field")}
    assert {("trips.txt", 3, "route_id"), ("fare_attributes.txt", 2, "payment_method")} <= found
    assert report.counts["missing_required_field"] == len(report.of("missing_required_field")) == len(found)


def test_no_canonical_finding_refuses_a_feed_whatever_its_name(tmp_path: Path) -> None:
    """A row that stands twice, and a fare in a zone without a stop, have the names of blocking faults there."""
    text = """
        # calendar_dates.txt
        service_id,date,exception_type
        ALL,20300601,2
        ALL,20300601,2

        # fare_attributes.txt
        fare_id,price,currency_type,payment_method,transfers
        one,1.50,EUR,0,0

        # fare_rules.txt
        fare_id,origin_id
        one,far
        """
    theirs = {one.code for one in canonical(packed(tmp_path, text), tiny.TODAY, ReadLimits()).notices}
    assert {"duplicate_key", "foreign_key_violation"} <= theirs
    _, report = check(packed(tmp_path, text), tiny.SOURCE, ReadLimits(), tiny.TODAY)
    assert report.accepted, str(report)
    assert {"repeated_row", "fare_zone_without_stop"} <= set(report.counts)
    assert not {"duplicate_key", "foreign_key_violation"} & set(report.counts)


def test_a_folder_round_the_feed_hides_no_file_from_them(tmp_path: Path) -> None:
    files = {f"feed/{name}": content for name, content in tiny.files(HEADSIGN_IN_CAPITALS).items()}
    _, report = check(tiny.packed(files, tmp_path / "feed.zip"), tiny.SOURCE, ReadLimits(), tiny.TODAY)
    assert "mixed_case_recommended_field" in report.counts
    assert "missing_required_file" not in report.counts


def test_a_short_row_hides_nothing_from_the_canonical_rules(tmp_path: Path) -> None:
    """The blank line and the row of three cells in front of it move no finding to another line."""
    text = tiny.files("# routes.txt\nroute_id,agency_id,route_short_name,route_type\nR,S,1,3\n")
    text["trips.txt"] = b"route_id,service_id,trip_id,trip_headsign\n\nR,ALL,T\nR,ALL,U,GARE DE LORIENT\n"
    text["stop_times.txt"] += b"U,A,1,9:00:00,9:00:00\nU,B,2,9:10:00,9:10:00\n"
    path = tiny.packed(text, tmp_path / "feed.zip")
    _, report = check(path, tiny.SOURCE, ReadLimits(), tiny.TODAY)
    assert [(one.file, one.line) for one in report.of("invalid_row_length")] == [("trips.txt", 3)]
    assert [(one.file, one.line) for one in report.of("mixed_case_recommended_field")] == [("trips.txt", 4)]


@pytest.mark.parametrize(("country", "told"), [("FR", ["agency_phone 'appelez'"]), ("", [])])
def test_telephone_numbers_are_judged_where_the_country_is_known(tmp_path: Path, country: str, told: list[str]) -> None:
    text = """
        # agency.txt
        agency_id,agency_name,agency_url,agency_timezone,agency_phone
        S,Bus,https://example.org,Europe/Paris,appelez
        """
    found = canonical(packed(tmp_path, text), tiny.TODAY, ReadLimits(), country)
    wrong = [one for one in found.notices if one.code == "invalid_phone_number"]
    assert [f"{one.field} {one.value!r}" for one in wrong] == told


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"max_check_s": 0.001}, "it took longer than 0.001 s"),
        ({"max_check_bytes": 2**20}, "it failed, or needed more"),
    ],
)
def test_a_check_that_goes_too_far_is_ended_and_told(tmp_path: Path, limits: dict[str, float], why: str) -> None:
    found = canonical(packed(tmp_path), tiny.TODAY, replace(ReadLimits(), **limits))
    assert [(notice.code, notice.message[: len(why)]) for notice in found.notices] == [(UNFINISHED, why)]


def test_an_unfinished_check_refuses_no_feed(tmp_path: Path) -> None:
    limits = ReadLimits(max_check_s=0.001)
    _, report = check(packed(tmp_path), tiny.SOURCE, limits, tiny.TODAY)
    assert report.accepted and report.counts == {UNFINISHED: 1}


def test_what_a_finding_is_about_stands_in_the_same_order_each_time(tmp_path: Path) -> None:
    """The engine gives the days of a timetable that is over in another order at each run."""
    file = packed(tmp_path, tiny.DEFAULTS.replace("20300101,20301231", "20200101,20201231"))
    _, report = check(file, tiny.SOURCE, ReadLimits(), tiny.TODAY)
    (found,) = report.of("trip_coverage_not_active_for_next7_days")
    days = "currentDate 20300501; serviceWindowEndDate 20201231; serviceWindowStartDate 20200101"
    assert found.message == f"trip coverage is not active for the next 7 days; {days}"
