"""What a question is read against, taken once in a request."""

from __future__ import annotations

from dataclasses import dataclass

from api.config import Config
from api.parse.values import Values
from api.web.dialect import Dialect
from api.web.sentences import spoken
from mobility.routing.territory import Territory


@dataclass(frozen=True, slots=True)
class Asking:
    """The territory, the config with its limits, the dialect, the clock and the languages of the request's header.

    ours: asked by a page of ours or by POST /api/trips, not by a client of MOTIS.
    """

    territory: Territory
    config: Config
    dialect: Dialect
    now_s: int
    languages: tuple[str, ...] = ()
    ours: bool = False

    def spoken(self, values: Values) -> str:
        tags = [*(values.listed("language") or []), *self.languages]
        return spoken(tags, spoken(self.config.territory.languages))
