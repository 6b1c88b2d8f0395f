"""In what order runs stand side by side."""

from __future__ import annotations

import pytest

from mobility.routing.run_order import run_order


def ordered(timetable: str) -> list[str]:
    """timetable: a run a line, its name and its clock at each stop, - where it does not call."""
    rows = [line.split() for line in timetable.strip().splitlines()]
    runs = [[None if clock == "-" else int(clock.replace(":", "")) for clock in row[1:]] for row in rows]
    return [rows[at][0] for at in run_order(runs)]


@pytest.mark.parametrize("shuffled", [1, -1])
def test_runs_that_begin_on_the_way_stand_where_they_pass(shuffled: int) -> None:
    """At the Gare 5:20, 5:40, 6:09: the last of them began at 5:35 at the other end of the town."""
    lines = ["depot  -    5:20 5:45", "whole  5:35 6:09 6:34", "second -    5:40 6:05", "late   5:55 6:29 6:54"]
    assert ordered("\n".join(lines[::shuffled])) == ["depot", "second", "whole", "late"]


def test_runs_that_share_no_stop_stand_on_their_sides_of_one_that_shares_some_with_both() -> None:
    """`east` begins last, and leaves the third stop before `whole`, which leaves the first before `west`."""
    assert ordered("""
        whole 7:10 7:40 8:00 8:30
        west  7:20 7:50 -    -
        east  -    -    7:55 8:25
        """) == ["east", "whole", "west"]


def test_where_one_overtakes_another_the_first_stop_that_both_have_decides() -> None:
    assert ordered("""
        express 8:05 8:20 8:30
        slow    8:00 8:25 8:45
        """) == ["slow", "express"]


def test_where_no_order_fits_every_run_still_stands_once() -> None:
    """a before b at the first stop, b before c at the second, c before a at the third."""
    found = ordered("""
        a 8:00 -    9:10
        b 8:10 8:20 -
        c -    8:30 9:00
        """)
    assert found == ["a", "b", "c"]


def test_runs_at_the_same_times_keep_their_order() -> None:
    assert ordered("b 8:00 8:10\na 8:00 8:10") == ["b", "a"]
    assert ordered("") == []
