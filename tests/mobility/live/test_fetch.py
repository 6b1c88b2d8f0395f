"""How sources are asked over HTTP. What one of them does wrong is its own fault and keeps no other from being asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mobility.live.fetch import BOUNDS, Mark, fetch
from mobility.live.follow import Writer
from mobility.live.source import RealtimeSource
from mobility.live.source_fault import NO_FAULT, SourceFault
from mobility.live.sources import Heard, asked
from mobility.remote.errors import Unfetchable
from mobility.remote.remote_file import FetchBounds
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.mobility.remote.server import DATE, ETAG, Publisher, publishing

AT = 1_780_466_100


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        found.body = realtime_feed(header=f"timestamp: {AT}")
        yield found


def look(source: RealtimeSource, heard: Heard, now_s: float) -> Heard:
    return asked(source, source.trip_updates, heard, now_s)


@pytest.mark.parametrize(("etag", "date", "name"), [(ETAG, "", "if-none-match"), ("", DATE, "if-modified-since")])
def test_what_the_server_knows_again_is_not_sent_again_and_still_holds(
    publisher: Publisher, etag: str, date: str, name: str
) -> None:
    publisher.etag, publisher.date = etag, date
    source = RealtimeSource("t", publisher.address + "/file")
    first = look(source, Heard(), AT)
    again = look(source, first, AT + 60)
    assert [asking.get(name) for asking in publisher.asked] == [None, etag or date]
    assert (again.serial, again.confirmed_s, again.fault, again.body) == (1, AT + 60, NO_FAULT, publisher.body)


def test_looks_are_spread_so_that_not_all_ask_at_the_same_second(publisher: Publisher) -> None:
    source = RealtimeSource("t", publisher.address + "/file", every_s=100)
    due = [look(source, Heard(), AT).due_s - AT for _ in range(20)]
    assert all(90 <= one_s <= 110 for one_s in due) and len(set(due)) > 1


def test_a_server_that_fails_is_asked_ever_less_often_and_as_before_once_it_answers(publisher: Publisher) -> None:
    """Twice the time for each failure, to ten minutes, spread by a tenth; before that it is not asked at all."""
    source = RealtimeSource("t", publisher.address + "/none", every_s=30)
    heard, rests = Heard(due_s=AT), []
    for _ in range(7):
        heard = look(source, heard, heard.due_s)
        rests.append(heard.due_s - heard.asked_s)
    assert heard.fault == SourceFault("the server answers 404", "server_answers", {"status": 404})
    for rest_s, expected_s in zip(rests, (60, 120, 240, 480, 600, 600, 600), strict=True):
        assert 0.9 * expected_s <= rest_s <= 1.1 * expected_s
    assert look(source, heard, heard.due_s - 1) == heard
    mended = replace(source, trip_updates=publisher.address + "/file")
    heard = look(mended, heard, heard.due_s)
    assert (heard.failures, heard.fault) == (0, NO_FAULT) and heard.due_s - heard.asked_s <= 33


@pytest.mark.parametrize(
    ("path", "bounds", "reason"),
    [
        (
            "/to/http://elsewhere.example/rt.pb",
            BOUNDS,
            "elsewhere.example: a host that the configuration does not name",
        ),
        ("/to/http://[x", BOUNDS, "is redirected to what is no address"),
        ("/drip/body", replace(BOUNDS, whole_s=0.2), "takes longer than 0.2 s"),
        ("/file", replace(BOUNDS, max_bytes=5), "larger than 5 bytes"),
    ],
)
def test_what_a_source_may_not_do_is_its_fault(
    publisher: Publisher, path: str, bounds: FetchBounds, reason: str
) -> None:
    with pytest.raises(Unfetchable) as raised:
        fetch(publisher.address + path, Mark(), bounds=bounds)
    assert str(raised.value) == reason


def test_a_redirect_to_a_host_that_the_config_names_is_followed(publisher: Publisher) -> None:
    there = publisher.address.replace("127.0.0.1", "localhost") + "/file"
    found = fetch(f"{publisher.address}/to/{there}", Mark(), ["localhost"])
    assert found is not None and found.body == publisher.body


def test_a_folder_that_cannot_be_read_ends_no_writer(tmp_path: Path) -> None:
    raw = tmp_path / "live" / "raw"
    (raw / "left.pb").mkdir(parents=True)  # cannot be unlinked: OSError
    writer = Writer(tmp_path, [RealtimeSource("t", str(tmp_path / "rt.pb"))])
    writer._begin()
    assert writer.heard == {}


def test_a_source_that_cannot_be_kept_rests_and_the_next_is_asked(tmp_path: Path) -> None:
    sources = [RealtimeSource("x", "a\0b"), RealtimeSource("y", str(tmp_path / "rt.pb"))]
    writer = Writer(tmp_path, sources)
    for source in sources:
        writer._ask(source, source.trip_updates, 1_780_466_100.0)
    assert writer.heard["a\0b"].fault == SourceFault("ValueError", "unexpected")
    assert writer.heard[sources[1].trip_updates] != Heard()
