"""The register: everything that Hent does with data of persons, once, as frozen values (RGPD, articles 13 and 30).

Routes and jobs declare what they do by naming values from here (api/privacy/uses.py); a test holds that they accept no
field that a declared processing does not name. What people read about each stands in api/translations/data_use.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mobility.privacy import data
from mobility.privacy.data import Datum


class Basis(StrEnum):
    """Of article 6, paragraph 1. MISSION: whichever the config names for what the territory offers to all."""

    MISSION = "mission"
    PUBLIC_TASK = "6.1.e"
    LEGITIMATE_INTEREST = "6.1.f"
    CONTRACT = "6.1.b"


class DataSource(StrEnum):
    PERSON = "person"
    DEVICE = "device"
    PARTNER = "partner"


class Recipient(StrEnum):
    """COUNTS: everybody, of totals alone. MAIL, CONCERNED, WAYS, OPERATORS: only where the config names such a server
    or lets other operators ask."""

    EVERYBODY = "everybody"
    COUNTS = "counts"
    COUNTERPART = "counterpart"
    STAFF = "staff"
    MAIL = "mail"
    CONCERNED = "concerned"
    WAYS = "ways"
    OPERATORS = "operators"


class Right(StrEnum):
    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    PORTABILITY = "portability"
    OBJECTION = "objection"


RIGHTS = (Right.ACCESS, Right.RECTIFICATION, Right.ERASURE)


@dataclass(frozen=True, slots=True)
class Processing:
    """tables: where it is stored, none for nowhere. memory: kept for a while in the memory of the service alone.
    mandatory: whether nothing works without the data. The period stands in periods.py and in the wording."""

    id: str
    basis: Basis
    data: tuple[Datum, ...]
    tables: tuple[str, ...] = ()
    memory: bool = False
    source: DataSource = DataSource.PERSON
    recipients: tuple[Recipient, ...] = ()
    mandatory: bool = True
    rights: tuple[Right, ...] = ()

    @property
    def is_stored(self) -> bool:
        return bool(self.tables) or self.memory

    @property
    def members(self) -> frozenset[str]:
        """The names that its data have in queries, bodies and forms."""
        return frozenset(member for datum in self.data for member in datum.members)


NOTHING = Processing("nothing", Basis.MISSION, (data.CHOICES, data.LANGUAGE), mandatory=False)
"""What a request uses that says nothing of a person."""

TRIP = Processing(
    "trip",
    Basis.MISSION,
    (data.ENDS, data.MOMENT, data.NEEDS, data.CHOICES, data.LANGUAGE),
    recipients=(Recipient.WAYS,),
)
PLACES = Processing("places", Basis.MISSION, (data.TYPED, data.POSITION, data.CHOICES, data.LANGUAGE))
LOOKUP = Processing("lookup", Basis.MISSION, (data.POSITION, data.NETWORK, data.MOMENT, data.CHOICES, data.LANGUAGE))
FAIR_USE = Processing(
    "fair_use",
    Basis.LEGITIMATE_INTEREST,
    (data.ADDRESS,),
    memory=True,
    source=DataSource.DEVICE,
    rights=(Right.OBJECTION,),
)
"""Done with every request that personal data are used for; no route declares it."""
STATISTICS = Processing(
    "statistics",
    Basis.LEGITIMATE_INTEREST,
    (data.ENDS, data.ADDRESS),
    tables=("trip_counts",),
    recipients=(Recipient.COUNTS,),
    mandatory=False,
    rights=(Right.OBJECTION,),
)
"""Of trips, where the config wants them."""
PUNCTUALITY = Processing("punctuality", Basis.MISSION, (), tables=("observed_delays",), mandatory=False)
"""Of vehicles, from feeds that are public: nothing of a person. It is here so that nobody need wonder."""
DEVICE = Processing("device", Basis.MISSION, (data.KEPT, data.LANGUAGE), source=DataSource.DEVICE, mandatory=False)
"""What somebody's own device keeps for them, and the public timetables beside it: nothing of it comes here."""
LIMITS = Processing(
    "limits",
    Basis.LEGITIMATE_INTEREST,
    (data.ADDRESS,),
    tables=("buckets",),
    source=DataSource.DEVICE,
    rights=(Right.OBJECTION,),
)

