"""Styles and scripts come from here, are kept by the browser, and pages are sent small."""

import gzip

from api.web import assets
from tests.api.motis import CheckedClient


def test_styles_and_scripts_are_served_from_here(client: CheckedClient) -> None:
    for name in ("hent.css", "hent.js", "suggest.js", "map.js", "icons.svg"):
        assert client.get(f"{assets.path()}/{name}").status_code == 200
    assert "http" not in client.get(f"{assets.path()}/hent.js").text


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
