"""The letters that are owed about shared rides, in the reader's language: who, where, when, and no address of anybody.

Sent by a chore of the service, again and again where the mail server takes none (mobility/carpool/letters.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from api.carpool.carpooling import Carpooling
from api.present.carpool_rides import booking, freed_words, later_words, what_is_lost
from api.web.chores import Chore
from api.web.days import written
from api.web.sentences import sentences
from mobility import mail
from mobility.carpool.accounts import Account
from mobility.carpool.aftermath import note_time
from mobility.carpool.booking import BookingId, BookingStatus, Side
from mobility.carpool.bookings import last_like
from mobility.carpool.letters import DueLetter, News, send_due
from mobility.carpool.messages import Message, find_message
from mobility.carpool.people import aliases_of
from mobility.carpool.rides import Shared, shared
from mobility.clock import hour_and_minute
from mobility.errors import MailUnavailable, NotFound
from mobility.privacy.register import BOOKING, MESSAGE

EVERY_S = 30
ENDS = frozenset({News.CANCELLED, News.WITHDRAWN})


class LetterWords(NamedTuple):
    """The keys of a letter's texts: what it is about, and what its reader is told of it."""

    subject: str
    text: str


def chores(carpooling: Carpooling) -> tuple[Chore, ...]:
    """What time does to bookings, then the news of it."""

    def send_letters(now: int) -> None:
        send_due(carpooling.store, lambda owed: send(carpooling, owed), now)

    return (
        Chore("bookings", EVERY_S, lambda now: note_time(carpooling.store, now), (BOOKING,)),
        Chore("letters", EVERY_S, send_letters, (BOOKING, MESSAGE)),
    )


def send(carpooling: Carpooling, owed: DueLetter) -> bool:
    """False where no mail server takes it now. What it was about may be gone: then there is nothing to send."""
    try:
        carpooling.post.send(letter_of(carpooling, owed))
    except NotFound:
        return True
    except MailUnavailable:
        return False
    return True


def letter_of(carpooling: Carpooling, owed: DueLetter) -> mail.Letter:
    """Raises NotFound where the reader, the ride or the message is gone."""
    reader = carpooling.accounts.by_id(owed.account)
    ride = _ride(carpooling, reader, owed.booking) if owed.booking else None
    if owed.news is News.MESSAGE:
        return _letter(carpooling, reader, _alike("message"), _written(carpooling, reader, owed), ride)
    if ride is None:
        raise NotFound("booking", "booking")
    if owed.news is News.ASKED and ride.side is Side.DRIVER:
        return _asked(carpooling, reader, ride)
    return _letter(carpooling, reader, _words(owed.news, ride), _known(carpooling, reader, ride), ride)


def _alike(key: str) -> LetterWords:
    return LetterWords(key, key)


def _words(news: News, ride: Shared) -> LetterWords:
    """Each side is told by whom a ride has ended, and why, where that is known."""
    side, about = ride.side.value, ride.booking
    if news is News.ASKED:
        return _alike(f"asked_{side}")
    if news in {News.REFUSED, News.EXPIRED}:
        return LetterWords(news.value, f"{side}_{news.value}")
    is_request = news is News.CANCELLED and not about.agreed_at
    subject = "request_cancelled" if is_request else news.value
    if about.ended_because and news in ENDS:
        return LetterWords(subject, f"{side}_{about.ended_because.value}")
    if news is News.CANCELLED and about.ended_by:
        return LetterWords(subject, f"{side}_cancelled_by_{about.ended_by.value}")
    return LetterWords(subject, news.value)


def _asked(carpooling: Carpooling, reader: Account, first: Shared) -> mail.Letter:
    """What is true now: the passenger may have given the ask up since, or have asked again.

    Raises NotFound where the driver has answered already, and there is nothing else to tell.
    """
    with carpooling.store.reading() as connection:
        latest = last_like(connection, first.booking)
    if latest.status is not BookingStatus.ASKED and not latest.given_up_at:
        raise NotFound("booking", "booking")
    ride = _ride(carpooling, reader, latest.id)
    words = _alike("given_up" if latest.given_up_at else "asked_driver")
    return _letter(carpooling, reader, words, _known(carpooling, reader, ride), ride)


def _ride(carpooling: Carpooling, reader: Account, known: BookingId) -> Shared:
    return shared(carpooling.accounts, carpooling.agreements, reader.id, known)


def _known(carpooling: Carpooling, reader: Account, ride: Shared) -> dict[str, str]:
    day, time = _when(carpooling, ride.booking.expires_at, reader.language)
    until = f"{day} {sentences(reader.language)['day']['at'].format(clock=time)}"
    other, said = _named(reader, ride.companion.alias, ride.companion.operator), sentences(reader.language)
    lost = what_is_lost(booking(ride, carpooling.agreements.now()), other, said)
    return {"other": other, "until": until, "lost": lost}


def _written(carpooling: Carpooling, reader: Account, owed: DueLetter) -> dict[str, str]:
    with carpooling.store.reading() as connection:
        message = find_message(connection, owed.message or "")
        if message is None:
            raise NotFound("message", "message")
        aliases = aliases_of(connection, [message.sender] if message.sender else [])
    return {"other": _named(reader, _alias(message, aliases.values()), message.operator), "text": message.text}


def _alias(message: Message, found: Iterable[str]) -> str:
    return next(iter(found), "") if message.sender else message.alias


def _named(reader: Account, alias: str, operator: str) -> str:
    """Somebody of another operator is told as such."""
    known = alias or sentences(reader.language)["news"]["somebody"]
    return f"{known} ({operator})" if operator else known


def _letter(
    carpooling: Carpooling, reader: Account, words: LetterWords, known: dict[str, str], ride: Shared | None
) -> mail.Letter:
    said, page = sentences(reader.language)["news"], carpooling.config.carpool.sign_in_page
    parts = [said["hello"].format(alias=reader.alias), said[words.text].format(**known)]
    if ride:
        parts.append(_told(carpooling, ride, reader.language))
        parts += [more for more in (_later(carpooling, reader, ride), _freed(reader, ride, words)) if more]
    if page:
        parts.append(said["see"].format(page=page))
    subject = said[f"{words.subject}_subject"].format(territory=carpooling.config.territory.name)
    return mail.Letter(reader.email, subject, "\n\n".join(parts) + "\n")


def _told(carpooling: Carpooling, ride: Shared, language: str) -> str:
    said, about = sentences(language)["news"], ride.booking
    day, time = _when(carpooling, about.span.pickup_at, language)
    seats = said["one_seat"] if about.seats == 1 else said["seats"].format(n=about.seats)
    start, end = about.span.get_in.name, about.span.get_out.name
    return said["ride"].format(day=day, time=time, start=start, end=end, seats=seats)


def _later(carpooling: Carpooling, reader: Account, ride: Shared) -> str:
    """Why who drives leaves later than they published, in the words of their page."""
    other = _named(reader, ride.companion.alias, ride.companion.operator)
    return later_words(booking(ride, carpooling.agreements.now()), other, carpooling.zone, sentences(reader.language))


def _freed(reader: Account, ride: Shared, words: LetterWords) -> str:
    """That others can ask for what was given up, in the words of their page."""
    if words.subject != News.CANCELLED:
        return ""
    return freed_words(ride, sentences(reader.language))


def _when(carpooling: Carpooling, at_s: int, language: str) -> tuple[str, str]:
    """Day and clock of the territory."""
    at = datetime.fromtimestamp(at_s, carpooling.zone)
    return written(at.date(), "full", language), hour_and_minute(at)
