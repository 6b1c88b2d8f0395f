"""Which language to answer in, of those that the territory offers: the parameter `language` (of pages `lang`), else
Accept-Language, else the first."""

from __future__ import annotations

from flask import current_app, request

from api.web.sentences import spoken

ASKED = "hent.language"


def request_language() -> str:
    """Found once in a request."""
    found: str | None = request.environ.get(ASKED)
    if found is None:
        asked = ",".join(request.args.getlist("lang") + request.args.getlist("language")).split(",")
        found = spoken([*asked, *request.accept_languages.values()], current_app.config["LANGUAGES"])
        request.environ[ASKED] = found
    return found
