"""What a question is read against, taken once in a request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from api.config import Config
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from api.web.dialect import Dialect
from api.web.sentences import spoken
from mobility.errors import InvalidQuery
from mobility.routing.territory import Territory


class RealtimeMode(StrEnum):
    """As MOTIS means them: the timetable alone; searched by timetable, live times told; searched as it is now."""

    OFF = "OFF"
    REALTIME_ANNOTATION_ONLY = "REALTIME_ANNOTATION_ONLY"
    REALTIME = "REALTIME"


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
    mode: RealtimeMode = RealtimeMode.REALTIME

    @property
    def searched(self) -> Territory:
        """What is searched: by timetable alone where that is asked for."""
        return self.territory if self.mode is RealtimeMode.REALTIME else self.territory.as_planned

    @property
    def told(self) -> Territory | None:
        """What is told of the live state, None where nothing shall be, or nothing is known."""
        return self.territory if self.territory.live and self.mode is not RealtimeMode.OFF else None

    def in_mode(self, values: Values) -> Asking:
        """As the parameter realtimeMode says. Raises InvalidQuery."""
        said = values.text("realtimeMode") or RealtimeMode.REALTIME
        if said not in set(RealtimeMode):
            raise InvalidQuery("realtimeMode", RequestFault.NONE_OF, known=", ".join(RealtimeMode))
        return replace(self, mode=RealtimeMode(said))

    def spoken(self, values: Values) -> str:
        tags = [*(values.listed("language") or []), *self.languages]
        return spoken(tags, self.config.territory.languages)
