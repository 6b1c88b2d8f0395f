"""Blocking faults refuse a feed; everything else is reported, with file, line, field and value, and the feed loads."""

import json

import pytest

from gtfs.errors import RejectedFeed
from gtfs.validate import BLOCKING
from tests.gtfs import tiny

TWICE = """
    # stops.txt
    stop_id,stop_name,stop_lat,stop_lon
    A,Alpha,47.70,-3.40
    B,Beta,47.71,-3.40
    C,Gamma,47.72,-3.40
    A,Alpha,47.70,-3.40
    """
REFUSED = {
    "ERROR missing_required_file agency.txt": ("", "agency.txt"),
    "ERROR missing_calendar_and_calendar_date_files calendar.txt (neither is calendar_dates.txt)": ("", "calendar.txt"),
    "ERROR missing_required_file stop_times.txt": ("", "stop_times.txt"),
    "ERROR missing_required_column trips.txt:1:service_id": ("# trips.txt\nroute_id,trip_id\nR,T", ""),
    "ERROR missing_required_column routes.txt:1:route_id": ("# routes.txt\n", ""),
    "ERROR duplicate_key stops.txt:5:stop_id 'A'": (TWICE, ""),
    "ERROR duplicate_key stop_times.txt:3:trip_id stop_sequence 'T 01'": (
        "# stop_times.txt\ntrip_id,stop_id,stop_sequence,arrival_time\nT,A,1,8:00:00\nT,B,01,8:10:00",
        "",
    ),
    "ERROR foreign_key_violation stop_times.txt:3:stop_id 'Z' (not in stops)": (
        "# stop_times.txt\ntrip_id,stop_id,stop_sequence,arrival_time\nT,A,1,8:00:00\nT,Z,2,8:10:00",
        "",
    ),
    "ERROR foreign_key_violation trips.txt:2:service_id 'NONE' (not in services)": (
        "# trips.txt\nroute_id,service_id,trip_id\nR,NONE,T",
        "",
    ),
    "ERROR no_usable_trip trips.txt (1 trip, none with two usable calls)": (
        "# stop_times.txt\ntrip_id,stop_id,stop_sequence,arrival_time\nT,A,1,8:00:00",
        "",
    ),
}


@pytest.mark.parametrize(("notice", "feed"), REFUSED.items(), ids=REFUSED)
def test_a_blocking_fault_refuses_the_feed(notice: str, feed: tuple[str, str]) -> None:
    with pytest.raises(RejectedFeed) as caught:
        tiny.accepted(*feed)
    assert notice in [str(fault) for fault in caught.value.report.faults]


def test_every_blocking_code_is_shown_to_block() -> None:
    assert {notice.split()[1] for notice in REFUSED} == set(BLOCKING)


def test_a_sound_feed_has_no_findings() -> None:
    assert tiny.report().counts == {}


@pytest.mark.parametrize("table", ["shapes", "levels", "areas"])
def test_ids_of_a_file_that_was_not_published_do_not_refuse_the_feed(table: str) -> None:
    texts = {
        "shapes": "# trips.txt\nroute_id,service_id,trip_id,shape_id,wheelchair_accessible\nR,ALL,T,L,1",
        "levels": tiny.DEFAULTS.replace("wheelchair_boarding", "wheelchair_boarding,level_id").replace(
            ",1\n", ",1,G\n"
        ),
        "areas": "# fare_products.txt\nfare_product_id,amount,currency\nP,1,EUR\n\n"
        "# fare_leg_rules.txt\nfare_product_id,from_area_id\nP,town",
    }
    report = tiny.report(texts[table])
    assert (report.accepted, f"there is no {table}.txt") == (True, report.of("reference_to_missing_file")[0].message)


def test_a_row_that_stands_twice_is_read_once() -> None:
    text = """
    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time
    T,A,1,8:00:00,8:00:00
    T,A,1,8:00:00,8:00:00
    T,B,2,8:10:00,8:10:00
    """
    assert tiny.ride(tiny.accepted(text)) == "A 8:00 > B 8:10"
    assert [notice.line for notice in tiny.report(text).of("repeated_row")] == [3]


def test_a_report_reads_as_a_list_gravest_first() -> None:
    report = tiny.report("# routes.txt\nroute_id,agency_id,route_short_name,route_type,route_color\nR,Z,1,3,green")
    assert str(report).splitlines() == [
        f"tiny: REJECTED, 2 findings ({report.sha256[:12]})",
        "      1 x ERROR foreign_key_violation (blocking)",
        "          routes.txt:2:agency_id 'Z' (not in agency)",
        "      1 x WARNING invalid_color",
        "          routes.txt:2:route_color 'green'",
    ]


def test_a_report_begins_with_what_travellers_notice_and_ends_with_what_is_good_to_know() -> None:
    text = """
        # stops.txt
        stop_id,stop_name,stop_lat,stop_lon
        A,Alpha,47.70,-3.40
        B,,47.71,-3.40
        C,Gamma,47.72,-3.40

        # routes.txt
        route_id,agency_id,route_short_name,route_type,route_color
        R,S,1,3,green
        """
    first, *_, last = str(tiny.report(text)).splitlines()[1:]
    assert first == "      1 x WARNING missing_stop_name"
    assert last == "      good to know: 1 x wheelchair_access_unknown"


def test_a_report_reads_as_json() -> None:
    report = json.loads(json.dumps(tiny.report(TWICE).to_dict()))
    assert (report["source"], report["accepted"], report["checkedOn"]) == ("tiny", False, "2030-05-01")
    first = report["notices"][0]
    assert (first["code"], first["severity"], first["blocking"], first["totalNotices"]) == (
        "duplicate_key",
        "ERROR",
        True,
        1,
    )
    assert first["sampleNotices"] == [{"file": "stops.txt", "line": 5, "field": "stop_id", "value": "A", "message": ""}]


def test_a_report_keeps_a_thousand_notices_of_a_code_and_counts_all() -> None:
    calls = "".join(f"T,Z{number},{number},8:00:00\n" for number in range(1500))
    report = tiny.report(f"# stop_times.txt\ntrip_id,stop_id,stop_sequence,arrival_time\n{calls}")
    assert len(report.of("foreign_key_violation")) == 1000
    assert report.counts["foreign_key_violation"] == 1500
