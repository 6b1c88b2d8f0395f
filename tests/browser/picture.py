"""What a browser has painted: pixels of a part of a page, and where a place on earth is in an opened map."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from math import asinh, pi, radians, tan

from playwright.sync_api import FloatRect, Locator, Page

PIXELS = """
  async (png) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  }"""
PAINTED = f"""
  async ([png, [red, green, blue], near]) => {{
    const {{ data }} = await ({PIXELS})(png);
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
      count += Math.max(Math.abs(data[i] - red), Math.abs(data[i + 1] - green), Math.abs(data[i + 2] - blue)) <= near;
    return count;
  }}"""
CHANGED = f"""
  async ([one, other]) => {{
    const before = (await ({PIXELS})(one)).data, {{ data }} = await ({PIXELS})(other);
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
      count += [0, 1, 2].some((part) => Math.abs(data[i + part] - before[i + part]) > 40);
    return count;
  }}"""
APART_MS, MOST_PICTURES = 250, 80
NEAR = 28
"""Lines are drawn a little transparent, over what lies below."""


def painted(place: Locator, colour: str) -> int:
    """Pixels of about that colour, `#1a2b3c`."""
    parts = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    count: int = place.page.evaluate(PAINTED, [_base64(place.screenshot()), parts, NEAR])
    return count


def changed(page: Page, before: bytes, after: bytes) -> int:
    """Pixels that differ between two pictures of one size."""
    count: int = page.evaluate(CHANGED, [_base64(before), _base64(after)])
    return count


def still(place: Locator) -> bytes:
    """Its picture, once it no longer changes."""
    pictures = [place.screenshot(), b""]
    for _ in range(MOST_PICTURES):
        place.page.wait_for_timeout(APART_MS)
        pictures = [place.screenshot(), pictures[0]]
        if pictures[0] == pictures[1]:
            return pictures[0]
    raise AssertionError("moves on")


def until(page: Page, what: Callable[[], bool]) -> None:
    """What is painted comes in its own time."""
    for _ in range(MOST_PICTURES):
        if what():
            return
        page.wait_for_timeout(APART_MS)
    assert what()


def _base64(png: bytes) -> str:
    return b64encode(png).decode()


@dataclass(frozen=True, slots=True)
class Sight:
    """A map as it opens: the box of its drawing, as large as fits. zoomed: steps nearer since. Web Mercator."""

    west: float
    south: float
    east: float
    north: float
    canvas: FloatRect
    zoomed: int = 0

    @classmethod
    def of(cls, figure: Locator, canvas: Locator, zoomed: int = 0) -> Sight:
        box, rect = (figure.get_attribute("data-box") or "").split(), canvas.bounding_box()
        assert rect
        west, south, east, north = map(float, box)
        return cls(west, south, east, north, rect, zoomed)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Pixels from the upper left corner of the canvas."""
        (left, top), (right, bottom) = _plane(self.north, self.west), _plane(self.south, self.east)
        scale = min(self.canvas["width"] / (right - left), self.canvas["height"] / (bottom - top)) * 2**self.zoomed
        x, y = _plane(lat, lon)
        middle = self.canvas["width"] / 2, self.canvas["height"] / 2
        return middle[0] + (x - (left + right) / 2) * scale, middle[1] + (y - (top + bottom) / 2) * scale

    def holds(self, point: tuple[float, float], margin: float) -> bool:
        x, y = point
        return margin < x < self.canvas["width"] - margin and margin < y < self.canvas["height"] - margin


def _plane(lat: float, lon: float) -> tuple[float, float]:
    return lon / 360, -asinh(tan(radians(lat))) / (2 * pi)
