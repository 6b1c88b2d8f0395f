"""The tables of the GTFS feed, each a list of rows. Source of the columns: GTFS Schedule reference."""

from collections.abc import Iterator
from datetime import date
from itertools import accumulate, pairwise

from demo.days import WEEKS, Window, service_days
from demo.geometry import distance_m, length_m, way
from demo.records import Fare, Line, Service, Stop, Territory
from demo.timetable import Trip, clock, trips

Row = dict[str, str]

ROUTE_TYPES = {"bus": "3", "boat": "4", "ferry": "4"}
THREE_STATES = {"unknown": "0", "yes": "1", "no": "2"}
NOTE = "Horaires illustratifs de démonstration"
PUBLISHER = "Hent, territoire de démonstration (horaires illustratifs, positions approchées)"
PUBLISHER_URL = "https://demo.hent.example/"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


APPROXIMATE = {
    "fr": "{commune} ; position approchée",
    "br": "{commune} ; lec’hiadur war-dro",
    "en": "{commune}; approximate position",
}
"""What each stop says of where it is, by language; the first is that of the feed."""


def tables(territory: Territory, covered: Window) -> dict[str, list[Row]]:
    """File name to rows, for the days covered."""
    all_trips = list(trips(territory))
    services = [(service, service_days(service, covered, territory.holidays)) for service in territory.services]
    return {
        "agency.txt": _agencies(territory),
        "stops.txt": [_stop(stop) for stop in territory.stops.values()],
        "routes.txt": [_route(line, order) for order, line in enumerate(territory.lines)],
        "trips.txt": [_trip(territory, trip) for trip in all_trips],
        "stop_times.txt": _all_stop_times(territory, all_trips),
        "frequencies.txt": [row for trip in all_trips for row in _frequencies(trip)],
        "calendar.txt": [_calendar(service, covered) for service, _ in services if _is_weekly(service)],
        "calendar_dates.txt": [row for service, days in services for row in _calendar_dates(service, days, covered)],
        "shapes.txt": _shapes(territory, all_trips),
        "transfers.txt": _transfers(territory),
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
        "translations.txt": _translations(territory),
        "feed_info.txt": [_feed_info(covered)],
    }


def _agencies(territory: Territory) -> list[Row]:
    return [
        {
            "agency_id": agency.agency_id,
            "agency_name": agency.name,
            "agency_url": agency.url,
            "agency_timezone": "Europe/Paris",
            "agency_lang": "fr",
            "agency_phone": agency.phone,
        }
        for agency in territory.agencies
    ]


def _stop(stop: Stop) -> Row:
    return {
        "stop_id": stop.stop_id,
        "stop_name": stop.name,
        "stop_desc": APPROXIMATE["fr"].format(commune=stop.commune),
        "stop_lat": f"{stop.point[0]:.5f}",
        "stop_lon": f"{stop.point[1]:.5f}",
        "zone_id": "groix" if stop.commune == "Groix" else "rade",
        "location_type": "1" if stop.kind == "station" else "0",
        "parent_station": stop.station,
        "wheelchair_boarding": THREE_STATES[stop.step_free],
        "platform_code": stop.platform,
    }


def _translations(territory: Territory) -> list[Row]:
    """Names of places stay as they are; what is said of stops is told in each language."""
    communes = dict.fromkeys(stop.commune for stop in territory.stops.values())
    return [
        {
            "table_name": "stops",
            "field_name": "stop_desc",
            "language": language,
            "translation": said.format(commune=commune),
            "field_value": APPROXIMATE["fr"].format(commune=commune),
        }
        for commune in communes
        for language, said in APPROXIMATE.items()
        if language != "fr"
    ]


def _route(line: Line, order: int) -> Row:
    return {
        "route_id": line.line_id,
        "agency_id": line.agency,
        "route_short_name": line.line_id,
        "route_long_name": line.name,
        "route_desc": NOTE,
        "route_type": ROUTE_TYPES[line.mode],
        "route_color": line.colour,
        "route_text_color": text_colour(line.colour),
        "route_sort_order": str(order),
    }


def text_colour(background: str) -> str:
    """Black or white, whichever reads better. Source: WCAG 2.2, relative luminance and contrast ratio."""
    channels = (int(background[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "000000" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "FFFFFF"


def _trip(territory: Territory, trip: Trip) -> Row:
    return {
        "route_id": trip.line.line_id,
        "service_id": trip.service,
        "trip_id": trip.trip_id,
        "trip_headsign": territory.stops[trip.stops[-1]].name.removesuffix(" (quai)"),
        "direction_id": str(int(trip.back)),
        "shape_id": _shape_id(trip),
        "wheelchair_accessible": THREE_STATES[trip.line.step_free],
        "bikes_allowed": THREE_STATES[trip.line.bikes],
    }


def _all_stop_times(territory: Territory, all_trips: list[Trip]) -> list[Row]:
    travelled = {stops: _travelled(territory, stops) for stops in {trip.stops for trip in all_trips}}
    return [row for trip in all_trips for row in _stop_times(trip, travelled[trip.stops])]


def _travelled(territory: Territory, stops: tuple[str, ...]) -> list[str]:
    """Metres from the first stop to each."""
    metres = (length_m(way(territory, a, b)) for a, b in pairwise(stops))
    return [f"{total:.0f}" for total in accumulate(metres, initial=0.0)]


def _stop_times(trip: Trip, travelled: list[str]) -> Iterator[Row]:
    for position, (stop, minutes) in enumerate(zip(trip.stops, trip.minutes, strict=True)):
        yield {
            "trip_id": trip.trip_id,
            "arrival_time": clock(minutes),
            "departure_time": clock(minutes),
            "stop_id": stop,
            "stop_sequence": str(position),
            "shape_dist_traveled": travelled[position],
        }


def _frequencies(trip: Trip) -> Iterator[Row]:
    if trip.headway is not None:
        yield {
            "trip_id": trip.trip_id,
            "start_time": clock(trip.headway.since),
            "end_time": clock(trip.headway.until),
            "headway_secs": str(60 * trip.headway.every),
            "exact_times": str(int(trip.headway.exact)),
        }


def _is_weekly(service: Service) -> bool:
    return service.season == "year"


def _calendar(service: Service, covered: Window) -> Row:
    days = {name: str(int(runs)) for name, runs in zip(WEEKDAYS, service.weekdays, strict=True)}
    return {"service_id": service.service_id, **days, "start_date": _day(covered.first), "end_date": _day(covered.last)}


def _calendar_dates(service: Service, days: list[date], covered: Window) -> Iterator[Row]:
    """What differs from the week in calendar.txt; a service of a season stands here day by day."""
    running = set(days)
    for day in covered.days():
        by_the_week = _is_weekly(service) and service.weekdays[day.weekday()]
        if (day in running) != by_the_week:
            kind = "1" if day in running else "2"
            yield {"service_id": service.service_id, "date": _day(day), "exception_type": kind}


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _shape_id(trip: Trip) -> str:
    return f"{trip.line.line_id}-{trip.stops[0]}-{trip.stops[-1]}"


def _shapes(territory: Territory, all_trips: list[Trip]) -> list[Row]:
    by_id = {_shape_id(trip): trip.stops for trip in all_trips}
    return [row for shape_id, stops in by_id.items() for row in _shape(territory, shape_id, stops)]


def _shape(territory: Territory, shape_id: str, stops: tuple[str, ...]) -> Iterator[Row]:
    points = [territory.stops[stops[0]].point]
    for a, b in pairwise(stops):
        points.extend(way(territory, a, b)[1:])
    travelled = accumulate((distance_m(a, b) for a, b in pairwise(points)), initial=0.0)
    for position, (point, metres) in enumerate(zip(points, travelled, strict=True)):
        yield {
            "shape_id": shape_id,
            "shape_pt_lat": f"{point[0]:.5f}",
            "shape_pt_lon": f"{point[1]:.5f}",
            "shape_pt_sequence": str(position),
            "shape_dist_traveled": f"{metres:.0f}",
        }


def _transfers(territory: Territory) -> list[Row]:
    return [
        {
            "from_stop_id": transfer.from_stop_id,
            "to_stop_id": transfer.to_stop_id,
            "transfer_type": "2",
            "min_transfer_time": str(transfer.least_s),
        }
        for transfer in territory.transfers
    ]


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


def _feed_info(covered: Window) -> Row:
    return {
        "feed_publisher_name": PUBLISHER,
        "feed_publisher_url": PUBLISHER_URL,
        "feed_lang": "fr",
        "feed_start_date": _day(covered.first),
        "feed_end_date": _day(covered.last),
        "feed_contact_url": PUBLISHER_URL,
        "feed_version": f"{covered.first.isoformat()} + {WEEKS} semaines",
    }
