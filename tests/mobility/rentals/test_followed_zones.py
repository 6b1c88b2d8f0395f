"""The zones of a system are followed as what is for hire is, but more seldom."""

from __future__ import annotations

from functools import partial

from mobility.rentals.current import FollowedRentals
from mobility.rentals.gbfs_fetch import FetchLimits, RentalSource, fetch_all
from tests.mobility.feeds.following import Documents, ask_until, counts, scripted, served, start_of


def zones(name: str, ttl: int = 0) -> Documents:
    """Of version 2: where no ride may begin or end."""
    rules = [{"ride_allowed": False, "ride_through_allowed": True}]
    corners = [[-3.36, 47.75], [-3.36, 47.76], [-3.35, 47.76], [-3.36, 47.75]]
    area = {"type": "MultiPolygon", "coordinates": [[corners]]}
    found = {"type": "Feature", "geometry": area, "properties": {"name": name, "rules": rules}}
    return {"geofencing_zones": {"ttl": ttl, "version": "2.3", "data": {"geofencing_zones": {"features": [found]}}}}


def zone_names(board: FollowedRentals) -> list[str] | None:
    known = board.systems()[0].zones
    return None if known is None else [zone.name for zone in known.zones]


NAMED = {"gbfs": {"data": {"feeds": [{"name": "geofencing_zones", "url": "x"}]}}}


def test_zones_hold_longer_than_counts_and_are_not_fetched_with_them() -> None:
    script = scripted(counts(3) | zones("Parc"), NAMED | counts(4))
    board = script.board()
    assert zone_names(board) == ["Parc"]
    script.clock_s += 61
    assert ask_until(board, [4])
    assert (zone_names(board), script.left_out) == (["Parc"], [[], ["geofencing_zones"]])


def test_zones_are_fetched_again_after_their_ttl() -> None:
    script = scripted(counts(3) | zones("Parc"), counts(4) | zones("Port"))
    board = script.board()
    board.systems()
    script.clock_s += 301
    assert ask_until(board, [4])
    assert zone_names(board) == ["Port"]


def test_zones_that_cannot_be_had_are_those_of_before() -> None:
    script = scripted(counts(3) | zones("Parc"), NAMED | counts(4))
    board = script.board()
    board.systems()
    script.clock_s += 301
    assert ask_until(board, [4])
    assert zone_names(board) == ["Parc"]


def test_zones_that_never_could_be_had_are_not_known() -> None:
    known = scripted(NAMED | counts(3)).board().systems()[0].zones
    assert known is not None
    assert (known.whole, known.findings) == (False, ("geofencing_zones: cannot be had",))


def test_zones_that_are_not_published_any_more_are_none() -> None:
    script = scripted(counts(3) | zones("Parc"), counts(4))
    board = script.board()
    board.systems()
    script.clock_s += 301
    assert ask_until(board, [4])
    assert zone_names(board) is None


def test_zones_that_are_too_large_take_nothing_else_with_them() -> None:
    files = {"gbfs.json": start_of("geofencing_zones", "station_status"), "station_status": b"{}"}
    with served(files | {"geofencing_zones": b" " * 5000 + b"{}"}) as base:
        source = RentalSource("velo", f"{base}/gbfs.json")
        board = FollowedRentals((source,), partial(fetch_all, limits=FetchLimits(file_bytes=4000)), patience_s=5)
        (told,) = board.systems()
    assert told.zones is not None
    assert told.zones.findings == ("geofencing_zones: cannot be had",)
