"""The map that one opens, in Chromium with WebGL in software: over the drawing, in a window of its own, and not at all
where there is no WebGL or no script."""

from __future__ import annotations

import re
from math import hypot
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from api.web import map_library
from tests.browser.conftest import NARROW, TODAY, Opened, ask
from tests.browser.picture import Sight, changed, painted, still, until

pytestmark = pytest.mark.skipif(not map_library.is_there(), reason="the library of the map: hent map library")
NO_WEBGL = """() => {
  const before = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return kind.startsWith("webgl") ? null : before.call(this, kind, ...more);
  };
}"""
PATIENCE_MS = 30_000
MOVED_MS = 1_500
"""After so long a map stands still again."""
A_LOT, A_LINE, A_DOT = 2_000, 60, 40
"""Pixels."""
LIGHT_LAND, DARK_LAND = "#f3ecdf", "#2b3739"


def whole_map(page: Page) -> Locator:
    page.get_by_role("button", name="Agrandir la carte").click()
    return loaded(page.locator(".whole-map"))


def loaded(place: Locator) -> Locator:
    expect(place.locator("[data-loaded] canvas")).to_be_visible(timeout=PATIENCE_MS)
    return place


def test_nothing_of_the_library_is_loaded_before_the_map_is_touched(opened: Opened) -> None:
    page = opened("/")
    expect(page.locator(".map svg")).to_be_visible()
    loaded_files = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [name for name in loaded_files if "maplibre" in name or "geojson" in name]


def test_the_map_opens_over_the_screen_and_escape_closes_it(opened: Opened) -> None:
    page = opened("/")
    whole_map(page)
    page.keyboard.press("Escape")
    expect(page.locator(".whole-map")).to_have_count(0)
    expect(page.locator(".map svg")).to_be_visible()


def test_back_from_the_map_that_fills_the_screen_leads_to_the_answer(opened: Opened) -> None:
    """And one Back more to the form: a window that was closed by its button left nothing in the history."""
    page = ask(opened("/", viewport=NARROW), "Ploemeur", "Groix Port-Tudy")
    seen, length = page.locator(".found .times").all_inner_texts(), page.evaluate("history.length")
    whole_map(page)
    page.go_back()
    expect(page.locator(".whole-map")).to_have_count(0)
    expect(page.locator(".found .times")).to_have_text(seen)
    whole_map(page)
    page.locator(".whole-map").get_by_role("button", name="Fermer").click()
    expect(page.locator(".whole-map")).to_have_count(0)
    page.wait_for_function("!history.state.opened")
    expect(page.locator(".found .times")).to_have_text(seen)
    assert page.evaluate("history.length") == length + 1
    page.go_back()
    expect(page.locator("h1")).to_have_text("Trouver son chemin")


def test_touched_the_drawing_becomes_a_map_in_its_place(opened: Opened) -> None:
    page = opened("/lines")
    page.locator(".map svg").click(position={"x": 40, "y": 40})
    canvas = loaded(page.locator(".map")).locator("canvas")
    assert canvas.bounding_box() == pytest.approx(page.locator(".map svg").bounding_box(), abs=1)
    before = canvas.screenshot()
    canvas.press("ArrowRight")
    until(page, lambda: changed(page, before, canvas.screenshot()) > A_LOT)


def test_a_place_chosen_on_the_map_stands_in_its_field(opened: Opened) -> None:
    page = opened("/")
    page.locator("#to").locator("..").get_by_role("button", name="Sur la carte").click()
    window = loaded(page.locator(".whole-map"))
    expect(window.get_by_text("Touchez sur la carte l’endroit où vous allez.")).to_be_visible()
    window.locator("canvas").click(position={"x": 300, "y": 150})
    expect(page.locator("#to")).to_have_value("Point sur la carte")
    assert page.locator("[name=toId]").input_value().count(",") == 1


def test_the_other_button_of_the_mouse_offers_to_leave_from_there(opened: Opened) -> None:
    page = opened("/")
    whole_map(page).locator("canvas").click(position={"x": 300, "y": 150}, button="right")
    page.get_by_role("button", name="Partir d’ici").click()
    expect(page.locator("#from")).to_have_value("Point sur la carte")
    expect(page.locator(".whole-map")).to_have_count(0)


