"""The ways between the door and the stop: what is offered, in which order, and what is said to be unknown."""

import pytest
from shapely import box

from mobility.impact import Factors
from mobility.network.place import TerritoryPlace
from mobility.network.terrain import Terrain
from mobility.planning.planner import plan
from mobility.routing.last_kilometre.both_ends import last_kilometres
from mobility.routing.last_kilometre.criteria import ORDER, in_order
from mobility.routing.last_kilometre.option import KINDS, End, Option
from mobility.routing.query import Walking
from mobility.travellers.profiles import Profile, StepFree
from tests.mobility.routing.surroundings import FACTORS, NOW, at_end, options, place, surrounded, told
from tests.town import ask, at, moment

RANK = {"pickup_price": "3", "km_price": "2", "currency": "EUR", "local": "yes", "step_free": "yes", "operator": "T"}


def test_the_walk_is_always_there() -> None:
    both = ["access walk 0 min 0 m, unknown: stepFree", "egress walk 0 min 0 m, unknown: stepFree"]
    assert told(surrounded(), "A", "B") == both


def test_a_walk_all_the_way_is_its_own_last_kilometre() -> None:
    noon = "2026-06-03 12:00"
    assert told(surrounded(), "0 1", "0 1.2", when=noon) == ["egress walk 4 min 260 m, unknown: stepFree"]


def test_a_walk_has_a_variant_without_steps_at_its_own_pace() -> None:
    assert at_end("egress", told(surrounded(), "A", "6 0.2")) == [
        "walk 4 min 260 m, unknown: stepFree",
        "step_free_walk 5 min 260 m, unknown: stepFree",
    ]


def test_a_stop_with_steps_has_no_variant_without_them() -> None:
    stops = "stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding\n"
    rows = "".join(f"{name},{name},{at(where).lat},{at(where).lon},2\n" for name, where in (("A", "0 0"), ("B", "6 0")))
    steps = surrounded(more={"stops": stops + rows})
    assert at_end("egress", told(steps, "A", "6 0.2")) == ["walk 4 min 260 m"]


def test_where_the_walk_is_short_no_vehicle_is_offered() -> None:
    territory = surrounded(place("taxi_rank", "Station", "6 0.1", **RANK))
    assert not any("taxi" in line for line in told(territory, "A", "6 0.2"))


def test_who_must_not_meet_steps_is_offered_a_vehicle_for_a_short_walk_too() -> None:
    territory = surrounded(place("taxi_rank", "Station", "6 0.1", **RANK))
    wheelchair = Profile(step_free=StepFree.NEEDED)
    found = at_end("egress", told(territory, "A", "6 0.2", profile=wheelchair))
    assert found[0].startswith('taxi 2 min 260 m "Station"')


@pytest.mark.parametrize(("access", "vehicles"), [("0", 0), ("1", 0), ("2", 1)])
def test_who_prefers_no_steps_is_offered_a_vehicle_for_a_short_walk_where_there_are_some(
    access: str, vehicles: int
) -> None:
    """access: wheelchair_boarding of the stop: not known, without steps, with steps."""
    stops = f"stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding\nA,A,{at('0 0').lat},{at('0 0').lon},1\n"
    stops += f"B,B,{at('6 0').lat},{at('6 0').lon},{access}"
    territory = surrounded(place("taxi_rank", "Station", "6 0.1", **RANK), more={"stops": stops})
    pushchair = Profile(step_free=StepFree.PREFERRED)
    found = at_end("egress", told(territory, "A", "6 0.2", profile=pushchair))
    assert sum(one.startswith("taxi") for one in found) == vehicles


@pytest.mark.parametrize("profile", [Profile(step_free=StepFree.NEEDED), Profile(step_free=StepFree.PREFERRED)])
def test_nothing_is_booked_for_the_last_steps_to_the_door(profile: Profile) -> None:
    """26 m from the stop, within a zone and beside a rank."""
    zone, rank = place("on_demand", "Taxibus", "6 0", ZONE, local="yes"), place("taxi_rank", "Station", "6 0", **RANK)
    found = at_end("egress", told(surrounded(zone, rank), "A", "6 0.02", profile=profile))
    assert [one.split()[0] for one in found] == ["walk", "step_free_walk"]


def test_who_comes_on_a_bike_is_offered_no_vehicle_for_a_short_way_either() -> None:
    rank = place("taxi_rank", "Station", "0 0", **RANK)
    walking = Walking(access_modes=("BIKE",))
    found = at_end("access", told(surrounded(rank), "0 0.2", "B", walking=walking))
    assert [one.split()[0] for one in found] == ["walk", "own_bike"]


def test_a_taxi_has_a_price_where_its_tariff_is_known() -> None:
    territory = surrounded(place("taxi_rank", "Station", "6 0.1", **RANK))
    found = at_end("egress", told(territory, "A", "6 0.6"))
    assert 'taxi 4 min 780 m "Station" 4.30 EUR 130 g, unknown: waiting' in found


