"""What is for hire is fetched behind the traveller's back: from named hosts, with patience for a moment, no more."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mobility.remote.errors import FetchFault, Unfetchable
from mobility.rentals.current import FollowedRentals
from mobility.rentals.gbfs_fetch import FetchLimits, RentalSource, fetch_all
from mobility.rentals.systems import RentalSystem
from tests.mobility.feeds.following import Scripted, ask_until, bikes, counts, scripted, served, start_of


def test_a_system_is_fetched_when_somebody_asks() -> None:
    assert bikes(scripted(counts(3)).board().systems()[0]) == [3]


def test_within_its_ttl_it_is_not_fetched_again() -> None:
    script = scripted(counts(3), counts(4))
    board = script.board()
    board.systems()
    script.clock_s += 59
    assert (bikes(board.systems()[0]), script.asked) == ([3], 1)


def test_after_its_ttl_it_is_fetched_again_behind_the_one_who_asks() -> None:
    script = scripted(counts(3), counts(4))
    board = script.board()
    board.systems()
    script.clock_s += 61
    assert ask_until(board, [4])


def test_a_slow_server_is_not_waited_for() -> None:
    script = Scripted([counts(3)])
    board = script.board(patience_s=0.01)
    assert board.systems() == (RentalSystem("velo", "velo"),)
    script.wait.set()
    assert ask_until(board, [3])


def test_a_fault_leaves_what_was_known() -> None:
    script = scripted(counts(3), Unfetchable(FetchFault.NOTHING_HAD))
    board = script.board()
    board.systems()
    script.clock_s += 61
    board.systems()
    assert ask_until(board, [3])


def test_counts_that_nobody_could_renew_are_forgotten() -> None:
    script = scripted(counts(3), Unfetchable(FetchFault.NOTHING_HAD))
    board = script.board()
    board.systems()
    script.clock_s += 3600
    told = board.systems()[0]
    assert (bikes(told), told.stations[0].name, told.updated_s) == ([None], "Gare", None)


def test_a_server_that_is_down_is_left_alone_for_a_while() -> None:
    script = scripted(Unfetchable(FetchFault.NOTHING_HAD))
    board = script.board()
    for _ in range(3):
        board.systems()
    assert script.asked == 1


def test_a_broken_answer_does_no_harm() -> None:
    script = scripted({"station_information": {"data": {"stations": 7}}, "station_status": {"ttl": "x", "data": []}})
    assert script.board().systems()[0].stations == ()


def test_files_are_fetched_over_http() -> None:
    files = {"gbfs.json": start_of("station_status", "vehicle_types"), "station_status": b'{"ttl": 7}'}
    with served(files) as base:
        found = fetch_all(RentalSource("velo", f"{base}/gbfs.json"))
    assert (sorted(found), found["station_status"]["ttl"]) == (["gbfs", "station_status"], 7)


def test_what_is_known_is_not_fetched() -> None:
    with served({"gbfs.json": start_of("station_status", "vehicle_types"), "station_status": b"{}"}) as base:
        found = fetch_all(RentalSource("velo", f"{base}/gbfs.json"), {"vehicle_types"})
    assert sorted(found) == ["gbfs", "station_status"]


REFUSED: list[tuple[str, dict[str, bytes], str]] = [
    ("a host that is not named", {"gbfs.json": start_of("station_status", base="http://velo.example")}, "none of its"),
    ("a file of this machine", {"gbfs.json": start_of("station_status", base="file:///etc")}, "none of its"),
    ("a redirect elsewhere", {"gbfs.json": b"elsewhere"}, r"^velo\.example: a host that the configuration does not"),
    ("no answer", {}, "answers 404"),
    ("no JSON", {"gbfs.json": b"<html>"}, "no JSON"),
    ("no object", {"gbfs.json": b"[]"}, "no JSON object"),
    ("too much", {"gbfs.json": b" " * 5000 + b"{}"}, "larger than 4000 bytes"),
]


@pytest.mark.parametrize(("files", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_not_fetched_is_a_fault_without_an_address(files: dict[str, bytes], reason: str) -> None:
    with served(files) as base, pytest.raises(Unfetchable, match=reason) as raised:
        fetch_all(RentalSource("velo", f"{base}/gbfs.json"), limits=FetchLimits(file_bytes=4000))
    assert "127.0.0.1" not in str(raised.value)


def test_a_further_host_may_be_named() -> None:
    with served({"station_status": b"{}"}) as files:
        there = files.replace("127.0.0.1", "localhost")
        with served({"gbfs.json": start_of("station_status", base=there)}) as base:
            found = fetch_all(RentalSource("velo", f"{base}/gbfs.json", hosts=("localhost",)))
    assert "station_status" in found


def helsinki() -> dict[str, bytes]:
    data = os.environ.get("HENT_REFERENCE_DATA")
    if not data:
        pytest.skip("HENT_REFERENCE_DATA is not set")
    files = {path.stem: path.read_bytes() for path in Path(data, "gbfs", "helsinki").glob("*.json")}
    return files | {"gbfs.json": files["gbfs"].replace(b"file:src/test/resources/gbfs/helsinki", b"{base}/real")}


@pytest.fixture
def real_board() -> Iterator[Callable[[], FollowedRentals]]:
    files = helsinki()
    files |= {f"real/{name}.json": content for name, content in files.items()}
    with served(files) as base:
        yield lambda: FollowedRentals((RentalSource("hsl", f"{base}/gbfs.json"),), patience_s=5)


def test_the_bikes_of_helsinki_are_followed(real_board: Callable[[], FollowedRentals]) -> None:
    (told,) = real_board().systems()
    assert (told.name, bikes(told)[:3]) == ("HSL Bikes Share", [2, 6, 7])


def sampled(version: str) -> dict[str, bytes]:
    data = os.environ.get("HENT_REFERENCE_DATA")
    if not data:
        pytest.skip("HENT_REFERENCE_DATA is not set")
    paths = Path(data, "gbfs/transport-site").glob(f"*.{version}.json")
    found = {path.name.split(".")[0]: path.read_bytes() for path in paths}
    names = [name for name in found if name != "gbfs"]
    return {name: found[name] for name in names} | {"gbfs.json": start_of(*names)}


@pytest.mark.parametrize("version", ["2.2", "3.0"])
def test_systems_of_both_versions_in_use_are_followed_over_http(version: str) -> None:
    with served(sampled(version)) as base:
        (told,) = FollowedRentals((RentalSource("s", f"{base}/gbfs.json"),), patience_s=5).systems()
    assert (told.stations[0].name, len(told.vehicles)) == ("Parking garage A", 1)
