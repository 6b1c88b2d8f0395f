"""An answer as cards to choose from, made of what the planner found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from api.pages import icons
from api.pages.card import Card, FactText, card
from api.pages.card_labels import untold_facts, without
from api.pages.card_ways import card_ways
from api.pages.form import Form
from api.pages.frame import Frame
from api.pages.help import counter, counter_there, known_days, may_differ_tomorrow
from api.pages.legs import CardTelling
from api.pages.live_words import LivePage, live_page
from api.parse.plan import cursors
from api.present.answers import beside, listed
from api.present.entries import entry_sentence, rhythm
from api.present.leg_groups import told_legs
from api.present.party import travelling
from api.trips.plan import AnsweredTrip
from api.web.days import spoken_day
from api.web.sentences import Sentences
from mobility.clock import hour_and_minute, local_date
from mobility.ranking.accessibility import Known
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option
from mobility.ranking.entries import FoldedWay, entries, folded_ways
from mobility.ranking.labels import LABELS, SILENT, ranked_by, sorted_by
from mobility.ranking.options import Choice
from mobility.routing.empty_reason import EmptyReason

NO_ORDER = {*SILENT, Code.STEP_FREE}
STOPS = ("nearest_stop", "big_stop")
NO_STOP_NEAR = (EmptyReason.NO_STOP_NEAR_ORIGIN, EmptyReason.NO_STOP_NEAR_DESTINATION)
ACCESS = "access"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WhyNothing:
    """Why nothing is found: "" where something is. period, advice: what to do then; tomorrow: whether another day may
    help; too_far: no stop is near; farther: a longer walk does; without_bike: leaving the bicycle does. is_there: one
    is where one wants to go, and nothing is wrong."""

    sentence: str
    period: str
    tomorrow: bool
    too_far: bool
    farther: bool
    without_bike: bool
    is_there: bool
    advice: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """What stands under the form. sorts: labels that sorting by changes what stands first; none on a page that goes on,
    from which they would lead back. direct_first: a way without a ride is the best. gone: that the last boat or bus of
    the day has left; gone_farther: a longer walk leads to one. cut_short: that not all was looked for. party: who go,
    counted. cancelled: rides that would have led there sooner. age: of what is known; made: when the answer was, for
    paper. help: a counter to call; help_there: the one nearest to the arrival. link: with both places, once asked for.
    centre, alternatives: round the place where one arrives."""

    title: str
    when: str
    shown: tuple[Card, ...]
    direct: tuple[Card, ...]
    why: WhyNothing
    gone: str
    gone_farther: bool
    cut_short: str
    party: str
    cancelled: tuple[str, ...]
    age: str
    made: str
    help: Json | None
    help_there: Json | None
    link: str
    centre: Json | None
    alternatives: tuple[Json, ...]
    earlier: str
    later: str
    sorts: tuple[str, ...]
    direct_first: bool

    @property
    def there_at(self) -> str:
        """When one is there by the first way, ISO 8601; "" where there is none."""
        return next((one.ends_at for one in (*self.shown, *self.direct)), "")

    @property
    def is_past(self) -> bool:
        """Whether nothing of it can be taken any more."""
        return bool(self.shown) and not self.direct and all(one.past for one in self.shown)


def cards(trip: AnsweredTrip, form: Form, of: Frame) -> Cards:
    telling = CardTelling(live_page(of), trip.context, (form.start.quoted, form.end.quoted))
    shown, direct = _told_list(telling, trip, form)
    ours = beside(trip.context, trip.found, trip.near)
    gone = ours.get("lastDeparture") or {}
    why = _why_nothing(of, ours.get("reason", {}))
    earlier, later = cursors(trip.found.searched_from_s, trip.found.searched_until_s)
    return Cards(
        title=of.said["answer"]["title"].format(start=form.start.quoted, end=form.end.quoted),
        when=_when(form, of),
        shown=shown,
        direct=direct,
        why=why,
        gone=gone.get("sentence", ""),
        gone_farther=_at_its_ends(gone.get("farther")),
        cut_short=ours.get("cutShort", {}).get("sentence", ""),
        party=travelling(trip.choice.shown, of.said),
        cancelled=tuple(one["sentence"] for one in ours.get("cancelled", ()) if not why.sentence),
        age=age_of(telling.live, trip.choice.departures),
        made=telling.live.printed,
        help=counter(of, form),
        help_there=counter_there(of, form, shown[0].ends_at) if shown else None,
        link=form.link,
        centre=ours.get("townCentre"),
        alternatives=tuple({**one, "icon": icons.of_way(one["kind"])} for one in ours.get("alternatives", ())),
        earlier=str(earlier),
        later=str(later),
        sorts=_sorts(trip.choice, form.sort) if form.sort or not form.cursor else (),
        direct_first=not form.sort and bool(shown) and any(one.is_best for one in direct),
    )


def _at_its_ends(farther: Json | None) -> bool:
    """Whether a search with longer walks at the ends finds it: one between two vehicles is no such search's."""
    return farther is not None and all(walk["end"] != "transfer" for walk in farther["walks"])


