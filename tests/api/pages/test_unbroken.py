"""What may not part at the end of a line."""

import re
from datetime import date
from html import unescape

import pytest

from api.pages.unbroken import unbroken
from api.web.days import written


def rows(text: str) -> list[str]:
    return re.findall('<span class="whole">(.*?)</span>', unescape(str(unbroken(text))))


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Gare d'Échanges → Port-Louis La Pointe (quai)", ["Gare d'Échanges", "→ Port-Louis", "Pointe (quai)"]),
        ("vers Embarcadère Quai des Indes", ["Quai des Indes"]),
        ("Gare Maritime (quai de Groix)", ["(quai de Groix)"]),
        ("mardi 24 novembre à partir de 8:00", ["mardi 24 novembre"]),
        ("Du 1er déc. 2026 au 3 nov. 2027.", ["1er déc.", "3 nov."]),
        ("en cas de doute, appelez-les.", ["appelez-les."]),
        ("8 à 8:25, arrivée à 9:07", []),
        ("Embarcadère d'Hennebont-Kerbihan", []),
    ],
)
def test_short_names_dates_and_arrows_stand_on_one_row(text: str, together: list[str]) -> None:
    assert rows(text) == together
    assert unescape(re.sub("</?span[^>]*>", "", str(unbroken(text)))) == text


@pytest.mark.parametrize("language", ["fr", "br", "en"])
@pytest.mark.parametrize("pattern", ["EEEE d MMMM", "d MMM"])
def test_no_date_of_any_month_parts(language: str, pattern: str) -> None:
    for month in range(1, 13):
        for day in (1, 24):
            said = written(date(2026, month, day), pattern, language)
            assert rows(said) == [said]
