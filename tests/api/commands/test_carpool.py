"""The counter's staff at the command line: a code for a newcomer, an offer, its end; and retention."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from api.commands import main
from api.web.chores import Chore, Chores
from mobility.errors import StorageUnavailable
from mobility.privacy.register import NOTHING
from mobility.storage.store import Store
from tests.api.conftest import ROOT
from tests.town import moment

HOME = "47.69812,-3.25187"


def hent(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(ROOT / "config.toml"), "--data", str(data)])


def said(data: Path, *words: str) -> Any:
    found = hent(data, *words)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the demo territory in service, once it is asked for."""
    return tmp_path_factory.mktemp("data")


@pytest.mark.parametrize("verb", ["offers", "rides", "wanted"])
def test_an_account_that_there_is_not_is_said_to_be_none(data: Path, verb: str) -> None:
    told = hent(data, "carpool", verb, "--account", "0000")
    assert told.exit_code == 1
    assert told.output.startswith("hent: ")
    assert "account" in told.output


def test_a_driver_without_mail_is_served_at_the_counter(data: Path) -> None:
    code = hent(data, "carpool", "code", "anna@example.org").output.strip()
    incomplete = hent(data, "carpool", "sign-in", code)
    assert (incomplete.exit_code, incomplete.output) == (1, "hent: a new account needs alias and adult\n")
    account = said(data, "carpool", "sign-in", code, "--alias", "Anna", "--adult")["account"]["id"]
    assert hent(data, "carpool", "accounts").output == f"{account}  Anna\n"

    where = ("--account", account, "--from", HOME, "--to", "47.7552,-3.3663")
    when = ("--weekdays", "monday,friday", "--school", "school_days_only", "--departure", "07:40", "--back", "17:30")
    assert len(said(data, "carpool", "offer", *where, *when, "--preview")["offers"]) == 2
    there, back = said(data, "carpool", "offer", *where, *when)["offers"]
    assert (there["weekly"]["weekdays"], there["back"], back["departure"]) == (
        ["monday", "friday"],
        back["id"],
        "17:30",
    )
    assert there["from"]["kind"] in {"stop", "carpool_place"}

    named = ("--account", account, "--from", "plouhinec bourg", "--to", "gare d'échanges", *when[:-2], "--preview")
    (by_name,) = said(data, "carpool", "offer", *named)["offers"]
    assert (by_name["from"]["name"], by_name["to"]["kind"]) == (there["from"]["name"], "stop")
    unknown = hent(data, "carpool", "offer", "--account", account, "--from", "Nulle Part", "--to", "Lorient", *when)
    assert (unknown.exit_code, "--from" in unknown.output or "place" in unknown.output) == (1, True)
    way = ("--from", "47.6685,-2.9836", "--to", "47.7485,-3.3660")
    (auray,) = said(data, "carpool", "offer", "--account", account, *way, *when[:-2], "--preview")["offers"]
    assert (auray["from"]["name"], auray["drive"]["estimated"]) == ("", True), "no commune near is known"

    for change, status in (("pause", "paused"), ("resume", "active"), ("withdraw", "withdrawn")):
        told = hent(data, "carpool", "become", there["id"], change, "--account", account)
        assert told.output == f"{there['id']}  {status}\n"
    assert {one["status"] for one in said(data, "carpool", "offers", "--account", account)["offers"]} == {
        "withdrawn",
        "active",
    }
    refused = hent(data, "carpool", "become", there["id"], "pause", "--account", account)
    assert (refused.exit_code, refused.output) == (1, "hent: this offer is withdrawn\n")

    files = [file.read_bytes() for file in data.iterdir() if file.is_file()]
    assert not any(part in content for content in files for part in (b"47.6981", b"-3.2518", b"anna@example.org"))
    assert hent(data, "carpool", "erase", "--account", account, "--yes").exit_code == 0
    assert hent(data, "carpool", "accounts").output == ""


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def at_the_counter(data: Path, alias: str) -> tuple[str, str]:
    """The options that name a new account."""
    code = hent(data, "carpool", "code", f"{alias.lower()}@example.org").output.strip()
    account: str = said(data, "carpool", "sign-in", code, "--alias", alias, "--adult")["account"]["id"]
    return "--account", account


