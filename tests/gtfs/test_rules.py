"""Each rule has a feed that breaks it, otherwise as in tiny.py."""

import re
from pathlib import Path

import gtfs_guru
import pytest

from gtfs.canonical import UNFINISHED
from gtfs.remedy import REMEDIES
from gtfs.rules import RULES
from gtfs.rules.routes import contrast
from gtfs.table import READING
from gtfs.validate import BLOCKING
from tests.gtfs import tiny
from tests.gtfs.test_territory import HELD_AGAINST

BROKEN = """
== missing_required_field | trips.txt:3:trip_id
# trips.txt
route_id,service_id,trip_id,wheelchair_accessible
R,ALL,T,1
R,ALL,,1

== invalid_float | stops.txt:2:stop_lat '47,7' (no latitude)
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,"47,7",-3.4,,,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1

== invalid_date | calendar.txt:3:start_date '2030.01.01' (no date as YYYYMMDD)
# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
ALL,1,1,1,1,1,1,1,20300101,20301231
ODD,1,1,1,1,1,1,1,2030.01.01,20301231

== invalid_time | stop_times.txt:3:arrival_time '8h10' (no time as HH:MM:SS)
# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,8:00:00,8:00:00
T,B,2,8h10,8:10:00
T,C,3,8:20:00,8:20:00
U,A,1,8:00:00,8:00:00
U,B,2,8:10:00,8:10:00

# trips.txt
route_id,service_id,trip_id,wheelchair_accessible
R,ALL,T,1
R,ALL,U,1

== invalid_integer | routes.txt:2:route_sort_order 'first' (no whole number from 0 on)
# routes.txt
route_id,agency_id,route_short_name,route_type,route_sort_order
R,S,1,3,first

== number_out_of_range | stops.txt:2:stop_lat '97.7' (no latitude)
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding
A,Alpha,97.7,-3.40,1
B,Beta,47.71,-3.40,1
C,Gamma,47.72,-3.40,1

== stops_at_one_place | stops.txt:5:stop_id 'D' (as A)
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding
A,Alpha,47.70,-3.40,1
B,Beta,47.71,-3.40,1
C,Gamma,47.72,-3.40,1
D,Alfa,47.70,-3.40,1

== stop_never_served | stops.txt:4:stop_id 'C'
# trips.txt
route_id,service_id,trip_id,wheelchair_accessible
R,ALL,T,1
R,NEVER,U,1

# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
ALL,1,1,1,1,1,1,1,20300101,20301231
NEVER,0,0,0,0,0,0,0,20300101,20301231

# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,8:00:00,8:00:00
T,B,2,8:10:00,8:10:00
U,A,1,9:00:00,9:00:00
U,C,2,9:10:00,9:10:00

== accessible_trip_without_accessible_stop | trips.txt:2:wheelchair_accessible '1'
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding
A,Alpha,47.70,-3.40,2
B,Beta,47.71,-3.40,2
C,Gamma,47.72,-3.40,2

== same_on_public_holiday | calendar_dates.txt:date '2030-05-01' (1 trips, as on 2030-04-24)
# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
ALL,1,1,1,1,1,1,0,20300101,20301231
SUMMER,0,0,0,0,0,1,0,20300701,20300831

# trips.txt
route_id,service_id,trip_id,wheelchair_accessible
R,ALL,T,1
R,SUMMER,U,1

# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,8:00:00,8:00:00
T,C,2,8:20:00,8:20:00
T,B,3,8:30:00,8:30:00
U,A,1,9:00:00,9:00:00
U,B,2,9:10:00,9:10:00

== unexpected_enum_value | trips.txt:2:wheelchair_accessible '7' (not in 0-2)
# trips.txt
route_id,service_id,trip_id,wheelchair_accessible
R,ALL,T,7

== reference_to_missing_file | trips.txt:shape_id (there is no shapes.txt)
# trips.txt
route_id,service_id,trip_id,wheelchair_accessible,shape_id
R,ALL,T,1,L

== repeated_row | stop_times.txt:3:trip_id stop_sequence 'T 1'
# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,8:00:00,8:00:00
T,A,1,8:00:00,8:00:00
T,B,2,8:10:00,8:10:00
T,C,3,8:20:00,8:20:00

== unknown_column | agency.txt:1:agency_fax
# agency.txt
agency_id,agency_name,agency_url,agency_timezone,agency_fax
S,S,http://x,UTC,1

== unknown_file | frecuencias.txt
# frecuencias.txt
a

== expired_feed | calendar.txt '2030-04-30' (the last day of service)
# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
ALL,1,1,1,1,1,1,1,20300101,20300430

== feed_ends_soon | calendar.txt '2030-05-05' (the last day of service)
# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
ALL,1,1,1,1,1,1,1,20300101,20300505

== feed_starts_later | calendar.txt '2030-06-01' (the first day of service)
# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
ALL,1,1,1,1,1,1,1,20300601,20301231

== service_never_active | calendar.txt:service_id 'OFF'
# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
ALL,1,1,1,1,1,1,1,20300101,20301231
OFF,0,0,0,0,0,0,0,20300101,20301231

# trips.txt
route_id,service_id,trip_id,wheelchair_accessible
R,OFF,T,1

== start_and_end_range_out_of_order | calendar.txt:3:end_date '20291231' (before start_date)
# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
ALL,1,1,1,1,1,1,1,20300101,20301231
OLD,1,1,1,1,1,1,1,20300101,20291231

== missing_recommended_file | feed_info.txt | without feed_info.txt

== more_than_one_entity | feed_info.txt:3
# feed_info.txt
feed_publisher_name
Hent
Hent

== missing_stop_name | stops.txt:2:stop_id 'A'
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,,47.7,-3.4,,,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1

== stop_without_location | stops.txt:2:stop_id 'A'
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,,,,,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1

== point_near_origin | stops.txt:2:stop_id 'A'
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,0.1,0,,,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1

== unused_stop | stops.txt:5:stop_id 'D'
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,47.7,-3.4,,,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1
D,Delta,47.7,-3.4,,,1

== location_with_unexpected_stop_time | stop_times.txt:2:stop_id 'A'
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,47.7,-3.4,1,,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1

== wrong_parent_location_type | stops.txt:2:parent_station 'B'
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,47.7,-3.4,,B,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1

== location_without_parent_station | stops.txt:5:stop_id 'D'
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,47.7,-3.4,,,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1
D,Door,47.7,-3.4,2,,1

== wheelchair_access_unknown | stops.txt:wheelchair_boarding (unknown in 1 of 3 rows)
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,47.7,-3.4,,,
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1

== invalid_timezone | agency.txt:2:agency_timezone 'Europe/Lorient'
# agency.txt
agency_id,agency_name,agency_url,agency_timezone
S,Ship,http://x,Europe/Lorient

== inconsistent_agency_timezone | agency.txt:3:agency_timezone 'UTC'
# agency.txt
agency_id,agency_name,agency_url,agency_timezone
S,Ship,http://x,Europe/Paris
B,Bus,http://x,UTC

== invalid_color | routes.txt:2:route_color '#00ff00'
# routes.txt
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R,S,1,,3,#00ff00,

== invalid_url | agency.txt:2:agency_url 'www.example.org'
# agency.txt
agency_id,agency_name,agency_url,agency_timezone
S,Ship,www.example.org,Europe/Paris

== invalid_currency | fare_attributes.txt:2:currency_type 'euro'
# fare_attributes.txt
fare_id,price,currency_type
one,1.5,euro

== route_color_contrast | routes.txt:2:route_text_color 'FFFFFF'
# routes.txt
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R,S,1,,3,FFFF00,FFFFFF

== unknown_route_type | routes.txt:2:route_type '42'
# routes.txt
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R,S,1,,42,,

== route_both_short_and_long_name_missing | routes.txt:2:route_id 'R'
# routes.txt
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R,S,,,3,,

== route_long_name_contains_short_name | routes.txt:2:route_long_name '1'
# routes.txt
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R,S,1,1,3,,

== duplicate_route_name | routes.txt:3:route_id 'Q'
# routes.txt
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R,S,1,,3,,
Q,S,1,,3,,

== missing_required_agency_id | routes.txt:2:route_id 'R'
# agency.txt
agency_id,agency_name,agency_url,agency_timezone
S,Ship,http://x,UTC
B,Bus,http://x,UTC

# routes.txt
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R,,1,,3,,

== unused_route | routes.txt:3:route_id 'Q'
# routes.txt
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R,S,1,,3,,
Q,S,2,,3,,

== unusable_trip | trips.txt:3:trip_id 'U' (no call)
# trips.txt
route_id,service_id,trip_id,wheelchair_accessible
R,ALL,T,1
R,ALL,U,1

== stop_time_with_arrival_before_previous_departure_time | stop_times.txt:6:arrival_time '7:59:00'
# trips.txt
route_id,service_id,trip_id,wheelchair_accessible
R,ALL,T,1
R,ALL,U,1

# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,8:00:00,8:00:00
T,B,2,8:10:00,8:10:00
T,C,3,8:20:00,8:20:00
U,A,1,8:00:00,8:00:00
U,B,2,7:59:00,8:10:00

== missing_trip_edge | trips.txt:2:trip_id 'T'
# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,,
T,B,2,8:10:00,8:10:00
T,C,3,8:20:00,8:20:00

== interpolated_times | stop_times.txt:arrival_time (1 of 3 calls)
# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,8:00:00,8:00:00
T,B,2,,
T,C,3,8:20:00,8:20:00

== time_without_seconds | stop_times.txt:arrival_time '8:00' (1 different times)
# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,8:00,8:00:00
T,B,2,8:10:00,8:10:00
T,C,3,8:20:00,8:20:00

== fast_travel_between_consecutive_stops | stop_times.txt:3:arrival_time '8:10:00' (the stop before is too far away)
# stops.txt
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
A,Alpha,48.7,-3.4,,,1
B,Beta,47.71,-3.4,,,1
C,Gamma,47.72,-3.4,,,1

== only_flexible_trips | stop_times.txt (2 on-demand calls)
# stop_times.txt
trip_id,location_id,stop_sequence
T,z,1
T,z,2

== flexible_trips | stop_times.txt (1 on-demand calls)
# stop_times.txt
trip_id,stop_id,stop_sequence,arrival_time,departure_time
T,A,1,8:00:00,8:00:00
T,B,2,8:10:00,8:10:00
T,C,3,8:20:00,8:20:00
T,,4,,

== bad_frequency | frequencies.txt:2:headway_secs '0' (no headway)
# frequencies.txt
trip_id,start_time,end_time,headway_secs
T,8:00:00,9:00:00,0

== overlapping_frequency | frequencies.txt:3:start_time '8:30:00'
# frequencies.txt
trip_id,start_time,end_time,headway_secs
T,8:00:00,9:00:00,600
T,8:30:00,9:30:00,600

== incomplete_transfer | transfers.txt:2:transfer_type '1'
# transfers.txt
from_stop_id,transfer_type
A,1

== transfer_without_time | transfers.txt:2:min_transfer_time
# transfers.txt
from_stop_id,to_stop_id,transfer_type
A,B,2

== unused_shape | shapes.txt:shape_id 'L' (1 shapes)
# shapes.txt
shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
L,47.7,-3.4,1
"""
"""Blocks of code, place of the notice (file:line:field value, message), files left out, and the tables that differ."""


