"""News for riders as rows of the network: what each is about, when it is told and when it is felt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SEVERITIES = ("UNKNOWN_SEVERITY", "INFO", "WARNING", "SEVERE")
BY_EFFECT = {"NO_SERVICE": 3, "DETOUR": 2, "REDUCED_SERVICE": 2, "SIGNIFICANT_DELAYS": 2, "STOP_MOVED": 2}
"""How severe what does not say so is taken to be (Transit's table)."""

Texts = tuple[tuple[str, str], ...]
"""(language tag, "" none; plain text)."""
Span = tuple[int | None, int | None]
"""From epoch second to epoch second, None is open."""


class AlertScope(NamedTuple):
    """All that is said must be so. Rows of the network, -1 not said. stops: of a station all its stops, too. type: a
    route_type as published. day: of a trip, as ordinal."""

    feed: int = -1
    agency: int = -1
    type: int = -1
    line: int = -1
    direction: int = -1
    trips: tuple[int, ...] = ()
    day: int = -1
    stops: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveAlert:
    """communication, impact: when it is told, when it is felt; empty: always. source: row of the version's sources."""

    id: str
    scopes: tuple[AlertScope, ...]
    communication: tuple[Span, ...] = ()
    impact: tuple[Span, ...] = ()
    cause: str = "UNKNOWN_CAUSE"
    effect: str = "UNKNOWN_EFFECT"
    severity: str = "UNKNOWN_SEVERITY"
    header: Texts = ()
    description: Texts = ()
    url: Texts = ()
    tts_header: Texts = ()
    tts_description: Texts = ()
    cause_detail: Texts = ()
    effect_detail: Texts = ()
    source: int = 0

    @property
    def rank(self) -> int:
        """The higher, the more severe."""
        said = SEVERITIES.index(self.severity) if self.severity in SEVERITIES else 0
        return said or BY_EFFECT.get(self.effect, 1)

    def is_told(self, at_s: int) -> bool:
        return not self.communication or any(_holds(span, at_s) for span in self.communication)

    def is_felt(self, from_s: int, until_s: int) -> bool:
        """Whether its impact meets the span."""
        return not self.impact or any(_meets(span, from_s, until_s) for span in self.impact)


def _holds(span: Span, at_s: int) -> bool:
    return (span[0] is None or span[0] <= at_s) and (span[1] is None or at_s < span[1])


def _meets(span: Span, from_s: int, until_s: int) -> bool:
    return (span[0] is None or span[0] <= until_s) and (span[1] is None or from_s < span[1])


class Subject(NamedTuple):
    """What alerts are asked about: a run, some of its stops, or a stop alone. -1, empty: not this."""

    feed: int = -1
    agency: int = -1
    type: int = -1
    line: int = -1
    direction: int = -1
    trip: int = -1
    day: int = -1
    stops: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LiveAlerts:
    """Those of one version, the most severe first."""

    every: tuple[LiveAlert, ...] = ()
    _by_stop: dict[int, list[int]] = field(default_factory=dict)
    _by_line: dict[int, list[int]] = field(default_factory=dict)
    _wide: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, alerts: Iterable[LiveAlert]) -> LiveAlerts:
        every = tuple(sorted(alerts, key=lambda alert: (-alert.rank, alert.id)))
        by_stop: dict[int, list[int]] = {}
        by_line: dict[int, list[int]] = {}
        wide: list[int] = []
        for row, alert in enumerate(every):
            for scope in alert.scopes:
                for stop in scope.stops:
                    by_stop.setdefault(stop, []).append(row)
                if not scope.stops and scope.line >= 0:
                    by_line.setdefault(scope.line, []).append(row)
                elif not scope.stops:
                    wide.append(row)
        return cls(every, by_stop, by_line, wide)

    def about(self, subject: Subject, at_s: int, felt: tuple[int, int] | None = None) -> list[LiveAlert]:
        """Told at a moment; felt: within this span. Each once."""
        if not self.every:
            return []
        rows = {*self._wide, *self._by_line.get(subject.line, ())}
        rows.update(row for stop in subject.stops for row in self._by_stop.get(stop, ()))
        return [alert for alert in self._at(sorted(rows), at_s, felt) if any(_fits(s, subject) for s in alert.scopes)]

    def told(self, at_s: int) -> list[LiveAlert]:
        """All that are told at a moment."""
        return list(self._at(range(len(self.every)), at_s, None))

    def _at(self, rows: Iterable[int], at_s: int, felt: tuple[int, int] | None) -> Iterator[LiveAlert]:
        for row in rows:
            alert = self.every[row]
            if alert.is_told(at_s) and (felt is None or alert.is_felt(*felt)):
                yield alert


NO_ALERTS = LiveAlerts()


def _fits(scope: AlertScope, subject: Subject) -> bool:
    """AND of all that the scope says; a stop alone is met by what says nothing but the stop."""
    return (
        scope.feed in (-1, subject.feed)
        and scope.agency in (-1, subject.agency)
        and scope.type in (-1, subject.type)
        and scope.line in (-1, subject.line)
        and scope.direction in (-1, subject.direction)
        and (not scope.trips or subject.trip in scope.trips)
        and scope.day in (-1, subject.day)
        and (not scope.stops or not subject.stops.isdisjoint(scope.stops))
    )


def alert_from(said: dict[str, Any]) -> LiveAlert:
    """From JSON, where tuples are lists."""
    scopes = tuple(AlertScope(*map(_tuples, scope)) for scope in said["scopes"])
    return LiveAlert(**{name: _tuples(value) for name, value in said.items()} | {"scopes": scopes})


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
