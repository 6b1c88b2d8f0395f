"""The rule that options are chosen by, for anyone to read: no code without its sentences, its heading and its entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from api.web.sentences import EASY, LANGUAGES, sentences
from mobility.planning.planner import plan
from mobility.ranking.codes import Code
from mobility.ranking.costs import RankingSettings
from mobility.ranking.labels import LABELS
from mobility.ranking.options import choose
from mobility.ranking.rules import CHAIN, rules
from mobility.travellers.profiles import Costs, Profile
from tests.api.conftest import ROOT
from tests.api.motis import CheckedClient
from tests.town import ask, town


def unknown_to(client: CheckedClient, codes: Iterable[str]) -> list[str]:
    """Where a code is missing that an answer may bear."""
    rule = client.ask("/api/ranking")
    told = {one["label"] for one in rule["labels"]} | {one["code"] for one in rule["rules"]}
    headings = set(re.findall(r"^### `(\w+)`$", (ROOT / "docs" / "ranking.md").read_text("utf-8"), re.MULTILINE))
    found = []
    for code in codes:
        found += [] if code in told else [f"/api/ranking: {code}"]
        found += [] if code in headings else [f"docs/ranking.md: {code}"]
        for language in (*LANGUAGES, EASY):
            said = sentences(language)
            known = said["dropped"].get(code) or (said["label"].get(code) and said["label_means"].get(code))
            found += [] if known else [f"{language}: {code}"]
    return found


def test_every_code_has_its_sentences_its_heading_and_its_entry(client: CheckedClient) -> None:
    assert unknown_to(client, Code) == []


def test_a_rule_added_in_one_file_alone_is_missed_everywhere(client: CheckedClient) -> None:
    more = StrEnum("Code", [(code.name, code.value) for code in Code] + [("MANY_MORE_CHANGES", "many_more_changes")])
    assert unknown_to(client, more) == [
        f"{place}: many_more_changes" for place in ("/api/ranking", "docs/ranking.md", *LANGUAGES, EASY)
    ]


def test_every_code_is_a_label_or_that_of_a_rule_and_none_is_both() -> None:
    assert sorted([*LABELS, *rules()]) == sorted(Code)
    assert {one.code for one in CHAIN} == set(rules())


def test_catalogues_and_docs_know_no_code_that_is_none() -> None:
    headings = re.findall(r"^### `(\w+)`$", (ROOT / "docs" / "ranking.md").read_text("utf-8"), re.MULTILINE)
    assert headings == [*LABELS, *rules()]
    for language in (*LANGUAGES, EASY):
        said = sentences(language)
        assert set(said["dropped"]) == set(rules())
        assert set(said["label"]) == set(said["label_means"]) == set(LABELS)


def test_the_rules_stand_in_the_order_of_the_chain_with_their_numbers(client: CheckedClient) -> None:
    rule = client.ask("/api/ranking", language="en")
    assert rule["paidPlaces"] == "none"
    assert [one["code"] for one in rule["rules"]] == list(rules())
    by_code = {one["code"]: one for one in rule["rules"]}
    assert by_code["far_longer"]["sentence"] == "Takes far longer than the best."
    assert by_code["far_longer"]["numbers"] == rule["farLonger"] == {"times": 2.0, "plusSeconds": 1800}
    assert by_code["nothing_gained"]["numbers"] == rule["nothingGained"] == {"seconds": 300, "metres": 200}
    shares = [by_code[code]["numbers"]["share"] for code in ("same_ride", "similar_rides")]
    assert [rule["similarity"]["same"], rule["similarity"]["alike"]] == shares == [0.85, 0.68]
    assert by_code["hopelessly_long"]["numbers"] == rule["hopelesslyLong"]
    assert by_code["another_time"]["numbers"] == rule["anotherTime"] == {"seconds": 1800}
    assert by_code["vehicle_gains_little"]["numbers"] == {"bikeSeconds": 120, "carSeconds": 300}
    of_best = {"timesBesideWaiting": 1.25, "timesForLess": 1.25, "walkCostSeconds": 900, "aheadSeconds": 300}
    assert rule["best"] == of_best
    assert [one["label"] for one in rule["labels"]][:2] == ["best", "fastest"]
    assert {one["label"]: one["least"] for one in rule["labels"]}["cheapest"] == "ticket.price.minor"
    assert "family" in [one["name"] for one in rule["profiles"]]


COSTS = Costs(change_s=240, walking=2.0, waiting=0.25, unknown_s=30, steps_s=300)
STOPS, LINES = "A 0 0, B 3 0, D 3 0.2, C 6 0", "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:20 8:32"


def test_the_cost_that_is_published_is_the_one_that_options_are_weighed_by(client: CheckedClient) -> None:
    """Worked out by hand: 32 min, 260 m or 196 s on foot at 1.33 m/s, 5 min of waiting, a change; two vehicles, four
    stops and a way of which nothing is known."""
    territory = town(STOPS, LINES)
    query = ask(territory, "A", "C", "2026-06-03 7:55", profile=Profile("slow", costs=COSTS), window_s=1800)
    (option,) = choose(territory, plan(territory, query), RankingSettings(), handful=False).shown
    assert option.cost_s == 1920 + 196 + 75 + 240 + 7 * 30
    assert valued(client.ask("/api/ranking")["cost"]) == option.cost_s


def valued(cost: str) -> float:
    """What the published text says, of the trip above."""
    known: dict[str, Any] = {"duration": 1920, "seconds on foot": 196, "transfers": 1, "unknown": 7, "steps": 0}
    known |= {"|time asked - departure (arrival with arriveBy)|": 300}
    costs = {"change_s": 240, "(walking - 1)": 1.0, "waiting": 0.25, "unknown_s": 30, "steps_s": 300}
    total = 0.0
    for term in cost.split(" + "):
        *weight, measured = term.split(" * ")
        total += known[measured] * (costs[weight[0]] if weight else 1)
    return total


def test_the_counts_of_an_answer_are_those_of_what_explain_lists(ask_town: Any) -> None:
    """Fifty buses in the hour: a page of twelve, of which one is enough; the other 38 stand on later pages."""
    every_minute = "Bus1\nA     B\n" + "\n".join(f"8:{minute:02}  8:{minute + 9:02}" for minute in range(50))
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T08:00", "searchWindow": "3600"}
    client = ask_town("A 0 0, B 3 0", every_minute)
    plain = client.ask("/api/v6/plan", **asked)
    answer = client.ask("/api/v6/plan", **asked, explain="1", language="en")
    assert {one["code"]: one["count"] for one in plain["hent"]["removed"]} == {"another_page": 38}
    listed = answer["hent"]["dropped"]
    assert Counter(one["code"] for one in listed) == {"another_page": 38}
    assert Counter(one["code"] for one in answer["hent"]["notFirst"]) == {"same_ride": 11}
    counted = {one["code"]: one["count"] for one in answer["hent"]["removed"]}
    assert (counted, answer["debugOutput"]["removed"]) == ({"another_page": 38}, 38)
    starts = [one["startTime"][11:16] for one in listed if one["code"] == "another_page"]
    assert sorted(starts) == [f"08:{minute:02}" for minute in range(12, 50)]
    (last,) = [one for one in listed if one["startTime"][11:16] == "08:49"]
    assert (last["endTime"][11:16], last["transfers"]) == ("08:58", 0)
    assert last["sentence"] == "On another page of results."
    assert last["lines"] == [{"mode": "BUS", "line": "Bus1"}]
