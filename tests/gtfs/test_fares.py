"""The fare tables of a feed, and what in them is not understood."""

import pytest

from gtfs.fares.records import (
    Doubt,
    Fare,
    FareRule,
    JoinRule,
    LegRule,
    Medium,
    Product,
    Rider,
    Timeframe,
    TransferRule,
)
from tests.gtfs import tiny

PRODUCT = """
    # fare_products.txt
    fare_product_id,fare_product_name,amount,currency
    single,One ride,1.50,EUR
    """
LEG_RULE = """
    # fare_leg_rules.txt
    leg_group_id,fare_product_id
    g,single
    """


def doubts(text: str) -> list[str]:
    return [f"{one.file} {one.line} {one.field}" for one in tiny.accepted(text).fares.doubts]


def test_fares_of_the_first_version() -> None:
    text = """
    # fare_attributes.txt
    fare_id,price,currency_type,payment_method,transfers,transfer_duration
    one,1.50,EUR,0,0,
    boat,3,EUR,1,,3600

    # fare_rules.txt
    fare_id,route_id,origin_id,destination_id,contains_id
    boat,R,,,
    boat,,1,2,
    """
    found = tiny.accepted(text).fares
    assert found.version == 1
    assert found.fares == (Fare("one", 150, "EUR", 0, 0, -1), Fare("boat", 300, "EUR", 1, -1, 3600))
    assert found.rules == (FareRule(1, 0), FareRule(1, -1, "1", "2"))
    assert found.doubts == ()


def test_where_there_are_leg_rules_the_first_version_is_not_read() -> None:
    first = """
    # fare_attributes.txt
    fare_id,price,currency_type,payment_method,transfers
    old,gratis,EUR,0,0
    """
    found = tiny.accepted(first + PRODUCT + LEG_RULE).fares
    assert (found.version, found.fares, found.doubts) == (2, (), ())
    assert tiny.accepted(first + PRODUCT).fares.version == 1


SECOND_VERSION = """
    # fare_media.txt
    fare_media_id,fare_media_name,fare_media_type
    card,KorriGo,2

    # rider_categories.txt
    rider_category_id,rider_category_name,is_default_fare_category
    adult,Adulte,1
    child,Enfant,

    # fare_products.txt
    fare_product_id,fare_product_name,rider_category_id,fare_media_id,amount,currency
    single,One ride,adult,card,1.50,EUR
    less,,,,-0.50,EUR

    # timeframes.txt
    timeframe_group_id,start_time,end_time,service_id
    day,06:00:00,,ALL

    # networks.txt
    network_id
    bus

    # route_networks.txt
    network_id,route_id
    bus,R

    # fare_leg_rules.txt
    leg_group_id,network_id,from_timeframe_group_id,fare_product_id,rule_priority
    g,bus,day,single,3

    # fare_leg_join_rules.txt
    from_network_id,to_network_id,from_stop_id,to_stop_id
    bus,bus,,

    # fare_transfer_rules.txt
    from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id
    g,g,-1,3600,1,1,less
    """


def test_tables_of_the_second_version() -> None:
    found = tiny.accepted(SECOND_VERSION).fares
    assert found.products == (
        Product("single", "One ride", "adult", "card", 150, "EUR"),
        Product("less", "less", "", "", -50, "EUR"),
    )
    assert found.riders == (Rider("adult", "Adulte", True), Rider("child", "Enfant", False))
    assert found.media == (Medium("card", "KorriGo", 2),)
    assert found.leg_rules == (LegRule("g", "bus", "", "", "day", "", "single", 3),)
    assert found.with_priority
    assert found.join_rules == (JoinRule("bus", "bus"),)
    assert found.transfer_rules == (TransferRule("g", "g", -1, 3600, 1, 1, "less"),)
    assert found.timeframes == (Timeframe("day", 6 * 3600, 24 * 3600, 0),)
    assert found.route_networks == ((0, "bus"),)
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("x,gratis,EUR,0,0,", "price"),
        ("x,-1.00,EUR,0,0,", "price"),
        ("x,1.005,EUR,0,0,", "price"),
        ("x,1.50,euro,0,0,", "price"),
        ("x,1.50,EUR,0,many,", "transfers"),
        ("x,1.50,EUR,0,0,an hour", "transfer_duration"),
    ],
)
def test_a_fare_that_cannot_be_read_is_a_doubt(row: str, field: str) -> None:
    header = "fare_id,price,currency_type,payment_method,transfers,transfer_duration"
    assert doubts(f"# fare_attributes.txt\n{header}\nok,1.00,EUR,0,0,\n{row}") == [f"fare_attributes.txt 3 {field}"]


