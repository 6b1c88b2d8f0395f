"""The ways round meeting points, laid out for kernels while others read them."""

from __future__ import annotations

from threading import Thread

import numpy as np

from mobility.carpool.offer import MeetingPoint, PointKind
from mobility.carpool.rows import Places
from mobility.geo import Point
from mobility.routing.carpool.meeting_ways import LaidWays
from mobility.routing.stop_ways import Ways

N_PLACES = 500


def ways_of(place: int) -> Ways:
    """As many as the last digit of the place says, to nodes that tell the place."""
    node = np.array([10 * place + way for way in range(place % 10)], np.int32)
    return Ways(node, node + 1, node, np.ones(len(node), bool))


def laid_out(ground: LaidWays, place: int) -> list[list[int]]:
    rows, ways = ground.laid()
    first, size = int(rows[place]["first"]), int(rows[place]["size"])
    return ways[first : first + size].tolist()


def test_every_place_keeps_its_ways_however_many_come_after_it_from_several_threads() -> None:
    places = Places()
    for number in range(N_PLACES):
        places.number(MeetingPoint(str(number), "", Point(47.0 + number / 1000, -3.0), PointKind.STOP))
    ground = LaidWays(places)

    def lay(start: int) -> None:
        for place in range(start, N_PLACES, 4):
            ground.lay(place, place, ways_of(place))

    threads = [Thread(target=lay, args=(start,)) for start in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for place in range(N_PLACES):
        assert laid_out(ground, place) == [[10 * place + way, 10 * place + way + 1] for way in range(place % 10)]


def test_a_place_that_two_threads_lay_out_stands_where_the_first_put_it() -> None:
    """Somebody may be reading there."""
    places = Places()
    for number in range(2):
        places.number(MeetingPoint(str(number), "", Point(47.0, -3.0), PointKind.STOP))
    ground = LaidWays(places)
    ground.lay(1, 1, ways_of(9))
    before, (rows, ways) = laid_out(ground, 1), ground.laid()
    for _ in range(200):
        ground.lay(1, 1, ways_of(9))
    assert laid_out(ground, 1) == before
    assert int(rows[1]["first"]) + int(rows[1]["size"]) <= len(ways)


def test_a_place_that_nobody_laid_out_is_unknown() -> None:
    places = Places()
    places.number(MeetingPoint("A", "", Point(47.0, -3.0), PointKind.STOP))
    rows, _ = LaidWays(places).laid()
    assert rows[0]["first"] == -1


def test_a_meeting_point_has_one_number_however_many_offers_pass_it() -> None:
    places, point = Places(), MeetingPoint("A", "Quay", Point(47.0, -3.0), PointKind.STOP)
    other = MeetingPoint("A", "Quay", Point(47.1, -3.0), PointKind.STOP)
    assert [places.number(one) for one in (point, other, point)] == [0, 1, 0]
