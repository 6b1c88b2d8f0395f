"""What can go wrong with streets."""

from mobility.errors import MobilityError


class UnreadableExtract(MobilityError):
    """A file that is no extract of OpenStreetMap, or has no street in it."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason
