"""The page for operators, /operateurs: whole without JavaScript, on a telephone too (docs/operators.md).

Each part is a module with its own addresses: what is in service, messages, remarks, one timetable, jobs, the log. It
calls what the API calls (api/operators/orders.py), not the API.
"""

from __future__ import annotations

from flask import Blueprint, request

from api.feeds.inputs import MIB
from api.operators.pages import board, feed, job, journal, messages, remarks, sign_in
from api.operators.pages.session import ROOT, visitor
from api.pages.session import refuse_other_sites
from api.service import Service
from mobility.operators.tokens import Role

VIEWS = (sign_in, board, messages, remarks, feed, job, journal)
WITH_FILE = "operator_pages.check"
FORM_BYTES = 64 * 1024
"""Of what stands beside the file."""


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("operator_pages", __name__, url_prefix=ROOT)

    @bp.before_app_request
    def make_room() -> None:
        """For a timetable, and for who may send one alone: others' long bodies are never read."""
        if request.endpoint == WITH_FILE:
            visitor(service, Role.LOAD)
            request.max_content_length = service.config.limits.zip_mib * MIB + FORM_BYTES
            request.max_form_memory_size = MIB  # also of a block of the file while it is read

    bp.before_request(refuse_other_sites)
    for view in VIEWS:
        view.add(bp, service)
    return bp
