"""Every page of the demo in each state worth a look, and how one gets there: what `make screens` draws."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from benchmarks import scenes_signed_in as signed_in
from benchmarks.browser import TODAY, Demo, ask, unfold
from benchmarks.scenes_signed_in import WITH_DRIVER, Reach, of_operator

HARBOUR = ("Gare d'Échanges", "Port-Louis")
AT_TEN = f"{TODAY}T10:00:00+01:00"


@dataclass(frozen=True, slots=True)
class Scene:
    """template: of the page that is drawn. kept: which of its views stand in docs/screens, as "360-light"."""

    name: str
    template: str
    reach: Reach
    kept: tuple[str, ...] = ()


def _opened(path: str) -> Reach:
    def do(page: Page, at: Demo) -> None:
        page.goto(at.address + path)

    return do


def _asked(start: str, end: str, profile: str = "adult", path: str = "/") -> Reach:
    def do(page: Page, at: Demo) -> None:
        page.goto(at.address + path)
        page.locator("details.who > summary").click()
        page.locator(f"[name=profile][value={profile}]").set_checked(True, force=True)
        ask(page, start, end)

    return do


def _form_opened(page: Page, at: Demo) -> None:
    page.goto(at.address)
    page.locator("details.when > summary").click()
    page.locator("[name=when][value=leave]").set_checked(True, force=True)
    page.locator("details.who > summary").click()


def _suggested(page: Page, at: Demo) -> None:
    page.goto(at.address)
    page.locator("#to").press_sequentially("gar", delay=20)
    page.locator("#to-suggestions li").first.wait_for()


def _details(start: str, end: str, profile: str = "adult") -> Reach:
    def do(page: Page, at: Demo) -> None:
        _asked(start, end, profile)(page, at)
        unfold(page)
        for around in page.locator("details.around > summary").all():
            around.click()

    return do


def _kept_trip(page: Page, at: Demo) -> None:
    """From its page alone, as from a link that was sent."""
    _asked(*HARBOUR)(page, at)
    page.goto(at.address + str(page.locator(".share a").first.get_attribute("href")))


def _broken(page: Page, at: Demo) -> None:
    """A trip to the island, kept before its crossing was cancelled."""
    asked = {"fromPlace": "lorient_gare", "toPlace": "lorient_port-tudy", "realtimeMode": "OFF", "time": AT_TEN}
    kept = page.request.get(f"{at.address}/api/v6/plan", params=asked).json()["itineraries"][0]["id"]
    page.goto(f"{at.address}/trips/{kept}")


def _compared(page: Page, at: Demo) -> None:
    _kept_trip(page, at)
    with page.expect_navigation():
        page.get_by_role("link", name="Comparer ticket, carnet, abonnement").click()


def _coming_back(page: Page, at: Demo) -> None:
    """Home, with places, a trip and a stop that this device keeps."""
    _asked(*HARBOUR)(page, at)
    page.locator("details.keep-it > summary, .keep-it summary").first.click()
    for group, name in ((HARBOUR[0], "Travail"), (HARBOUR[1], "Maison")):
        page.get_by_role("group", name=group).get_by_role("button", name=name).click()
    page.get_by_role("button", name="Garder ce trajet").click()
    page.goto(at.address)
    page.get_by_text("Ce que cet appareil garde").click()
    page.get_by_role("button", name="Mes prochains départs").click()
    page.locator("[data-soon] li").first.wait_for()


def _round_trip(page: Page, at: Demo) -> None:
    _asked("Gare d'Échanges", "Groix", "family")(page, at)
    page.get_by_role("button", name="Aller-retour").click()
    page.wait_for_url("**/round-trip*")


SCENES = (
    Scene("trip", "trip.html", _opened("/"), ("360-light", "1440-light")),
    Scene("trip-form-opened", "trip.html", _form_opened),
    Scene("trip-suggestions", "trip.html", _suggested),
    Scene("trip-easy", "trip.html", _opened("/?lang=fr-x-falc")),
    Scene("trip-coming-back", "trip.html", _coming_back, ("360-light",)),
    Scene("answer", "trip.html", _asked(*HARBOUR), ("360-light", "1440-light")),
    Scene("answer-details", "trip.html", _details(*HARBOUR), ("360-light",)),
    Scene("answer-groix", "trip.html", _details("Ploemeur", "Groix", "family"), ("360-dark",)),
    Scene("answer-wheelchair", "trip.html", _details("Ploemeur", "Port-Louis", "reduced_mobility"), ("360-light",)),
    Scene("answer-driver", "trip.html", _asked(*WITH_DRIVER), ("360-light",)),
    Scene("answer-breton", "trip.html", _asked("Lorient", "Larmor-Plage", path="/?lang=br")),
    Scene("nothing-found", "trip.html", _asked("47.9,-3.05", "Port-Louis")),
    Scene("place-not-known", "trip.html", _asked("mairie de Paris", "Groix")),
    Scene("round-trip", "round_trip.html", _round_trip, ("360-light",)),
    Scene("kept-trip", "shared.html", _kept_trip, ("360-light",)),
    Scene("compared", "compared.html", _compared),
    Scene("offline", "offline.html", _opened("/offline"), ("360-light",)),
    Scene("lines", "lines.html", _opened("/lines")),
    Scene("line", "line.html", _opened("/lines/lorient_T1"), ("360-light",)),
    Scene("line-sheet", "paper/line.html", _opened("/lines/lorient_B1/sheet")),
    Scene("stops", "stops.html", _opened("/stops")),
    Scene("stop", "stop.html", _opened("/stops/lorient_gare"), ("360-light",)),
    Scene("stop-sheet", "paper/stop.html", _opened("/stops/lorient_gare/sheet")),
    Scene("counters", "counters.html", _opened("/counters"), ("360-light",)),
    Scene("disruptions-calm", "disruptions.html", _opened("/disruptions")),
    Scene("remark", "remarks/form.html", _opened("/remarks/new?about=stop&id=lorient_gare")),
    Scene("remark-sent", "remarks/sent.html", signed_in.remarked),
    Scene("remark-follow", "remarks/ask.html", _opened("/remarks")),
    Scene("remark-followed", "remarks/follow.html", signed_in.remark_followed),
    Scene("ranking", "ranking.html", _opened("/ranking")),
    Scene("open-data", "data.html", _opened("/data/")),
    Scene("report", "report.html", _opened("/data/gtfs/lorient/report.html")),
    Scene("data-use", "data_use.html", _opened("/data-use")),
    Scene("about", "about.html", _opened("/about")),
    Scene("programs", "programs.html", _opened("/api")),
    Scene("accessibility", "accessibility.html", _opened("/accessibility")),
    Scene("no-such-page", "problem.html", _opened("/nulle-part")),
    Scene("carpool", "carpool/about.html", _opened("/carpool"), ("360-light",)),
    Scene("carpool-sign-in", "carpool/sign_in.html", _opened("/carpool/sign-in")),
    Scene("carpool-sign-up", "carpool/sign_in.html", signed_in.newcomer),
    Scene("carpool-offer", "carpool/publish.html", signed_in.offer),
    Scene("carpool-offer-at-fault", "carpool/publish.html", signed_in.offer_at_fault),
    Scene("carpool-preview", "carpool/look.html", signed_in.looked, ("360-light",)),
    Scene("carpool-mine", "carpool/mine.html", signed_in.published),
    Scene("carpool-change", "carpool/change.html", signed_in.change),
    Scene("carpool-account", "carpool/account.html", signed_in.account),
    Scene("carpool-ask", "carpool/ask.html", signed_in.asking),
    Scene("carpool-asked", "carpool/booking.html", signed_in.asked),
    Scene("carpool-who-asks", "carpool/mine.html", signed_in.who_asks),
    Scene("carpool-agreed", "carpool/booking.html", signed_in.agreed),
    Scene("operators-sign-in", "operators/sign_in.html", _opened("/operateurs")),
    Scene("operators", "operators/board.html", signed_in.operator, ("1440-light",)),
    Scene("operators-feed", "operators/feed.html", of_operator("/feeds/lorient")),
    Scene("operators-check", "operators/job.html", signed_in.checked),
    Scene("operators-jobs", "operators/jobs.html", of_operator("/jobs")),
    Scene("operators-messages", "operators/messages.html", of_operator("/messages")),
    Scene("operators-message", "operators/message.html", of_operator("/messages/new?line=GX")),
    Scene("operators-message-look", "operators/message_look.html", signed_in.message_looked_at),
    Scene("operators-message-end", "operators/message_end.html", signed_in.message_to_end),
    Scene("operators-held", "operators/held.html", signed_in.cancellations_to_believe),
    Scene("operators-remarks", "operators/remarks.html", of_operator("/remarks")),
    Scene("operators-remark", "operators/remark.html", signed_in.remark),
    Scene("operators-log", "operators/log.html", of_operator("/log")),
)
STORMY = (
    Scene("storm", "trip.html", _opened("/")),
    Scene("storm-answer", "trip.html", _asked("Ploemeur", "Groix")),
    Scene("storm-disruptions", "disruptions.html", _opened("/disruptions"), ("360-light",)),
    Scene("storm-disruptions-easy", "disruptions.html", _opened("/disruptions?lang=fr-x-falc")),
    Scene("storm-stop", "stop.html", _opened("/stops/lorient_gare"), ("360-dark",)),
    Scene("storm-trip", "shared.html", _kept_trip),
    Scene("storm-broken", "shared.html", _broken, ("360-light",)),
)
"""On a morning with delays and cancelled boats (demo/storm.py)."""
