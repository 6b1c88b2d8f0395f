"""What leads back: one touch from an answer, whole without JavaScript."""

import re
from typing import Any

from tests.api.motis import CheckedClient

FORM = {"from": "t_A", "to": "t_B", "when": "leave", "moment": "2026-06-03T07:55"}
LINES = """
    Bus1
    A     B
    8:00  8:30

    Bus2
    B      A
    8:20   8:52
    12:00  12:30
    """


def button(page: str) -> dict[str, str]:
    """Name and value of the button that leads back."""
    found = re.search(r'<button form="search" name="(\w+)" value="([^"]*)">(?:(?!</button>).)*Retour', page)
    assert found, "an answer leads back"
    return {found[1]: found[2]}


def test_back_goes_the_other_way_once_one_is_there(ask_town: Any) -> None:
    """There at half past eight: the 8:20 has left."""
    client: CheckedClient = ask_town("A 0 0, B 30 0", LINES)
    there = client.post("/", data=FORM).text
    back = client.post("/", data=FORM | button(there))
    assert "8:00 → 8:30" in there
    assert '<h1>B <span class="whole">→ A</span></h1>' in back.text
    assert "12:00 → 12:30" in back.text
    assert "8:20 → 8:52" not in back.text


def test_back_of_an_answer_by_arrival_leaves_then_too(ask_town: Any) -> None:
    client: CheckedClient = ask_town("A 0 0, B 30 0", LINES)
    asked = FORM | {"when": "arrive", "moment": "2026-06-03T09:00"}
    back = client.post("/", data=asked | button(client.post("/", data=asked).text)).text
    assert 'value="leave" checked' in back
    assert 'value="2026-06-03T08:30"' in back


def test_back_is_offered_where_nothing_was_found(ask_town: Any) -> None:
    client: CheckedClient = ask_town("A 0 0, B 30 0", LINES)
    page = client.post("/", data=FORM | {"moment": "2031-06-03T20:00"}).text
    assert "Aucun trajet trouvé" in page
    assert button(page) == {"wayBack": "2031-06-03T20:00"}


def test_back_keeps_who_travels(ask_town: Any) -> None:
    client: CheckedClient = ask_town("A 0 0, B 30 0", LINES)
    asked = FORM | {"profile": "senior"}
    assert 'value="senior" checked' in client.post("/", data=asked | button(client.post("/", data=asked).text)).text


def test_an_unreadable_moment_leads_back_all_the_same(client: CheckedClient) -> None:
    assert client.post("/", data=FORM | {"to": "t_E", "wayBack": "soon"}).status_code == 200