def test_a_taxi_rank_of_which_little_is_known_says_so() -> None:
    territory = surrounded(place("taxi_rank", "Station", "6 0.1"))
    found = at_end("egress", told(territory, "A", "6 0.6"))
    assert found[-1] == 'taxi 4 min 780 m "Station" 130 g, unknown: waiting price operator local stepFree'


def test_the_own_bike_goes_to_the_shelter_at_the_first_stop() -> None:
    territory = surrounded(place("bike_shelter", "Abri", "0 0.05"))
    assert 'own_bike 4 min 780 m "Abri"' in at_end("access", told(territory, "0 0.6", "B"))


def test_the_own_bike_is_at_the_last_stop_only_where_no_vehicle_refuses_it() -> None:
    trips = "route_id,service_id,trip_id,bikes_allowed\nBus1,S,Bus1-1,{}"
    refused = surrounded(more={"trips": trips.format(2)})
    unknown = surrounded(more={"trips": trips.format(0)})
    assert not any("own_bike" in line for line in told(refused, "A", "6 0.6"))
    (bike,) = [option for option in options(unknown, "A", "6 0.6") if option.kind == "own_bike"]
    assert bike.aboard is None


def test_a_car_park_at_the_first_stop_may_be_driven_to() -> None:
    territory = surrounded(place("car_park", "Relais", "0 0.1", free="yes", price="0", currency="EUR", local="yes"))
    found = at_end("access", told(territory, "0 -0.5", "B"))
    assert 'park_and_ride 4 min 910 m "Relais" 156 g, unknown: operator stepFree' in found


def test_nobody_drives_most_of_the_way_and_takes_the_bus_for_the_rest() -> None:
    territory = surrounded(place("car_park", "Relais", "0 0.1"), lines=BUS_OF_ONE_KILOMETRE, stops="A 0 0, B 1 0")
    assert not any("park_and_ride" in line for line in told(territory, "0 -0.65", "B"))


BUS_OF_ONE_KILOMETRE = """
    Bus1
    A     B
    8:00  8:03
    """


def test_no_car_waits_at_the_last_stop() -> None:
    territory = surrounded(place("car_park", "Relais", "6 0.1"))
    assert not any("park_and_ride" in line for line in told(territory, "A", "6 0.6"))


def test_a_carpool_place_is_named_with_what_is_not_known_of_it() -> None:
    territory = surrounded(place("carpool_point", "Aire", "0 0.5", nbre_pl="12"))
    (found,) = [option for option in options(territory, "0 0.6", "B") if option.kind == "carpool"]
    assert (found.spaces, found.unknown) == ("12", ("duration", "waiting", "price", "co2e", "operator", "stepFree"))


ZONE = "5 -1, 7 -1, 7 1, 5 1"
EVENING = """
    Bus1
    A      B
    19:40  19:55
    20:10  20:25
    """


def test_transport_on_demand_serves_both_ends_of_a_way_within_its_zone() -> None:
    zone = place("on_demand", "Taxibus", "6 0", ZONE, price="1.6", currency="EUR", booking="Appelez", local="yes")
    (found,) = [option for option in options(surrounded(zone), "A", "6 0.6") if option.kind == "on_demand"]
    assert (found.price and found.price.minor, found.contact.said, found.duration_s) == (160, (("", "Appelez"),), None)


@pytest.mark.parametrize(
    ("season", "is_told"),
    [("07-01/08-31", False), ("06-01/08-31", True), ("11-01/06-03", True), ("11-01/06-02", False), ("summer", True)],
)
@pytest.mark.parametrize("kind", ["on_demand", "taxi"])
def test_how_to_get_a_vehicle_is_told_in_its_season_alone(kind: str, season: str, is_told: bool) -> None:
    """It is 3 June. What is no season holds all year."""
    words = {"season": season, "booking": "Appelez la veille", "phone": "0297000000"}
    zone, rank = place("on_demand", "Taxibus", "6 0", ZONE, **words), place("taxi_rank", "Station", "6 0.1", **words)
    territory = surrounded(zone if kind == "on_demand" else rank)
    (found,) = [option for option in options(territory, "A", "6 0.6") if option.kind == kind]
    assert found.contact.said == ((("", "Appelez la veille"),) if is_told else ())
    assert found.contact.phone == "0297000000"


def test_transport_on_demand_does_not_leave_its_zone() -> None:
    zone = place("on_demand", "Taxibus", "6 0", "5 -1, 7 -1, 7 0.5, 5 0.5")
    assert not any("on_demand" in line for line in told(surrounded(zone), "A", "6 0.6"))


