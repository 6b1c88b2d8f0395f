"""The register in words, for the page, for programs and as the record of processing (RGPD, article 30)."""

from __future__ import annotations

import csv
from io import StringIO

from api.present.cells import defused
from api.present.pieces import Json
from mobility.privacy.notice import DataUseNotice, Responsible, Wording, basis, recipients, said, version
from mobility.privacy.register import REGISTER, Processing

RECORD = ("name", "purpose", "basis", "data", "source", "stored", "tables", "until", "recipients", "rights")


def notice(one: DataUseNotice) -> Json:
    """The notice of one request."""
    return {
        "summary": one.summary,
        "processings": list(one.processings),
        "stored": one.stored,
        "until": one.until,
        "recipients": list(one.recipients),
        "more": one.more,
        "version": one.version,
    }


def register(wording: Wording, responsible: Responsible) -> Json:
    """All that is done here, with who answers for it."""
    done = [one for one in REGISTER if one.id not in responsible.off]
    return {
        "controller": responsible.controller,
        "contact": responsible.contact,
        "complaint": wording.words["register"]["complaint"],
        "language": wording.language,
        "version": version(done, responsible),
        "processings": [_described(one, wording, responsible) for one in done],
    }


def record(wording: Wording, responsible: Responsible) -> str:
    """A row for each processing, CSV (RFC 4180) with a header."""
    words = wording.words["register"]
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([words["controller"], words["contact"], *(words.get(name, name) for name in RECORD)])
    for one in register(wording, responsible)["processings"]:
        row = [_cell(one[name]) for name in RECORD]
        writer.writerow(map(defused, [responsible.controller, responsible.contact, *row]))
    return text.getvalue()


def _described(one: Processing, wording: Wording, responsible: Responsible) -> Json:
    words = wording.words
    texts = {what: said(wording, one, what) for what in ("name", "purpose", "summary", "stored", "until", "without")}
    return {
        "id": one.id,
        **texts,
        "basis": words["basis"][basis(one, responsible)],
        "data": [words["data"][datum.id] for datum in one.data],
        "source": words["source"][one.source],
        "isStored": one.is_stored,
        "tables": list(one.tables),
        "recipients": recipients(one, wording, responsible),
        "mandatory": one.mandatory,
        "rights": [words["right"][right] for right in one.rights],
    }


def _cell(value: object) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
