"""Money in whole minor units of its currency: cents, or what a currency has instead.

How many digits of a price stand after the point: ISO 4217, list one, 2026.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

USUAL_DECIMALS = 2
DECIMALS = {
    0: frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()),
    3: frozenset("BHD IQD JOD KWD LYD OMR TND".split()),
    4: frozenset("CLF UYW".split()),
}


class Amount(NamedTuple):
    minor: int
    currency: str

    @property
    def decimals(self) -> int:
        """How many digits of `minor` stand after the point."""
        return decimals_of(self.currency)


def decimals_of(currency: str) -> int:
    return next((digits for digits, some in DECIMALS.items() if currency in some), USUAL_DECIMALS)


def minor_units(price: str | Decimal, currency: str) -> int | None:
    """Of a price in whole units: the nearest, as prices by the minute or the kilometre come out between two. None for
    what is no price."""
    try:
        scaled = Decimal(price).scaleb(decimals_of(currency))
        return int(scaled.to_integral_value()) if scaled.is_finite() else None
    except InvalidOperation:
        return None
