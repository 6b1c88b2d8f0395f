"""Publishing an offer: a form, a look at what is kept of it and where it will be matched, and one button."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex

from flask import Blueprint, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from api.carpool import offer_acts
from api.pages.carpool import offer_form as forms
from api.pages.carpool.faults import body_of, faults_of
from api.pages.carpool.frame import carpool_page
from api.pages.carpool.offer_form import OfferForm
from api.pages.carpool.offers import offer_card
from api.pages.form import ENDS
from api.pages.form_faults import untold
from api.pages.frame import Frame, frame, href
from api.pages.session import Visitor, sender, visitor
from api.pages.sketch import halts_sketch
from api.parse.bodies.carpool import OfferRequest
from api.parse.carpool import WEEKDAYS
from api.present import carpool as present
from api.present.amounts import amount
from api.present.carpool_legs import in_euros
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from api.web.quoted import quoted
from api.web.sentences import LANGUAGES, sentences
from mobility.carpool.draft import MOST_DAYS
from mobility.carpool.offer import Offer
from mobility.clock import days_after
from mobility.errors import MobilityError, PriceTooHigh, SkippedHour
from mobility.privacy.register import LIMITS, OFFER, SESSION


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/publish")
    @uses(OFFER, SESSION)
    def publish_form() -> ResponseReturnValue:
        of, who = frame(service), visitor(service)
        return _form(of, who, forms.empty(of, days_after(service.today(), 1)))

    @bp.post("/publish")
    @uses(OFFER, SESSION, LIMITS)
    def publish() -> ResponseReturnValue:
        of, who = frame(service), sender(service)
        form, step = forms.read(of, request.form), request.form.get("step")
        if step not in ("look", "publish"):
            return _form(of, who, form)
        try:
            body = body_of(OfferRequest, form.body())
            if step == "look":
                whole = body_of(OfferRequest, {**form.body(), "withoutPoints": []})
                return _look(of, who, form, offer_acts.preview(service, who.account.id, whole))
            offer_acts.publish(service, who.account.id, body, request.form.get("draft", ""))
        except MobilityError as error:
            return _form(of, who, form, error)
        return redirect(href("/carpool/mine", done="published"), 303)

    @bp.post("/publish/most")
    @uses(OFFER, SESSION, LIMITS)
    def most() -> ResponseReturnValue:
        """While the form is filled in: the most that a seat may cost, "" as long as that is not known."""
        of, who = frame(service), sender(service)
        free = {**forms.read(of, request.form).body(), "priceCents": 0, "back": None}
        try:
            found = offer_acts.preview(service, who.account.id, body_of(OfferRequest, free))
        except MobilityError:
            return jsonify({"text": ""})
        return jsonify({"text": _most(of, _told(service, found)[0]["mostPriceCents"])})


def _form(of: Frame, who: Visitor, form: OfferForm, error: MobilityError | None = None) -> ResponseReturnValue:
    given = {"form": form, "faults": faults(of, error, form), "among": choices(of)}
    return carpool_page("carpool/publish.html", of, who, error, **given)


def _look(of: Frame, who: Visitor, form: OfferForm, offers: tuple[Offer, ...]) -> ResponseReturnValue:
    told = _told(of.service, offers)
    sketch = of.drawn(lambda drawn: halts_sketch(drawn, offers[0]))
    cards = [offer_card(one, of.said) for one in told]
    return carpool_page("carpool/look.html", of, who, form=form, draft=token_hex(8), offers=cards, sketch=sketch)


def choices(of: Frame) -> dict[str, object]:
    """What the fields of an offer offer to choose from: values with their words."""
    today, text = of.service.today(), of.said["carpool_publish"]
    return {
        "weekdays": WEEKDAYS,
        "along": forms.ALONG,
        "school_choices": [(one, text[f"school_{one}"]) for one in forms.SCHOOL],
        "flexible_choices": _numbered(forms.FLEXIBLE_MINUTES, text, "flexible"),
        "detour_choices": _numbered(forms.DETOUR_MINUTES, text, "detour"),
        "seat_choices": [(number, number) for number in range(1, forms.MOST_SEATS + 1)],
        "spoken": [(tag, sentences(tag)["frame"]["name"]) for tag in LANGUAGES],
        "first_day": today,
        "last_day": days_after(today, MOST_DAYS),
    }


def _numbered(numbers: tuple[int, ...], text: Mapping[str, str], name: str) -> list[tuple[int, str]]:
    return [(n, text[f"{name}_n"].format(n=n) if n else text[f"{name}_0"]) for n in numbers]


def faults(of: Frame, error: MobilityError | None, form: OfferForm | None = None) -> dict[str, str]:
    """form: of an offer whose ends are still to be found."""
    said = dict(of.said["carpool_offer_fault"]) | (_of_ends(of, form) if form else {})
    if isinstance(error, PriceTooHigh):
        said["price"] = _most(of, error.most_cents)
    if isinstance(error, SkippedHour):
        said["skipped-hour"] = said["skipped-hour"].format(day=of.days.day(error.day))
    return faults_of(error, said)


def _of_ends(of: Frame, form: OfferForm) -> dict[str, str]:
    """What is wrong with those that were typed and are not known. Who drives on to a town elsewhere names where the
    road leaves the territory."""
    text, territory = of.said["carpool_publish"]["outside"], of.service.config.territory.name
    ends = zip(ENDS, (form.start, form.end), strict=True)
    return {
        name: text.format(text=quoted(end.outside), territory=territory) if end.outside else untold(of, name, end)
        for name, end in ends
        if end.text and not end.id
    }


def _most(of: Frame, cents: int) -> str:
    return of.said["carpool_offer"]["most"].format(amount=amount(in_euros(cents), of.said))


def _told(service: Service, offers: tuple[Offer, ...]) -> list[Json]:
    return [present.offer(one, service.config.carpool.cost_cents_per_km) for one in offers]