def test_a_seat_is_asked_for_and_given_at_the_counter(data: Path) -> None:
    anna, brian = at_the_counter(data, "Anna"), at_the_counter(data, "Brian")
    day = (today() + timedelta(days=3)).isoformat()
    where = ("--from", HOME, "--to", "47.7552,-3.3663", "--date", day, "--departure", "07:40")
    (made,) = said(data, "carpool", "offer", *anna, *where, "--seats", "2", "--takes", "bike", "--languages", "br")[
        "offers"
    ]
    assert (made["accessibility"]["bike"], made["languages"]) == (True, ["br"])
    changed = said(data, "carpool", "change", made["id"], *anna, "--departure", "08:10", "--price", "100")
    assert (changed["departure"], changed["priceCents"], changed["seats"], changed["languages"]) == (
        "08:10",
        100,
        2,
        ["br"],
    )

    ends = ("--pickup", made["waypoints"][0]["id"], "--drop-off", made["waypoints"][-1]["id"])
    asked = said(data, "carpool", "ask", made["id"], *brian, "--date", day, *ends, "--message", "Bonjour")
    (seen,) = said(data, "carpool", "rides", *anna)["bookings"]
    assert (seen["id"], seen["with"]["alias"], seen["may"]) == (asked["id"], "Brian", ["accept", "refuse"])
    assert said(data, "carpool", "answer", asked["id"], "accept", *anna)["status"] == "confirmed"
    assert hent(data, "carpool", "write", asked["id"], "À demain", *anna).exit_code == 0
    told = said(data, "carpool", "messages", asked["id"], *brian)["messages"]
    assert [(one["alias"], one["text"]) for one in told] == [("Brian", "Bonjour"), ("Anna", "À demain")]
    assert said(data, "carpool", "answer", asked["id"], "cancel", *brian)["status"] == "cancelled"

    ride = said(data, "carpool", "want", *brian, *where)
    assert said(data, "carpool", "wanted", *brian)["wanted"] == [ride]
    assert hent(data, "carpool", "unwant", ride["id"], *brian).exit_code == 0
    assert said(data, "carpool", "wanted", *brian)["wanted"] == []


def test_a_weekly_offer_is_confirmed_and_a_wrong_option_named(data: Path) -> None:
    anna = at_the_counter(data, "Anna")
    where = ("--from", HOME, "--to", "47.7552,-3.3663", "--departure", "07:40")
    until = (today() + timedelta(days=30)).isoformat()
    (made,) = said(data, "carpool", "offer", *anna, *where, "--weekdays", "monday", "--until", until)["offers"]
    assert made["weekly"]["lastDay"] == until
    ends = (today() + timedelta(days=183)).isoformat()
    assert hent(data, "carpool", "confirm", made["id"], *anna).output == f"{made['id']}  {ends}\n"
    wrong = hent(data, "carpool", "change", made["id"], *anna, "--takes", "piano")
    assert (wrong.exit_code, "accessibility.piano" in wrong.output) == (2, True)


def test_a_partner_gets_a_key_once(tmp_path: Path) -> None:
    key = hent(tmp_path, "carpool", "partners", "add", "Covoit'ici").output.strip()
    assert len(key) == 43
    again = hent(tmp_path, "carpool", "partners", "add", "Covoit'ici")
    assert (again.exit_code, again.output) == (1, "hent: this partner is in force\n")
    assert hent(tmp_path, "carpool", "partners", "list").output.endswith("  in force            Covoit'ici\n")
    assert hent(tmp_path, "carpool", "partners", "revoke", "Covoit'ici").exit_code == 0
    assert "revoked" in hent(tmp_path, "carpool", "partners", "list").output
    assert not any(key.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_retention_says_what_it_erased(tmp_path: Path) -> None:
    code = hent(tmp_path, "carpool", "code", "anna@example.org").output.strip()
    said(tmp_path, "carpool", "sign-in", code, "--alias", "Anna", "--adult")
    erased = {one["rule"]: one["erased"] for one in said(tmp_path, "retention", "run", "--json")}
    assert erased["offers"] == erased["accounts"] == erased["sessions"] == erased["sign-in codes"] == 0


def test_one_worker_of_all_does_a_chore_when_it_is_due(store: Store) -> None:
    done: list[int] = []
    clock = [moment("2026-06-02 12:00")]
    workers = [Chores(store, [Chore("retention", 3600, done.append, (NOTHING,))], lambda: clock[0]) for _ in range(3)]
    assert [worker.do_what_is_due() for worker in workers] == [["retention"], [], []]
    clock[0] += 3599
    assert [worker.do_what_is_due() for worker in workers] == [[], [], []]
    clock[0] += 1
    assert [worker.do_what_is_due() for worker in workers] == [["retention"], [], []]
    assert len(done) == 2


def test_a_chore_that_fails_is_logged_by_its_kind_and_has_its_next_turn(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(now: int) -> None:
        raise StorageUnavailable

    chores = Chores(store, [Chore("retention", 60, fail, (NOTHING,))], lambda: moment("2026-06-02 12:00"))
    assert chores.do_what_is_due() == []
    assert caplog.messages == ["a chore failed"]
    assert caplog.records[0].__dict__["fault"] == "StorageUnavailable"
