"""What can go wrong in the domain. Nothing here knows HTTP; api/problems.py maps each leaf once.

MobilityError
├── InvalidQuery            a value that cannot be asked; names the parameter
├── NotFound                a stop, trip or place that the network does not have
├── InvalidConfig           a key of config.toml that is unknown, missing or wrong
├── WrongState              what was asked cannot be done with a thing in this state
├── OfferFull               the seats asked for are no longer free on the whole part of the way
├── StorageUnavailable      the database cannot be reached, or stays busy
└── NetworkUnavailable      no network was published yet
"""


class MobilityError(Exception):
    """Fields are safe to show; `str()` is one English sentence without user input in it."""


class InvalidQuery(MobilityError):
    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(f"{parameter}: {reason}")
        self.parameter = parameter
        self.reason = reason


class NotFound(MobilityError):
    def __init__(self, kind: str, parameter: str) -> None:
        super().__init__(f"no such {kind}")
        self.kind = kind
        self.parameter = parameter


class WrongState(MobilityError):
    """kind: of thing; state: that it is in."""

    def __init__(self, kind: str, state: str) -> None:
        super().__init__(f"this {kind} is {state}")
        self.kind = kind
        self.state = state


class OfferFull(MobilityError):
    def __init__(self) -> None:
        super().__init__("there are not enough free seats left")


class InvalidConfig(MobilityError):
    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"config: {key}: {reason}")
        self.key = key
        self.reason = reason


class NetworkUnavailable(MobilityError):
    def __init__(self) -> None:
        super().__init__("no network has been published yet")


class StorageUnavailable(MobilityError):
    def __init__(self) -> None:
        super().__init__("the database cannot be reached or is busy")
