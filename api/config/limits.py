"""The section of config.toml about limits."""

from __future__ import annotations

from api.config.travelling import Count, Positive, Section


class LimitsSection(Section):
    """What a feed, a request and an answer may cost at most."""

    zip_mib: Positive = 512
    unpacked_mib: Positive = 4096
    unpack_ratio: Positive = 200
    files: Positive = 500
    rows: Positive = 60_000_000
    service_days: Positive = 100_000_000
    fetch_s: Positive = 300
    check_mib: Positive = 4096
    check_s: Positive = 120
    body_kib: Positive = 64
    requests_per_minute: Count = 600
    guesses_per_minute: Positive = 10
    load_mib: Positive = 8192
    geocode_results: Positive = 50
    stop_times: Positive = 500
    map_stops: Positive = 10_000
    one_to_all_s: Positive = 5_400
