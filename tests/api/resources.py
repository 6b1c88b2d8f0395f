"""Every resource of an app, as its URL map has them, by whom they are described."""

from __future__ import annotations

from flask import Flask

from api.openapi.description import path_of

FOR_PEOPLE = {"pages", "carpool_pages", "operator_pages", "remark_pages", "paper_pages", "static", "styles", "scripts"}
IMPLIED = {"HEAD", "OPTIONS"}
OTHERS = {"covoiturage"}
"""Blueprints of standards that have descriptions of their own; so has the MOTIS API, whose paths have a version or
are experimental."""


def resources(app: Flask) -> set[tuple[str, str]]:
    """Method and path of all that programs may ask, `/openapi.json` too; of the MOTIS API as `/api/v{version}/plan`."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] not in FOR_PEOPLE]
    return {(method, path_of(rule.rule)) for rule in rules for method in (rule.methods or set()) - IMPLIED}


def resources_of_ours(app: Flask) -> set[str]:
    """The paths that `/openapi.json` describes."""
    of_others = {path_of(rule.rule) for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in OTHERS}
    paths = {path for _, path in resources(app)} - of_others
    motis = {path for path in paths if "{version}" in path or path.startswith("/api/experimental/")}
    return paths - motis - {"/openapi.json", "/metrics"}
