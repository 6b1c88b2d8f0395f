"""The live state as open data: merged, the operator's word alone, as it was fetched; who takes it reads it equal."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from gtfs.realtime.decode import read_realtime
from gtfs.realtime.records import RealtimeFeed
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import LATE, Make
from tests.mobility.live.now import update
from tests.town import moment

TYPED = "Traversée annulée : tempête"


class Typed:
    """What an operator has typed: the first boat does not leave."""

    def revision(self) -> int:
        return 1

    def in_force(self, now_s: int) -> list[tuple[OperatorMessage, tuple[tuple[str, str], ...]]]:
        message = OperatorMessage(
            "m1", MessageEffect.CANCELLED, MessageCause.WEATHER, moment("2026-06-03 6:00"), moment("2026-06-03 12:00"),
            line="t_Boat2",
        )  # fmt: skip
        return [(message, (("fr", TYPED),))]


def read(client: FlaskClient, path: str) -> RealtimeFeed:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/x-protobuf"), path
    return read_realtime(answer.data)


def told(feed: RealtimeFeed) -> list[str]:
    return sorted(f"{update.trip.trip_id} {update.trip.relation}" for update in feed.trip_updates)


def served(live_town: Make) -> LiveTown:
    town = live_town()
    town.messages = Typed()
    town.say(LATE, update("Boat2-1 start_date:20260603", "D dep+120"))
    return town


def test_sources_and_operators_go_out_in_their_order(live_town: Make) -> None:
    town = served(live_town)
    merged = read(town.client, "/data/realtime/t.pb")
    assert told(merged) == ["Boat2-1 CANCELED", "Boat2-2 CANCELED", "Bus1-1 SCHEDULED"]
    (bus,) = [one for one in merged.trip_updates if one.trip.trip_id == "Bus1-1"]
    at_b = moment("2026-06-03 8:17")
    assert [(call.stop_id, call.departure.time_s, call.departure.delay_s) for call in bus.calls if call.departure] == [
        ("B", at_b, 420), ("C", at_b + 600, 420),
    ]  # fmt: skip
    (alert,) = merged.alerts
    assert (alert.header, alert.informed[0].route_id, alert.cause) == ((("fr", TYPED),), "Boat2", "WEATHER")


def test_what_operators_type_goes_out_alone_too(live_town: Make) -> None:
    typed = read(served(live_town).client, "/data/realtime/t/typed.pb")
    assert told(typed) == ["Boat2-1 CANCELED", "Boat2-2 CANCELED"]
    assert len(typed.alerts) == 1


def test_what_was_fetched_goes_out_byte_for_byte(live_town: Make) -> None:
    town = served(live_town)
    answer = town.client.get("/data/realtime/t/trip_updates.pb")
    assert answer.data == (town.folder / "rt.pb").read_bytes()
    again = town.client.get("/data/realtime/t/trip_updates.pb", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


FILES = "t.pb, t/typed.pb, t/trip_updates.pb, t/alerts.pb, t/positions.pb"


@pytest.mark.parametrize("wrong", ["t/other.pb", "nobody/alerts.pb", "nobody/typed.pb", "nobody.pb"])
def test_a_wrong_name_is_told_the_names_that_there_are(live_town: Make, wrong: str) -> None:
    code, problem = served(live_town).client.refused(f"/data/realtime/{wrong}")
    assert (code, problem["detail"]) == (404, f"fichier introuvable ; connus : {FILES}")


def test_what_was_never_fetched_is_no_name(live_town: Make) -> None:
    """The town's source has said nothing yet."""
    _, problem = live_town().client.refused("/data/realtime/t/alerts.pb")
    assert problem["detail"] == "fichier introuvable ; connus : t.pb, t/typed.pb"


def test_another_hent_that_reads_the_feed_knows_the_same(live_town: Make) -> None:
    town = served(live_town)
    before = town.plan(), read(town.client, "/data/realtime/t.pb")
    (town.folder / "rt.pb").write_bytes(town.client.get("/data/realtime/t.pb").data)
    town.messages = type("Nothing", (Typed,), {"revision": lambda self: 2, "in_force": lambda self, now_s: []})()
    town._writer = None
    town.writer.look()
    merged = read(town.client, "/data/realtime/t.pb")
    assert (town.plan(), told(merged)) == (before[0], told(before[1]))
    assert {alert.header for alert in merged.alerts} == {(("fr", TYPED),)}


def test_the_file_is_of_now_and_its_news_of_when_they_were_said(live_town: Make) -> None:
    town = served(live_town)
    said_s = moment(town.now)
    town.now = "2026-06-03 7:56"
    town.writer.look()
    answer = town.client.get("/data/realtime/t.pb")
    merged = read_realtime(answer.data)
    assert (merged.timestamp_s, merged.trip_updates[0].timestamp_s) == (said_s + 60, said_s)
    assert answer.headers["Cache-Control"] == "public, max-age=10"
    same = town.client.get("/data/realtime/t.pb", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304


def test_where_the_writer_has_fallen_silent_the_file_grows_old(live_town: Make) -> None:
    town = served(live_town)
    written_s = moment(town.now)
    town.now = "2026-06-03 8:05"
    assert read(town.client, "/data/realtime/t.pb").timestamp_s == written_s + 60


def test_where_nothing_is_known_an_empty_feed_says_so(live_town: Make) -> None:
    town = live_town()
    town.writer.look()
    feed = read(town.client, "/data/realtime/t.pb")
    assert (feed.trip_updates, feed.alerts, feed.timestamp_s) == ((), (), moment(town.now))
    assert town.client.get("/data/realtime/nobody.pb").status_code == 404


def test_the_catalogue_names_the_feeds_with_their_licences(live_town: Make) -> None:
    datasets = live_town().client.get("/data/catalog.json", headers={"Host": "evil.example"}).json["datasets"]
    (found,) = [one for one in datasets if one["id"] == "realtime-t"]
    assert found["licences"] == ["test", "Licence Ouverte 2.0"]
    paths = [file["url"].partition("/data/realtime/")[2] for file in found["distributions"]]
    assert paths == ["t.pb", "t/typed.pb", "t/trip_updates.pb", "t/alerts.pb", "t/positions.pb"]
    assert not any("evil" in file["url"] for file in found["distributions"])