def test_changes_that_cannot_be_read_are_not_any_number() -> None:
    text = "# fare_attributes.txt\nfare_id,price,currency_type,payment_method,transfers\nx,1.50,EUR,0,many"
    assert tiny.accepted(text).fares.fares == (Fare("x", 150, "EUR", 0, 0, -1),)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("g,g,,,,0,", "transfer_count"),
        ("g,g,0,,,0,", "transfer_count"),
        ("g,h,,600,,0,", "duration_limit_type"),
        ("g,h,,,,3,", "fare_transfer_type"),
    ],
)
def test_a_transfer_rule_that_is_not_understood_is_left_out(row: str, field: str) -> None:
    header = (
        "from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,"
        "fare_transfer_type,fare_product_id"
    )
    text = f"{PRODUCT}{LEG_RULE}\n# fare_transfer_rules.txt\n{header}\n{row}"
    assert tiny.accepted(text).fares.transfer_rules == ()
    assert doubts(text) == [f"fare_transfer_rules.txt 2 {field}"]


def test_a_leg_rule_whose_product_has_no_price_is_a_doubt() -> None:
    assert doubts(LEG_RULE) == ["fare_leg_rules.txt 2 fare_product_id"]
    below_zero = PRODUCT.replace("1.50", "-1.50")
    assert doubts(below_zero + LEG_RULE) == ["fare_leg_rules.txt 2 fare_product_id"]


def test_a_pass_that_no_rule_names_may_be_unreadable() -> None:
    assert doubts(f"{PRODUCT.rstrip()}\n    pass,A month,much,EUR\n{LEG_RULE}") == []


def test_what_may_change_prices_and_is_unknown_to_the_format_is_a_doubt() -> None:
    capped = PRODUCT + LEG_RULE + "\n# fare_capping.txt\ncap,amount\nday,4.00"
    assert tiny.accepted(capped).fares.doubts == (
        Doubt("fare_capping.txt", 0, message="a table that may change prices"),
    )
    sets = PRODUCT + LEG_RULE.replace("fare_product_id", "fare_product_id,contains_area_set").replace(
        "g,single", "g,single,s"
    )
    assert doubts(sets) == ["fare_leg_rules.txt 1 contains_area_set"]
    assert doubts(sets.replace("contains_area_set", "rule_description")) == []


def test_each_doubt_stands_in_the_report_of_the_feed() -> None:
    assert tiny.report(LEG_RULE).counts["fare_not_understood"] == 1


def test_of_several_agencies_a_fare_says_whose_it_is() -> None:
    agencies = """
    # agency.txt
    agency_id,agency_name,agency_url,agency_timezone
    S,S,https://s.example,UTC
    B,B,https://b.example,UTC

    # fare_attributes.txt
    fare_id,price,currency_type,payment_method,transfers,agency_id
    a,1.50,EUR,0,0,S
    silent,1.50,EUR,0,0,
    routed,1.50,EUR,0,0,

    # fare_rules.txt
    fare_id,route_id
    routed,R
    """
    assert doubts(agencies) == ["fare_attributes.txt 3 agency_id"]
