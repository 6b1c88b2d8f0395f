"""The map above an answer on a telephone: a strip with the whole trip, drawn without a library, that opens the map."""

from __future__ import annotations

import pytest

from api.web import map_library
from tests.browser.conftest import NARROW, Opened, ask
from tests.browser.test_map import loaded

pytestmark = pytest.mark.skipif(not map_library.is_there(), reason="the library of the map: hent map library")
WAY = """async () => {
  const script = performance.getEntriesByType("resource").find((one) => one.name.endsWith("/hent.js")).name;
  const { drawingOf } = await import(script.replace("hent.js", "map_drawing.js"));
  return drawingOf(document.querySelector("[data-map]")).way();
}"""
PORT_TUDY = (-3.4462, 47.6438)
"""The quay, in the demo's stops."""


def test_on_a_telephone_a_strip_above_the_answer_opens_the_whole_map(opened: Opened) -> None:
    page = opened("/", viewport=NARROW, has_touch=True)
    ask(page, "Ploemeur", "Groix Port-Tudy")
    strip, answer = page.locator(".map svg").bounding_box(), page.locator(".found .option").first.bounding_box()
    assert strip and answer
    assert strip["y"] + strip["height"] <= answer["y"]
    assert strip["height"] <= 140
    page.locator(".map svg").tap(position={"x": 30, "y": 60})
    loaded(page.locator(".whole-map"))
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("end", ["Groix Port-Tudy", "Port-Louis"])
def test_the_strip_on_a_telephone_shows_the_whole_trip(opened: Opened, end: str) -> None:
    page = ask(opened("/", viewport=NARROW), "Ploemeur", end)
    strip = page.locator(".map svg").bounding_box()
    drawn = page.locator(".map :is(circle.start, circle.end, path.ride):not(.other)").all()
    boxes = [one.bounding_box() for one in drawn]
    assert strip
    assert len(boxes) >= 4
    for box in boxes:
        assert box
        assert strip["x"] <= box["x"] <= box["x"] + box["width"] <= strip["x"] + strip["width"]
        assert strip["y"] <= box["y"] <= box["y"] + box["height"] <= strip["y"] + strip["height"]


def test_the_trip_of_the_strip_lies_where_it_is_on_earth(opened: Opened) -> None:
    page = ask(opened("/", viewport=NARROW), "Ploemeur", "Groix Port-Tudy")
    features = page.evaluate(WAY)["features"]
    ends = [one["geometry"]["coordinates"] for one in features if one["properties"]["kind"] == "end"]
    assert ends[0] == pytest.approx(PORT_TUDY, abs=0.002)


def test_a_ride_by_boat_is_dashed_in_the_drawing_of_an_answer(opened: Opened) -> None:
    page = ask(opened("/"), "Ploemeur", "Groix Port-Tudy")
    rides = page.locator(".map path.ride:not(.other)").evaluate_all(
        "all => all.map((one) => [Number(one.dataset.leg), getComputedStyle(one).strokeDasharray === 'none'])"
    )
    assert [is_solid for _, is_solid in sorted(rides)] == [True, True, False]  # two buses to the quay, and the boat
