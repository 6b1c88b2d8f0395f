"""The small steps that both engines take (raptor.py, tripbased.py), and the numbers that they agree on."""

from gtfs.compiler import kernel
from mobility.network.timetable import Int32s

MOST_RIDES = 16
NEVER = 2**31 - 1
FULL = -1


@kernel
def first_caught(departure: Int32s, call: int, length: int, n_trips: int, time_s: int) -> int:
    """The first of a pattern's n_trips that leaves at time_s or later; n_trips if there is none.

    call: of the first trip at this position; the next trip's lies `length` further on. Trips do not overtake.
    """
    low = 0
    high = n_trips
    while low < high:
        middle = (low + high) >> 1
        if departure[call + middle * length] < time_s:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def lower(times: Int32s, first: int, last: int, time_s: int) -> bool:
    """Lower times[first] to time_s, and those of more rides that follow; False if it is as low already."""
    if times[first] <= time_s:
        return False
    for level in range(first, last + 1):
        if times[level] <= time_s:
            break
        times[level] = time_s
    return True


@kernel
def write_head(access_row: int, arrival_s: int, n_rides: int, found: Int32s, n_found: int) -> None:
    """What a path begins with, before its rides: see labels.py."""
    found[n_found], found[n_found + 1], found[n_found + 2] = access_row, arrival_s, n_rides


@kernel
def end_of_path(n_rides: int, found: Int32s, n_found: int) -> int:
    """How much of `found` is filled once a path of so many rides is written down; FULL where there is no space."""
    n_after = n_found + 3 + 3 * n_rides
    return n_after if n_after <= len(found) else FULL
