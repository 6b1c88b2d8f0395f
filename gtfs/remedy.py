"""What to do about a finding: one of few remedies for every code, which the presentation says in people's language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Remedy(StrEnum):
    ADD_FILE = "add_file"
    ADD_COLUMN = "add_column"
    FILL_IN = "fill_in"
    LEAVE_BLANK = "leave_blank"
    CORRECT_VALUE = "correct_value"
    CORRECT_TEXT = "correct_text"
    CORRECT_FORMAT = "correct_format"
    CORRECT_REFERENCE = "correct_reference"
    CORRECT_TIMES = "correct_times"
    CORRECT_DAYS = "correct_days"
    CORRECT_POSITION = "correct_position"
    CORRECT_SHAPE = "correct_shape"
    MAKE_UNIQUE = "make_unique"
    USE_OR_REMOVE = "use_or_remove"
    SAY_ACCESS = "say_access"
    SAY_LICENCE = "say_licence"
    RESTORE_CONNECTION = "restore_connection"
    CHECK_AGAIN = "check_again"
    NOTHING = "nothing"


BY_REMEDY = {
    Remedy.ADD_FILE: """missing_required_file missing_calendar_and_calendar_date_files missing_recommended_file
        reference_to_missing_file no_usable_trip""",
    Remedy.ADD_COLUMN: "missing_required_column missing_recommended_column optional_table_left_out",
    Remedy.FILL_IN: """missing_required_field missing_recommended_field missing_required_agency_id missing_stop_name
        missing_required_element route_both_short_and_long_name_missing missing_feed_contact_email_and_url
        missing_feed_info_date missing_level_id missing_timepoint_value missing_bike_allowance
        missing_pickup_drop_off_booking_rule_id missing_pickup_or_drop_off_window attribution_without_role
        missing_prior_day_booking_field_value missing_prior_notice_duration_min missing_prior_notice_last_day
        missing_prior_notice_last_time missing_prior_notice_start_time missing_stop_times_record transfer_without_time
        stop_without_zone_id fare_transfer_rule_duration_limit_type_without_duration_limit incomplete_transfer
        fare_transfer_rule_duration_limit_without_type fare_transfer_rule_without_transfer_count
        timeframe_only_start_or_end_time_specified location_without_parent_station platform_without_parent_station""",
    Remedy.LEAVE_BLANK: """forbidden_arrival_or_departure_time forbidden_continuous_pickup_drop_off
        forbidden_drop_off_type forbidden_geography_id forbidden_pickup_type forbidden_prior_day_booking_field_value
        forbidden_prior_notice_start_day forbidden_prior_notice_start_time forbidden_real_time_booking_field_value
        forbidden_same_day_booking_field_value forbidden_shape_dist_traveled
        fare_transfer_rule_with_forbidden_transfer_count stop_access_specified_for_incorrect_location
        stop_access_specified_for_stop_with_no_parent_station station_with_parent_station""",
    Remedy.CORRECT_VALUE: """invalid_color negative_price timezone_case
        invalid_currency invalid_currency_amount invalid_email invalid_float
        invalid_integer invalid_language_code invalid_phone_number invalid_timezone invalid_url number_out_of_range
        unexpected_enum_value unknown_route_type agency_phone_invalid bidirectional_exit_gate u_r_i_syntax_error
        fare_transfer_rule_invalid_transfer_count google_ic_price_check google_transfer_type_check
        inconsistent_agency_lang inconsistent_agency_timezone inconsistent_route_type_for_block_id
        inconsistent_route_type_for_in_seat_transfer feed_info_lang_and_agency_lang_mismatch
        fare_product_with_multiple_default_rider_categories invalid_prior_notice_duration_min
        prior_notice_last_day_after_start_day wrong_parent_location_type unsupported_feature_type
        fare_not_understood translation_unexpected_value translation_unknown_table_name""",
    Remedy.CORRECT_TEXT: """route_color_contrast route_long_name_contains_short_name route_short_name_too_long
        same_name_and_description_for_route same_name_and_description_for_stop same_route_and_agency_url
        same_stop_and_agency_url same_stop_and_route_url mixed_case_recommended_field stop_headsign_invalid_char
        non_ascii_or_non_printable_char leading_or_trailing_whitespaces trip_headsign_matches_intermediate_stop""",
    Remedy.CORRECT_FORMAT: """empty_file column_name_case semicolons end_of_file_character unshowable_character
        duplicated_column invalid_row_length new_line_in_value invalid_character
        csv_parsing_failed empty_column_name empty_row geo_json_duplicated_element geo_json_unknown_element
        malformed_json invalid_input_files_in_subfolder too_many_rows unsupported_geo_json_type
        unsupported_geometry_type unknown_column unknown_file invalid_geometry duplicate_geo_json_key
        time_without_seconds outline_crosses_itself_too_often""",
    Remedy.CORRECT_REFERENCE: """foreign_key_violation optional_reference_ignored optional_row_left_out
        translation_foreign_key_violation
        location_with_unexpected_stop_time pathway_to_platform_with_boarding_areas pathway_to_wrong_location_type
        pathway_to_stop_with_access_outside_of_station_pathways pathway_dangling_generic_node pathway_loop
        pathway_unreachable_location transfer_with_invalid_stop_location_type transfer_with_invalid_trip_and_route
        transfer_with_invalid_trip_and_stop transfer_with_suspicious_mid_trip_in_seat
        route_networks_specified_in_more_than_one_file""",
    Remedy.CORRECT_TIMES: """invalid_time stop_time_with_arrival_before_previous_departure_time missing_trip_edge
        fast_travel_between_consecutive_stops fast_travel_between_far_stops bad_frequency overlapping_frequency
        unusable_trip block_trips_with_overlapping_stop_times headway_too_large headway_too_small
        invalid_pickup_drop_off_window
        overlapping_zone_and_pickup_drop_off_window start_and_end_range_equal stop_time_timepoint_without_times
        stop_time_with_only_arrival_or_departure_time timeframe_overlap unsorted_stop_times
        timeframe_start_or_end_time_greater_than_twenty_four_hours safe_duration_below_usual""",
    Remedy.CORRECT_DAYS: """invalid_date no_service_day expired_feed feed_ends_soon service_never_active
        start_and_end_range_out_of_order big_gap_in_service expired_calendar feed_expiration_date30_days
        feed_expiration_date7_days feed_valid_beyond_total_service_window future_calendar future_feed
        service_extends_far_in_the_future service_has_no_active_day_of_the_week service_window_outside_feed_period
        too_many_days_without_service trip_coverage_not_active_for_next7_days same_on_public_holiday
        same_in_school_holidays""",
    Remedy.CORRECT_POSITION: """stop_without_location point_near_origin point_near_pole transfer_over_water
        transfer_distance_above_2_km transfer_distance_too_large stop_too_far_from_shape stops_at_one_place
        stop_too_far_from_shape_using_user_distance""",
    Remedy.CORRECT_SHAPE: """decreasing_or_equal_stop_time_distance decreasing_shape_distance
        equal_shape_distance_diff_coordinates equal_shape_distance_diff_coordinates_distance_below_threshold
        equal_shape_distance_same_coordinates single_shape_point stop_has_too_many_matches_for_shape
        stops_match_shape_out_of_order trip_distance_exceeds_shape_distance
        trip_distance_exceeds_shape_distance_below_threshold trip_with_shape_dist_traveled_but_no_shape_distances""",
    Remedy.MAKE_UNIQUE: """duplicate_key repeated_row duplicate_route_name duplicate_fare_media duplicate_geography_id
        duplicate_trip more_than_one_entity""",
    Remedy.USE_OR_REMOVE: """unused_stop unused_route unused_shape unused_agency unused_parent_station unused_station
        unused_trip stop_without_stop_time stop_never_served
        fare_zone_without_stop""",
    Remedy.SAY_ACCESS: "wheelchair_access_unknown accessible_trip_without_accessible_stop",
    Remedy.SAY_LICENCE: "licence_unknown",
    Remedy.RESTORE_CONNECTION: "connection_lost",
    Remedy.CHECK_AGAIN: """canonical_check_unfinished i_o_error runtime_exception_in_loader_error
        runtime_exception_in_validator_error thread_execution_error""",
    Remedy.NOTHING: "feed_starts_later interpolated_times only_flexible_trips flexible_trips",
}
REMEDIES: Mapping[str, Remedy] = {code: remedy for remedy, codes in BY_REMEDY.items() for code in codes.split()}


def remedy(code: str) -> Remedy:
    """A code that a later version of the engine brings is read as one of its values that is to be corrected."""
    return REMEDIES.get(code, Remedy.CORRECT_VALUE)
