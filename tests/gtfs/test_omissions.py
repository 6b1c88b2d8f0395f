"""A bad row of an optional table is left out and told; what would make answers wrong still refuses the feed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gtfs.around import Around
from gtfs.errors import RejectedFeed
from gtfs.validate import validate
from tests.gtfs import tiny

TRANSFER = "# transfers.txt\nfrom_stop_id,to_stop_id,transfer_type\nA,Z,2\nA,B,1"
SHAPE = """
    # shapes.txt
    shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
    P,47.70,-3.40,1
    P,47.71,-3.40,2
    P,47.99,-3.40,2
    """
FARES = """
    # fare_attributes.txt
    fare_id,price,currency_type,payment_method,transfers,agency_id
    dear,9.00,EUR,0,,Z
    cheap,1.00,EUR,0,,S

    # fare_rules.txt
    fare_id,route_id
    dear,R
    cheap,R
    """
TRIP = "# trips.txt\nroute_id,service_id,trip_id,shape_id\nR,ALL,T,nowhere\n"
LEFT = {
    "ERROR optional_row_left_out transfers.txt:2:to_stop_id 'Z' (not in stops)": TRANSFER,
    "ERROR optional_row_left_out shapes.txt:4:shape_id shape_pt_sequence 'P 2' (its key is there already)": SHAPE,
    "ERROR optional_row_left_out fare_attributes.txt:2:agency_id 'Z' (not in agency)": FARES,
    "ERROR optional_row_left_out fare_rules.txt:2:fare_id 'dear' (not in fare_attributes)": FARES,
    "ERROR optional_row_left_out frequencies.txt:2:trip_id 'X' (not in trips)": (
        "# frequencies.txt\ntrip_id,start_time,end_time,headway_secs\nX,8:00:00,9:00:00,600"
    ),
    "WARNING optional_reference_ignored trips.txt:2:shape_id 'nowhere' (not in shapes)": TRIP + SHAPE,
    "ERROR optional_table_left_out fare_attributes.txt:1:price (there is no such column)": (
        "# fare_attributes.txt\nfare_id,currency_type\ndear,EUR"
    ),
}


@pytest.mark.parametrize(("notice", "text"), LEFT.items(), ids=LEFT)
def test_it_is_left_out_and_told_and_the_feed_loads(notice: str, text: str) -> None:
    report = tiny.report(text)
    assert notice in [str(one) for one in report.notices]
    assert report.accepted, str(report)
    assert tiny.ride(tiny.accepted(text)) == "A 8:00 > B 8:10 > C 8:20"


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_who_wants_it_strict_has_the_feed_refused(text: str) -> None:
    strict = replace(tiny.feed(text), around=Around(strict=True))
    assert not validate(strict, tiny.TODAY).accepted


def test_the_rest_of_the_table_stays() -> None:
    feed = tiny.accepted(TRANSFER)
    rules = zip(feed.transfers.from_stop.tolist(), feed.transfers.to_stop.tolist(), strict=True)
    assert [(feed.stops[a].id, feed.stops[b].id) for a, b in rules] == [("A", "B")]
    assert tiny.accepted(TRIP + SHAPE).shapes.lat.tolist() == [47.70, 47.71]


def test_no_price_is_told_as_the_whole_where_a_fare_was_left_out() -> None:
    fares = tiny.accepted(FARES).fares
    assert [fare.id for fare in fares.fares] == ["cheap"]
    assert [(doubt.file, doubt.line) for doubt in fares.doubts] == [("fare_attributes.txt", 2), ("fare_rules.txt", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "# transfers.txt\nfrom_stop_id,to_stop_id,transfer_type\nA,B,0\nA,B,3",
        "# frequencies.txt\ntrip_id,start_time,end_time,headway_secs\nT,8:00:00,9:00:00,600\nT,8:00:00,9:00:00,60",
        "# frequencies.txt\ntrip_id,start_time,end_time\nT,8:00:00,9:00:00",
    ],
)
def test_what_would_give_another_ride_still_refuses(text: str) -> None:
    with pytest.raises(RejectedFeed):
        tiny.accepted(text)
