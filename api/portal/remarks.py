"""How many problems people report, as open data: by month, kind and what they are about. No text, no stop, nobody."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response

from api.portal.datasets import CSV, REMARKS
from api.portal.downloads import shared
from api.privacy.uses import uses
from api.service import Service
from mobility.privacy.register import NOTHING
from mobility.remarks.remark_counts import RemarkCount, remark_counts

FRESH_S = 300
COLUMNS = ("month", "kind", "about", "remarks")


def install_remarks(bp: Blueprint, service: Service) -> None:
    @bp.get(REMARKS)
    @uses(NOTHING)
    def remarks() -> Response:
        """Those that an operator has looked at."""
        response = Response(_table(remark_counts(service.database())), mimetype=CSV)
        response.headers["Cache-Control"] = f"public, max-age={FRESH_S}"
        return shared(response)


def _table(counts: tuple[RemarkCount, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((one.month, one.kind.value, one.about.value, one.remarks) for one in counts)
    return text.getvalue()