SIGN_IN = Processing(
    "sign_in",
    Basis.CONTRACT,
    (data.EMAIL, data.CODE, data.LANGUAGE),
    tables=("sign_ins",),
    recipients=(Recipient.MAIL,),
    rights=RIGHTS,
)
SESSION = Processing("session", Basis.CONTRACT, (data.SESSION,), tables=("sessions",), rights=RIGHTS)
ACCOUNT = Processing(
    "account",
    Basis.CONTRACT,
    (data.EMAIL, data.ALIAS, data.PHONE, data.ADULT, data.LANGUAGE),
    tables=("accounts",),
    recipients=(Recipient.COUNTERPART, Recipient.MAIL),
    rights=(*RIGHTS, Right.PORTABILITY),
)
OFFER = Processing(
    "offer",
    Basis.CONTRACT,
    (data.ENDS, data.DRIVE, data.OFFER, data.LANGUAGE),
    tables=("offers", "erased_offers"),
    recipients=(Recipient.EVERYBODY, Recipient.OPERATORS),
    rights=(*RIGHTS, Right.PORTABILITY),
)
WANTED = Processing(
    "wanted",
    Basis.CONTRACT,
    (data.ENDS, data.DRIVE, data.OFFER),
    tables=("wanted_rides",),
    recipients=(Recipient.EVERYBODY, Recipient.OPERATORS),
    mandatory=False,
    rights=(*RIGHTS, Right.PORTABILITY),
)
BOOKING = Processing(
    "booking",
    Basis.CONTRACT,
    (data.SEAT, data.OFFER),
    tables=("bookings", "booking_counts", "letters"),
    recipients=(Recipient.COUNTERPART, Recipient.OPERATORS, Recipient.MAIL),
    rights=(*RIGHTS, Right.PORTABILITY),
)
MESSAGE = Processing(
    "message",
    Basis.CONTRACT,
    (data.MESSAGE, data.OFFER),
    tables=("messages", "letters"),
    recipients=(Recipient.COUNTERPART, Recipient.OPERATORS, Recipient.MAIL),
    mandatory=False,
    rights=RIGHTS,
)
PARTNER = Processing(
    "partner",
    Basis.CONTRACT,
    (data.PARTNER, data.SEAT, data.MESSAGE, data.POSITION),
    tables=("bookings", "messages", "outside_bookings", "partners"),
    source=DataSource.PARTNER,
    recipients=(Recipient.COUNTERPART,),
    rights=RIGHTS,
)
REMARK = Processing(
    "remark",
    Basis.MISSION,
    (data.REMARK, data.LANGUAGE),
    tables=("remarks", "remark_counts"),
    recipients=(Recipient.STAFF, Recipient.CONCERNED, Recipient.MAIL),
    mandatory=False,
    rights=(Right.ACCESS, Right.ERASURE),
)
"""Of what somebody says is wrong; who says it, nobody knows."""
OPERATOR = Processing(
    "operator",
    Basis.LEGITIMATE_INTEREST,
    (data.STAFF, data.FEED, data.LANGUAGE),
    tables=("operators", "operator_actions", "operator_sessions", "operator_messages"),
    recipients=(Recipient.STAFF,),
    rights=(Right.ACCESS, Right.ERASURE),
)

REGISTER = (
    NOTHING,
    TRIP,
    PLACES,
    LOOKUP,
    FAIR_USE,
    STATISTICS,
    PUNCTUALITY,
    DEVICE,
    LIMITS,
    SIGN_IN,
    SESSION,
    ACCOUNT,
    OFFER,
    WANTED,
    BOOKING,
    MESSAGE,
    PARTNER,
    REMARK,
    OPERATOR,
)
