"""Styles and scripts come from here, are kept by the browser, and pages are sent small."""

import gzip
import re

import pytest

from api.web import assets
from tests.api.motis import CheckedClient


def test_styles_and_scripts_are_served_from_here(client: CheckedClient) -> None:
    for name in ("hent.css", "hent.js", "opened_map.js", "icons.svg"):
        assert client.get(f"{assets.path()}/{name}").status_code == 200
    named = re.findall(r"https?://[^\"]+", client.get(f"{assets.path()}/hent.js").text)
    assert set(named) == {"http://www.w3.org/2000/svg"}, "a name, where nothing is fetched"


def test_a_script_comes_with_all_that_it_imports_and_each_keeps_its_own_names(client: CheckedClient) -> None:
    """Both coming_back.js and departures.js make an `element`; question.js and the former each have a `search`."""
    for name, own in (("hent", {"kept", "question", "moved_drawing"}), ("opened_map", {"map_style", "map_layers"})):
        script = client.get(f"{assets.path()}/{name}.js").text
        assert [line for line in script.splitlines() if line.startswith("import ")] == []
        assert {one for one in own if f"const {one}_js = (() => {{" in script} == own
        assert script.count("function drawingOf(") == (name == "opened_map")
    assert "export async function openMap(" in script, "which map.js imports when a map is touched"


def test_scripts_that_are_put_together_otherwise_have_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browsers keep what is at the old one for a year."""
    monkeypatch.setattr(assets, "as_one", lambda name: f"// {name}, as a mended service would send it")
    assert assets.path.__wrapped__() != assets.path()


def test_files_are_kept_by_the_browser_and_sent_small(client: CheckedClient) -> None:
    style = client.get(f"{assets.path()}/hent.css", headers={"Accept-Encoding": "gzip"})
    assert style.headers["Cache-Control"] == "public, max-age=31536000"
    assert gzip.decompress(style.data) == client.get(f"{assets.path()}/hent.css").data


def test_a_page_with_a_cookie_is_sent_as_it_is(client: CheckedClient) -> None:
    small = client.get("/", headers={"Accept-Encoding": "gzip"})
    client.set_cookie("session", "x")
    whole = client.get("/", headers={"Accept-Encoding": "gzip"})
    client.delete_cookie("session")
    assert (small.headers.get("Content-Encoding"), whole.headers.get("Content-Encoding")) == ("gzip", None)