def test_of_an_answer_the_map_shows_the_way_in_the_colours_of_its_lines(opened: Opened) -> None:
    page = opened("/")
    ask(page, "Ploemeur", "Groix Port-Tudy")
    colours = {ride.get_attribute("stroke") or "" for ride in page.locator(".map path.ride:not(.other)").all()}
    assert len(colours) >= 2
    canvas = whole_map(page).locator("canvas")
    until(page, lambda: all(painted(canvas, colour) >= A_LINE for colour in colours))


def test_names_are_painted_as_the_language_of_the_page_has_them(opened: Opened) -> None:
    """Thirty communes: Larmor-Plage is An Arvor."""
    pages = [opened(f"/?lang={language}") for language in ("fr", "br")]
    painted = []
    for page in pages:
        page.locator(".zoom .open").click()
        canvas = loaded(page.locator(".whole-map")).locator("canvas")
        still(canvas)
        painted.append(canvas.screenshot())
    assert changed(pages[0], *painted) > A_LOT


NAMES = """async () => {
  const script = performance.getEntriesByType("resource").find((one) => one.name.endsWith("/hent.js")).name;
  const { openMap } = await import(script.replace("hent.js", "opened_map.js"));
  const place = document.createElement("div");
  place.style = "position: fixed; inset: 60px 0 0";
  document.body.append(place);
  const map = await openMap(document.querySelector("[data-map]"), place, { cooperative: false });
  await map.once("idle");
  const named = map.getStyle().layers.map((one) => one.id).filter((id) => ["place names", "end names"].includes(id));
  return map.queryRenderedFeatures({ layers: named }).map((one) => one.properties.name);
}"""
"""That are painted: one that finds no room is not."""


def test_a_telephone_names_both_ends_of_a_way_once_and_the_towns_round_it(opened: Opened) -> None:
    page = ask(opened("/", viewport=NARROW), "Gare d'Échanges", "Port-Louis")
    names = page.evaluate(NAMES)
    assert [names.count(end) for end in ("Gare d'Échanges", "Port-Louis")] == [1, 1]
    assert {"Lorient", "Lanester", "Locmiquélic", "Riantec", "Gâvres"} <= {*names}


def test_a_telephone_names_towns_that_stand_close_on_the_map_of_the_whole_territory(opened: Opened) -> None:
    names = opened("/", viewport=NARROW).evaluate(NAMES)
    assert {"Lorient", "Lanester", "Ploemeur", "Larmor-Plage", "Locmiquélic", "Hennebont", "Groix"} <= {*names}


UNDER_BUTTONS = """async () => {
  const script = performance.getEntriesByType("resource").find((one) => one.name.endsWith("/hent.js")).name;
  const { openMap } = await import(script.replace("hent.js", "opened_map.js"));
  const { drawingOf } = await import(script.replace("hent.js", "map_drawing.js"));
  const figure = document.querySelector("[data-map]"), place = document.createElement("div");
  place.className = "opened-map";
  figure.querySelector("svg").after(place);
  const map = await openMap(figure, place, { cooperative: true }), { left, top } = place.getBoundingClientRect();
  const buttons = [...place.querySelectorAll(".maplibregl-ctrl-top-right > *")];
  const ends = drawingOf(figure).way().features.filter(({ geometry }) => geometry.type === "Point");
  const hidden = ends.map(({ geometry }) => map.project(geometry.coordinates)).filter(({ x, y }) =>
    buttons.map((one) => one.getBoundingClientRect())
      .some((one) => x + left > one.left - 8 && y + top < one.bottom + 8));
  return [buttons.length, ends.length, hidden.length];
}"""


def test_no_button_of_the_map_in_the_page_lies_on_an_end_of_the_way(opened: Opened) -> None:
    """Hennebont is in the corner that they have."""
    page = ask(opened("/"), "Ploemeur", "Hennebont")
    buttons, ends, hidden = page.evaluate(UNDER_BUTTONS)
    assert buttons and ends
    assert hidden == 0


def test_a_tap_on_a_stop_leads_to_its_departures(opened: Opened) -> None:
    page = opened("/")
    canvas = whole_map(page).locator("canvas")
    still(canvas)
    (x, y), stop = lone_stop(page, canvas)
    canvas.click(position={"x": x, "y": y})
    page.locator(".offered").get_by_text(stop["name"], exact=True).wait_for()
    page.locator(".offered").get_by_role("link", name="Voir les départs").click()
    expect(page).to_have_url(re.compile(re.escape(stop["href"])))
    expect(page.get_by_role("heading", name=stop["name"]).first).to_be_visible()


