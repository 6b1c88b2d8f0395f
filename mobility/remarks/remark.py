"""What somebody says is wrong: of what kind, about what, in at most 500 characters, and what became of it.

Nobody stands in it: no account, no address, no name of who wrote it. Who wrote it has a code, of which the keyed hash
alone is kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum

from mobility.errors import InvalidQuery
from mobility.remarks.mask import masked
from mobility.value_faults import ValueFault

LONGEST_TEXT, LONGEST_TRIP, LONGEST_ANSWER = 500, 300, 1_000
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of codes that are read aloud and copied by hand: no I, L, O, U, 0 or 1."""
GROUPS, GROUP = 4, 4


class RemarkKind(StrEnum):
    """SERVICE: a vehicle did not come, or not as announced. POSITION: a name, a place on the map. ANSWER: what this
    service said."""

    SERVICE = "service"
    TIMETABLE = "timetable"
    POSITION = "position"
    ACCESS = "access"
    DAMAGE = "damage"
    TICKET = "ticket"
    ANSWER = "answer"
    OTHER = "other"


class RemarkAbout(StrEnum):
    STOP = "stop"
    LINE = "line"
    PLACE = "place"
    TRIP = "trip"


class RemarkEnding(StrEnum):
    """DONE: mended, or passed on to who mends it. NOTHING: nothing is to be mended. ABUSE: it is no remark, and counts
    for none."""

    DONE = "done"
    NOTHING = "nothing"
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True)
class RemarkSubject:
    """id, name: as the network has them, "" of a TRIP; trip: what the person lets go along of it, in words, "" for
    nothing."""

    about: RemarkAbout
    id: str = ""
    name: str = ""
    trip: str = ""


STEP_TIMES = ("seen_at", "forwarded_at", "alias_at", "message_at", "answered_at", "closed_at")
"""Members of a remark, columns of its table: when what was done with it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Times in epoch seconds, 0 for not yet. seen_at: when an operator looked; until then nobody is shown the text.
    alias_at, message_at: when it was turned into another name of a place, into a message to travellers. ending: how
    it was closed, None while it is open."""

    id: str
    kind: RemarkKind
    subject: RemarkSubject
    text: str
    at: int
    seen_at: int = 0
    forwarded_at: int = 0
    alias_at: int = 0
    message_at: int = 0
    answer: str = ""
    answered_at: int = 0
    closed_at: int = 0
    ending: RemarkEnding | None = None

    @property
    def state(self) -> str:
        """new, seen, answered or closed."""
        if self.closed_at:
            return "closed"
        return "answered" if self.answered_at else "seen" if self.seen_at else "new"

    def says_the_same(self, other: Remark) -> bool:
        return (self.kind, self.subject, self.text) == (other.kind, other.subject, other.text)


def new_remark(kind: RemarkKind, subject: RemarkSubject, text: str, now: int) -> Remark:
    """Masked before anything of it is kept. Raises InvalidQuery where it says too much or too little."""
    text, trip = one_form(text), masked(one_form(subject.trip))[:LONGEST_TRIP]
    if len(text) > LONGEST_TEXT:
        raise InvalidQuery("text", ValueFault.LONG_TEXT, most=LONGEST_TEXT)
    if kind is RemarkKind.OTHER and not text:
        raise InvalidQuery("text", ValueFault.NO_TEXT)
    masked_subject = RemarkSubject(subject.about, subject.id, subject.name, trip)
    return Remark(secrets.token_hex(8), kind, masked_subject, masked(text), now)


def one_form(text: str) -> str:
    """With one sign for the end of a line, as browsers count it, too."""
    return "\n".join(text.replace("\r\n", "\n").replace("\r", "\n").strip().splitlines())


def new_code() -> str:
    """79 random bits, `K7QF-2M9D-XTRB-4HSN`."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def read_code(typed: str) -> str:
    """A code however it was copied; "" where it can be none."""
    letters = "".join(char for char in typed.upper() if char.isalnum())
    if len(letters) != GROUPS * GROUP or not set(letters) <= set(ALPHABET):
        return ""
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
