"""What those who travel together pay, and who of them is counted for how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.present.amounts import amount
from api.present.pieces import Json
from api.present.prose import listed
from api.web.sentences import Sentences
from mobility.money import Amount
from mobility.ranking.costs import Option
from mobility.ranking.ticket import PartyShare, Ticket

WORDED = ("adult", "child")
"""Riders that there are words for, as most feeds call them; others are told by the name that their feed has."""


def party_members(ticket: Ticket, said: Sentences) -> Json:
    """Of all who travel together; nothing where that is one person, or not all of it is known."""
    party = ticket.party
    if party is None:
        return {}
    sentence = said["ride_ticket"]["party"].format(who=counted(ticket.shares, said), amount=amount(party, said))
    people = sum(one.people for one in ticket.shares)
    shares = [_share(one) for one in ticket.shares]
    return {
        "party": {**party._asdict(), "people": people, "shares": shares, "sentence": sentence},
    }


def counted(shares: Sequence[PartyShare], said: Sentences) -> str:
    """`2 adultes et 2 enfants`."""
    return listed([_people(one, said) for one in shares], said["days"]["and"])


def travelling(options: Iterable[Option], said: Sentences) -> str:
    """The same of those whom the options are for; "" of one person, and where none of them is a ride."""
    shares = next(filter(None, (one.ticket.shares for one in options)), ())
    return counted(shares, said) if shares else ""


def each_pays(shares: Sequence[PartyShare], said: Sentences) -> str:
    """`1,80 € par adulte et 0,90 € par enfant`; nothing where all pay the same, or it is known of none."""
    if len({one.each for one in shares}) < 2:
        return ""
    return listed([one_pays(one, said) for one in shares], said["days"]["and"])


def one_pays(share: PartyShare, said: Sentences) -> str:
    if share.each is None:
        return said["rider"]["unknown"].format(who=_people(share, said))
    return _of(share, share.each, said)


def of_one(paid: Amount, shares: Sequence[PartyShare], said: Sentences) -> str:
    """What the ticket of a ride costs; of the first of several, where they do not all pay the same."""
    if not shares:
        return amount(paid, said)
    if len({one.each for one in shares}) > 1:
        return _of(shares[0], paid, said)
    return said["rider"]["anybody_each"].format(amount=amount(paid, said))


def _of(share: PartyShare, paid: Amount, said: Sentences) -> str:
    return said["rider"][f"{_word(share)}_each"].format(amount=amount(paid, said), name=share.name)


def _people(share: PartyShare, said: Sentences) -> str:
    key = f"{_word(share)}_one" if share.people == 1 else _word(share)
    return said["rider"][key].format(n=share.people, name=share.name)


def _word(share: PartyShare) -> str:
    """Which of the words of a catalogue."""
    rider = share.rider.casefold()
    if rider in WORDED:
        return rider
    return "other" if share.name else "anybody"


def _share(one: PartyShare) -> Json:
    paid = None if one.each is None else one.each._asdict()
    return {"rider": one.rider, "name": one.name, "people": one.people, "price": paid}
