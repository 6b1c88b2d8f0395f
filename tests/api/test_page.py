"""The page works without JavaScript, and no place stands in an address."""

from tests.api.motis import CheckedClient

FORM = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:55"}


def test_the_page_is_french_and_says_what_becomes_of_the_data(client: CheckedClient) -> None:
    page = client.get("/").text
    assert '<html lang="fr">' in page
    assert 'method="post"' in page
    assert "servent à calculer cette réponse" in page
    assert "<script" not in page


def test_the_form_answers_with_itineraries_in_words(client: CheckedClient) -> None:
    page = client.post("/", data=FORM).text
    assert "8:00 → 8:50" in page
    assert "bus Bus1 à 8:00 jusqu’à C" in page
    assert "bateau Boat2 à 8:30 jusqu’à E" in page


def test_each_option_says_why_it_is_there(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"profile": "reduced_mobility"}).text
    assert '<option value="reduced_mobility" selected>En fauteuil roulant</option>' in page
    assert "Le meilleur choix : 50 min, 1 changement. Prix non connu. CO₂ : non connu." in page
    assert "Nous ne savons pas si l’on monte sans marche dans Bus1." in page


def test_a_name_is_understood_on_the_page(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"fromPlace": "A", "toPlace": "E"})
    assert page.status_code == 200
    assert "8:00 → 8:50" in page.text


def test_an_unknown_name_is_told_kindly(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"fromPlace": "Xyzzy"})
    assert page.status_code == 400
    assert "Aucun lieu de ce nom : Xyzzy." in page.text


def test_what_was_typed_is_text_and_nothing_else(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"fromPlace": "<script>alert(1)</script>"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_answer_says_why(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"time": "2031-06-03T07:55"}).text
    assert "Les horaires chargés ne couvrent pas cette date." in page


def test_an_arrival_may_be_asked_for(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"toPlace": "t_C", "time": "2026-06-03T09:00", "arriveBy": "true"}).text
    assert "8:30 → 8:50" in page


def test_the_style_is_served_from_here(client: CheckedClient) -> None:
    assert client.get("/static/hent.css").mimetype == "text/css"
