"""`hent feeds`: what an operator reads after each verb, and with which exit code."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from api.commands.options import read_config, today_in
from mobility.feeds.state import feeds_in_service
from mobility.feeds.versions import stored_feed
from tests.api.terminal import CONFIG, TOWN, Publisher, hent, zipped
from tests.api.test_config import MINIMAL


class Desk:
    """One data folder and one config; `town` writes a feed whose second stop has the name."""

    def __init__(self, folder: Path, config: str) -> None:
        self.folder, self.words = folder, ("--config", config, "--data", folder / "var")

    def says(self, *words: object, exit_code: int = 0) -> str:
        result = hent("feeds", *words, *self.words)
        assert result.exit_code == exit_code, result.output
        return result.stdout + result.stderr

    def town(self, name: str = "Satama", **changed: str) -> Path:
        return zipped(self.folder, "town.zip", stops=TOWN["stops.txt"].replace("Satama", name), **changed)

    def loads(self, name: str = "Satama", **changed: str) -> str:
        return self.says("load", self.town(name, **changed), "--licence", "CC0")

    def serves(self) -> list[str]:
        return [feed.sha256[:12] for feed in feeds_in_service(self.folder / "var")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, CONFIG)


def test_an_identical_file_is_a_no_op_and_says_so(desk: Desk) -> None:
    desk.loads()
    assert desk.says("load", desk.folder / "town.zip", "--licence", "CC0").startswith(
        "nothing to do: this is in service"
    )


def test_a_missing_pointer_is_named_with_what_mends_it_and_the_next_load_goes_on_from_there(desk: Desk) -> None:
    desk.loads("One")
    desk.loads("Two")
    second, pointer = desk.serves(), desk.folder / "var" / "current"
    pointer.unlink()
    said = desk.says("list")
    assert f"{pointer} is missing; these feeds were in service: town; it is written anew when" in said
    assert desk.serves() == second
    assert "in service: town" in desk.says("rollback", "town"), "the version before is still known"
    assert "is missing" not in desk.says("list")


def test_a_folder_that_has_served_is_no_new_one_where_pointer_and_records_are_gone(desk: Desk) -> None:
    data = desk.folder / "var"
    assert "are gone" not in desk.says("list"), "a new one is none of those"
    desk.loads("One")
    desk.loads("Two")
    second = desk.serves()
    (data / "current").unlink()
    shutil.rmtree(data / "published")
    said = desk.says("list")
    assert f"{data / 'current'} and {data / 'published'} are gone, so what was in service is not known" in said
    assert "versions are kept of: town; put the two back from a backup, or each feed by hent feeds rollback ID" in said
    assert "in service: town" in desk.says("rollback", "town")
    assert desk.serves() == second
    assert "are gone" not in desk.says("list")


def test_rollback_goes_back_and_with_nothing_before_says_so(desk: Desk) -> None:
    desk.loads("One")
    first = desk.serves()
    desk.loads("Two")
    second = desk.serves()
    assert f"in service: town {first[0][:12]} (network " in desk.says("rollback", "town")
    assert desk.serves() == first
    assert desk.says("rollback", "town", exit_code=1) == "hent: no version of this feed was published before\n"
    desk.says("rollback", "town", second[0])
    assert desk.serves() == second


@pytest.mark.parametrize("words", [("rollback", "nothing"), ("rollback", "nothing", "abc"), ("show", "nothing")])
def test_a_feed_that_never_was_is_said_not_to_exist_beside_those_that_do(desk: Desk, words: tuple[str, ...]) -> None:
    desk.loads()
    assert desk.says(*words, exit_code=1) == "hent: no such feed: nothing (known: town)\n"


def test_a_feed_without_an_address_is_not_fetched_and_those_with_one_are_named(desk: Desk) -> None:
    address = '[[feeds]]\nid = "{}"\nlicence = "test"\nurl = "https://feeds.example/{}.zip"\n'
    (desk.folder / "two.toml").write_text(MINIMAL + address.format("bus", "a") + address.format("boat", "b"))
    said = hent("feeds", "fetch", "tram", "--config", desk.folder / "two.toml", "--data", desk.folder / "var")
    assert said.stderr == "hent: no such feed of the config with an address: tram (known: bus, boat)\n"


def test_the_versions_that_are_kept_are_shown(desk: Desk) -> None:
    desk.loads("One")
    desk.loads("Two")
    shown = json.loads(hent("feeds", "show", "town", "--json", "--data", desk.folder / "var").stdout)
    assert [one["inService"] for one in shown["versions"]] == [True, False]
    assert shown["versions"][0]["sha256"].startswith(desk.serves()[0])


def test_a_feed_that_begins_in_the_future_is_said_to_wait(desk: Desk) -> None:
    desk.loads()
    calendar = TOWN["calendar.txt"].replace("20260101,20491231", "20990101,20991231")
    assert "takes over on 2099-01-01" in desk.loads("Later", calendar=calendar)
    assert "takes over on 2099-01-01" in desk.says("list")


def test_an_expired_feed_loads_with_a_warning(desk: Desk) -> None:
    calendar = TOWN["calendar.txt"].replace("20260101,20491231", "20200101,20201231")
    said = desk.loads(calendar=calendar)
    assert "expired_feed" in said
    assert "warning: town ended on 2020-12-31" in said
    assert "warning: town ended on 2020-12-31" in desk.says("list")


def test_a_feed_that_ends_soon_is_shown_with_how_long_it_still_lasts(desk: Desk) -> None:
    last = today_in(read_config(Path(CONFIG))) + timedelta(days=9)
    desk.loads(calendar=TOWN["calendar.txt"].replace("20260101,20491231", f"20260101,{last:%Y%m%d}"))
    assert f"warning: town ends on {last}, in 9 days\n" in desk.says("show", "town")
    assert json.loads(desk.says("show", "town", "--json"))["ending"]["daysLeft"] == 9


def test_a_feed_is_exported_as_published_and_as_served(desk: Desk) -> None:
    desk.loads()
    for words in ((), ("--served",)):
        out = desk.folder / "out.zip"
        desk.says("export", "town", "--output", out, *words)
        assert "stops.txt" in zipfile.ZipFile(out).namelist()
    published = desk.folder / "published.zip"
    desk.says("export", "town", "--output", published)
    assert published.read_bytes() == (desk.folder / "town.zip").read_bytes()


def test_what_is_exported_as_served_loads_again(desk: Desk) -> None:
    desk.loads()
    desk.says("export", "town", "--served", "--output", desk.folder / "again.zip")
    assert "in service: town, again" in desk.says("load", desk.folder / "again.zip", "--licence", "CC0")


def test_a_removed_feed_is_gone_and_rollback_brings_it_back(desk: Desk) -> None:
    desk.loads()
    desk.says("remove", "town", exit_code=1)
    desk.says("load", zipped(desk.folder, "other.zip"), "--licence", "CC0")
    assert "in service: other" in desk.says("remove", "town")
    assert re.search("in service: town [0-9a-f]{12}, other ", desk.says("rollback", "town"))
    desk.says("remove", "paris", exit_code=1)


def test_a_network_that_leaves_a_golden_query_open_is_not_published(tmp_path: Path) -> None:
    golden = '[[golden]]\nfrom = "Tori"\nto = "Satama"\nat = "03:00"\n'
    feed = '[[feeds]]\nid = "town"\nlicence = "CC0"\npath = "town.zip"\n'
    (tmp_path / "config.toml").write_text(MINIMAL + feed + golden)
    desk = Desk(tmp_path, str(tmp_path / "config.toml"))
    said = desk.says("load", desk.town(), exit_code=1)
    assert "Tori > Satama at 03:00: nothing_in_window" in said
    assert desk.serves() == []


@pytest.fixture
def fetching(tmp_path: Path, publisher: Publisher) -> Desk:
    feed = f'[[feeds]]\nid = "own"\nlicence = "CC0"\nurl = "{publisher.address}"\n'
    (tmp_path / "config.toml").write_text(MINIMAL + feed)
    return Desk(tmp_path, str(tmp_path / "config.toml"))


def test_fetch_loads_what_is_new_and_nothing_else(fetching: Desk, publisher: Publisher) -> None:
    assert "in service: own" in fetching.says("fetch")
    assert "nothing to do" in fetching.says("fetch", "own")
    assert publisher.asked == 2


def test_a_feed_that_cannot_be_fetched_leaves_the_others_alone(tmp_path: Path, publisher: Publisher) -> None:
    """The first of two; nobody listens at its address."""
    feed = '[[feeds]]\nid = "{}"\nlicence = "CC0"\nurl = "{}"\n'
    two = feed.format("gone", "http://127.0.0.1:9/gone.zip") + feed.format("own", publisher.address)
    (tmp_path / "config.toml").write_text(MINIMAL + two)
    said = Desk(tmp_path, str(tmp_path / "config.toml")).says("fetch", exit_code=1)
    assert re.search(r"in service: own [0-9a-f]{12} \(network ", said)
    assert "hent: gone is refused, nothing has changed: http://127.0.0.1:9/gone.zip: cannot be fetched" in said


def test_fetch_does_not_bring_back_what_was_rolled_back(fetching: Desk) -> None:
    fetching.says("load", fetching.town("Before"), "--feed", "own")
    before = fetching.serves()
    fetching.says("fetch", "own")
    assert fetching.serves() != before
    fetching.says("rollback", "own")
    assert "nothing to do" in fetching.says("fetch", "own")
    assert fetching.serves() == before
    fetching.says("load", "own")
    assert fetching.serves() != before


def test_without_an_address_there_is_nothing_to_fetch(desk: Desk) -> None:
    assert desk.says("fetch", exit_code=1) == "hent: no such feed of the config with an address: ID\n"


def test_a_version_on_disk_is_named_by_its_content(desk: Desk) -> None:
    desk.loads()
    (feed,) = feeds_in_service(desk.folder / "var")
    assert stored_feed(desk.folder / "var", "town", feed.sha256).read_bytes() == (desk.folder / "town.zip").read_bytes()
