"""/operateurs: signing in with a token, the cookie, and forms of other sites."""

from __future__ import annotations

import pytest

from api.web.storage import Kept
from mobility.network.current import published_versions
from mobility.operators.log import actions
from mobility.operators.tokens import Operators, Role
from mobility.privacy.periods import OPERATOR_SESSION_S
from tests.api.operators.test_operators import NOW, client_of, stored, town_in_service
from tests.api.operators.visits import PAGE, key, sent, signed_in, token_of

__all__ = ["stored", "town_in_service"]


def test_without_a_session_there_is_a_form_for_the_token_and_nothing_else(stored: Kept) -> None:
    client = client_of(stored)
    page = client.get("/operateurs")
    assert (page.status_code, 'name="token"' in page.text, "Alpha" in page.text) == (200, True, False)
    assert "Set-Cookie" not in page.headers
    for path in ("/feeds/t", "/jobs", "/jobs/x", "/log"):
        assert client.get(f"/operateurs{path}").headers["Location"] == "/operateurs"


def test_a_wrong_token_is_told_and_tries_run_out(stored: Kept) -> None:
    client = client_of(stored, guesses_per_minute=2)
    tried = [client.post("/operateurs/session", data={"token": "hent_guess"}) for _ in range(3)]
    assert [one.status_code for one in tried] == [401, 401, 429]
    assert "n’est pas valable" in tried[0].text and "Attendez" in tried[2].text
    late = client.post("/operateurs/session", data={"token": token_of(stored, Role.ADMIN)})
    assert late.status_code == 429, "a right one, too"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookie_is_strict_short_and_of_this_page_alone(stored: Kept, scheme: str) -> None:
    client = client_of(stored)
    token = token_of(stored, Role.READ)
    answer = client.post("/operateurs/session", data={"token": token}, base_url=f"{scheme}://hent.example")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    parts = set(cookie.split("; "))
    assert {"HttpOnly", "SameSite=Strict", "Path=/operateurs", f"Max-Age={OPERATOR_SESSION_S}"} <= parts
    assert ("Secure" in parts) == (scheme == "https")
    assert token not in cookie


def test_signing_out_ends_the_session_and_not_the_cookie_alone(stored: Kept) -> None:
    client = signed_in(stored)
    (cookie,) = (one for one in [client.get_cookie("hent_operator", path="/operateurs")] if one)
    gone = sent(client, "/sign-out")
    assert gone.headers["Set-Cookie"].startswith("hent_operator=; Expires=Thu, 01 Jan 1970")
    client.set_cookie("hent_operator", cookie.value, path="/operateurs")
    assert 'name="token"' in client.get("/operateurs").text


def test_a_revoked_token_ends_the_sessions_begun_with_it(stored: Kept) -> None:
    client = signed_in(stored)
    Operators(stored.store).revoke("Load", NOW)
    assert 'name="token"' in client.get("/operateurs").text


def test_a_form_of_another_site_or_without_its_key_does_nothing(stored: Kept) -> None:
    client, before = signed_in(stored, Role.ADMIN), published_versions(stored.data)
    good = key(client.get("/operateurs"))
    forged = [
        ({"key": good, "sure": "1"}, {"Sec-Fetch-Site": "cross-site"}),
        ({"key": good, "sure": "1"}, {"Sec-Fetch-Site": "same-site"}),
        ({"key": good, "sure": "1"}, {"Origin": "https://elsewhere.example"}),
        ({"key": "0" * 64, "sure": "1"}, {}),
        ({"sure": "1"}, {}),
    ]
    for data, headers in forged:
        refused = client.post("/operateurs/feeds/t/remove", data=data, headers=headers | PAGE)
        assert (refused.status_code, refused.mimetype) == (403, "text/html")
    assert (published_versions(stored.data), client.get("/operateurs/jobs").text.count("Retrait")) == (before, 0)
    signed = client_of(stored).post(
        "/operateurs/session", data={"token": "x"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert signed.status_code == 403, "nobody is signed in by another site"


def test_signing_in_stands_in_the_log(stored: Kept) -> None:
    signed_in(stored)
    latest = actions(stored.store)[0]
    assert (latest.operator, latest.verb) == ("Load", "sign-in")
