"""The sections of config.toml about parts of a territory that are no timetables: files to fetch, and what is still
missing."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.config.feeds import FEED_ID
from api.config.section import Positive, Section, Text, Url


class FileSection(Section):
    """A file that another key of the config names (an extract of streets, addresses), and where `hent territory fetch`
    gets it. most_mib, most_s: what it may cost."""

    id: Annotated[str, Field(pattern=FEED_ID)]
    path: Text
    url: Url
    licence: Text
    most_mib: Positive = 1024
    most_s: Positive = 1800


class WantedSection(Section):
    """A part that the territory has and this config cannot name: of no known address. find: where to look for it."""

    name: Text
    find: Text
