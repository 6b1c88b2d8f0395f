"""A way between a door and a stop in the traveller's language: what is known of it in one sentence, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from api.present.amounts import amount
from api.present.distances import distance
from api.present.prose import duration, own_way_s
from api.web.sentences import Sentences
from mobility.money import Amount
from mobility.routing.last_kilometre.notice import NOTICE
from mobility.routing.last_kilometre.option import Contact, Counted, End, Option, VehiclePrice, Where

STATES = {True: "yes", False: "no", None: "unknown"}


def sentence(one: Option, said: Sentences) -> str:
    text = said["last_kilometre"]
    if one.kind == "walk" and one.distance_m == 0:
        return text[f"here_{one.end.value}"]
    name = text[one.kind]
    if one.place is not None and one.place.name:
        name = text["at"].format(kind=name, place=one.place.name)
    return text["option"].format(name=name, facts=", ".join(_facts(one, said)))


def how(one: Option, said: Sentences) -> str:
    """What to do; in the words of who runs it, where they say it."""
    theirs = " ".join(filter(None, (their_words(one.contact, said), notice(one.contact.notice, said))))
    return theirs or " ".join(_advice(one, said))


def _advice(one: Option, said: Sentences) -> Iterator[str]:
    text = said["last_kilometre"]
    yield text[f"how_{one.kind}{_case(one)}"].format(
        place=_place(one.place, said) if one.place else "",
        until=one.until.name if one.until else "",
        distance=distance(one.last_m, said),
        aboard=text[f"aboard_{STATES[one.aboard]}"],
    )
    if one.no_riding_m:
        yield text["no_riding"].format(distance=distance(one.no_riding_m, said))


def _place(found: Where, said: Sentences) -> str:
    """A vehicle that stands free has no place with a name: its own is that of its operator."""
    if found.kind != "vehicle":
        return found.name
    return said["last_kilometre"]["standing"].format(operator=found.name)


def _facts(one: Option, said: Sentences) -> Iterator[str]:
    text = said["last_kilometre"]
    yield from _lasting(one, said)
    if one.distance_m is not None:
        yield distance(one.distance_m, said)
    if one.parking is False:
        yield text["left_at" if one.until else "left_nowhere"].format(distance=distance(one.last_m, said))
    if one.counted is not None:
        yield _counts(one.counted, said)
    yield from _cost(one.price, said)
    if one.waits:
        yield text["waiting_unknown"]


def _lasting(one: Option, said: Sentences) -> Iterator[str]:
    """Of transport on demand what is usual, and what nearly all rides keep to."""
    text = said["last_kilometre"]
    if one.duration_s is not None:
        lasting = duration(own_way_s(one.duration_s, one.distance_m or 0), said)
        yield text["usual"].format(duration=lasting) if one.kind == "on_demand" else lasting
    if one.safe_s is not None:
        yield text["safe"].format(duration=duration(one.safe_s, said))
    elif one.duration_s is None:
        yield text["duration_unknown"]


def _counts(counted: Counted, said: Sentences) -> str:
    text = said["last_kilometre"]
    if counted.vehicles is None or counted.age_s is None:
        return text["vehicles_unknown"]
    words = text["one_vehicle" if counted.vehicles == 1 else "vehicles"]
    return words.format(vehicles=counted.vehicles, age=duration(counted.age_s, said))


def _cost(found: VehiclePrice | None, said: Sentences) -> Iterator[str]:
    text = said["last_kilometre"]
    if found is None:
        yield text["price_unknown"]
    elif found.minor:
        paid = amount(Amount(found.minor, found.currency), said)
        paid = paid if found.taxed else text["plus_tax"].format(amount=paid)
        yield text["per_hour"].format(amount=paid) if found.per_hour else paid
    else:
        yield text["free"]


def _case(one: Option) -> str:
    """Which of the sentences on a kind of way is the one."""
    if one.kind == "own_bike":
        return "_away" if one.end is End.EGRESS else "_shelter" if one.place else "_no_shelter"
    if one.kind == "step_free_walk" and one.step_free is None:
        return "_unknown"
    if one.kind != "shared_vehicle":
        return ""
    if not one.free:
        return "_station"
    if one.parking is False:
        return f"_{'edge' if one.until else 'nowhere'}_{one.end.value}"
    return "_allowed" if one.parking else "_free"


def notice(rule: str, said: Sentences) -> str:
    """How long ahead it is to be booked, where that is known."""
    found = NOTICE.fullmatch(rule)
    if found is None:
        return ""
    text = said["last_kilometre"]
    if found["minutes"]:
        least_s = 60 * int(found["minutes"])
        return text["notice"].format(duration=duration(least_s, said)) if least_s else text["notice_none"]
    days = text["notice_day" if found["days"] == "1" else "notice_days"].format(days=found["days"])
    return text["notice_until"].format(days=days, clock=found["clock"]) if found["clock"] else f"{days}."


def their_words(found: Contact, said: Sentences) -> str:
    words = dict(found.said)
    return words.get(said.language) or words.get("") or ""
