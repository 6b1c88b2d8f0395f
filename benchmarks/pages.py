"""What the pages weigh, and how long an answer takes on a slow line: a real browser before the demo, throttled.

The line is the "Fast 3G" of Chromium's own tools: 1.44 Mbit/s down, 0.675 Mbit/s up, 562.5 ms for each round.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.browser import ask, browser, demo
from benchmarks.table import Row, table

FAST_3G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8 * 0.9,
    "uploadThroughput": 750 * 1024 / 8 * 0.9,
}
RUNS = 5
PAGES = (
    *("/", "/round-trip", "/stops", "/stops/lorient_gare", "/lines", "/lines/lorient_T1", "/disruptions", "/counters"),
    *("/offline", "/remarks", "/carpool", "/data-use"),
)
SEEN_MS = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
NARROW = {"width": 360, "height": 800}


def run() -> str:
    with demo() as at, browser() as chromium:
        return table("pages", [*_weights(chromium, at.address), *_times(chromium, at.address)])


def _weights(chromium: Browser, address: str) -> list[Row]:
    """All that a first visit fetches until it stands there, as it comes over the line. What is kept for a quay without
    network comes after it."""
    rows = []
    for path in PAGES:
        page, session = _slow(chromium, throttled=False)
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
        page.goto(address + path, wait_until="load")
        rows.append(Row(f"first view of {path}, everything, compressed", f"{sum(sizes) / 1000:.1f} kB"))
        page.context.close()
    return rows


def _times(chromium: Browser, address: str) -> list[Row]:
    seen, first, answers = [], [], []
    for _ in range(RUNS):
        page, _session = _slow(chromium, throttled=True)
        first.append(_lasting(lambda page=page: page.goto(address + "/")))
        answers.append(_answer_s(page))
        seen.append(page.evaluate(SEEN_MS) / 1000)
        page.context.close()
    return [
        Row("first view on fast 3G, until the form stands there, median", f"{median(seen):.2f} s"),
        Row("first view on fast 3G, until all is loaded, median", f"{median(first):.2f} s"),
        Row("an answer on fast 3G, button to all loaded, median", f"{median(answers):.2f} s"),
    ]


def _answer_s(page: Page) -> float:
    """From the button until the answer stands there, for who has typed meanwhile what the page fetches afterwards."""
    page.wait_for_load_state("networkidle")
    page.evaluate("addEventListener('submit', () => { window.sent_ms = performance.now(); }, { capture: true })")
    ask(page, "Gare d'Échanges", "Port-Louis")
    page.locator(".card").first.wait_for()
    return float(page.evaluate("performance.now() - window.sent_ms")) / 1000


def _slow(chromium: Browser, throttled: bool) -> tuple[Page, Any]:
    page = chromium.new_context(viewport=NARROW, locale="fr-FR").new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    if throttled:
        session.send("Network.emulateNetworkConditions", FAST_3G)
    return page, session


def _lasting(work: Any) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin
