"""The sections of config.toml about timetables: where they come from, what they must answer, how many are kept."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from api.config.section import Positive, Section, Text, Url

FEED_ID = "^[a-z0-9][a-z0-9-]*$"
MOMENT = r"^((mon|tues|wednes|thurs|fri|satur|sun)day )?([01]\d|2[0-3]):[0-5]\d$"


class FeedSection(Section):
    """Where a timetable comes from: one of url, path and demo. The licence is shown wherever its data are.

    every_h: how often the address is asked for a new version; absent: when the operator does. extend: past its end
    the timetable goes on by weekdays, and says so. optional: the service can do without it.
    """

    id: Annotated[str, Field(pattern=FEED_ID)]
    licence: Text
    publisher: str = ""
    url: Url | None = None
    path: Text | None = None
    demo: Literal["lorient"] | None = None
    every_h: Positive | None = None
    extend: bool = False
    optional: bool = False

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        if sum(origin is not None for origin in (self.url, self.path, self.demo)) != 1:
            raise ValueError("needs exactly one of url, path and demo")
        if self.every_h and not self.url:
            raise ValueError("every_h needs a url")
        return self


class GoldenSection(Section):
    """A trip that must be possible in every network before it is published. at: `08:00` or `tuesday 08:00`."""

    model_config = ConfigDict(populate_by_name=True)

    origin: Annotated[Text, Field(alias="from")]
    destination: Annotated[Text, Field(alias="to")]
    at: Annotated[str, Field(pattern=MOMENT)]


class ReloadSection(Section):
    """kept: networks, and versions of each feed, to go back to. strict: a row of an optional table that would be left
    out refuses its feed. email: who is told that a feed ends soon."""

    kept: Annotated[int, Field(ge=2, le=100)] = 5
    strict: bool = False
    email: Annotated[str, Field(pattern="^[^@\\s]+@[^@\\s]+$")] | None = None
