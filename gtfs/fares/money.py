"""Prices as publishers write them, in whole minor units of their currency. Source: GTFS reference, Currency amount; the
decimals are those of ISO 4217 (list one, 2026)."""

from __future__ import annotations

import re
from decimal import Decimal

CURRENCY = re.compile(r"[A-Z]{3}")
AMOUNT = re.compile(r"[+-]?(?:\d{1,9}(?:\.\d*)?|\.\d+)", re.ASCII)
USUAL_DECIMALS = 2
DECIMALS = {
    0: frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()),
    3: frozenset("BHD IQD JOD KWD LYD OMR TND".split()),
    4: frozenset("CLF UYW".split()),
}


def minor_units(amount: str, currency: str) -> int | None:
    """None for what is no amount of that currency; nothing is rounded."""
    if not AMOUNT.fullmatch(amount) or not CURRENCY.fullmatch(currency):
        return None
    decimals = next((digits for digits, some in DECIMALS.items() if currency in some), USUAL_DECIMALS)
    scaled = Decimal(amount).scaleb(decimals)
    return int(scaled) if scaled == scaled.to_integral_value() else None
