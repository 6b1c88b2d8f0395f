"""Moments and headways in words, for scripts: the one rule of days is here, and a page may stay open over midnight."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from api.pages.frame import frame
from api.pages.live_words import EVER_S
from api.parse.value_faults import RequestFault
from api.present.prose import about_every
from api.privacy.uses import uses
from api.service import Service
from mobility.errors import InvalidQuery
from mobility.privacy.register import LOOKUP

MOST, DIGITS = 200, len(str(EVER_S))


def add(bp: Blueprint, service: Service) -> None:
    @bp.post("/moments")
    @uses(LOOKUP)
    def moments() -> ResponseReturnValue:
        """at: epoch seconds, as often as there are moments; aboutAt: of those that no timetable promises to the minute;
        headway: seconds. Told in this order. Raises InvalidQuery."""
        days = frame(service).days
        words: dict[str, Callable[[int], str]] = {
            "at": days.next,
            "aboutAt": days.approximately,
            "headway": partial(about_every, said=days.said),
        }
        return jsonify([say(one) for name, say in words.items() for one in _seconds(name)])


def _seconds(name: str) -> list[int]:
    asked = request.form.getlist(name)
    if len(asked) > MOST:
        raise InvalidQuery(name, RequestFault.MANY_MOMENTS, most=MOST)
    if not all(one.isascii() and one.isdecimal() and len(one) <= DIGITS and int(one) <= EVER_S for one in asked):
        raise InvalidQuery(name, RequestFault.NO_SECONDS)
    return [int(one) for one in asked]
