"""Which language to answer in, of those that the territory offers: the parameter `language` (of pages `lang`), else
Accept-Language, else the first."""

from __future__ import annotations

from flask import current_app, request

from api.web.sentences import spoken


def request_language() -> str:
    asked = ",".join(request.args.getlist("lang") + request.args.getlist("language")).split(",")
    return spoken([*asked, *request.accept_languages.values()], current_app.config["LANGUAGES"])
