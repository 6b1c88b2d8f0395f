"""Amounts of money, as people and as the MOTIS API write them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from api.web.sentences import Sentences
from mobility.money import Amount

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}


@lru_cache(maxsize=4096)
def amount(paid: Amount, said: Sentences) -> str:
    """`1,80 €`; in English `€1.80`."""
    sign, number = SIGNS.get(paid.currency, paid.currency), f"{major(paid):.{paid.decimals}f}"
    if said.language == "en":
        return f"{sign}{number}" if paid.currency in SIGNS else f"{sign} {number}"
    return f"{number} {sign}".replace(".", ",")


def major(paid: Amount) -> Decimal:
    """In whole units of the currency, as people and the MOTIS API write it."""
    return Decimal(paid.minor).scaleb(-paid.decimals)
