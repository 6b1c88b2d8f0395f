"""What a trip emits, and what is not known of it."""

from mobility.impact import CAR, UNKNOWN_IMPACT, Factor, Factors, Impact, by_car, impact, together

FACTORS = Factors(
    {
        "BUS": Factor(100.0, 30.0, 20.0),
        "TRAM": Factor(4.0, 0.0),
        "WALK": Factor(0.0, 0.0, 0.0),
        CAR: Factor(200.0, 700.0, 26.0, "an old car"),
    },
    "a table",
)


def test_a_leg_emits_as_far_as_it_goes() -> None:
    assert impact(FACTORS, "BUS", 2500.0) == Impact(250, 75, 50)


def test_an_itinerary_emits_what_its_legs_emit() -> None:
    legs = [impact(FACTORS, mode, metres) for mode, metres in (("WALK", 300.0), ("BUS", 1000.0), ("TRAM", 1000.0))]
    assert together(legs) == Impact(104, 30, None)


def test_where_one_leg_is_unknown_the_whole_is() -> None:
    assert impact(FACTORS, "FERRY", 10.0) == UNKNOWN_IMPACT
    assert together([Impact(1, 2, 3), Impact(1, None, 3)]) == Impact(2, None, 6)


def test_four_in_a_car_share_what_it_emits() -> None:
    assert by_car(FACTORS, 10_000, 4) == Impact(500, 1750, 65)


def test_sources_are_those_of_the_table_and_of_what_has_its_own() -> None:
    assert FACTORS.sources(["BUS", CAR]) == ("a table", "an old car")
