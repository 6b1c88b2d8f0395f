"""An answer as cards to choose from, made of what the planner found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from api.pages import icons
from api.pages.card import Card, FactText, card
from api.pages.card_labels import untold_facts, without
from api.pages.card_ways import card_ways
from api.pages.form import Form
from api.pages.frame import Frame
from api.pages.help import counter, known_days, may_differ_tomorrow
from api.pages.legs import CardTelling
from api.pages.live_words import LivePage, live_page
from api.parse.plan import cursors
from api.present.answers import beside, listed
from api.present.entries import entry_sentence, rhythm
from api.present.leg_groups import told_legs
from api.trips.plan import AnsweredTrip
from api.web.days import spoken_day
from api.web.sentences import Sentences
from mobility.clock import hour_and_minute, local_date
from mobility.ranking.accessibility import Known
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option
from mobility.ranking.entries import FoldedWay, entries
from mobility.ranking.labels import LABELS, SILENT, sorted_by
from mobility.ranking.options import Choice
from mobility.routing.empty_reason import EmptyReason

NO_ORDER = {*SILENT, Code.STEP_FREE}
STOPS = ("nearest_stop", "big_stop")
ACCESS = "access"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cards:
    """What stands under the form. reason: why there is nothing; period, advice: what to do then; tomorrow: whether
    another day may help; farther: a longer walk does. is_there: one is where one wants to go,
    and nothing is wrong. sorts: labels that sorting by changes what stands first.
    direct_first: a way without a ride is the best. gone: that the last boat or bus of the day has left. cut_short: that
    not all was looked for. cancelled: rides that would have led there sooner. age: of what is known; made: when the
    answer was, for paper. help: a counter to call. link: with both places, once asked for. centre, alternatives: round
    the place where one arrives."""

    title: str
    when: str
    shown: tuple[Card, ...]
    direct: tuple[Card, ...]
    reason: str
    period: str
    tomorrow: bool
    farther: bool
    is_there: bool
    advice: tuple[Json, ...]
    gone: str
    cut_short: str
    cancelled: tuple[str, ...]
    age: str
    made: str
    help: Json | None
    link: str
    centre: Json | None
    alternatives: tuple[Json, ...]
    earlier: str
    later: str
    sorts: tuple[str, ...]
    direct_first: bool

    @property
    def is_past(self) -> bool:
        """Whether nothing of it can be taken any more."""
        return bool(self.shown) and not self.direct and all(one.past for one in self.shown)


def cards(trip: AnsweredTrip, form: Form, of: Frame) -> Cards:
    names, live = (form.start.quoted, form.end.quoted), live_page(of)
    shown, direct = listed(trip.context, trip.choice)
    first = () if form.sort else trip.choice.shown
    telling = CardTelling(live, trip.context, names)
    folded = entries(shown, first)
    untold = untold_facts([*(shown[one.lead] for one in folded), *direct], bool(form.cursor))
    shown = [without(one, untold) for one in shown]
    departures, ways = (_told(telling, trip, options, form) for options in (shown, direct))
    ours = beside(trip.context, trip.found, trip.near)
    reason = ours.get("reason", {})
    code = reason.get("code", "")
    earlier, later = cursors(trip.found.searched_from_s, trip.found.searched_until_s)
    return Cards(
        title=of.said["answer"]["title"].format(start=names[0], end=names[1]),
        when=_when(form, of),
        shown=tuple(_entry(trip, one, (shown, departures)) for one in folded),
        direct=tuple(ways),
        reason=reason.get("sentence", ""),
        period=known_days(of, code),
        farther=code == EmptyReason.WALK_TOO_LONG,
        tomorrow=may_differ_tomorrow(code),
        is_there=code == EmptyReason.ALREADY_THERE,
        advice=tuple(_advice(reason.get("advice", ()))),
        gone=(ours.get("lastDeparture") or {}).get("sentence", ""),
        cut_short=ours.get("cutShort", {}).get("sentence", ""),
        cancelled=tuple(one["sentence"] for one in ours.get("cancelled", ()) if not reason),
        age=age_of(live, shown),
        made=live.printed,
        help=counter(of, form),
        link=form.link,
        centre=ours.get("townCentre"),
        alternatives=tuple({**one, "icon": icons.of_way(one["kind"])} for one in ours.get("alternatives", ())),
        earlier=str(earlier),
        later=str(later),
        sorts=_sorts(trip.choice, form.sort),
        direct_first=not form.sort and _best_is_direct(shown, direct),
    )


def _told(telling: CardTelling, trip: AnsweredTrip, options: Sequence[Option], form: Form) -> list[Card]:
    asked = datetime.fromisoformat(form.moment).date()
    rows = told_legs(trip.context, [one.itinerary for one in options])
    told = (
        (option, card(telling, option, legs, trip.choice, asked)) for option, legs in zip(options, rows, strict=True)
    )
    return [
        replace(
            one,
            facts=(*_step_free(trip, option, telling.said), *one.facts),
            ways=card_ways(trip.near.last_km, option.itinerary, telling.said),
        )
        for option, one in told
    ]


def _step_free(trip: AnsweredTrip, option: Option, said: Sentences) -> Iterator[FactText]:
    """Said to who must not meet steps, of each way that is known to have none."""
    if trip.near.last_km.excludes_steps and option.access.state is Known.YES:
        yield "wheelchair", said["label"][Code.STEP_FREE]


def _entry(trip: AnsweredTrip, one: FoldedWay, listed_ones: tuple[Sequence[Option], Sequence[Card]]) -> Card:
    """With what can still be taken at its head, where its best departure has left."""
    options, departures = listed_ones
    lead = next((row for row in (one.lead, *one.departures) if not departures[row].past), one.lead)
    if len(one.departures) == 1:
        return departures[lead]
    found = [options[row].itinerary for row in one.departures]
    return replace(
        departures[lead],
        times=entry_sentence(trip.context, found, one.every_s),
        rhythm=rhythm(trip.context, found, one.departures.index(lead), one.every_s),
        departures=tuple(departures[row] for row in one.departures),
    )


def _sorts(choice: Choice, asked: str) -> tuple[str, ...]:
    """Those by which another way stands first than by the usual order, that one, and what one sorts by now."""
    offered = {Code.BEST, asked} if asked else set()
    usual = _first(choice, "")
    held = {label for one in choice.departures for label in one.labels} - NO_ORDER
    told = {label for label in held if label != Code.BEST and _first(choice, label) != usual}
    offered |= {Code.BEST, *told} if told else set()
    return tuple(label for label in LABELS if label in offered)


def _first(choice: Choice, label: str) -> set[int]:
    """The departures of the entry that stands first, by id()."""
    shown = sorted_by(choice.departures, label) if label else choice.departures
    folded = entries(shown, () if label else choice.shown)
    return {id(shown[row].itinerary) for row in folded[0].departures} if folded else set()


def _best_is_direct(shown: Sequence[Option], direct: Sequence[Option]) -> bool:
    return bool(shown) and any(Code.BEST in one.labels for one in direct)


def age_of(live: LivePage, options: Sequence[Option]) -> str:
    """How old what is known of their lines is, in words; "" where it is fresh, or all of them leave on another day."""
    zone, today = live.of.asking.territory.zone, live.of.today
    of_today = [one for one in options if local_date(one.itinerary.departure_s, zone) == today]
    return live.age({line for one in of_today for line in one.lines}, today)


def _when(form: Form, of: Frame) -> str:
    at = datetime.fromisoformat(form.moment)
    text = of.said["answer"]["arriving" if form.when == "arrive" else "leaving"]
    return str(text.format(day=spoken_day(at.date(), of.today), clock=hour_and_minute(at)))


def _advice(told: Sequence[Json]) -> Iterator[Json]:
    """With the name of the field that a stop could be put into, and the stop's page."""
    for one in told:
        stop = one.get("place", {}).get("id", "") if one["kind"] in STOPS else ""
        field = "from" if one.get("end") == ACCESS else "to"
        yield {**one, "stop": stop, "field": field, "href": f"/stops/{quote(stop, safe='')}"}