def broken() -> dict[str, tuple[str, str, str]]:
    """Code -> place, tables, files left out."""
    found = {}
    for block in BROKEN.split("\n== ")[1:]:
        heading, _, text = block.partition("\n")
        code, place, *without = heading.split(" | ")
        found[code] = (place, text, " ".join(without).removeprefix("without "))
    return found


@pytest.mark.parametrize("code", broken())
def test_a_rule_finds_what_breaks_it_and_the_feed_loads(code: str) -> None:
    place, text, without = broken()[code]
    report = tiny.report(text, without)
    assert place in [str(notice).split(" ", 2)[2].partition(" (earlier")[0] for notice in report.of(code)]
    assert report.accepted, str(report)
    tiny.accepted(text, without)


def test_every_rule_that_does_not_block_has_a_feed_that_breaks_it() -> None:
    assert set(broken()) == {rule.code for rule in RULES} - set(BLOCKING) - HELD_AGAINST


def test_every_code_has_a_remedy() -> None:
    ours = {rule.code for rule in RULES} | set(READING) | {UNFINISHED}
    assert set(REMEDIES) == ours | set(gtfs_guru.notice_codes())


def test_every_rule_says_what_is_wrong_and_where_that_is_written() -> None:
    assert [rule.code for rule in RULES if not re.search(r"\bSource: ", rule.check.__doc__ or "")] == []


def documented() -> dict[str, tuple[str, bool]]:
    """Code -> severity and whether it blocks, of the table in docs/feed-rules.md."""
    text = (Path(__file__).parents[2] / "docs" / "feed-rules.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+)( \(blocking\))? \|", text, re.MULTILINE)
    return {code: (severity, bool(blocking)) for code, severity, blocking in rows}


def test_every_rule_is_documented_as_it_is() -> None:
    rules = {rule.code: rule.severity for rule in RULES} | dict(READING)
    assert documented() == {code: (severity.name, code in BLOCKING) for code, severity in rules.items()}


def test_black_on_white_contrasts_most() -> None:
    assert contrast("000000", "FFFFFF") == 21
    assert contrast("777777", "777777") == 1
