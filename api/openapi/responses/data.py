"""What the open data endpoints answer in JSON, for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import Day, Instant, Shape, Text

Count = Annotated[int, Field(ge=0)]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Gravity = Literal["ERROR", "WARNING", "INFO"]


class DataFile(Shape):
    """url: absolute; its content type is media_type. issued, modified, byte_size: null of what is made for each
    request, or not made yet."""

    title: Text
    url: Text
    media_type: Text
    issued: Instant | None
    modified: Instant | None
    byte_size: Count | None


class DataSet(Shape):
    """licences: SPDX names, or as the source states them. first_day, last_day: null where it has no period."""

    id: Text
    title: Text
    description: Text
    licences: Annotated[list[Text], Field(min_length=1)]
    publisher: Text
    first_day: Day | None
    last_day: Day | None
    issued: Instant
    modified: Instant
    distributions: Annotated[list[DataFile], Field(min_length=1)]


class DataCatalogue(Shape):
    """network: the version in service that files are made of. bbox: west, south, east, north. issued:
    when the newest of its timetables was accepted."""

    title: Text
    publisher: Text
    contact: Text
    network: Text
    bbox: Annotated[list[float], Field(min_length=4, max_length=4)]
    issued: Instant
    modified: Instant
    datasets: list[DataSet]


class KeptVersion(Shape):
    """url: good as long as the version is kept, and never another file. report: the address of what was
    found in it. notices: findings by severity."""

    sha256: Sha256
    url: Text
    report: Text
    accepted: Instant
    bytes: Count
    in_service: bool
    notices: dict[Gravity, Count]


class Sample(Shape):
    """line: as an editor counts it, 0 where no single line is meant."""

    file: str
    line: Count
    field: str
    value: str
    message: str


class Finding(Shape):
    """All findings of one code; the first thousand as samples. docs/feed-rules.md lists the codes."""

    code: Text
    severity: Gravity
    blocking: bool
    remedy: Text
    total_notices: Annotated[int, Field(ge=1)]
    sample_notices: Annotated[list[Sample], Field(min_length=1)]


class FeedReport(Shape):
    """What was found in one version of a feed. accepted: nothing in it is blocking."""

    source: Text
    sha256: Sha256
    checked_on: Day
    accepted: bool
    counts: dict[Gravity, Count]
    notices: list[Finding]


class BusiestDay(Shape):
    date: Day
    lines: Count
    trips: Count
    stops: Count


class ServiceDay(Shape):
    """What runs on a service day. hours: of all trips together. departures: at all stops together."""

    date: Day
    lines: Count
    trips: Count
    hours: Annotated[float, Field(ge=0)]
    departures: Count


class FeedDescription(Shape):
    """What is in a feed and how much service it gives: /data/files/FEED.description.json. busiest: of the days looked
    at, seven from the day on which the file was made. days: those on which something runs."""

    agencies: list[str]
    timezone: Text
    first_day: Day
    last_day: Day
    lines: Count
    trips: Count
    stops: Count
    shapes: Count
    busiest: BusiestDay
    days: list[ServiceDay]
