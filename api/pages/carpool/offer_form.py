"""The form of an offer: what was typed, kept as it was, and the body that the API would be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from flask_babel import format_decimal
from werkzeug.datastructures import MultiDict

from api.pages.carpool.faults import number
from api.pages.form import LONGEST_TEXT
from api.pages.form_ends import FormEnd, read_end
from api.pages.frame import Frame
from api.parse.carpool import WEEKDAYS
from api.present.pieces import Json

ALONG = ("wheelchair", "childSeat", "luggage", "bike", "pets")
SCHOOL = ("any", "school_days_only", "holidays_only")
FLEXIBLE_MINUTES = (0, 5, 10, 15, 20, 30)
DETOUR_MINUTES = (0, 5, 10, 15)
MOST_SEATS = 8
SENT_BY = frozenset({"key", "draft", "step", "fromPick", "toPick", "offered", "halts"})
"""Fields that say what to do with the form, or stand in the preview; they are not what was typed."""


@dataclass(frozen=True, slots=True)
class OfferForm:
    start: FormEnd
    end: FormEnd
    typed: MultiDict[str, str]

    def text(self, name: str) -> str:
        return self.typed.get(name, "")

    def has(self, name: str, value: str = "1") -> bool:
        return value in self.typed.getlist(name)

    @property
    def weekly(self) -> bool:
        return self.text("repeats") == "weekly"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """To be sent again by a page that does not show the fields."""
        ends = [("from", self.start.text), ("fromId", self.start.id), ("to", self.end.text), ("toId", self.end.id)]
        shown = SENT_BY | {name for name, _ in ends}
        return [*ends, *((name, value) for name, value in self.typed.items(multi=True) if name not in shown)]

    @property
    def without(self) -> list[str]:
        """Of the meeting points that the preview offered, those that were unticked."""
        return sorted({*self.typed.getlist("offered")} - {*self.typed.getlist("halts")})

    def body(self) -> Json:
        """Of POST /api/carpool/offers; a field that holds no such value goes along as it is, to be refused by name."""
        return {
            "fromPlace": self.start.id,
            "toPlace": self.end.id,
            **self.schedule(),
            **self.terms(),
            "back": self._back(),
            "withoutPoints": self.without,
        }

    def schedule(self) -> Json:
        if not self.weekly:
            return {"date": self.text("date")}
        weekly = {"weekdays": self.typed.getlist("weekdays"), "school": self.text("school") or SCHOOL[0]}
        return {"weekly": weekly | ({"lastDay": self.text("lastDay")} if self.text("lastDay") else {})}

    def terms(self) -> Json:
        return {
            "departure": _clock(self.text("departure")),
            "flexibleMinutes": number(self.text("flexibleMinutes")),
            "seats": number(self.text("seats")),
            "longestDetourMinutes": number(self.text("longestDetourMinutes")),
            "priceCents": _cents(self.text("price")),
            "accessibility": {name: True for name in ALONG if self.has("along", name)},
            "languages": self.typed.getlist("languages"),
        }

    def _back(self) -> Json | None:
        if not self.has("back"):
            return None
        day = "" if self.weekly else self.text("backDate")
        return {"departure": _clock(self.text("backDeparture"))} | ({"date": day} if day else {})


def empty(of: Frame, tomorrow: date) -> OfferForm:
    typed = MultiDict(
        [
            *(("repeats", "once"), ("date", tomorrow.isoformat()), ("school", SCHOOL[0])),
            *(("weekdays", day) for day in WEEKDAYS[:5]),
            *(("departure", "08:00"), ("flexibleMinutes", "10"), ("seats", "3"), ("longestDetourMinutes", "10")),
            *(("price", "0"), ("backDeparture", "17:30"), ("languages", of.said.locale)),
        ]
    )
    return OfferForm(FormEnd(), FormEnd(), typed)


def read(of: Frame, typed: MultiDict[str, str]) -> OfferForm:
    """The form as it was sent. Every member may be missing."""
    last = {name: values[-1].strip()[:LONGEST_TEXT] for name, values in typed.lists() if values}
    return OfferForm(read_end(of, last, "from").settled, read_end(of, last, "to").settled, typed)


def of_offer(offer: Json) -> OfferForm:
    """What an offer says, to be changed. Its ends stay what they are."""
    weekly: Mapping[str, Json] = offer["weekly"] or {}
    price = Decimal(offer["priceCents"]) / 100
    single = {
        "repeats": "weekly" if weekly else "once",
        "date": offer["date"] or "",
        "lastDay": weekly.get("lastDay", ""),
        "school": weekly.get("school", SCHOOL[0]),
        "departure": offer["departure"],
        "flexibleMinutes": str(offer["flexibleMinutes"]),
        "seats": str(offer["seats"]),
        "longestDetourMinutes": str(offer["longestDetourMinutes"]),
        "price": format_decimal(price, "0.00") if price else "0",
    }
    many = {"weekdays": weekly.get("weekdays", ()), "languages": offer["languages"]}
    along = [name for name in ALONG if offer["accessibility"][name]]
    typed = MultiDict([*single.items(), *((name, one) for name, all_of in many.items() for one in all_of)])
    typed.setlist("along", along)
    return OfferForm(FormEnd(offer["from"]["name"]), FormEnd(offer["to"]["name"]), typed)


def _clock(text: str) -> str:
    """As the API takes it; people, and Hent, write 7:15, too."""
    return text.zfill(len("07:15")) if ":" in text else text


def _cents(text: str) -> int | str:
    """Of euros, with comma or point; what is no price stays text."""
    try:
        cents = Decimal(text.strip().removesuffix("€").strip().replace(",", ".") or "0") * 100
        return int(cents) if cents == int(cents) else text
    except (InvalidOperation, OverflowError, ValueError):
        return text