def _why_nothing(of: Frame, reason: Json) -> WhyNothing:
    code = reason.get("code", "")
    return WhyNothing(
        sentence=reason.get("sentence", ""),
        period=known_days(of, code),
        tomorrow=may_differ_tomorrow(code),
        too_far=code in NO_STOP_NEAR,
        farther=code == EmptyReason.WALK_TOO_LONG,
        without_bike=code == EmptyReason.ONLY_WITHOUT_BIKE,
        is_there=code == EmptyReason.ALREADY_THERE,
        advice=tuple(_advice(reason.get("advice", ()))),
    )


def _told_list(telling: CardTelling, trip: AnsweredTrip, form: Form) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The entries of the list, and the ways without a ride."""
    listed_ones, direct = listed(trip.context, trip.choice)
    folded = entries(listed_ones, () if form.sort else trip.choice.shown, trip.context.now_s)
    untold = untold_facts([*(listed_ones[one.lead] for one in folded), *direct], bool(form.cursor))
    shown = [without(one, untold) for one in listed_ones]
    asked = datetime.fromisoformat(form.moment).date()
    departures = _told(telling, trip, shown, None if _needs_days(trip, shown, asked) else asked)
    ways = _told(telling, trip, direct, asked)
    ranks = ranked_by(listed_ones, form.sort) if form.sort else []
    told = (replace(_entry(trip, one, (shown, departures)), rank=_rank(ranks, one)) for one in folded)
    return tuple(told), tuple(ways)


def _rank(ranks: Sequence[tuple[float, int]], one: FoldedWay) -> tuple[float, ...]:
    """Of the departure that stands first in a list that is sorted."""
    return min(ranks[row] for row in one.departures) if ranks else ()


def _needs_days(trip: AnsweredTrip, options: Sequence[Option], asked: date) -> bool:
    """Whether each says its day: a driver goes on the one that was asked for, and another one on a later one."""
    days = {bool(one.itinerary.carpool): local_date(one.itinerary.departure_s, trip.context.zone) for one in options}
    return days.get(True) == asked != days.get(False, asked)


def _told(telling: CardTelling, trip: AnsweredTrip, options: Sequence[Option], asked: date | None) -> list[Card]:
    rows = told_legs(trip.context, [one.itinerary for one in options])
    told = (
        (option, card(telling, option, legs, trip.choice, asked)) for option, legs in zip(options, rows, strict=True)
    )
    return [
        replace(
            one,
            facts=(*_step_free(trip, option, telling.said), *_bike_aboard(trip, option, telling.said), *one.facts),
            ways=card_ways(trip.near.last_km, option.itinerary, telling.said),
        )
        for option, one in told
    ]


def _step_free(trip: AnsweredTrip, option: Option, said: Sentences) -> Iterator[FactText]:
    """Said to who must not meet steps, of each way that is known to have none."""
    if trip.near.last_km.excludes_steps and option.access.state is Known.YES:
        yield "wheelchair", said["label"][Code.STEP_FREE]


def _bike_aboard(trip: AnsweredTrip, option: Option, said: Sentences) -> Iterator[FactText]:
    """Said to who takes a bicycle along, where all that is ridden is known to take it; a driver has said so."""
    is_told = trip.found.query.with_bike and option.itinerary.has_vehicle
    if is_told and not any(one.kind == "bike" for one in option.cautions):
        yield "bike", said["answer"]["bike_aboard"]


def _entry(trip: AnsweredTrip, one: FoldedWay, listed_ones: tuple[Sequence[Option], Sequence[Card]]) -> Card:
    options, departures = listed_ones
    if len(one.departures) == 1:
        return departures[one.lead]
    found = [options[row].itinerary for row in one.departures]
    return replace(
        departures[one.lead],
        times=entry_sentence(trip.context, found, one),
        rhythm=rhythm(trip.context, found, one),
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
    folded = folded_ways(shown, () if label else choice.shown)
    return {id(shown[row].itinerary) for row in folded[0].departures} if folded else set()


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
