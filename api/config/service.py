"""The sections of config.toml about the service itself: where it listens, what it keeps, what it bears."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.config.section import Count, Positive, Section, Text

Host = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:.]+\]$")]


class ServerSection(Section):
    """hosts: names under which it is reached, the public one first; absent: any. cors: origins whose pages may call the
    API, "*" for all. proxies: before Hent, that say who asks. production: travellers go by it; what is for tests and
    replays alone is refused."""

    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    workers: Annotated[int, Field(gt=0, le=256)] = 2
    threads: Annotated[int, Field(gt=0, le=256)] = 4
    hosts: tuple[Host, ...] = ()
    cors: tuple[Text, ...] = ("*",)
    proxies: Annotated[int, Field(ge=0, le=10)] = 0
    production: bool = False


class StorageSection(Section):
    """url: of the database; absent: a SQLite file in the data folder. A password belongs in the environment."""

    url: Annotated[str, Field(pattern=r"^(sqlite:///|postgresql\+psycopg://)")] | None = None


class LimitsSection(Section):
    """What a feed, a request and an answer may cost at most."""

    zip_mib: Positive = 512
    unpacked_mib: Positive = 4096
    unpack_ratio: Positive = 200
    files: Positive = 500
    rows: Positive = 60_000_000
    service_days: Positive = 100_000_000
    runs: Positive = 1_000_000
    run_calls: Positive = 50_000_000
    trip_h: Annotated[int, Field(ge=48, le=999)] = 168
    fetch_s: Positive = 300
    check_mib: Positive = 4096
    check_s: Positive = 120
    body_kib: Positive = 64
    requests_per_minute: Count = 600
    guesses_per_minute: Positive = 10
    remarks_per_hour: Positive = 10
    load_mib: Positive = 8192
    load_s: Positive = 3600
    load_disk_mib: Positive = 8192
    jobs: Positive = 5
    geocode_results: Positive = 50
    stop_times: Positive = 500
    map_stops: Positive = 10_000
    one_to_all_s: Positive = 5_400
    answer_s: Annotated[float, Field(gt=0)] = 8.0


class SecuritySection(Section):
    """contact: where to report it, told in /.well-known/security.txt; absent: there is no such file."""

    contact: Annotated[str, Field(pattern=r"^(mailto:[^@\s]+@[^@\s]+|https://\S+|tel:\S+)$")] | None = None


class StatisticsSection(Section):
    """trips: whether it is counted, by commune and hour, from six askers on, how often trips are looked for."""

    trips: bool = True
