"""What is to be arranged before a ride, in the traveller's language: until when, by which number, in whose words."""

from __future__ import annotations

from collections.abc import Iterator

from api.present.clock import stamp
from api.present.pieces import Json
from api.web.sentences import Sentences
from mobility.clock import hour_and_minute
from mobility.routing.reservation import Reservation


def told(found: Reservation, stop: str, said: Sentences) -> Json:
    """stop: where one gets out."""
    return {
        "compulsory": found.booked,
        "number": found.phone,
        "url": found.url,
        "message": " ".join(found.messages),
        "deadline": None if found.until is None else stamp(int(found.until.timestamp())),
        "sentence": " ".join(_sentences(found, stop, said)),
    }


def _sentences(found: Reservation, stop: str, said: Sentences) -> Iterator[str]:
    text = said["reservation"]
    if found.booked:
        phone = text["phone"].format(phone=found.phone) if found.phone else ""
        site = text["site"].format(url=found.url) if found.url and not found.phone else ""
        yield text["book"].format(how=phone or site, until=_until(found, said))
        yield from found.messages
    if found.gets_in:
        yield text["tell_in"]
    if found.gets_out:
        yield text["tell_out"].format(stop=stop)


def _until(found: Reservation, said: Sentences) -> str:
    if found.until is None:
        return ""
    at = found.until
    return said["reservation"]["until"].format(day=f"{at:%d/%m/%Y}", clock=hour_and_minute(at))
