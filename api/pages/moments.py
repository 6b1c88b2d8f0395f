"""Moments in words, for scripts: the one rule of days is here, and a page may stay open over midnight."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from api.pages.frame import frame
from api.pages.live_words import EVER_S
from api.parse.value_faults import RequestFault
from api.privacy.uses import uses
from api.service import Service
from mobility.errors import InvalidQuery
from mobility.privacy.register import LOOKUP

MOST, DIGITS = 200, len(str(EVER_S))


def add(bp: Blueprint, service: Service) -> None:
    @bp.post("/moments")
    @uses(LOOKUP)
    def moments() -> ResponseReturnValue:
        """at: epoch seconds, as often as there are moments. Raises InvalidQuery."""
        days, asked = frame(service).days, request.form.getlist("at")
        if len(asked) > MOST:
            raise InvalidQuery("at", RequestFault.MANY_MOMENTS, most=MOST)
        return jsonify([days.next(_seconds(at)) for at in asked])


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS and int(text) <= EVER_S):
        raise InvalidQuery("at", RequestFault.NO_SECONDS)
    return int(text)
