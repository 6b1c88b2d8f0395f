"""What is written is what is read: each captured file, decoded, encoded and decoded again."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from google.transit import gtfs_realtime_pb2 as pb

from gtfs.realtime.decode import read_realtime
from gtfs.realtime.encode import write_realtime
from gtfs.realtime.records import RealtimeFeed
from tests.gtfs.realtime.feeds import feed, reference_data


def again(said: RealtimeFeed) -> RealtimeFeed:
    return read_realtime(write_realtime(said))


def written(said: RealtimeFeed) -> RealtimeFeed:
    """What of a feed is written: no positions, nothing of what was left out."""
    return replace(said, positions=(), left_out={})


@pytest.mark.parametrize("name", ["sncb_2019-06-04", "bart_2019-08-07", "victoria_bc_2026-01-29", "hsl_2020-02-23",
                                  "renfe", "bibus_brest_2021-12-16", "faroe_made", "auckland_2014-11-30"])  # fmt: skip
def test_captured_files_are_read_as_they_were_written(name: str) -> None:
    files = sorted(one for one in reference_data(f"realtime/{name}").iterdir() if ".pb" in one.name)
    assert files
    for file in files:
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        said = written(read_realtime(body))
        assert said.trip_updates or said.alerts or file.name.startswith("vehicle"), file
        assert again(said) == said, file


def test_a_change_of_every_kind_is_written_whole() -> None:
    """The words that no captured file has: copies, additional runs, other quays, occupancy, planned times."""
    said = read_realtime(
        feed(
            'trip_update { trip { trip_id: "a" start_date: "20260615" schedule_relationship: DUPLICATED } '
            'trip_properties { trip_id: "b" start_date: "20260616" start_time: "24:20:00" trip_headsign: "Port" } }',
            'trip_update { trip { trip_id: "n" route_id: "1" direction_id: 0 schedule_relationship: NEW } delay: -60 '
            'timestamp: 1781500000 stop_time_update { stop_sequence: 0 stop_id: "A" departure { time: 1781500000 '
            "delay: 0 scheduled_time: 1781499990 } departure_occupancy_status: FULL } }",
            'trip_update { trip { trip_id: "c" } stop_time_update { stop_id: "A" schedule_relationship: NO_DATA } '
            'stop_time_update { stop_id: "B" stop_time_properties { assigned_stop_id: "B2" stop_headsign: "Quai" } '
            "arrival { delay: 0 } } }",
            "alert { communication_period { start: 5 } impact_period { start: 6 end: 7 } informed_entity { trip { "
            'trip_id: "a" } } severity_level: SEVERE cause: WEATHER effect: NO_SERVICE url { translation { text: '
            '"https://boats.example" } } tts_header_text { translation { text: "Vent" language: "fr" } } }',
            "alert { communication_period { start: 5 } informed_entity { route_type: 0 } }",
        )
    )
    assert len(said.trip_updates) == 3 and len(said.alerts) == 2
    assert again(said) == said


def test_readers_of_the_older_standard_find_the_period_in_which_an_alert_is_told() -> None:
    said = read_realtime(feed("alert { communication_period { start: 5 end: 9 } impact_period { start: 6 end: 7 } }"))
    message = pb.FeedMessage.FromString(write_realtime(said))
    assert [(span.start, span.end) for span in message.entity[0].alert.active_period] == [(5, 9)]
