"""What the service says of itself: its accessibility is claimed no further than it was measured."""

import re

import pytest

from api.config import Config, parse_config
from mobility.errors import InvalidConfig
from mobility.routing.territory import Territory
from tests.api.conftest import ROOT, app_of
from tests.api.live.told import text
from tests.api.motis import CheckedClient


def settings(more: str) -> Config:
    return parse_config((ROOT / "config.toml").read_text("utf-8") + more, ROOT)


def test_without_an_audit_every_page_says_not_compliant_and_links_to_why(client: CheckedClient) -> None:
    assert '<a href="/accessibility">Accessibilité : non conforme</a>' in client.get("/").text
    page = client.get("/accessibility").text
    for part in ("État de conformité", "Contenus non accessibles", "Établissement", "Défenseur des droits"):
        assert part in page
    assert "n’a pas été audité" in page


@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
def test_no_page_shows_a_key_of_the_config(client: CheckedClient, language: str) -> None:
    key = re.compile(rf"\b({'|'.join(Config.model_fields)})\.[a-z_]+\b")
    for path in ("/", "/about", "/accessibility", "/data-use", "/data/", "/carpool", "/counters", "/ranking"):
        text = re.sub("<[^>]*>", " ", client.get(f"{path}?lang={language}", headers={"Accept": "text/html"}).text)
        assert not key.search(text), path


def test_an_audit_is_told_with_its_day_and_its_contact(territory: Territory) -> None:
    audited = """
    [accessibility]
    compliance = "partial"
    audit = "Audit du 3 mars 2027 : 71 % des critères."
    established = 2027-03-04
    contact = "acces@example.org"
    """
    client = app_of(territory, settings=settings(audited)).test_client()
    assert "Accessibilité : partiellement conforme</a>" in client.get("/about").text
    page = text(client.get("/accessibility").text)
    for told in ("71 % des critères", "4 mars 2027", "acces@example.org"):
        assert told in page
    assert "n’a pas été audité" not in page


def test_compliance_is_not_claimed_without_an_audit() -> None:
    with pytest.raises(InvalidConfig, match="needs `audit`"):
        settings('\n[accessibility]\ncompliance = "full"\n')


@pytest.mark.parametrize(("language", "told"), [("fr", "un audit"), ("br", "enklask"), ("en", "an audit")])
def test_the_statement_is_in_each_language(client: CheckedClient, language: str, told: str) -> None:
    assert told in client.get(f"/accessibility?lang={language}").text
    assert client.get(f"/about?lang={language}").status_code == 200
