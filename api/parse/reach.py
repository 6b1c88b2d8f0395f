"""The parameters of `one-to-all` -> Query whose ends are the one place, and the time there is to travel."""

from __future__ import annotations

from dataclasses import dataclass

from api.parse.context import Asking
from api.parse.limits import OF_REACH, limited
from api.parse.modes import ridden
from api.parse.plan import refuse_unsupported
from api.parse.spots import spot
from api.parse.times import moment
from api.parse.traveller import change, traveller, walking, with_rides
from api.parse.values import Values
from mobility.routing.query import Query


@dataclass(frozen=True, slots=True)
class ReachQuestion:
    """longest_s: more than this server looks at is refused, as by MOTIS (src/endpoints/one_to_all.cc): the answer would
    look like all there is. limited: as in Wishes."""

    query: Query
    longest_s: int
    limited: tuple[str, ...] = ()


def reach_question(values: Values, asking: Asking) -> ReachQuestion:
    refuse_unsupported(values)
    one = spot(asking.territory.network, values, "one", "START")
    values.required("maxTravelTime")
    profile = traveller(values, asking.config)
    query = Query(
        origin=one,
        destination=one,
        at_s=moment(values, "time", asking.territory.zone, asking.now_s),
        arrive_by=values.flag("arriveBy"),
        most_rides=asking.config.search.most_rides,
        modes=ridden(values, "transitModes"),
        step_free=profile.step_free.excludes_steps,
        unbooked=values.flag("noCompulsoryReservation"),
        with_bike=values.flag("requireBikeTransport"),
        walking=walking(values, asking.config, profile),
        change=change(values, profile),
        profile=profile,
    )
    minutes = values.whole("maxTravelTime", 0, 0, asking.config.limits.one_to_all_s // 60)
    return ReachQuestion(with_rides(query, values, asking.dialect), 60 * minutes, limited(values, asking, OF_REACH))
