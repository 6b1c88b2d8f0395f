"""Whether the vehicles of an itinerary take the bicycle that is to come along: what to know before leaving."""

from __future__ import annotations

from mobility.ranking.accessibility import STATES, Caution, Known
from mobility.routing.itinerary import Itinerary


def bike_cautions(itinerary: Itinerary) -> tuple[Caution, ...]:
    """Of each line that is not known to take bicycles, in the order in which it is met. A driver in whose car one goes
    with a bicycle has said so."""
    ridden = ((ride, STATES[int(ride.network.trips.bikes[ride.trip])]) for ride in itinerary.rides)
    found = (Caution("bike", state, ride.line_name, ride.mode) for ride, state in ridden if state is not Known.YES)
    return tuple(dict.fromkeys(found))