@pytest.mark.parametrize(
    ("notice", "now", "offered"),
    [
        ("120", "2026-06-03 6:00", True),
        ("120", "2026-06-03 6:30", False),
        ("1d 17:00", "2026-06-02 16:59", True),
        ("1d 17:00", "2026-06-02 17:01", False),
        ("1d", "2026-06-02 23:00", True),
        ("1d", "2026-06-03 0:01", False),
        ("soon", "2026-06-03 7:59", True),
    ],
)
def test_transport_on_demand_that_can_no_longer_be_booked_is_not_offered(notice: str, now: str, offered: bool) -> None:
    zone = place("on_demand", "Taxibus", "6 0", ZONE, notice=notice)
    territory = surrounded(zone)
    answer = plan(territory, ask(territory, "A", "6 0.6", NOW))
    found = last_kilometres(territory, answer.query, FACTORS, moment(now)).of(answer.itineraries[0])
    assert any(option.kind == "on_demand" for side in found for option in side) is offered


def booked_in_the_evening(zone: TerritoryPlace, ends: tuple[str, str], now: str) -> list[tuple[bool, bool]]:
    """Of each bus from 19:00 on: whether transport on demand is told before it, and after it."""
    territory = surrounded(zone, lines=EVENING)
    answer = plan(territory, ask(territory, *ends, "2026-06-03 19:00", window_s=2 * 3600))
    found = last_kilometres(territory, answer.query, FACTORS, moment(now))
    sides = (found.of(itinerary) for itinerary in answer.itineraries)
    return [(_has_on_demand(before), _has_on_demand(after)) for before, after in sides]


def _has_on_demand(ways: tuple[Option, ...]) -> bool:
    return any(one.kind == "on_demand" for one in ways)


@pytest.mark.parametrize(
    ("hours", "first", "second"),
    [("07:00-21:00", True, True), ("07:00-20:00", True, False), ("07:00-19:50", False, False)],
)
def test_transport_on_demand_is_told_beside_the_bus_that_is_there_while_it_surely_runs(
    hours: str, first: bool, second: bool
) -> None:
    """At 19:55 and 20:25. What closes within the quarter of an hour is not promised."""
    zone = place("on_demand", "Taxibus", "6 0", ZONE, opening_hours=f"Mo-Fr {hours}")
    assert booked_in_the_evening(zone, ("A", "6 0.6"), "2026-06-03 19:00") == [(False, first), (False, second)]


def test_transport_on_demand_to_a_bus_is_booked_for_when_one_sets_out() -> None:
    zone = place("on_demand", "Taxibus", "0 0", "-1 -1, 1 -1, 1 1, -1 1", notice="30")
    offered = booked_in_the_evening(zone, ("0 0.6", "B"), "2026-06-03 19:20")
    assert offered == [(False, False), (True, False)]


def test_a_taxi_rank_on_the_other_bank_is_not_offered() -> None:
    river = Terrain(barriers=(box(at("5 0.2").lon, at("5 0.2").lat, at("7 0.3").lon, at("7 0.3").lat),))
    territory = surrounded(place("taxi_rank", "Station", "6 0.5"), terrain=river)
    assert not any("taxi" in line for line in told(territory, "A", "6 -0.6"))


def test_what_is_run_here_comes_first_then_what_needs_least() -> None:
    ways = [Option(End.EGRESS, kind, 60, 100, True, local, None) for kind in KINDS for local in (False, None, True)]
    ordered = [(one.local, one.kind) for one in in_order(reversed(ways), needs_no_steps=False)]
    assert ordered == [(local, kind) for local in (True, None, False) for kind in KINDS]


def test_who_must_not_meet_steps_sees_first_what_has_none() -> None:
    ways = [Option(End.EGRESS, "walk", 60, 100, True, True, known) for known in (False, None, True)]
    assert [one.step_free for one in in_order(ways, needs_no_steps=True)] == [True, None, False]


def test_within_a_kind_the_quickest_comes_first_and_the_unknown_last() -> None:
    ways = [Option(End.EGRESS, "taxi", seconds, 100, True, True, None) for seconds in (None, 90, 60)]
    assert [one.duration_s for one in in_order(ways, needs_no_steps=False)] == [60, 90, None]


def test_the_rule_of_order_has_a_name_for_each_criterion() -> None:
    assert [criterion.code for criterion in ORDER] == ["suits", "local", "needs_least", "shortest_time", "shortest_way"]


def test_itineraries_that_share_a_stop_share_what_is_said_of_it() -> None:
    rows = "\n".join(f"    {8 + n // 6}:{n % 6}0  {8 + n // 6}:{n % 6}9" for n in range(40))
    territory = surrounded(lines=f"\n    Bus1\n    A     B\n{rows}\n    ")
    answer = plan(territory, ask(territory, "A", "6 0.2", "2026-06-03 7:50", window_s=8 * 3600, results=40))
    found = last_kilometres(territory, answer.query, Factors(), answer.query.at_s)
    assert len({id(found.of(one)[1]) for one in answer.itineraries}) == 1
    assert len(answer.itineraries) == 40
