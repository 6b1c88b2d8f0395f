"""What can go wrong between HTTP and the domain, beside what mobility/errors.py names."""

from __future__ import annotations

from mobility.errors import MobilityError

MEDIA_TYPE = "application/problem+json"
UNREADABLE = "unreadable"
"""Under this name the application keeps what the server answers to a request that it cannot read, by its status."""


class InvalidBody(MobilityError):
    """errors: one `{"member": …, "reason": …}` for each fault; holds no value that was sent."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(
            "; ".join(f"{one['member']}: {one['reason']}" if one["member"] else one["reason"] for one in errors)
        )
        self.errors = errors


class NotMadeYet(MobilityError):
    """The files of the network in service are being made."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"the file is being made; ask again in {retry_after_s} s")
        self.retry_after_s = retry_after_s
