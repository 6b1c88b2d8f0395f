"""The tables of the GTFS feed, each a list of rows. Source of the columns: GTFS Schedule reference."""

from demo.days import WEEKS, Window, gtfs_day
from demo.fares import fare_tables
from demo.records import Line, Stop, Territory
from demo.runs import THREE_STATES, run_tables

Row = dict[str, str]

ROUTE_TYPES = {"bus": "3", "train": "2", "boat": "4", "ferry": "4"}
NOTE = "Horaires illustratifs de démonstration"
PUBLISHER = "Hent, territoire de démonstration (horaires illustratifs, positions approchées)"
PUBLISHER_URL = "https://demo.hent.example/"


APPROXIMATE = {
    "fr": "{commune} ; position approchée",
    "br": "{commune} ; lec’hiadur war-dro",
    "en": "{commune}; approximate position",
}
"""What each stop says of where it is, by language; the first is that of the feed."""


def tables(territory: Territory, covered: Window) -> dict[str, list[Row]]:
    """File name to rows, for the days covered."""
    return {
        "agency.txt": _agencies(territory),
        "stops.txt": [_stop(stop) for stop in territory.stops.values()],
        "routes.txt": [_route(line, order) for order, line in enumerate(territory.lines)],
        **run_tables(territory, covered),
        "transfers.txt": _transfers(territory),
        **fare_tables(territory),
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


def _feed_info(covered: Window) -> Row:
    return {
        "feed_publisher_name": PUBLISHER,
        "feed_publisher_url": PUBLISHER_URL,
        "feed_lang": "fr",
        "feed_start_date": gtfs_day(covered.first),
        "feed_end_date": gtfs_day(covered.last),
        "feed_contact_url": PUBLISHER_URL,
        "feed_version": f"{covered.first.isoformat()} + {WEEKS} semaines",
    }
