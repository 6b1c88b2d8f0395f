"""What the mail of the service tells people of shared rides."""

from __future__ import annotations

from dataclasses import dataclass

from api.carpool import news
from api.carpool.carpooling import Carpooling
from api.web.spaces import NO_BREAK
from tests.api.conftest import NOW
from tests.mail import Inbox
from tests.town import moment


@dataclass
class Told:
    """What the chores of a worker send, and to whom."""

    carpool: Carpooling
    inbox: Inbox

    def letters(self, later_s: int = 0) -> list[tuple[str, str]]:
        """To whom with which subject; in the order of names."""
        before = len(self.inbox.letters)
        for chore in news.chores(self.carpool):
            chore.work(moment(NOW) + later_s)
        return sorted(
            (str(one["To"]), str(one["Subject"]).replace(NO_BREAK, " ")) for one in self.inbox.letters[before:]
        )

    def text_to(self, address: str) -> str:
        return next(
            str(one.get_content()).replace(NO_BREAK, " ")
            for one in reversed(self.inbox.letters)
            if one["To"] == address
        )
