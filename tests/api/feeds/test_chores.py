"""What time does to timetables, by the chores of the service: fetched, taken over, gone on with, warned of."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from api.app import create_app
from api.config import Config, parse_config
from api.feeds import jobs
from api.feeds.chores import Watched, chores, follow_calendar, warn
from api.territory.in_service import Following
from api.web.spaces import spaced
from mobility.errors import MailUnavailable
from mobility.feeds.inputs import BuildInputs
from mobility.mail import Letter, NoPost
from mobility.operators.jobs import JobState, Verb
from mobility.storage.store import Store
from tests.api.feeds.test_jobs import ended
from tests.api.test_config import MINIMAL
from tests.mobility.feeds.reloads import Operator, called, days

ZONE = ZoneInfo("Europe/Paris")
BUS = '[[feeds]]\nid = "bus"\nlicence = "test"\nurl = "https://bus.example/gtfs.zip"\nevery_h = 6\n'
MAIL = '[reload]\nemail = "operator@bus.example"\n'


class Letters:
    def __init__(self) -> None:
        self.sent: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.sent.append(letter)


def noon(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZONE).timestamp())


def config(text: str = "") -> Config:
    return parse_config(MINIMAL + text, Path())


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator.in_folder(tmp_path, BuildInputs("Europe/Paris"))


def watched(operator: Operator, store: Store, text: str = "") -> tuple[Watched, Letters]:
    letters = Letters()
    return Watched(config(text), operator.at.data, store, letters), letters


def test_sources_with_an_interval_are_fetched_by_a_chore(operator: Operator, store: Store) -> None:
    found = chores(watched(operator, store, BUS)[0])
    assert (found[0].name, found[0].every_s) == ("fetch bus", 6 * 3600)
    assert len(chores(watched(operator, store)[0])) == len(found) - 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_waiting_feed_takes_over_on_its_day_without_a_restart(operator: Operator, store: Store) -> None:
    operator.load("bus", stops=called("Summer"))
    operator.load("bus", stops=called("Autumn"), calendar_dates=days("2026-09-01", "2026-12-01"))
    at_work, _ = watched(operator, store)
    follow_calendar(at_work, noon("2026-08-31"))
    assert jobs.jobs(operator.at.data) == ()
    follow_calendar(at_work, noon("2026-09-01"))
    follow_calendar(at_work, noon("2026-09-01"))
    (job,) = jobs.jobs(operator.at.data)
    assert (job.order.verb, ended(operator.at.data, job).state) == (Verb.TAKE_OVER, JobState.DONE)
    assert operator.serves() == "Autumn"


def test_operators_are_warned_once_at_each_stage(
    operator: Operator, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    operator.load("bus", calendar_dates=days("2026-06-15", "2026-09-30"))
    at_work, letters = watched(operator, store, MAIL)
    with caplog.at_level(logging.WARNING, "hent.feeds"):
        for day in ("2026-08-30", "2026-08-31", "2026-09-01", "2026-09-16", "2026-09-17", "2026-09-23", "2026-10-01"):
            warn(at_work, noon(day))
    assert [record.__dict__["days"] for record in caplog.records] == [30, 14, 7, -1]
    assert [letter.to for letter in letters.sent] == ["operator@bus.example"] * 4
    assert letters.sent[0].subject == spaced("Rade : l’horaire bus s’arrête dans 30 jours", "fr")
    assert "terminé" in letters.sent[-1].subject


def test_a_warning_that_the_mail_server_did_not_take_is_sent_again(operator: Operator, store: Store) -> None:
    operator.load("bus", calendar_dates=days("2026-06-15", "2026-09-30"))
    at_work, letters = watched(operator, store, MAIL)
    with pytest.raises(MailUnavailable):
        warn(replace(at_work, post=NoPost()), noon("2026-09-02"))
    for _ in range(2):
        warn(at_work, noon("2026-09-02"))
    assert len(letters.sent) == 1


def test_nobody_is_warned_of_a_feed_that_another_version_follows(operator: Operator, store: Store) -> None:
    operator.load("bus", calendar_dates=days("2026-06-15", "2026-06-30"))
    operator.load("bus", calendar_dates=days("2026-07-01", "2026-12-01"))
    at_work, letters = watched(operator, store, MAIL)
    warn(at_work, noon("2026-06-20"))
    assert letters.sent == []


def test_who_watches_over_the_service_sees_what_ends(operator: Operator) -> None:
    operator.load("bus", calendar_dates=days("2026-06-15", "2026-09-30"))
    app = create_app(config(), Following(operator.at.data, config()), lambda: noon("2026-09-20"))
    (ending,) = app.test_client().get("/health/ready").json["ending"]
    assert ending == {"feed": "bus", "lastDay": "2026-09-30", "daysLeft": 10, "waiting": False}


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "s’arrête le 17/06/2026"), ("br", "d’an 17/06/2026"), ("en", "ends on 17/06/2026")]
)
def test_a_ride_on_a_day_that_was_not_published_says_so(operator: Operator, language: str, said: str) -> None:
    extending = operator.under(BuildInputs("Europe/Paris", extend=frozenset({"bus"})))
    extending.load("bus", calendar_dates=days("2026-06-15", "2026-06-16", "2026-06-17"))
    spoken = parse_config(MINIMAL.replace('["fr"]', '["fr", "br", "en"]'), Path())
    app = create_app(spoken, Following(operator.at.data, spoken), lambda: noon("2026-06-15"))
    told = {}
    for day in (date(2026, 6, 17), date(2026, 6, 22)):
        path = f"/api/v6/plan?fromPlace=bus_A&toPlace=bus_B&time={day}T07:55:00%2B02:00&language={language}"
        told[day.day] = json.loads(app.test_client().get(path).text)["itineraries"][0]["legs"][0]["hent"]
    assert "extended" not in told[17]
    assert told[22]["extended"] is True
    assert said in told[22]["notes"][0]
