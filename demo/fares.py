"""The tables of fares, of both versions. Source of the columns: GTFS Schedule reference."""

from demo.records import Fare, Territory

Row = dict[str, str]


def fare_tables(territory: Territory) -> dict[str, list[Row]]:
    """File name to rows."""
    return {
        "fare_attributes.txt": _fare_attributes(territory),
        "fare_rules.txt": _fare_rules(territory),
        "fare_media.txt": _fare_media(territory),
        "fare_products.txt": _fare_products(territory),
        "rider_categories.txt": _riders(territory),
        "areas.txt": [{"area_id": key, "area_name": name} for key, name in _areas(territory).items()],
        "stop_areas.txt": [{"area_id": area.area_id, "stop_id": area.stop_id} for area in territory.areas],
        "timeframes.txt": _timeframes(territory),
        "networks.txt": [{"network_id": key, "network_name": name} for key, name in territory.networks.items()],
        "route_networks.txt": [{"network_id": line.network, "route_id": line.line_id} for line in territory.lines],
        "fare_leg_rules.txt": _fare_leg_rules(territory),
        "fare_transfer_rules.txt": _fare_transfer_rules(territory),
    }


def _fare_attributes(territory: Territory) -> list[Row]:
    agency_of = {line.network: line.agency for line in territory.lines}
    return [
        {
            "fare_id": fare.fare_id,
            "price": fare.price,
            "currency_type": fare.currency,
            "payment_method": "0" if fare.medium == "paper" else "1",
            "transfers": fare.changes,
            "agency_id": agency_of[fare.network],
            "transfer_duration": str(60 * fare.minutes) if fare.minutes else "",
        }
        for fare in _of_the_first_version(territory)
    ]


def _of_the_first_version(territory: Territory) -> list[Fare]:
    """It knows neither riders nor times of the day."""
    usual = {"", *(rider.rider_id for rider in territory.riders if rider.default)}
    return [fare for fare in territory.fares if fare.rider in usual and not fare.from_clock]


def _fare_rules(territory: Territory) -> list[Row]:
    pairs = ((fare, line) for fare in _of_the_first_version(territory) for line in territory.lines)
    return [{"fare_id": fare.fare_id, "route_id": line.line_id} for fare, line in pairs if fare.network == line.network]


def _fare_media(territory: Territory) -> list[Row]:
    return [
        {"fare_media_id": medium.medium_id, "fare_media_name": medium.name, "fare_media_type": medium.fare_media_type}
        for medium in territory.media
    ]


def _fare_products(territory: Territory) -> list[Row]:
    return [
        {
            "fare_product_id": fare.fare_id,
            "fare_product_name": fare.name,
            "rider_category_id": fare.rider,
            "fare_media_id": fare.medium,
            "amount": fare.price,
            "currency": fare.currency,
        }
        for fare in territory.fares
    ]


def _fare_leg_rules(territory: Territory) -> list[Row]:
    """Each ticket is a group of its own: changes go on with the ticket that one has."""
    return [
        {
            "leg_group_id": fare.fare_id,
            "network_id": fare.network,
            "from_area_id": start,
            "to_area_id": end,
            "from_timeframe_group_id": f"from-{fare.from_clock}" if fare.from_clock else "",
            "fare_product_id": fare.fare_id,
        }
        for fare in _tickets(territory)
        for start, end in ((fare.between, fare.between[::-1]) if fare.between else (("", ""),))
    ]


def _tickets(territory: Territory) -> list[Fare]:
    """Each once, whoever pays."""
    return list({fare.fare_id: fare for fare in territory.fares}.values())


def _riders(territory: Territory) -> list[Row]:
    return [
        {
            "rider_category_id": rider.rider_id,
            "rider_category_name": rider.name,
            "is_default_fare_category": "1" if rider.default else "0",
        }
        for rider in territory.riders
    ]


def _areas(territory: Territory) -> dict[str, str]:
    return {area.area_id: area.name for area in territory.areas}


def _timeframes(territory: Territory) -> list[Row]:
    """Of the evenings of all days."""
    clocks = sorted({fare.from_clock for fare in territory.fares if fare.from_clock})
    return [
        {
            "timeframe_group_id": f"from-{clock}",
            "start_time": f"{clock}:00",
            "end_time": "24:00:00",
            "service_id": "daily",
        }
        for clock in clocks
    ]


def _fare_transfer_rules(territory: Territory) -> list[Row]:
    return [_free_changes(fare) for fare in _tickets(territory) if fare.changes != "0"]


def _free_changes(fare: Fare) -> Row:
    """As many as the ticket allows, as long as it holds, counted from boarding to boarding."""
    return {
        "from_leg_group_id": fare.fare_id,
        "to_leg_group_id": fare.fare_id,
        "transfer_count": fare.changes or "-1",
        "duration_limit": str(60 * fare.minutes) if fare.minutes else "",
        "duration_limit_type": "1" if fare.minutes else "",
        "fare_transfer_type": "0",
    }
