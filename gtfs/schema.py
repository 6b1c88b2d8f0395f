"""The tables of GTFS that are read, their columns, keys and references. Source: GTFS Schedule reference
(gtfs.org); of the last two and of columns that begin with ticketing_: Google Transit ticketing extensions.

A line of a table reads `column kind`, then `!` if nothing can be read without the column, `> table` if its values are
keys of that table. Kinds: see values.py; `0-4` is a number from 0 to 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    required: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """key: columns that together are different in every row; empty where the format asks for none."""

    name: str
    key: tuple[str, ...]
    fields: Mapping[str, Field]

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields.values() if field.required)

    @property
    def references(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields.values() if field.to)


REFERENCE = """
agency = agency_id
    agency_id id, agency_name text !, agency_url url, agency_timezone timezone !, agency_lang language,
    agency_phone text, agency_fare_url url, agency_email text, cemv_support 0-2, ticketing_deep_link_id id
stops = stop_id
    stop_id id !, stop_code text, stop_name text, tts_stop_name text, stop_desc text, stop_lat latitude,
    stop_lon longitude, zone_id id, stop_url url, location_type 0-4, parent_station id > stops,
    stop_timezone timezone, wheelchair_boarding 0-2, level_id id > levels, platform_code text, stop_access 0-1
routes = route_id
    route_id id !, agency_id id > agency, route_short_name text, route_long_name text, route_desc text,
    route_type whole !, route_url url, route_color color, route_text_color color, route_sort_order whole,
    continuous_pickup 0-3, continuous_drop_off 0-3, network_id id, cemv_support 0-2, ticketing_deep_link_id id
trips = trip_id
    route_id id ! > routes, service_id id ! > services, trip_id id !, trip_headsign text, trip_short_name text,
    direction_id 0-1, block_id id, shape_id id > shapes, wheelchair_accessible 0-2, bikes_allowed 0-2,
    cars_allowed 0-2, mean_duration_factor number, mean_duration_offset number, safe_duration_factor number,
    safe_duration_offset number, ticketing_trip_id id, ticketing_type 0-1
stop_times = trip_id stop_sequence
    trip_id id ! > trips, arrival_time time, departure_time time, stop_id id > stops,
    location_group_id id > location_groups, location_id id, stop_sequence whole !, stop_headsign text,
    start_pickup_drop_off_window time, end_pickup_drop_off_window time, pickup_type 0-3, drop_off_type 0-3,
    continuous_pickup 0-3, continuous_drop_off 0-3, shape_dist_traveled number, timepoint 0-1,
    pickup_booking_rule_id id > booking_rules, drop_off_booking_rule_id id > booking_rules,
    mean_duration_factor number, mean_duration_offset number, safe_duration_factor number,
    safe_duration_offset number, ticketing_type 0-1
calendar = service_id
    service_id id !, monday 0-1 !, tuesday 0-1 !, wednesday 0-1 !, thursday 0-1 !, friday 0-1 !, saturday 0-1 !,
    sunday 0-1 !, start_date date !, end_date date !, service_name text
calendar_dates = service_id date
    service_id id !, date date !, exception_type 1-2 !, holiday_name text
fare_attributes = fare_id
    fare_id id !, price price !, currency_type currency !, payment_method 0-1, transfers 0-2,
    agency_id id > agency, transfer_duration whole
fare_rules =
    fare_id id ! > fare_attributes, route_id id > routes, origin_id id, destination_id id, contains_id id
timeframes =
    timeframe_group_id id !, start_time time, end_time time, service_id id > services
rider_categories = rider_category_id
    rider_category_id id !, rider_category_name text, is_default_fare_category 0-1, eligibility_url url
fare_media = fare_media_id
    fare_media_id id !, fare_media_name text, fare_media_type 0-4
fare_products = fare_product_id rider_category_id fare_media_id
    fare_product_id id !, fare_product_name text, rider_category_id id > rider_categories,
    fare_media_id id > fare_media, amount number !, currency currency !
fare_leg_rules =
    leg_group_id id, network_id id, from_area_id id > areas, to_area_id id > areas,
    from_timeframe_group_id id, to_timeframe_group_id id, fare_product_id id ! > fare_products, rule_priority whole
