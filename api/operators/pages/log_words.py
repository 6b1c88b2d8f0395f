"""What a line of the log is about, by the name that it has now. The log keeps ids alone: names change, and what was
reported is erased long before the line that says who answered it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from api.operators.pages.frame import OperatorFrame
from api.operators.pages.message_form import MessageDesk
from api.operators.pages.message_words import about_words, line_words, trip_ends
from api.pages.frame import href
from api.web.remark_box import remarks_of
from mobility.clock import clock_of_day
from mobility.live.message_store import messages_in_force
from mobility.live.messages import OperatorMessage
from mobility.live.timetable_index import TimetableIndex
from mobility.network.network import Network
from mobility.operators.log import Action
from mobility.remarks.remark import Remark

OF_REMARK, OF_MESSAGE = "-remark", "-message"


@dataclass(frozen=True, slots=True)
class LogSubject:
    """words: a name, else what the line says; "" where it is about nothing. id: of what is named. page: of it, where
    it has one."""

    words: str = ""
    id: str = ""
    page: str = ""


class LogWords:
    """Of the messages that hold, the reports that are kept and the network in service; desk: None without one."""

    def __init__(self, of: OperatorFrame, desk: MessageDesk | None) -> None:
        self.said, self.desk = of.said, desk
        store, kept = of.service.database(), of.service.kept
        self.messages: Mapping[str, OperatorMessage] = {
            one.id: one for one in messages_in_force(store, of.service.now())
        }
        network = desk.network if desk else None
        self.indexes = [TimetableIndex(network, feed.id) for feed in network.feeds] if network else []
        self.remarks: Mapping[str, Remark] = {one.id: one for one in remarks_of(kept).every()} if kept else {}

    def of(self, actions: Iterable[Action]) -> Iterator[LogSubject]:
        for action in actions:
            if action.verb.endswith(OF_MESSAGE):
                yield self._of_message(action.subject)
            elif action.verb.endswith(OF_REMARK):
                yield self._of_remark(action.subject)
            else:
                yield LogSubject(action.subject)

    def _of_remark(self, id: str) -> LogSubject:
        one = self.remarks.get(id)
        if one is None:
            return LogSubject(id)
        words = self.said["remark"][f"about_{one.subject.about.value}"].format(name=one.subject.name)
        return LogSubject(words, id, href(f"/operateurs/remarks/{id}"))

    def _of_message(self, subject: str) -> LogSubject:
        """`425fcbcd lorient_GX`, or its id alone from the command line."""
        id, _, about = subject.partition(" ")
        if self.desk:
            known = self.messages.get(id)
            about = about_words(self.desk, known, self.said["operators_message"]) if known else self._named(about)
        return LogSubject(about, id) if about else LogSubject(id)

    def _named(self, about: str) -> str:
        """A line, a stop or a trip, of which the day is not written down; what the network does not have by its id."""
        assert self.desk
        network, said = self.desk.network, self.said["operators_message"]
        line, stop = network.lines.id.find(about), network.stops.id.find(about)
        if line is not None:
            return said["line"].format(line=line_words(network, line))
        if stop is not None:
            return said["stop"].format(stop=network.stops.name[stop])
        found = (index.trips.get(about.removeprefix(f"{index.feed}_"), ()) for index in self.indexes)
        return next((_run(network, rows[0]) for rows in found if rows), about)


def _run(network: Network, trip: int) -> str:
    leaves_s = int(network.calls.departure[network.trips.first_call[trip]])
    line = int(network.patterns.line[int(network.trips.pattern[trip])])
    return f"{clock_of_day(leaves_s)} · {network.lines.name(line)} · {trip_ends(network, trip)}"
