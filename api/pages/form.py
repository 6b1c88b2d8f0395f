"""The search form: who wants to go where and when, as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict

from api.config import travellers
from api.pages.form_ends import FormEnd, named_end, read_end
from api.pages.frame import Frame
from api.parse.traveller import COUNTS
from api.parse.values import Values
from mobility.clock import NIGHT_ENDS_H, days_after, evening_of
from mobility.planning.long_walks import FARTHER_S

ENDS = ("from", "to")
PLANNED = ("leave", "arrive")
WHEN = ("now", *PLANNED)
LONGEST_TEXT = 200
FEWEST, MOST_PEOPLE = {"adults": 1, "children": 0}, 9
"""How many of each the page takes; a program may ask for more."""
CLOCK = "%Y-%m-%dT%H:%M"
YEARS = range(1971, 2200)


@dataclass(frozen=True, slots=True)
class Form:
    """when: of WHEN. moment: wall-clock time `2026-11-24T08:00`; unreadable: what was typed there is none, or `when` is
    no word of ours. unknown_who: nor is the profile that was asked for. cursor: of a page of earlier or later answers.
    link: what leads to the same answer, "" where nobody asked for it. farther: with a longer walk than the profile's at
    both ends. counts: how many travel, by COUNTS, as typed; who is not counted there is counted as the profile says.
    bike: one comes along, aboard what is ridden."""

    start: FormEnd
    end: FormEnd
    when: str
    moment: str
    profile: str
    sort: str = ""
    cursor: str = ""
    link: str = ""
    unreadable: bool = False
    unknown_who: bool = False
    farther: bool = False
    counts: Mapping[str, str] = field(default_factory=dict)
    bike: bool = False

    @property
    def near(self) -> list[str]:
        """What the ends that are points of the map lie by."""
        return [end.near for end in (self.start, self.end) if end.near]

    @property
    def settled(self) -> Form:
        return replace(self, start=self.start.settled, end=self.end.settled)

    def values(self, language: str, **more: str) -> Values:
        """As the parameters of a trip query, with more of them."""
        asked = {
            "fromPlace": self.start.id,
            "toPlace": self.end.id,
            "profile": self.profile,
            **self.counts,
            "sortBy": self.sort,
            "pageCursor": self.cursor,
            "arriveBy": "true" if self.when == "arrive" else "false",
            "time": "" if self.when == "now" else self.moment,
            "language": language,
            "ifMissed": "true",
            "requireBikeTransport": "true" if self.bike else "",
            **(dict.fromkeys(("maxPreTransitTime", "maxPostTransitTime"), str(FARTHER_S)) if self.farther else {}),
            **more,
        }
        return Values(MultiDict({name: value for name, value in asked.items() if value}))


def empty(of: Frame, typed: Mapping[str, str]) -> Form:
    """A form to be filled in. typed: ids of stops to begin or end at, from links on other pages."""
    ends = [named_end(of, typed.get(name, "")) for name in ENDS]
    return Form(ends[0], ends[1], "now", _clock(of), _profile(of, typed), bike=bool(typed.get("bike")))


def read(of: Frame, typed: MultiDict[str, str]) -> Form:
    """The form as it was sent. Every member may be missing."""
    last = {name: values[-1].strip()[:LONGEST_TEXT] for name, values in typed.lists() if values}
    found = _read(of, last)
    if "swap" in last:
        return replace(found, start=found.end, end=found.start)
    if "withoutBike" in last:
        return replace(found, bike=False)
    if "nextDay" in last:
        return _next_day(found)
    if "wayBack" in last:
        return _way_back(found, last["wayBack"])
    return replace(found, link=_link(found)) if "link" in last else found


def _read(of: Frame, last: Mapping[str, str]) -> Form:
    when, typed = last.get("when", ""), last.get("moment", "")
    moment = wall_clock(typed)
    return Form(
        start=read_end(of, last, "from"),
        end=read_end(of, last, "to"),
        when=when if when in WHEN else "leave" if when else "now",
        moment=moment.strftime(CLOCK) if moment and when not in ("", "now") else _clock(of),
        profile=_profile(of, last),
        sort=last.get("sort", ""),
        cursor=last.get("cursor", ""),
        farther=bool(last.get("farther")),
        counts={name: last[name] for name in COUNTS if last.get(name)},
        bike=bool(last.get("bike")),
        unreadable=when not in ("", *WHEN) or (when in PLANNED and bool(typed) and moment is None),
        unknown_who=bool(last.get("profile")) and last["profile"] != _profile(of, last),
    )


def wall_clock(text: str) -> datetime | None:
    """What a field for day and time holds; None where that is no time of the years that people plan in."""
    try:
        asked = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return asked if asked.year in YEARS else None


def day_fault(of: Frame, name: str) -> dict[str, str]:
    """By its field, that a day or a moment in the address of a page is none."""
    typed = request.args.get(name, "").strip()
    return {name: of.said["form"]["unknown_moment"]} if typed and wall_clock(typed) is None else {}


def _next_day(form: Form) -> Form:
    """From the first vehicles on, after midnight of the same date, or to arrive by the same clock."""
    asked = datetime.fromisoformat(form.moment)
    if form.when == "arrive":
        return replace(form, moment=(asked + timedelta(days=1)).strftime(CLOCK))
    morning = datetime.combine(days_after(evening_of(asked), 1), time(NIGHT_ENDS_H))
    return replace(form, when="leave", moment=morning.strftime(CLOCK))


def _way_back(form: Form, from_when: str) -> Form:
    """From where one got to, to where one came from. from_when: the wall clock at which one is there."""
    there = wall_clock(from_when)
    moment = there.strftime(CLOCK) if there else form.moment
    return replace(form, start=form.end, end=form.start, when="leave", moment=moment, cursor="", unreadable=False)


def _link(form: Form) -> str:
    """With both places in it: only for who asks for it."""
    asked = {
        "from": form.start.text,
        "fromId": form.start.id,
        "to": form.end.text,
        "toId": form.end.id,
        "when": "leave" if form.when == "now" else form.when,
        "moment": form.moment,
        "profile": form.profile,
        **form.counts,
        **({"bike": "1"} if form.bike else {}),
        **({"farther": "1"} if form.farther else {}),
    }
    return f"/?{urlencode(asked)}"


def _profile(of: Frame, typed: Mapping[str, str]) -> str:
    """Of those that there are."""
    asked = typed.get("profile", "")
    return asked if asked in travellers.names(of.service.config) else travellers.ADULT


def _clock(of: Frame) -> str:
    return datetime.fromtimestamp(of.asking.now_s, of.asking.territory.zone).strftime(CLOCK)
