"""What is known now, as pages say it: of a departure, and the news about stops and lines. The words alone: what is
known comes from api/present/now.py, as in the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from zlib import crc32

from api.pages.frame import Frame
from api.pages.told_now import LEVELS, NOTHING_KNOWN, CallNow, ToldNews
from api.present.alerts import in_language
from api.present.now import LiveTelling, NowCall, reason_of, reasons, run_now
from api.present.prose import clock
from api.present.rows import ToldRide
from api.web.days import spoken_day
from mobility.clock import local_date
from mobility.network.live_alerts import LiveAlert, Span, Subject
from mobility.network.live_files import read_sources
from mobility.network.network import Network
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import RideLeg
from mobility.routing.next_runs import following

AGE_TOLD_S = 90
"""What is older says so."""
EVER_S = 4_102_444_799


@dataclass(frozen=True, slots=True)
class LivePage:
    """What one page is told with. heard, silent: by feed, when its delays were told last, where that is fresh, and
    where it is so long ago that none is told any more."""

    of: Frame
    live: LiveTelling | None
    heard: dict[str, int]
    silent: dict[str, int]

    def call(self, ride: RideLeg, row: ToldRide, position: int) -> CallNow:
        if self.live is None:
            return self.nothing_known_of(ride.line)
        now = run_now(self.live, ride, row)
        one = now.calls[position]
        said = self.of.said["live"]
        if now.is_cancelled or one.is_skipped:
            return self._struck(self.live, ride, one, said["cancelled" if now.is_cancelled else "skipped"])
        if not one.is_known:
            return CallNow(said["added"]) if now.is_added else self.nothing_known_of(ride.line)
        ends = position == len(now.calls) - 1
        times = (one.arrival_s, one.planned_arrival_s) if ends else (one.departure_s, one.planned_departure_s)
        return timed(self.of, times, now.is_added)

    def _struck(self, live: LiveTelling, ride: RideLeg, call: NowCall, what: str) -> CallNow:
        """With its reason, or where no news name one with the news themselves."""
        why = reason_of(live, ride, call)
        told = reasons(live, ride, call) if not why else ()
        words = self._because(what, why)
        return CallNow(words, is_struck=True, gone=words, anchor=_anchor(told[0]) if told else "")

    def cancelled(self, ride: RideLeg) -> str:
        """Of a ride that does not run, with its reason where news name one."""
        return self._because(self.of.said["live"]["cancelled"], reason_of(self.live, ride) if self.live else "")

    def _because(self, what: str, why: str) -> str:
        return self.of.said["live"]["because"].format(what=what, why=why) if why else what

    def _feed(self, line: int) -> str:
        network = self.of.asking.territory.network
        return network.feeds[int(network.lines.feed[line])].id

    def nothing_known_of(self, line: int) -> CallNow:
        """By timetable, where its feed is heard."""
        is_heard = self._feed(line) in self.heard
        return CallNow(self.of.said["live"]["scheduled"], by_timetable_alone=True) if is_heard else NOTHING_KNOWN

    def next_after(self, ride: RideLeg) -> str:
        """Beside a departure that is struck: the next one of the line that runs, with its day where that is another one
        than today; "" where none of the next does."""
        found = following(self.live.network, ride, ride.departure_s) if self.live else None
        if found is None:
            return ""
        start = self.of.days.moment(found.departure_s, about=headway_s(found) > 0)
        return self.of.said["live"]["next"].format(start=start)

    def age(self, lines: Iterable[int], day: date) -> str:
        """How old what is known of these lines today is, in words; "" where nothing ever was, or it is fresh."""
        if day != self.of.today:
            return ""
        by_feed = defaultdict[str, list[int]](list)
        for line in lines:
            by_feed[self._feed(line)].append(line)
        lost = {feed: of_feed for feed, of_feed in by_feed.items() if feed in self.silent}
        said = (self._silence(lost), self._heard_last([self.heard[feed] for feed in by_feed if feed in self.heard]))
        return " ".join(filter(None, said))

    def _silence(self, lost: Mapping[str, Sequence[int]]) -> str:
        """lost: by feed, the lines that it told of."""
        if not lost:
            return ""
        network = self.of.asking.territory.network
        operators = {network.agencies[int(network.lines.agency[line])].name for line in chain(*lost.values())}
        since = self._moment(min(self.silent[feed] for feed in lost))
        return self.of.said["live"]["silent"].format(operators=", ".join(sorted(operators)), since=since)

    def _heard_last(self, made: Sequence[int]) -> str:
        age_s = self.of.asking.now_s - min(made) if made else 0
        return self.of.said["live"]["age"].format(n=age_s // 60) if age_s > AGE_TOLD_S else ""

    def news(
        self,
        subjects: Sequence[Subject],
        from_s: int,
        about: Callable[[Frame, LiveAlert], str] = lambda _of, _alert: "",
    ) -> list[ToldNews]:
        """All that are told now and felt from then on, each once, the most severe first. about: names what each is
        about, where the page does not say it."""
        if self.live is None:
            return []
        told, felt = self.live.alerts, (from_s, EVER_S)
        found = {alert.id: alert for one in subjects for alert in told.about(one, self.of.asking.now_s, felt)}
        ordered = sorted(found.values(), key=lambda one: (-one.rank, one.id))
        return [replace(self.told(alert), about=about(self.of, alert)) for alert in ordered]

    def told(self, alert: LiveAlert) -> ToldNews:
        header, text = (in_language(one, self.of.language) for one in (alert.header, alert.description))
        spans = [span for span in alert.impact if span[1] is None or span[1] > self.of.asking.now_s]
        when = " · ".join(words for span in spans if (words := self._span(span)))
        link = in_language(alert.url, self.of.language)
        href = link if link.startswith(("https://", "http://")) else ""
        return ToldNews(header or text, text if header else "", when, LEVELS[alert.rank], href, _anchor(alert))

    def _span(self, span: Span) -> str:
        said, (first, last) = self.of.said["live"], span
        start, end = self._moment(first), self._moment(last)
        if start and end:
            return said["from_to"].format(start=start, end=end)
        if start or end:
            return said["from" if start else "until"].format(start=start, end=end)
        return ""

    def _moment(self, at_s: int | None) -> str:
        if at_s is None:
            return ""
        zone = self.of.asking.territory.zone
        return f"{spoken_day(local_date(at_s, zone), self.of.today)}, {clock(at_s, zone)}"

    @property
    def shown_at(self) -> str:
        """When the page was made, for who looks at it."""
        at = clock(self.of.asking.now_s, self.of.asking.territory.zone)
        return self.of.said["live"]["shown_at"].format(clock=at)

    @property
    def printed(self) -> str:
        """For paper: when it was made, and what that means. Delays are known where somebody tells them."""
        return self.of.said["live"]["printed_now"].format(made=self.made) if self.heard else self.printed_plan

    @property
    def printed_plan(self) -> str:
        """For paper that keeps the timetable, but for what is known not to run."""
        return self.of.said["live"]["printed_known" if self.live else "printed"].format(made=self.made)

    @property
    def made(self) -> str:
        """When the page was made, for paper."""
        now = datetime.fromtimestamp(self.of.asking.now_s, self.of.asking.territory.zone)
        return f"{spoken_day(now.date())}, {clock(self.of.asking.now_s, self.of.asking.territory.zone)}"


def _anchor(alert: LiveAlert) -> str:
    """What a page calls it: feeds name their news as they like."""
    return f"news-{crc32(alert.id.encode()):x}"


def timed(of: Frame, times: tuple[int, int], is_added: bool = False) -> CallNow:
    """times: as expected and as planned."""
    said, (now_s, planned_s) = of.said["live"], times
    minutes, after_s = now_s // 60 - planned_s // 60, now_s - planned_s
    if is_added or not minutes:
        return CallNow(said["added" if is_added else "on_time"], after_s=after_s)
    words = said["late" if minutes > 0 else "early"].format(n=abs(minutes))
    expected, planned = (clock(at_s, of.asking.territory.zone) for at_s in (now_s, planned_s))
    return CallNow(words, planned, False, minutes > 0, expected, after_s, max(0, minutes))


def live_page(of: Frame) -> LivePage:
    return LivePage(of, of.service.live(of.asking, of.language), *_heard(of))


def _heard(of: Frame) -> tuple[dict[str, int], dict[str, int]]:
    """By feed, when it told delays last: what is fresh, and what is not. A source that says nothing of a run is fresh
    all the same: its timetable is told as such."""
    fresh, stale = dict[str, int](), dict[str, int]()
    if of.service.folder is None or not of.service.config.realtime:
        return fresh, stale
    for one in read_sources(of.service.folder).get("sources", ()):
        if (made_s := one.get("madeAt")) and "trip_updates" in one.get("kinds", ()):
            is_fresh = of.asking.now_s - made_s <= one.get("staleS", 0)
            (fresh if is_fresh else stale)[str(one["feed"])] = int(made_s)
    return fresh, {feed: made_s for feed, made_s in stale.items() if feed not in fresh}


def line_subject(network: Network, line: int, direction: int = -1) -> Subject:
    """The line as a whole, whatever runs on it."""
    lines = network.lines
    return Subject(int(lines.feed[line]), int(lines.agency[line]), int(lines.type[line]), line, direction)
