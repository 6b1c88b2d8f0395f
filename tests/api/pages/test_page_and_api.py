"""The cards are made of what the planner found, not of JSON; whoever builds a page of their own on POST /api/trips can
still say all that ours says."""

from __future__ import annotations

import ast
import html
import re
from datetime import datetime
from typing import Any

import pytest

from tests.api.motis import CheckedClient
from tests.test_architecture import ROOT

AT = {"leave": "2026-06-03T07:55"}
WAY_UNKNOWN = "Nous ne savons pas s’il y a des marches sur le chemin vers "
PLACES = [("t_A", "t_E"), ("47.752,-3.36", "t_E"), ("t_A", "t_B")]


def told_by_the_api(client: CheckedClient, start: str, end: str, profile: str) -> dict[str, Any]:
    body = {"fromPlace": start, "toPlace": end, "time": "2026-06-03T05:55:00Z", "profile": profile, "ifMissed": True}
    answer: dict[str, Any] = client.post("/api/trips", json=body).json
    return answer


def told_by_the_page(client: CheckedClient, start: str, end: str, profile: str) -> str:
    form = {"from": start, "to": end, "when": "leave", "moment": AT["leave"], "profile": profile}
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", client.post("/", data=form).text)).split())


def clock(stamp: str) -> str:
    at = datetime.fromisoformat(stamp).astimezone(datetime.fromisoformat("2026-06-03T00:00+02:00").tzinfo)
    return f"{at.hour}:{at.minute:02}"


def cautions(sentences: list[str]) -> set[str]:
    """The page names all ways of which no steps are known in one sentence."""
    ways = [one.removeprefix(WAY_UNKNOWN).removesuffix(".") for one in sentences if one.startswith(WAY_UNKNOWN)]
    others = {one for one in sentences if not one.startswith(WAY_UNKNOWN)}
    named = " et ".join((", ".join(ways[:-1]), ways[-1])) if ways[1:] else "".join(ways)
    return others | ({f"{WAY_UNKNOWN}{named}."} if ways else set())


def spoken(answer: dict[str, Any]) -> set[str]:
    """Of the entries: their sentence, their reason, their clocks, stops, lines, warnings and tickets."""
    found: set[str] = set()
    for entry in answer["hent"]["entries"]:
        one = answer["itineraries"][entry["lead"]]
        ours = one["hent"]
        found |= {ours["sentence"], ours["reason"], ours["ticket"]["sentence"], clock(one["startTime"])}
        found |= cautions([warning["sentence"] for warning in ours["accessibility"]["warnings"]])
        found |= {line for ride in ours["ticket"]["rides"] for line in ride["sentence"].splitlines()}
        for leg in one["legs"]:
            found |= {leg[end]["name"] for end in ("from", "to") if "stopId" in leg[end]}
            found |= {clock(leg["startTime"])} | ({leg["headsign"], leg["agencyName"]} if "tripId" in leg else set())
            found |= {leg["hent"]["ifMissed"]["sentence"]} if "ifMissed" in leg["hent"] else set()
            found |= {stop["name"] for stop in leg.get("intermediateStops") or ()}
    return found


@pytest.mark.parametrize("profile", ["adult", "reduced_mobility"])
@pytest.mark.parametrize(("start", "end"), PLACES)
def test_what_the_page_says_of_a_trip_the_api_says(client: CheckedClient, start: str, end: str, profile: str) -> None:
    answer, page = told_by_the_api(client, start, end, profile), told_by_the_page(client, start, end, profile)
    assert answer["itineraries"]
    agencies = {leg.get("agencyName") for one in answer["itineraries"] for leg in one["legs"]}
    assert {words for words in spoken(answer) - agencies if " ".join(words.split()) not in page} == set()


@pytest.mark.parametrize(("start", "end"), PLACES)
def test_every_entry_of_the_page_is_one_of_the_api(client: CheckedClient, start: str, end: str) -> None:
    answer = told_by_the_api(client, start, end, "adult")
    form = {"from": start, "to": end, "when": "leave", "moment": AT["leave"]}
    page = client.post("/", data=form).text
    shown = re.findall(r'data-start="([^"]+)" data-end', page)
    assert len(shown) == len(answer["itineraries"]) > 0
    told = [one["legs"][0]["startTime"] for one in answer["itineraries"]]
    assert sorted(map(clock, shown)) == sorted(map(clock, told))


def test_nothing_that_was_just_written_as_json_is_read_back() -> None:
    files = {file: ast.parse(file.read_text("utf-8")) for file in (ROOT / "api").rglob("*.py")}
    assert len(files) > 300
    assert [file.name for file, module in files.items() if reads_what_it_wrote(module)] == []


@pytest.mark.parametrize(
    "spelling", ["orjson.loads(orjson.dumps(a))", "json.loads(\n    dumps(a).decode())", "loads(b := dumps(a))"]
)
def test_json_that_is_read_back_is_seen_however_it_is_spelt(spelling: str) -> None:
    assert reads_what_it_wrote(ast.parse(spelling))
    assert not reads_what_it_wrote(ast.parse("orjson.dumps(orjson.loads(a))"))


def reads_what_it_wrote(module: ast.AST) -> bool:
    reading = [call for call in calls(module) if called(call) == "loads"]
    return any(called(inner) == "dumps" for call in reading for part in call.args for inner in calls(part))


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
