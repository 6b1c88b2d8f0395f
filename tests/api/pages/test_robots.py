"""What browsers and robots look for at the root: they are told to leave alone what is about one person."""

from __future__ import annotations

import re

import pytest

from tests.api.motis import CheckedClient

FOR_ALL = ("/", "/lines", "/lines/t_Bus1", "/stops/t_A", "/counters", "/data/", "/data/files/stops.csv", "/carpool")
IN_BRETON = ("/?lang=br", "/lines/t_Bus1?lang=br")
OF_SOMEBODY = (
    "/carpool/mine",
    "/carpool/offers/1/change",
    "/trips/xyz",
    "/?from=47.7,-3.3&to=t_A",
    "/?lang=br&from=x",
)
OF_OPERATORS = ("/operateurs", "/operateurs/log")
FOR_PROGRAMS = ("/api/me", "/api/v6/plan?fromPlace=t_A", "/api/operators/feeds", "/covoiturage/v1/status", "/suggest")
ENDLESS = ("/lines/t_Bus1?day=2026-06-03", "/stops/t_A?time=08:00")


def is_barred(rules: str, path: str) -> bool:
    """RFC 9309, section 2.2.2: the longest rule that matches holds, and of two as long the one that allows."""
    found = [(len(rule), kind == "Allow") for kind, rule in re.findall(r"(?m)^(Allow|Disallow): (\S+)$", rules)
             if re.match(re.escape(rule).replace(r"\*", ".*"), path)]  # fmt: skip
    return not max(found, default=(0, True))[1]


@pytest.mark.parametrize("path", [*FOR_ALL, *IN_BRETON])
def test_robots_may_read_the_pages_for_everybody(client: CheckedClient, path: str) -> None:
    assert not is_barred(client.get("/robots.txt").text, path)


@pytest.mark.parametrize("path", [*OF_SOMEBODY, *OF_OPERATORS, *FOR_PROGRAMS, *ENDLESS])
def test_robots_are_kept_out_of_what_is_personal_endless_or_for_programs(client: CheckedClient, path: str) -> None:
    assert is_barred(client.get("/robots.txt").text, path)


def test_the_rules_are_plain_text_for_every_robot_and_kept_for_a_day(client: CheckedClient) -> None:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer.mimetype, answer.text.splitlines()[0]) == (200, "text/plain", "User-agent: *")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_a_browser_that_looks_for_the_icon_unasked_gets_ours(client: CheckedClient) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.data.startswith(b"<svg")
