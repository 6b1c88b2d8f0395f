"""What two checkouts are asked, and how the answers are taken."""

from __future__ import annotations

import json
from datetime import date
from http.client import HTTPConnection, RemoteDisconnected
from typing import cast

import pytest

from benchmarks import same
from benchmarks.server_load import City

CITY = City("town", None, date(2026, 12, 8), "Europe/Paris")
STOPS = [{"stopId": name, "lat": 47.7 + number / 100, "lon": -3.3} for number, name in enumerate("ABCDEF")]


class Served:
    """Answers of a service one after the other, the last one for ever."""

    def __init__(self, *bodies: dict[str, object], status: int = 200) -> None:
        self.bodies, self.status, self.asked = list(bodies), status, 0

    def request(self, method: str, path: str) -> None:
        self.asked += 1

    def close(self) -> None:
        """The next request dials anew."""

    def getresponse(self) -> Served:
        return self

    def read(self) -> bytes:
        return json.dumps(self.bodies[min(self.asked, len(self.bodies)) - 1]).encode()


def test_the_same_stops_give_the_same_questions() -> None:
    assert list(same.questions(STOPS, CITY)) == list(same.questions(STOPS, CITY))


def test_each_kind_is_asked_twenty_times_at_least() -> None:
    asked = [question.kind for question in same.questions(STOPS, CITY)]
    assert len(asked) == 300
    assert min(asked.count(kind) for kind, _ in same.KINDS) >= 20


def settled(served: Served) -> same.Json:
    question = same.Question("leaving", "/api/v6/plan")
    return same._settled(cast(HTTPConnection, served), [question], ["885c1eef"], pause_s=0)[question]


def test_answers_are_taken_once_they_stay() -> None:
    before, quick = {"itineraries": [1]}, {"itineraries": [2]}
    assert settled(Served(before, before, before, quick)) == {"status": 200, "itineraries": [2]}


def test_answers_that_never_stay_are_no_answers() -> None:
    with pytest.raises(same.Unsettled, match="still change"):
        settled(Served(*({"itineraries": [number]} for number in range(50))))


def test_a_question_that_one_checkout_alone_was_asked_differs() -> None:
    question = same.Question("leaving", "/api/v6/plan")
    asked, not_asked = same.Answered("town", {question: {"status": 200}}), same.Answered("town", {})
    assert same._unlike(asked, not_asked) == {question: ["status: 200 | -"]}


def test_an_offer_is_told_by_its_number() -> None:
    assert settled(Served({"offer": "885c1eef"}))["offer"] == "offer-0"


def test_a_refusal_is_an_answer_too() -> None:
    assert settled(Served({"title": "no"}, status=404)) == {"status": 404, "title": "no"}


def test_a_question_is_asked_once_more_where_the_server_hung_up_and_never_a_third_time() -> None:
    class Hangs(Served):
        def __init__(self, times: int) -> None:
            super().__init__({"itineraries": [1]})
            self.times = times

        def getresponse(self) -> Served:
            if self.asked <= self.times:
                raise RemoteDisconnected
            return self

    assert settled(Hangs(1)) == {"status": 200, "itineraries": [1]}
    with pytest.raises(RemoteDisconnected):
        settled(Hangs(2))
