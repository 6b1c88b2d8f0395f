"""What the views of the standard are given in a request: offers, bookings, who calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from api.carpool.carpooling import Carpooling
from api.covoiturage.identity import Issuer
from api.covoiturage.refused import Refused, StandardFault
from mobility.carpool.agreements import Agreements, BookingRules
from mobility.carpool.board import Boards, OfferBoard
from mobility.carpool.booking import PartnerId
from mobility.carpool.limits import Limit, neighbourhood
from mobility.carpool.offer import AccountId
from mobility.carpool.partners import find_partner
from mobility.carpool.pseudonyms import Pseudonyms
from mobility.clock import local_date
from mobility.storage.store import Store

KEY = "X-API-Key"
SLACK_S = 900
"""How much a booking's time may differ from that of the journey it is for."""
WRONG_KEYS = Limit("wrong partner key", 20, 600)


@dataclass(frozen=True, slots=True)
class Office:
    carpool: Carpooling
    boards: Boards
    issuer: Issuer
    operator: str
    now: Callable[[], int]

    @property
    def store(self) -> Store:
        return self.carpool.store

    @property
    def rules(self) -> BookingRules:
        return self.carpool.rules

    @property
    def agreements(self) -> Agreements:
        return self.carpool.agreements

    @property
    def slack_s(self) -> int:
        return SLACK_S

    @property
    def pseudonyms(self) -> Pseudonyms:
        return Pseudonyms(self.carpool.sealing, local_date(self.now(), self.rules.zone))

    def board(self) -> OfferBoard:
        return self.boards.latest()

    def partner(self) -> PartnerId:
        """Whose key the request bears. Raises Refused (401), TooMany."""
        key = request.headers.get(KEY, "")
        with self.store.reading() as connection:
            partner = find_partner(connection, key) if key else None
        if partner is None:
            self._limit(WRONG_KEYS, neighbourhood(request.remote_addr or ""))
            raise Refused(401, StandardFault.KEY_NEEDED, header=KEY)
        self._limit(Limit("partner", self.carpool.config.covoiturage.calls_per_minute, 60), partner.id)
        return partner.id

    def account_of(self, email: str) -> AccountId | None:
        return self.carpool.accounts.find_by_email(email)

    def _limit(self, limit: Limit, subject: str) -> None:
        self.carpool.limits.take(limit, subject, self.now())
