"""Who travels, as the closed button of the form, a sheet and links to a trip say it: how many, and with a bicycle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import request
from werkzeug.datastructures import MultiDict

from api.config import travellers
from api.pages.form import Form
from api.pages.form_faults import wrong_counts
from api.pages.frame import Frame
from api.parse.traveller import COUNTS, traveller
from api.parse.values import Values

BIKE = "requireBikeTransport"
RIDERS = dict(zip(COUNTS, ("adult", "child"), strict=True))
"""The words for each."""
ONE_ADULT = (1, 0)
PICTURES = frozenset(
    ("adult", "family", "reduced_mobility", "low_mobility", "senior", "blind", "cyclist", "hurried")
)  # fmt: skip


class ProfileChoice(NamedTuple):
    """One of those to choose from. own: how many it counts, in words, "" of one adult; party: as numbers."""

    name: str
    words: str
    picture: str
    own: str
    party: str


def profile_choices(of: Frame) -> list[ProfileChoice]:
    words = profile_words(of)
    return [_choice(of, name, words.get(name, name)) for name in travellers.names(of.service.config)]


def _choice(of: Frame, name: str, words: str) -> ProfileChoice:
    people = _people(of, Values(MultiDict({"profile": name})))
    picture = name if name in PICTURES else "adult"
    return ProfileChoice(name, words, picture, people_words(of, people), " ".join(map(str, people)))


def profile_words(of: Frame) -> dict[str, str]:
    """How who travels is called, in short."""
    return {**of.said["profile"], **of.said["who"]}


def people_counted(of: Frame, form: Form) -> str:
    """Where others are typed than the profile counts, as words; "" where they are not, or cannot be."""
    if not form.counts or wrong_counts(form, of.said["form"]):
        return ""
    people = _people(of, form.values(of.language))
    return "" if people == _people(of, Values(MultiDict({"profile": form.profile}))) else _words(of, people)


def people_of(of: Frame, form: Form) -> dict[str, int]:
    """By COUNTS, with those that the profile counts. Of a form without a fault."""
    return dict(zip(COUNTS, _people(of, form.values(of.language)), strict=True))


def who(of: Frame, values: Values) -> str:
    """All of it: `2 adultes, 1 enfant, vélo`. An adult who is counted with others needs no word of their own."""
    name, people = traveller(values, of.asking.config).name, people_words(of, _people(of, values))
    words = [] if people and name == travellers.ADULT else [profile_words(of).get(name, name)]
    bike = of.said["form"]["bike_short"] if values.flag(BIKE) else ""
    return ", ".join(filter(None, (*words, people, bike)))


def asked_of_links(of: Frame, values: Values) -> dict[str, str]:
    """What a link to a trip says of who travels, so that it leads to the same price: how many, and the bicycle. No
    link says how somebody walks."""
    people = _people(of, values)
    counted = dict(zip(COUNTS, map(str, people), strict=True)) if people != ONE_ADULT else {}
    return counted | ({BIKE: "true"} if values.flag(BIKE) else {})


def asked_in_address() -> dict[str, str]:
    """The same, as the address of a trip says it."""
    return {name: request.args[name] for name in (*COUNTS, BIKE) if request.args.get(name)}


def count_words(of: Frame) -> Mapping[str, tuple[str, str]]:
    """Of one, and of `{n}`."""
    said = of.said["rider"]
    return {name: (said[f"{rider}_one"], said[rider]) for name, rider in RIDERS.items()}


def people_words(of: Frame, people: tuple[int, int]) -> str:
    return "" if people == ONE_ADULT else _words(of, people)


def _words(of: Frame, people: tuple[int, int]) -> str:
    words = zip(people, count_words(of).values(), strict=True)
    return ", ".join((one if n == 1 else many).format(n=n) for n, (one, many) in words if n)


def _people(of: Frame, values: Values) -> tuple[int, int]:
    """Adults and children. Raises InvalidQuery."""
    riders, child = traveller(values, of.asking.config).riders, of.asking.config.tickets.child
    children = riders.count(child)
    return len(riders) - children, children
