"""What is wrong with what a search form holds, in words: told at the field that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from api.pages.form import ENDS, FEWEST, MOST_PEOPLE, Form
from api.pages.form_ends import FormEnd
from api.pages.frame import Frame
from api.web.quoted import quoted
from mobility.places.match import AddressLack
from mobility.places.words import STREET_WORDS, words


def faults_of(form: Form, of: Frame) -> dict[str, str]:
    """What is still wrong, by field."""
    said = of.said["form"]
    ends = zip(ENDS, (form.start, form.end), strict=True)
    found = {name: untold(of, name, end) for name, end in ends if not end.id}
    found |= wrong_counts(form, said)
    found |= {"moment": said["unknown_moment"]} if form.unreadable else {}
    return found | ({"form": said["unknown_who"]} if form.unknown_who else {})


def wrong_counts(form: Form, said: Mapping[str, str]) -> dict[str, str]:
    """said: the texts of the form."""
    return {
        name: said[f"wrong_{name}"].format(most=MOST_PEOPLE)
        for name, typed in form.counts.items()
        if typed not in map(str, range(FEWEST[name], MOST_PEOPLE + 1))
    }


def untold(of: Frame, name: str, end: FormEnd) -> str:
    """What is wrong with a place that is not known. name: of ENDS."""
    return outside(of, end.outside) or lacking(of, end.lack) or fault_of(name, end, of.said["form"])


def lacking(of: Frame, lack: AddressLack | None) -> str:
    """What is known of an address, and what is not."""
    if lack is None:
        return ""
    said, commune = of.said["form"], of.local_name(lack.commune)
    if not lack.street:
        return said["street_lacks"].format(commune=commune, text=quoted(lack.rest))
    street = ", ".join(filter(None, (lack.street, commune)))
    return said["number_near" if lack.near else "number_lacks"].format(
        street=street, number=lack.number, near=lack.near
    )


def outside(of: Frame, town: str) -> str:
    """That the territory does not have it; "" of none."""
    territory = of.service.config.territory.name
    return of.said["form"]["outside"].format(text=quoted(town), territory=territory) if town else ""


def fault_of(name: str, end: FormEnd, said: Mapping[str, str]) -> str:
    """Why nobody can travel from or to there yet. name: of ENDS. said: the texts of the form. Everybody knows what a
    street is: where nothing else is unknown, it is the street of that name."""
    if not end.text:
        return said[f"missing_{name}"]
    if end.vague:
        return said["vague_place"].format(text=end.quoted)
    if end.street:
        return said["no_streets"].format(text=end.quoted)
    if end.several:
        return said["several_addresses"].format(text=end.quoted)
    if end.others:
        is_street = {word.text for text in end.unknown for word in words(text)} <= STREET_WORDS
        is_all = is_street or _words([end.text]) <= _words(end.unknown)
        key = "unknown_text" if is_all else "unsure_place"
        return said[key].format(text=end.quoted, words=quoted(", ".join(end.unknown)))
    return said["unknown_place"].format(text=end.quoted)


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in re.findall(r"\w+", text)}
