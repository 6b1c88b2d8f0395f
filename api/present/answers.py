"""The answer of `plan` and of POST /api/trips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from api.parse.plan import cursors
from api.present.advice import advised, last_departure
from api.present.cancelled import cancelled_rides
from api.present.day_words import DayWords, days_of
from api.present.entries import folded
from api.present.itineraries import options
from api.present.last_kilometre import LastKilometreNotes, alternative, own_way, town_centre
from api.present.legs import AnswerContext, spot
from api.present.options import caution, dropped, not_first, profile
from api.present.pieces import Json, iso_day
from api.present.walks import too_long_sentence
from api.web.sentences import Sentences, sentences
from mobility.network.network import FeedVersion
from mobility.planning.empty_day import EmptyDay
from mobility.planning.local import Local
from mobility.ranking.answer import Answer
from mobility.ranking.chain import in_full
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option
from mobility.ranking.entries import entries
from mobility.ranking.labels import sorted_by, uncompared
from mobility.ranking.options import Choice
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.itinerary import WalkLeg
from mobility.routing.stop_ways import Way


def answer(context: AnswerContext, found: Answer, choice: Choice, near: Local) -> Json:
    if context.wishes.explained:
        found = replace(found, removed=tuple(in_full(found.removed)))
    notes = LastKilometreNotes(near.last_km, sentences(context.wishes.language))
    query, wishes, pieces = found.query, context.wishes, context.pieces
    earlier, later = cursors(found.searched_from_s, found.searched_until_s)
    shown, direct = listed(context, choice)
    return {
        "requestParameters": dict(wishes.echo),
        "debugOutput": {"found": len(found.itineraries), "removed": losses(found).total()},
        "from": spot(pieces, query.origin),
        "to": spot(pieces, query.destination),
        "direct": options(context, choice, direct, notes),
        "itineraries": options(context, choice, shown, notes),
        "previousPageCursor": str(earlier),
        "nextPageCursor": str(later),
        "hent": beside(context, found, near) | _why(context, found, choice, shown),
    }


def listed(context: AnswerContext, choice: Choice) -> tuple[Sequence[Option], Sequence[Option]]:
    """The departures in the order that is asked for, and the ways without one, which stand on the first page alone. A
    page that goes on knows nothing of those before it: what compares is told of none of it."""
    wishes = context.wishes
    shown = sorted_by(choice.departures, wishes.sort_by) if wishes.sort_by else choice.departures
    return (list(map(uncompared, shown)), ()) if wishes.page else (shown, choice.direct)


def beside(context: AnswerContext, found: Answer, near: Local) -> Json:
    """What is said of the answer as a whole."""
    return _ours(context, found, near) | _near(context, found, near)


def _near(context: AnswerContext, found: Answer, near: Local) -> Json:
    """Said once, not on every page."""
    said, page = sentences(context.wishes.language), context.wishes.page
    arrives = bool(found.itineraries or found.direct)
    return {
        "townCentre": town_centre(near.centre, said) if near.centre and arrives and not page else None,
        "alternatives": [] if page else list(_alternatives(found, near, said)),
        "lastDeparture": last_departure(near.gone, days_of(context)) if near.gone and not page else None,
    }


def _alternatives(found: Answer, near: Local, said: Sentences) -> Iterator[Json]:
    if near.nearer:
        yield alternative(near.nearer, said)
    if found.walk and found.itineraries:
        leg = found.walk.legs[0]
        assert isinstance(leg, WalkLeg)
        yield own_way("walk", Way(found.walk.duration_s, leg.distance_m, leg.estimated), said)
    if near.cycled:
        yield own_way("bike", near.cycled, said)


def _why(context: AnswerContext, found: Answer, choice: Choice, shown: Sequence[Option]) -> Json:
    """For whom the options are, which ways stand first, and with `explain` what does not and what is not shown."""
    told: Json = {"profile": profile(found.query.profile)}
    if context.wishes.handful:
        first = () if context.wishes.sort_by else choice.shown
        told["entries"] = folded(context, shown, entries(shown, first, context.now_s))
    if context.wishes.explained:
        told["dropped"] = dropped(context, found.removed)
        told["notFirst"] = not_first(context, choice.dropped)
    return told


def _ours(context: AnswerContext, found: Answer, near: Local) -> Json:
    wishes, said = context.wishes, sentences(context.wishes.language)
    ours: Json = {
        "network": found.network.version,
        "language": said.language,
        "sources": [source_of(feed) for feed in found.network.feeds],
        "removed": _removed(losses(found), said),
        "limited": list(wishes.limited),
    }
    if found.cut_short and found.reason is None:
        ours["cutShort"] = {"code": EmptyReason.OUT_OF_TIME.value, "sentence": said["cut_short"]["out_of_time"]}
    if found.cancelled:
        tells_next = wishes.page or near.gone is None or near.gone.next is None
        ours["cancelled"] = cancelled_rides(context, found.cancelled, tells_next)
    if found.reason is not None:
        code = found.reason.value
        told = " ".join(
            [_reason(found, near, days_of(context)), *(one["sentence"] for one in ours.get("cancelled", ()))]
        )
        helps = [*(advised(one, said) for one in near.advice), *(caution(one, said) for one in near.obstacles)]
        ours["reason"] = {"code": code, "sentence": told, "advice": helps, **_ahead(near.empty_day, context.zone)}
    return ours


def _ahead(found: EmptyDay | None, zone: ZoneInfo) -> Json:
    at_s = found.at_s if found else None
    begins = datetime.fromtimestamp(at_s, zone).isoformat() if at_s else None
    return {"nextDeparture": begins, "nextDepartureApproximate": found is not None and found.about}


def _reason(found: Answer, near: Local, days: DayWords) -> str:
    """Where nothing goes that way all day, that; of a holiday that it is one; and when the next way begins."""
    told, text, ahead = reason_sentence(found, days), days.said["empty_day"], near.empty_day
    if ahead is None:
        return told
    day = days.opening(ahead.day)
    if not ahead.runs and found.reason is EmptyReason.NOTHING_IN_WINDOW:
        told = text["holiday_without" if ahead.holiday else "day_without"].format(day=day)
    elif ahead.holiday:
        told += " " + text["holiday"].format(day=day)
    if ahead.at_s is None:
        return told
    return f"{told} {text['next'].format(next=days.coming(ahead.at_s, about=ahead.about))}"


def reason_sentence(found: Answer, days: DayWords) -> str:
    """With the walk that is too long: where, how long, and what the limit is."""
    code = found.reason or EmptyReason.NOTHING_IN_WINDOW
    text = days.said.worded_for("reason", step_free=found.query.step_free)
    if found.walked_farther:
        return too_long_sentence(found, days)
    return text[code.value].format(zone=found.zone, day=days.day_of_service(found.query.at_s))


def losses(found: Answer) -> Counter[Code]:
    """How many were found and are not shown, by code."""
    counts: Counter[Code] = Counter()
    for loss in found.removed:
        counts[loss.code] += loss.count
    return counts


def _removed(counts: Counter[Code], said: Sentences) -> list[Json]:
    return [{"code": code, "count": n, "sentence": said["dropped"][code]} for code, n in sorted(counts.items())]


def source_of(feed: FeedVersion) -> Json:
    """Where the timetable comes from and how it may be used; `note` says if it is not the operator's."""
    days = {"validFrom": iso_day(feed.first_day), "validUntil": iso_day(feed.last_day)}
    names = {"feed": feed.id, "publisher": feed.publisher, "licence": feed.licence, "url": feed.url}
    return {**names, "version": feed.version or feed.sha256[:12], **days, "note": feed.note}
