"""What can go wrong in the domain. Nothing here knows HTTP; api/problems.py maps each leaf once.

MobilityError
├── InvalidQuery            a value that cannot be asked; names the parameter
├── SkippedHour             a time that clocks do not show on that day; names the parameter, and what they show instead
├── NotFound                a stop, trip or place that the network does not have
├── InvalidConfig           a key of config.toml that is unknown, missing or wrong
├── NotSignedIn             no session, or one that has ended
├── TokenNeeded             no operator's token, or one that is not in force
├── LinkNotValid            a sign-in code that was used, is too old or never existed
├── AccountIncomplete       a new account lacks what it cannot do without; names it
├── TooMany                 asked too often; says when to ask again
├── MailUnavailable         no mail server in the config, or it takes no mail
├── PriceTooHigh            a seat costs more than a share of the drive; names the most it may cost
├── WrongState              what was asked cannot be done with a thing in this state
├── InTwoCars               a seat in a car while one sits in another, or drives; names the day
├── OfferFull               the seats asked for are no longer free on the whole part of the way
├── OfferPaused             its driver has put the offer on hold
├── AlreadyAsked            one has a seat in this car then, or has asked for one; names that booking
├── StorageUnavailable      the database cannot be reached, or stays busy
├── NotAnswered             a network would leave golden queries without an answer (mobility/feeds/outcome.py)
├── HeldBack                a version of a feed reaches less far than the one in service (the same file)
├── NothingBefore           no version of a feed was published before the one in service
├── NothingAfter            no version of a feed was taken back since
├── NotAllowed              an operator whose role does not reach so far; names the one that does
├── LoadTooLarge            a load needs more time, memory or disk than it may have
├── LoadCancelled           who watched a load ended it
├── FolderUnavailable       the data folder cannot be read or written: full, read-only, damaged, not ours
└── NetworkUnavailable      no network was published yet
"""

from datetime import date, datetime
from enum import StrEnum
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS

from mobility.value_faults import CodedFault


class MobilityError(Exception):
    """Fields are safe to show; `str()` is one English sentence without user input in it."""


class InvalidQuery(MobilityError):
    """reason: in English; code, values: the same for who tells it in another language."""

    def __init__(self, parameter: str, fault: CodedFault, **values: object) -> None:
        self.parameter, self.reason, self.code, self.values = parameter, fault.told(**values), fault.code, values
        super().__init__(f"{parameter}: {self.reason}")


class SkippedHour(MobilityError):
    """instead: the moment as long after the hour before, as ISO 8601 with offset."""

    def __init__(self, parameter: str, instead: str) -> None:
        super().__init__(f"{parameter}: clocks skip this time on that day; they show {instead}")
        self.parameter = parameter
        self.instead = instead

    @property
    def day(self) -> date:
        return datetime.fromisoformat(self.instead).date()


class NotFound(MobilityError):
    """known: what there is instead, where that is a short list. meant: what may have been meant, best first."""

    def __init__(self, kind: str, parameter: str, known: tuple[str, ...] = (), meant: tuple[str, ...] = ()) -> None:
        super().__init__(f"no such {kind}" + (f"; known: {', '.join(known)}" if known else ""))
        self.kind = kind
        self.parameter = parameter
        self.known = known
        self.meant = meant


class WrongState(MobilityError):
    """kind: of thing; state: that it is in."""

    def __init__(self, kind: str, state: str) -> None:
        super().__init__(f"this {kind} is {state}")
        self.kind = kind
        self.state = state


class OfferFull(MobilityError):
    def __init__(self) -> None:
        super().__init__("there are not enough free seats left")


class OfferPaused(MobilityError):
    def __init__(self) -> None:
        super().__init__("its driver has paused this offer, and may resume it")


class AlreadyAsked(MobilityError):
    """booking: the one that there is."""

    def __init__(self, booking: str) -> None:
        super().__init__("one has a seat in this car already, or has asked for one")
        self.booking = booking


class InTwoCars(MobilityError):
    def __init__(self, day: date) -> None:
        super().__init__(f"on {day} at that time one rides in another car, or drives")
        self.date = day.isoformat()


class NotSignedIn(MobilityError):
    def __init__(self) -> None:
        super().__init__("sign in first: there is no session, or it has ended")


