"""The list of all lines says once what a line is, and where it goes."""

from __future__ import annotations

from html import unescape

from tests.api.conftest import app_of
from tests.town import town

LINES = """
    B1
    Gare   Quai
    8:00   8:10

    7
    Gare   Quai
    9:00   9:10
    """
ROUTES = """
    route_id,agency_id,route_short_name,route_long_name,route_type
    B1,T,B1,Bateau : Gare – Quai,4
    7,T,7,Marché : Gare – Quai,3
    """


def test_a_boat_is_not_called_a_boat_again_under_the_heading_of_the_boats() -> None:
    client = app_of(town("Gare 0 0, Quai 3 0", LINES, more={"routes": ROUTES})).test_client()
    for language in ("fr", "en"):
        page = unescape(client.get(f"/lines?lang={language}").text)
        assert "<span>Gare – Quai</span>" in page
        assert "Bateau :" not in page
        assert "<span>Marché : Gare – Quai</span>" in page, "what is no vehicle is part of the name"
