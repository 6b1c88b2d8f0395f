"""Money is whole: nothing in the fares engine is a float, and no price is below zero."""

import ast
from pathlib import Path

import pytest

from gtfs.fares import money
from mobility import money as ours

ROOT = Path(__file__).parents[3]
FILES = [
    path for folder in ("gtfs/fares", "mobility/fares", "mobility/network") for path in (ROOT / folder).rglob("*.py")
]
ENGINE = [path for path in FILES if "fares" in str(path.relative_to(ROOT))]


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_price_is_ever_a_float(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    assert not [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, float)]
    assert not [node for node in nodes if isinstance(node, ast.Name) and node.id in {"float", "round"}]
    assert not [node for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]


def test_the_engine_is_more_than_one_file() -> None:
    assert len(ENGINE) >= 10


@pytest.mark.parametrize(
    ("written", "currency", "minor"),
    [
        ("1.80", "EUR", 180),
        ("2.8", "EUR", 280),
        ("59", "EUR", 5900),
        (".5", "EUR", 50),
        ("-0.50", "EUR", -50),
        ("1.800", "EUR", 180),
        ("300", "JPY", 300),
        ("1.250", "TND", 1250),
    ],
)
def test_a_price_is_read_as_whole_minor_units(written: str, currency: str, minor: int) -> None:
    assert money.minor_units(written, currency) == minor


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        ("1.805", "EUR"),
        ("300.5", "JPY"),
        ("1,80", "EUR"),
        ("", "EUR"),
        ("gratis", "EUR"),
        ("1.80", "euro"),
        ("1e2", "EUR"),
    ],
)
def test_what_is_no_amount_of_a_currency_is_not_rounded_into_one(written: str, currency: str) -> None:
    assert money.minor_units(written, currency) is None


def test_feeds_and_prices_of_our_own_count_the_same_decimals() -> None:
    assert money.DECIMALS == ours.DECIMALS