class TokenNeeded(MobilityError):
    def __init__(self) -> None:
        super().__init__("send an operator's token (Authorization: Bearer): there is none, or it is not in force")


class LinkNotValid(MobilityError):
    """minutes: for which a code is good."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"this code was used, is older than {minutes} minutes, or never existed")
        self.minutes = minutes


class AccountIncomplete(MobilityError):
    """missing: members that a new account needs. The code stays valid."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"a new account needs {' and '.join(missing)}")
        self.missing = missing


class NotAllowed(MobilityError):
    """least: the role that may."""

    def __init__(self, least: str) -> None:
        super().__init__(f"this needs the role {least}")
        self.least = least


class TooMany(MobilityError):
    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"asked too often; ask again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class MailUnavailable(MobilityError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"no mail can be sent: {reason}")


class PriceTooHigh(MobilityError):
    """most_cents: for one seat and the whole way."""

    def __init__(self, most_cents: int) -> None:
        super().__init__(f"a seat may cost {most_cents} cents at most: the costs are shared, nobody gains")
        self.most_cents = most_cents


class ConfigFault(StrEnum):
    """What is wrong with a key, or with a file that the config names. bad_row has its line, bad_column its columns,
    missing_extra what is to be installed."""

    KEY_MISSING = "key_missing"
    KEY_UNKNOWN = "key_unknown"
    KEY_WRONG = "key_wrong"
    NOT_FOR_THE_PUBLIC = "not_for_the_public"
    MISSING_FILE = "missing_file"
    BAD_FILE = "bad_file"
    BAD_COLUMN = "bad_column"
    BAD_ROW = "bad_row"
    MISSING_EXTRA = "missing_extra"


class InvalidConfig(MobilityError):
    """key: dotted, or a file and its line. reason: what exactly is wrong, in English; code, values: the same in short,
    for who tells it in another language."""

    def __init__(self, key: str, reason: str, code: ConfigFault = ConfigFault.KEY_WRONG, **values: object) -> None:
        super().__init__(f"config: {key}: {reason}")
        self.key, self.reason, self.code, self.values = key, reason, code, values


class NetworkUnavailable(MobilityError):
    def __init__(self) -> None:
        super().__init__("no network has been published yet")


class StorageUnavailable(MobilityError):
    def __init__(self) -> None:
        super().__init__("the database cannot be reached or is busy")


class NothingBefore(MobilityError):
    def __init__(self) -> None:
        super().__init__("no version of this feed was published before")


class NothingAfter(MobilityError):
    def __init__(self) -> None:
        super().__init__("nothing was rolled back since: there is no version to go forward to")


class LoadCancelled(MobilityError):
    def __init__(self) -> None:
        super().__init__("the load was cancelled; nothing has changed")


class LoadTooLarge(MobilityError):
    """what: time, memory or disk; most: what it may have, with its unit."""

    def __init__(self, what: str, most: str) -> None:
        super().__init__(f"the load needs more {what} than it may have ({most}); nothing has changed")
        self.what = what
        self.most = most


class FolderFault(StrEnum):
    DISK_FULL = "disk_full"
    NO_RIGHTS = "no_rights"
    READ_ONLY = "read_only"
    DAMAGED_FILE = "damaged_file"
    NO_LOCK = "no_lock"
    OTHER = "other"


OF_SYSTEM = {
    ENOSPC: FolderFault.DISK_FULL,
    EDQUOT: FolderFault.DISK_FULL,
    EACCES: FolderFault.NO_RIGHTS,
    EPERM: FolderFault.NO_RIGHTS,
    EROFS: FolderFault.READ_ONLY,
}
"""By errno."""


class FolderUnavailable(MobilityError):
    """reason: what the system says; code, values: the same for who tells it in another language."""

    def __init__(self, reason: str, code: FolderFault = FolderFault.OTHER, **values: str) -> None:
        super().__init__(f"the data folder cannot be read or written ({reason}); what is in service stays")
        self.reason, self.code, self.values = reason, code, values


def folder_refused(error: OSError) -> FolderUnavailable:
    """What the system says of it."""
    code = OF_SYSTEM.get(error.errno or 0, FolderFault.OTHER)
    return FolderUnavailable(error.strerror or type(error).__name__, code)