fare_leg_join_rules =
    from_network_id id, to_network_id id, from_stop_id id > stops, to_stop_id id > stops
fare_transfer_rules =
    from_leg_group_id id, to_leg_group_id id, transfer_count number, duration_limit whole,
    duration_limit_type 0-3, fare_transfer_type 0-2, fare_product_id id > fare_products
areas = area_id
    area_id id !, area_name text
stop_areas =
    area_id id ! > areas, stop_id id ! > stops
networks = network_id
    network_id id !, network_name text
route_networks = route_id
    network_id id ! > networks, route_id id ! > routes
shapes = shape_id shape_pt_sequence
    shape_id id !, shape_pt_lat latitude !, shape_pt_lon longitude !, shape_pt_sequence whole !,
    shape_dist_traveled number
frequencies = trip_id start_time
    trip_id id ! > trips, start_time time !, end_time time !, headway_secs whole !, exact_times 0-1
transfers = from_stop_id to_stop_id from_trip_id to_trip_id from_route_id to_route_id
    from_stop_id id > stops, to_stop_id id > stops, from_route_id id > routes, to_route_id id > routes,
    from_trip_id id > trips, to_trip_id id > trips, transfer_type 0-5, min_transfer_time whole
pathways = pathway_id
    pathway_id id !, from_stop_id id ! > stops, to_stop_id id ! > stops, pathway_mode 1-7, is_bidirectional 0-1,
    length number, traversal_time whole, stair_count number, max_slope number, min_width number,
    signposted_as text, reversed_signposted_as text
levels = level_id
    level_id id !, level_index number, level_name text
location_groups = location_group_id
    location_group_id id !, location_group_name text
location_group_stops =
    location_group_id id ! > location_groups, stop_id id ! > stops
booking_rules = booking_rule_id
    booking_rule_id id !, booking_type 0-2, prior_notice_duration_min whole, prior_notice_duration_max whole,
    prior_notice_last_day whole, prior_notice_last_time time, prior_notice_start_day whole,
    prior_notice_start_time time, prior_notice_service_id id, message text, pickup_message text,
    drop_off_message text, phone_number text, info_url url, booking_url url
translations =
    table_name text, field_name text, language language, translation text, record_id id, record_sub_id id,
    field_value text, trans_id text, lang language
feed_info =
    feed_publisher_name text, feed_publisher_url url, feed_lang language, default_lang language,
    feed_start_date date, feed_end_date date, feed_version text, feed_contact_email text, feed_contact_url url
attributions =
    attribution_id id, agency_id id > agency, route_id id > routes, trip_id id > trips, organization_name text,
    is_producer 0-1, is_operator 0-1, is_authority 0-1, attribution_url url, attribution_email text,
    attribution_phone text
ticketing_deep_links = ticketing_deep_link_id
    ticketing_deep_link_id id !, web_url text, android_intent_uri text, ios_universal_link_url text
ticketing_identifiers =
    ticketing_stop_id id !, stop_id id ! > stops, agency_id id > agency
"""

REQUIRED_TABLES = ("agency", "stops", "routes", "trips", "stop_times")
"""And one of calendar and calendar_dates. stops may be missing where locations.geojson holds on-demand zones."""

OTHER_FILES = frozenset({"locations.geojson"})
"""Part of GTFS, but no table."""


def _field(text: str) -> Field:
    words = text.split()
    return Field(words[0], words[1], "!" in words, words[words.index(">") + 1] if ">" in words else "")


def _tables(reference: str) -> dict[str, TableSchema]:
    tables: dict[str, TableSchema] = {}
    for line in reference.strip().splitlines():
        if not line.startswith(" "):
            name, _, key = line.partition(" =")
            tables[name] = TableSchema(name, tuple(key.split()), {})
        else:
            fields = [_field(text) for text in line.split(",") if text.strip()]
            table = tables[name]
            tables[name] = replace(table, fields={**table.fields, **{field.name: field for field in fields}})
    return tables


TABLES: Mapping[str, TableSchema] = _tables(REFERENCE)
