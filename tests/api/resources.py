"""Every resource of an app, as its URL map has them, by whom they are described."""

from __future__ import annotations

from flask import Flask

from api.openapi import path_of

FOR_PEOPLE = {"pages", "carpool_pages", "static"}
OTHERS = {"covoiturage"}
"""Blueprints of standards that have descriptions of their own; so has the MOTIS API, whose paths have a version."""


def resources(app: Flask) -> set[str]:
    """All that programs may ask, `/openapi.json` too; of the MOTIS API as `/api/v{version}/plan`."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] not in FOR_PEOPLE]
    return {path_of(rule.rule) for rule in rules}


def resources_of_ours(app: Flask) -> set[str]:
    """Those that `/openapi.json` describes."""
    of_others = {path_of(rule.rule) for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in OTHERS}
    return {path for path in resources(app) - of_others if "{version}" not in path and path != "/openapi.json"}
