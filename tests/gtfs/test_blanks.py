"""What would reach people unsafely or falsely counts as blank and is told; what is plainly meant is read as meant."""

from __future__ import annotations

import pytest

from gtfs.csv_file import read_table
from gtfs.table import Table
from tests.gtfs import tiny

LINKS = """
    # agency.txt
    agency_id,agency_name,agency_url,agency_timezone,agency_fare_url
    S,Ship,javascript:alert(1),Europe/Paris,data:text/html;x

    # routes.txt
    route_id,agency_id,route_short_name,route_type,route_color,route_text_color,route_url
    R,S,1,3,red;x:y,12345,java script:x
    """


def table(content: bytes) -> Table:
    return read_table("stops", bytearray(content))


def told(found: Table) -> list[tuple[str, str]]:
    return [(notice.code, notice.value) for notice in found.notices]


def names(found: Table) -> list[str]:
    return [str(text) for text in found["stop_name"].texts()]


def test_addresses_that_a_browser_would_run_and_colours_that_are_none_are_blank() -> None:
    report, feed = tiny.report(LINKS), tiny.accepted(LINKS)
    assert (feed.agencies[0].url, feed.agencies[0].fare_url) == ("", "")
    assert (feed.routes[0].url, feed.routes[0].color, feed.routes[0].text_color) == ("", "", "")
    assert [notice.value for notice in report.of("invalid_url")] == [
        *("javascript:alert(1)", "data:text/html;x", "java script:x"),
    ]
    assert [notice.value for notice in report.of("invalid_color")] == ["red;x:y", "12345"]


def test_a_fare_below_zero_is_none() -> None:
    text = "# fare_attributes.txt\nfare_id,price,currency_type,payment_method,transfers\none,-3.00,EUR,0,0"
    (found,) = tiny.report(text).of("negative_price")
    assert (found.line, found.field, found.value) == (2, "price", "-3.00")
    assert tiny.accepted(text).fares.fares == ()
    assert tiny.accepted(text).fares.doubts


@pytest.mark.parametrize(
    ("written", "shown", "lost"),
    [
        (b"Pl\x01ace", "Place", "U+0001"),
        ("Gare d\ufffdéchanges".encode(), "Gare déchanges", "U+FFFD"),
        ("Port\u202e sioul".encode(), "Port sioul", "U+202E"),
        ("\ufffe".encode(), "", "U+FFFE"),
    ],
)
def test_characters_that_cannot_be_shown_are_taken_out(written: bytes, shown: str, lost: str) -> None:
    found = table(b"stop_id,stop_name\nA," + written + b"\n")
    assert names(found) == [shown]
    assert told(found) == [("unshowable_character", shown)]
    assert found.notices[0].message == f"without {lost}"


def test_windows_1252_is_read_as_such() -> None:
    found = table("stop_id,stop_name\nA,Place de l’Œuvre – 5 €\n".encode("cp1252"))
    assert names(found) == ["Place de l’Œuvre – 5 €"]
    assert told(found) == [("invalid_character", "Place de l’Œuvre – 5 €")]


def test_capitals_in_the_names_of_columns_are_one_finding() -> None:
    found = table(b"Stop_ID,STOP_NAME\nA,Alpha\n")
    assert names(found) == ["Alpha"]
    assert told(found) == [("column_name_case", "Stop_ID")]


def test_semicolons_are_one_finding() -> None:
    found = table(b'stop_id;stop_name;stop_lat\nA;"Quai, nord; bas";47,75\n')
    assert names(found) == ["Quai, nord; bas"]
    assert found["stop_lat"].texts().tolist() == ["47.75"]
    assert told(found) == [("semicolons", "")]


@pytest.mark.parametrize("end", [b"\x1a", b"\x1a\r\n", b"\r\n\x1a"])
def test_the_sign_by_which_dos_ended_a_file_is_one_finding_and_no_row(end: bytes) -> None:
    found = table(b"stop_id,stop_name\r\nA,Alpha\r\n" + end)
    assert names(found) == ["Alpha"]
    assert told(found) == [("end_of_file_character", "")]


def test_a_zone_in_small_letters_is_read_as_what_it_means() -> None:
    text = "# agency.txt\nagency_id,agency_name,agency_url,agency_timezone\nS,Ship,http://x.fr,europe/paris"
    (found,) = tiny.report(text).of("timezone_case")
    assert (found.value, found.message) == ("europe/paris", "read as Europe/Paris")
    assert tiny.accepted(text).agencies[0].timezone == "Europe/Paris"


def test_a_zone_that_cannot_be_read_is_not_utc() -> None:
    text = "# agency.txt\nagency_id,agency_name,agency_url,agency_timezone\nS,Ship,http://x.fr,Europe/Lorient"
    assert tiny.accepted(text).agencies[0].timezone == ""


def test_a_call_without_a_stop_is_no_call_of_an_on_demand_trip() -> None:
    text = """
    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time
    T,,1,8:00:00
    T,,2,8:10:00
    """
    report = tiny.report(text)
    assert "only_flexible_trips" not in report.counts
    assert [(one.line, one.field) for one in report.of("missing_required_field")] == [(2, "stop_id"), (3, "stop_id")]
    assert not report.accepted