def lone_stop(page: Page, canvas: Locator) -> tuple[tuple[float, float], dict[str, str]]:
    """Where a stop of the first level is on the map, with the most room round it."""
    figure = page.locator("[data-map]")
    sight, network = (
        Sight.of(figure, canvas),
        page.request.get(urljoin(page.url, str(figure.get_attribute("data-network")))),
    )
    stops = [one for one in network.json()["features"] if one["properties"]["kind"] == "stop"]
    seen = [(sight.at(*reversed(one["geometry"]["coordinates"])), one["properties"]) for one in stops]
    first = [(at, stop) for at, stop in seen if stop["level"] == 0 and sight.holds(at, 40)]
    return max(first, key=lambda one: sorted(hypot(one[0][0] - x, one[0][1] - y) for (x, y), _ in seen)[1])


def test_vehicles_under_way_are_painted_on_their_way_and_no_place_of_anybody_is_asked_for(opened: Opened) -> None:
    page = opened("/")
    page.clock.set_fixed_time(f"{TODAY}T07:40:00+01:00")
    page.route("**/map/trips**", lambda route: route.fulfill(json=[]))
    canvas = whole_map(page).locator("canvas")
    for _ in range(2):
        canvas.press("+")
        page.wait_for_timeout(MOVED_MS)
    without = canvas.screenshot()
    page.unroute("**/map/trips**")
    with page.expect_response("**/map/trips**", timeout=PATIENCE_MS) as answer:
        canvas.press("ArrowRight")
        canvas.press("ArrowLeft")
    under_way = answer.value.json()
    page.wait_for_timeout(2 * MOVED_MS)
    assert any(one["mode"] == "FERRY" for one in under_way)
    assert changed(page, without, canvas.screenshot()) > A_DOT
    corners = parse_qs(urlsplit(answer.value.url).query)
    assert all(len(one.partition(".")[2]) <= 1 for name in ("min", "max") for one in corners[name][0].split(","))


def test_a_long_press_offers_to_go_there(opened: Opened) -> None:
    page = opened("/", viewport=NARROW, has_touch=True)
    box = whole_map(page).locator("canvas").bounding_box()
    assert box
    finger, at = page.context.new_cdp_session(page), {"x": box["x"] + 120, "y": box["y"] + 200}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    page.get_by_role("button", name="Aller ici").wait_for(timeout=PATIENCE_MS)
    page.wait_for_timeout(MOVED_MS)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.get_by_role("button", name="Aller ici").tap()
    expect(page.locator("#to")).to_have_value("Point sur la carte")


def test_ones_own_position_is_asked_for_only_by_its_button(opened: Opened) -> None:
    page = opened("/", geolocation={"latitude": 47.7486, "longitude": -3.366}, permissions=["geolocation"])
    window = whole_map(page)
    page.wait_for_timeout(MOVED_MS)
    expect(window.locator(".maplibregl-user-location-dot")).to_have_count(0)
    window.get_by_role("button", name="Montrer où je suis").click()
    expect(window.locator(".maplibregl-user-location-dot")).to_be_visible(timeout=PATIENCE_MS)


def test_dark_pages_have_dark_maps(opened: Opened) -> None:
    page = opened("/", color_scheme="dark")
    canvas = whole_map(page).locator("canvas")
    still(canvas)
    assert painted(canvas, DARK_LAND) > painted(canvas, LIGHT_LAND)


def test_without_webgl_the_drawing_stays_and_it_is_said(opened: Opened) -> None:
    page = opened("/")
    page.evaluate(NO_WEBGL)
    page.get_by_role("button", name="Agrandir la carte").click()
    expect(page.get_by_text("La carte ne peut pas s’agrandir")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(".whole-map")).to_have_count(0)
    expect(page.locator(".map svg")).to_be_visible()
    page.get_by_role("button", name="Rapprocher").click()


def test_without_scripts_there_is_the_drawing_and_no_button(opened: Opened) -> None:
    page = opened("/", java_script_enabled=False)
    expect(page.locator(".map svg")).to_be_visible()
    expect(page.get_by_role("button", name="Agrandir la carte")).to_have_count(0)
