"""From the bytes of a GTFS-Realtime feed to records: what is said, what is not, and what cannot be believed."""

import gzip
from datetime import date

import pytest
from google.protobuf.internal import encoder
from google.transit import gtfs_realtime_pb2 as pb

from gtfs.errors import UnreadableRealtime
from gtfs.realtime.decode import MOST_BYTES, read_realtime
from gtfs.realtime.records import (
    CallRelation,
    Period,
    StopTimeEvent,
    StopTimeUpdate,
    TripDescriptor,
    TripRelation,
    TripUpdate,
)
from gtfs.realtime.text import plain_text
from tests.gtfs.realtime.feeds import feed, reference_data

AUCKLAND = "realtime/auckland_2014-11-30/trip_updates.pb.gz"


def test_an_update_is_read_as_it_is_said_and_what_is_not_said_is_none() -> None:
    body = feed(
        """trip_update { timestamp: 7 delay: 60
             trip { trip_id: "b1" start_date: "20260303" start_time: "25:10:00" schedule_relationship: NEW }
             stop_time_update { stop_sequence: 0 stop_id: "A" arrival { delay: 0 } }
             stop_time_update { stop_id: "B" departure { time: 90 scheduled_time: 80 } schedule_relationship: SKIPPED
                                stop_time_properties { assigned_stop_id: "B2" } } }"""
    )
    assert read_realtime(body).trip_updates == (
        TripUpdate(
            entity="0",
            trip=TripDescriptor("b1", start_date=date(2026, 3, 3), start_s=90_600, relation=TripRelation.NEW),
            calls=(
                StopTimeUpdate(sequence=0, stop_id="A", arrival=StopTimeEvent(delay_s=0)),
                StopTimeUpdate(
                    stop_id="B",
                    departure=StopTimeEvent(time_s=90, scheduled_s=80),
                    relation=CallRelation.SKIPPED,
                    assigned_stop_id="B2",
                ),
            ),
            timestamp_s=7,
            delay_s=60,
        ),
    )


def test_a_date_that_is_none_makes_no_other_date_of_it() -> None:
    body = feed('trip_update { trip { trip_id: "b1" start_date: "20260231" } }')
    assert read_realtime(body).trip_updates[0].trip == TripDescriptor("b1", is_sound=False)


def test_a_relation_that_the_bindings_do_not_know_is_not_scheduled() -> None:
    """protobuf reads it as the default, SCHEDULED, and says it is not there."""
    message = pb.FeedMessage()
    message.ParseFromString(feed('trip_update { trip { trip_id: "b1" } stop_time_update { stop_id: "A" } }'))
    update = message.entity[0].trip_update
    later = encoder.TagBytes(4, 0) + bytes([77])
    update.trip.MergeFromString(later)
    assert read_realtime(message.SerializeToString()).trip_updates[0].trip.relation is TripRelation.UNKNOWN
    update.stop_time_update[0].MergeFromString(encoder.TagBytes(5, 0) + bytes([77]))
    assert read_realtime(message.SerializeToString()).trip_updates[0].calls[0].relation is CallRelation.UNKNOWN


@pytest.mark.parametrize("cut", [0, 1, 8, 15, 24])
def test_what_is_cut_off_or_empty_is_refused(cut: int) -> None:
    whole = feed('trip_update { trip { trip_id: "b1" } stop_time_update { stop_id: "A" } }')
    with pytest.raises(UnreadableRealtime):
        read_realtime(whole[:cut])


@pytest.mark.parametrize("body", [b"<html>busy</html>", b'{"entity": []}', b"\n" * (MOST_BYTES + 1)])
def test_what_is_something_else_or_too_large_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableRealtime):
        read_realtime(body)


def test_changes_alone_are_refused() -> None:
    with pytest.raises(UnreadableRealtime, match="DIFFERENTIAL"):
        read_realtime(feed(header="incrementality: DIFFERENTIAL"))


def test_a_deleted_entity_and_one_of_no_kind_are_counted() -> None:
    found = read_realtime(feed("is_deleted: true", "", "vehicle { position { latitude: 91 longitude: 0 } }"))
    assert found.left_out == {"deleted": 1, "other": 1, "position_without_a_place": 1}


def test_active_period_does_for_both_where_the_two_that_came_later_are_absent() -> None:
    old, new = read_realtime(
        feed(
            "alert { active_period { start: 5 } }",
            "alert { active_period { start: 5 } communication_period { start: 1 end: 9 } impact_period { start: 7 } }",
        )
    ).alerts
    assert (old.communication, old.impact) == ((Period(5),), (Period(5),))
    assert (new.communication, new.impact) == ((Period(1, 9),), (Period(7),))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("  Ligne 2 <b>déviée</b><br>jusqu&rsquo;au 3  ", "Ligne 2 déviée\njusqu’au 3"),
        ("<script>alert(1)</script>Travaux", "Travaux"),
        ('Voir <a href="https://a.example/x">ici</a>', "Voir ici (https://a.example/x)"),
        ('Voir <a href="javascript:alert(1)">ici</a>', "Voir ici"),
        ("&lt;img src=x onerror=alert(1)&gt;", "<img src=x onerror=alert(1)>"),
        ("moins de 5 < 6 minutes", "moins de 5 < 6 minutes"),
    ],
)
def test_texts_are_plain_and_keep_their_links(said: str, plain: str) -> None:
    assert plain_text(said) == plain


def test_a_real_city_is_read_whole() -> None:
    """Counts: data/realtime/README.md."""
    found = read_realtime(gzip.decompress(reference_data(AUCKLAND).read_bytes()))
    calls = [call for update in found.trip_updates for call in update.calls]
    relations = [update.trip.relation for update in found.trip_updates]
    assert (len(relations), len(calls)) == (2847, 60074)
    assert relations.count(TripRelation.CANCELED) == 3
    assert sum(call.relation is CallRelation.SKIPPED for call in calls) == 128


def test_where_protobuf_runs_in_python_alone_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """190 times slower: it is to be noticed at once, not by travellers."""
    monkeypatch.setattr("gtfs.realtime.decode.api_implementation.Type", lambda: "python")
    with pytest.raises(RuntimeError, match="runs as 'python', not as 'upb'"):
        read_realtime(feed(""))


@pytest.mark.parametrize(("length", "is_kept"), [(36, True), (1000, False)])
def test_a_name_that_no_timetable_has_at_such_length_is_not_kept_from_file_to_file(length: int, is_kept: bool) -> None:
    body = feed(f'trip_update {{ trip {{ trip_id: "{"b" * length}" }} delay: 60 }}')
    first, second = (read_realtime(body).trip_updates[0].trip for _ in range(2))
    assert first == second
    assert (first is second) is is_kept
