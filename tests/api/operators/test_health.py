"""Whether all is well, one line each: what nobody need look at, and what somebody should."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from api.config.feeds import FeedSection
from api.config.realtime import RealtimeSection
from api.feeds.jobs import JOBS, note
from api.operators.pages.health import HealthLine, health
from api.service import Service
from api.territory.in_service import Following
from api.web.storage import Kept
from mobility.errors import NetworkUnavailable
from mobility.feeds.state import feeds_in_service
from mobility.live.source_fault import SourceFault
from mobility.network.live_files import SOURCES, live_folder
from mobility.operators.jobs import Job, JobState, Order, Verb
from mobility.ranking.costs import RankingSettings
from mobility.routing.territory import Territory
from tests.api.operators.test_operators import NOW, settings, stored, town_in_service
from tests.town import moment

__all__ = ["stored", "town_in_service"]


@pytest.fixture
def service(stored: Kept) -> Iterator[Service]:
    config = settings()
    with Flask(__name__).app_context():
        yield Service(
            config, Following(stored.data, config), lambda: NOW, RankingSettings(), kept=stored, folder=stored.data
        )


def lines(service: Service) -> dict[str, HealthLine]:
    return {one.about: one for one in health(service)}


def configured(service: Service, **sections: Any) -> Service:
    return replace(service, config=service.config.model_copy(update=sections))


def test_a_town_in_service_is_well_but_for_what_nobody_set_up(service: Service) -> None:
    found = lines(service)
    assert found["network"].gaps["lines"] == 3
    assert [about for about, one in found.items() if not one.is_well] == ["no_mail"]


def test_without_a_network_somebody_should_look(service: Service) -> None:
    class Nothing:
        def territory(self) -> Territory:
            raise NetworkUnavailable

    assert not lines(replace(service, current=Nothing()))["no_network"].is_well


def test_a_timetable_that_ends_soon_is_named(service: Service) -> None:
    last_day = feeds_in_service(service.data())[0].last_day
    assert last_day
    assert lines(replace(service, now=lambda: moment(f"{last_day} 8:00")))["ending"].gaps["feeds"] == "t"


def test_a_search_that_failed_is_named_until_the_next_one_has_not(service: Service) -> None:
    fetched = FeedSection(id="t", licence="x", url="https://example.org/t.zip", every_h=6)
    asking, data = configured(service, feeds=(fetched,)), service.data()
    (data / JOBS).mkdir(exist_ok=True)
    note(data, Job("a", Order(Verb.FETCH, "t"), NOW, JobState.FAILED))
    assert lines(asking)["fetch_failed"].gaps["feeds"] == "t"
    note(data, Job("b", Order(Verb.FETCH, "t"), NOW + 1, JobState.DONE))
    assert lines(asking)["fetched"].is_well


@pytest.mark.parametrize(("age_s", "about"), [(20, "realtime"), (301, "no_realtime")])
def test_real_time_is_well_while_it_is_told(service: Service, age_s: int, about: str) -> None:
    source = RealtimeSection(feed="t", trip_updates="https://example.org/tu.pb", licence="x")
    asking = configured(service, realtime=(source,))
    assert not lines(asking)["no_realtime"].is_well, "nothing was heard yet"
    heard(service.data(), {"feed": "t", "kinds": ["trip_updates"], "madeAt": NOW - age_s, "staleS": 300, "fault": ""})
    assert about in lines(asking)


@pytest.mark.parametrize(
    ("matched", "held", "is_well"), [(98, 0, True), (40, 0, False), (98, 60, False)], ids=["good", "fallen", "held"]
)
def test_of_each_feed_the_match_rate_and_what_is_held_by_reason(
    service: Service, matched: int, held: int, is_well: bool
) -> None:
    source = RealtimeSection(feed="t", trip_updates="https://example.org/tu.pb", licence="x")
    asking = configured(service, realtime=(source,))
    reasons = {"unknown_trip": 100 - matched} | ({"mass_cancellation_held": held} if held else {})
    feed = {"feed": "t", "updates": 100, "matched": matched, "reasons": reasons}
    live_folder(service.data()).mkdir(exist_ok=True)
    source_said = {"feed": "t", "kinds": ["trip_updates"], "madeAt": NOW - 20, "staleS": 300, "fault": ""}
    (live_folder(service.data()) / SOURCES).write_text(json.dumps({"sources": [source_said], "feeds": [feed]}))
    one = lines(asking)["matched"]
    assert (one.is_well, one.gaps["percent"], one.reasons) == (is_well, matched, reasons)


def test_a_source_that_answers_with_a_fault_is_looked_at_and_the_fault_is_told(service: Service) -> None:
    source = RealtimeSection(feed="t", trip_updates="https://example.org/tu.pb", licence="x")
    asking = configured(service, realtime=(source,))
    said = {"feed": "t", "kinds": ["trip_updates"], "madeAt": NOW - 20, "staleS": 300}
    fault = SourceFault("the server answers 503", "server_answers", {"status": 503})
    heard(service.data(), said | fault.to_json())
    one = lines(asking)["realtime"]
    assert (one.is_well, one.fault) == (False, fault)


def heard(data: Path, *sources: dict[str, object]) -> None:
    live_folder(data).mkdir(exist_ok=True)
    (live_folder(data) / SOURCES).write_text(json.dumps({"sources": sources}))
