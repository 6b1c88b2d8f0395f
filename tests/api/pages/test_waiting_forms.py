"""What waits in the browser's storage where nothing answers: forms that say so, and none of them opens anything."""

from __future__ import annotations

import re

from api.web.assets import FOLDER

TEMPLATES = FOLDER.parent / "templates"
WAITS = re.compile(r"<form [^>]*\bdata-waits\b")
FORM = re.compile(r"<form [^>]*method=\"post\"[^>]*>.*?</form>", re.DOTALL)
SECRET = re.compile(r'type="password"|one-time-code|name="(?:code|token|password)"|code_form\(')
"""A field that opens an account or shows what somebody wrote, or the macro that makes one."""
WITH_A_SECRET = {
    "carpool/pieces.html",
    "operators/sign_in.html",
    "remarks/ask.html",
    "remarks/follow.html",
    "remarks/pieces.html",
    "remarks/sent.html",
}


def forms() -> list[tuple[str, str]]:
    files = sorted(TEMPLATES.rglob("*.html"))
    return [
        (str(file.relative_to(TEMPLATES)), form) for file in files for form in FORM.findall(file.read_text("utf-8"))
    ]


def test_forms_with_a_secret_are_found() -> None:
    assert {name for name, form in forms() if SECRET.search(form)} == WITH_A_SECRET


def test_no_form_with_a_secret_waits() -> None:
    waiting = [(name, form) for name, form in forms() if WAITS.match(form)]
    assert len(waiting) > 10
    assert [name for name, form in waiting if SECRET.search(form)] == []


def test_nothing_of_the_operators_waits() -> None:
    assert [name for name, form in forms() if name.startswith("operators/") and "data-waits" in form] == []
