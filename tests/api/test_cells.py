"""A cell that a spreadsheet would compute is text; a number stays one. Source: OWASP, CSV injection."""

from __future__ import annotations

import pytest

from api.present.cells import defused


@pytest.mark.parametrize("cell", ["=1+1", "+33 2 97", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(A1)", "-Quai"])
def test_what_begins_like_a_formula_is_text(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-3.25", "+4", "-1e3", "", "Gare", "l'Estran", -3.25, 0, None])
def test_numbers_and_names_stay(cell: object) -> None:
    assert defused(cell) == cell
