"""One’s account: corrected, taken along, erased."""

from __future__ import annotations

from tests.api.motis import CheckedClient
from tests.api.pages.carpool.people import OFFER, sent


def test_a_telephone_number_that_is_none_is_told_at_its_field(anna: CheckedClient) -> None:
    page = sent(anna, "/carpool/account", {"alias": "Anna B.", "phone": "call me", "language": "br"})
    assert "Écrivez un numéro de 8 à 15 chiffres" in page.text
    assert 'value="call me"' in page.text
    assert sent(anna, "/carpool/account", {"alias": "Anna B.", "phone": "", "language": "br"}).status_code == 303
    assert 'value="Anna B."' in anna.get("/carpool/account").text


def test_all_that_is_kept_can_be_taken_along(anna: CheckedClient) -> None:
    sent(anna, "/carpool/publish", OFFER | {"step": "publish"})
    copy = anna.get("/carpool/account/export")
    assert copy.headers["Content-Disposition"] == 'attachment; filename="hent.json"'
    told = copy.get_json()
    assert (told["account"]["alias"], len(told["offers"])) == ("Anna", 1)


def test_an_account_is_erased_once_that_is_confirmed(anna: CheckedClient) -> None:
    assert "Cochez la case pour confirmer" in sent(anna, "/carpool/account/erase", {}).text
    gone = sent(anna, "/carpool/account/erase", {"sure": "1"})
    assert gone.headers["Location"] == "/carpool?done=erased"
    assert "Votre compte est effacé" in anna.get("/carpool?done=erased").text
    assert anna.get("/carpool/account").status_code == 303
