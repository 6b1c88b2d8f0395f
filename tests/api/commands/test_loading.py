"""`hent feeds` in a new folder, beside other feeds, from an address: what is in service after each verb."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from api.feeds.named_feed import clean_id
from api.territory.in_service import is_expiring
from gtfs.counted import counted
from mobility.feeds.state import feeds_in_service
from tests.api.terminal import CONFIG, Publisher, hent, with_town, zipped


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_town(tmp_path_factory.mktemp("town"))


def test_a_good_feed_is_checked_with_exit_code_0(tmp_path: Path) -> None:
    result = hent("feeds", "check", zipped(tmp_path))
    assert (result.exit_code, "town: accepted" in result.stdout) == (0, True)


def test_a_feed_with_blocking_faults_is_checked_with_exit_code_1(tmp_path: Path) -> None:
    result = hent("feeds", "check", zipped(tmp_path, trips="route_id,service_id,trip_id\nX,S,T1\n"), "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["accepted"]) == (1, False)
    assert report["notices"][0]["code"] == "foreign_key_violation"


def test_a_file_that_is_no_feed_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "page.zip").write_text("<html>")
    result = hent("feeds", "check", tmp_path / "page.zip")
    assert (result.exit_code, result.stderr) == (1, "hent: page.zip: no zip file but a web page or XML\n")


def test_a_new_folder_gets_a_network_of_the_loaded_feed_alone(town: Path) -> None:
    assert [feed.id for feed in feeds_in_service(town)] == ["town"]


def test_a_network_of_foreign_feeds_has_their_zone_and_none_of_our_places(town: Path) -> None:
    result = hent("plan", "Tori", "Satama", "--at", "2026-06-02T07:55", "--config", CONFIG, "--data", town)
    assert "8:00 bus 7 direction Satama : Tori → Satama 8:10" in " ".join(result.stdout.split())
    assert hent("plan", "Groix", "Satama", "--config", CONFIG, "--data", town).stderr == "hent: no such place: Groix\n"


def test_a_network_is_served_though_it_cannot_be_read_which_feeds_belong_to_it(tmp_path: Path) -> None:
    town = with_town(tmp_path)
    (record,) = (town / "published").glob("*.json")
    record.write_text("")
    result = hent("plan", "Tori", "Satama", "--at", "2026-06-02T07:55", "--config", CONFIG, "--data", town)
    assert "8:00 bus 7 direction Satama : Tori → Satama 8:10" in " ".join(result.stdout.split())
    assert f"published/{record.name} is damaged" in result.stderr


def test_a_feed_that_the_config_does_not_name_may_state_its_licence(tmp_path: Path) -> None:
    words = ["feeds", "load", zipped(tmp_path), "--feed", "helsinki", "--config", CONFIG, "--data", tmp_path]
    assert "licence of helsinki is not known" in hent(*words).stderr
    assert hent(*words, "--licence", "CC BY 4.0", "--publisher", "HSL").stderr == ""
    assert [(feed.id, feed.licence, feed.publisher) for feed in feeds_in_service(tmp_path)] == [
        ("helsinki", "CC BY 4.0", "HSL")
    ]


def test_a_refused_feed_changes_nothing(town: Path, tmp_path: Path) -> None:
    before = feeds_in_service(town)
    bad = zipped(tmp_path, stop_times="trip_id,arrival_time,departure_time,stop_id,stop_sequence\n")
    result = hent("feeds", "load", bad, "--config", CONFIG, "--data", town)
    assert (result.exit_code, "REJECTED" in result.stdout, feeds_in_service(town)) == (1, True, before)


def test_feeds_stay_beside_a_new_one_unless_it_is_to_be_the_only_one(tmp_path: Path) -> None:
    east, west = zipped(tmp_path, "east.zip"), zipped(tmp_path, "west.zip")
    loaded = []
    for words in ([east], [west], [east, "--only"]):
        hent("feeds", "load", *words, "--config", CONFIG, "--data", tmp_path / "var")
        loaded.append([feed.id for feed in feeds_in_service(tmp_path / "var")])
    assert loaded == [["east"], ["east", "west"], ["east"]]


def test_an_embedded_feed_that_the_config_names_no_more_makes_room(tmp_path: Path) -> None:
    own = zipped(tmp_path)
    text = Path(CONFIG).read_text("utf-8").partition("\n[[feeds]]")[0]
    (tmp_path / "config.toml").write_text(f'{text}\n[[feeds]]\nid = "own"\nlicence = "CC0"\npath = "{own.name}"\n')
    data = tmp_path / "var"
    hent("plan", "Groix", "Lorient", "--config", CONFIG, "--data", data)
    assert [feed.id for feed in feeds_in_service(data)] == ["lorient"]
    hent("plan", "Tori", "Satama", "--config", tmp_path / "config.toml", "--data", data)
    assert [(feed.id, feed.licence) for feed in feeds_in_service(data)] == [("own", "CC0")]


def test_an_embedded_feed_is_built_anew_before_it_expires(demo: Path) -> None:
    (feed,) = feeds_in_service(demo)
    assert not is_expiring(feed, feed.first_day + timedelta(weeks=11))
    assert is_expiring(feed, feed.first_day + timedelta(weeks=13))


def test_an_embedded_feed_that_was_built_while_a_clock_was_ahead_is_built_anew(demo: Path) -> None:
    (feed,) = feeds_in_service(demo)
    assert is_expiring(feed, feed.first_day - timedelta(days=1))


def test_a_feed_with_an_address_is_fetched_only_when_asked_for(tmp_path: Path, publisher: Publisher) -> None:
    text = Path(CONFIG).read_text("utf-8").partition("\n[[feeds]]")[0]
    feed = f'[[feeds]]\nid = "own"\nlicence = "CC0"\nurl = "{publisher.address}"\n'
    (tmp_path / "config.toml").write_text(f"{text}\n{feed}")
    words = "--config", tmp_path / "config.toml", "--data", tmp_path / "var"
    assert (hent("plan", "Tori", "Satama", *words).exit_code, publisher.asked) == (1, 0)
    assert (hent("feeds", "load", "own", *words).exit_code, publisher.asked) == (0, 1)
    assert [(one.id, one.licence, one.url) for one in feeds_in_service(tmp_path / "var")] == [
        ("own", "CC0", publisher.address)
    ]


def test_feeds_are_listed_with_those_that_are_missing(demo: Path, town: Path) -> None:
    listed = [
        json.loads(hent("feeds", "list", "--json", "--config", CONFIG, "--data", data).stdout) for data in (demo, town)
    ]
    assert [[feed["id"] for feed in one["loaded"]] for one in listed] == [["lorient"], ["town"]]
    assert [one["missing"] for one in listed] == [[], ["lorient"]]


def test_a_feed_is_shown_with_its_report(town: Path) -> None:
    shown = json.loads(hent("feeds", "show", "town", "--json", "--data", town).stdout)
    assert (shown["id"], shown["report"]["accepted"]) == ("town", True)
    assert shown["service"] is None


def test_a_feed_is_shown_with_what_runs_once_that_is_reckoned(town: Path) -> None:
    assert hent("data", "build", "--data", town).exit_code == 0
    shown = json.loads(hent("feeds", "show", "town", "--json", "--data", town).stdout)
    day = shown["service"]["days"][0]
    assert (
        f"  {day['date']}  {counted(day['lines'], 'line')}  {counted(day['trips'], 'trip')}"
        in hent("feeds", "show", "town", "--data", town).stdout
    )


def test_a_feed_that_is_not_loaded_cannot_be_shown(town: Path) -> None:
    assert hent("feeds", "show", "paris", "--data", town).exit_code == 1


@pytest.mark.parametrize("name", ["nowhere.zip", "izilo"])
def test_what_is_neither_file_nor_address_nor_known_cannot_be_loaded(name: str, tmp_path: Path) -> None:
    result = hent("feeds", "load", name, "--config", CONFIG, "--data", tmp_path)
    assert (result.exit_code, result.stderr) == (1, f"hent: no such file, address or feed of the config: {name}\n")


def test_without_any_feed_at_hand_the_way_to_one_is_said(tmp_path: Path) -> None:
    text = Path(CONFIG).read_text("utf-8").partition("\n[[feeds]]")[0]
    (tmp_path / "config.toml").write_text(text)
    result = hent("plan", "A", "B", "--config", tmp_path / "config.toml", "--data", tmp_path / "var")
    assert (result.exit_code, "hent feeds load" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("file", "feed_id"),
    [("/data/Helsinki (2022).zip", "helsinki-2022"), ("https://x.example/a/gtfs.zip?v=2", "gtfs"), ("é", "feed")],
)
def test_a_feed_is_named_after_its_file(file: str, feed_id: str) -> None:
    assert clean_id(file) == feed_id
