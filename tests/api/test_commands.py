"""The `hent` command: what each verb prints, where, and with which exit code."""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import click
import pytest
from click.testing import CliRunner, Result

from api.commands import main
from api.in_service import is_expiring
from api.incoming import clean_id
from mobility.feeds.versions import feeds_in_service

ROOT = Path(__file__).parent.parent.parent
CONFIG = str(ROOT / "config.toml")

TOWN = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nT,Town,https://town.example,Europe/Helsinki\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nA,Tori,60.17,24.93\nB,Satama,60.20,24.93\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_type\nR,T,7,3\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "S,1,1,1,1,1,1,1,20260101,20261231\n",
    "trips.txt": "route_id,service_id,trip_id\nR,S,T1\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "T1,08:00:00,08:00:00,A,1\nT1,08:10:00,08:10:00,B,2\n",
}


def zipped(folder: Path, name: str = "town.zip", **changed: str) -> Path:
    with zipfile.ZipFile(folder / name, "w") as archive:
        for table, text in (TOWN | {f"{table}.txt": text for table, text in changed.items()}).items():
            archive.writestr(table, text)
    return folder / name


def hent(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo territory is in service."""
    data = tmp_path_factory.mktemp("data")
    hent("plan", "Groix", "Lorient", "--config", CONFIG, "--data", data)
    return data


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which only a feed is in service that the config does not name."""
    folder = tmp_path_factory.mktemp("town")
    assert hent("feeds", "load", zipped(folder), "--config", CONFIG, "--data", folder / "var").exit_code == 0
    return folder / "var"


class Publisher:
    """Serves one feed on this machine and counts who asks."""

    def __init__(self, feed: bytes) -> None:
        self.asked = 0
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.asked += 1
                self.send_response(200)
                self.end_headers()
                self.wfile.write(feed)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/town.zip"


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    found = Publisher(zipped(tmp_path).read_bytes())
    thread = Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


def next_weekday() -> date:
    """A Tuesday within the demo's calendar."""
    today = datetime.now(UTC).date()
    return today + timedelta(days=(1 - today.weekday()) % 7 + 7)


@pytest.mark.parametrize(
    "verb",
    ["", "serve", "plan", "feeds", "feeds check", "feeds load", "feeds list", "feeds show", "evaluate", "graph",
     "graph export", "graph show", "data", "data build", "demo", "demo build"],
)  # fmt: skip
def test_every_verb_explains_itself(verb: str) -> None:
    result = hent(*verb.split(), "--help")
    assert (result.exit_code, result.stdout.startswith("Usage: ")) == (0, True)


def test_a_verb_that_does_not_exist_is_a_fault_of_usage() -> None:
    assert hent("fly").exit_code == 2


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = "{'numba', 'pandas', 'flask', 'scipy', 'gtfs_kit', 'networkx', 'pydantic'}"
    program = f"import sys; from api.commands import main; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"


def test_a_trip_over_the_harbour_takes_a_boat(demo: Path) -> None:
    at = f"{next_weekday()}T08:00"
    result = hent("plan", "Gare d'Échanges", "Port-Louis", "--at", at, "--config", CONFIG, "--data", demo)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Gare d'Échanges (Lorient) → Port-Louis")
    assert "bateau" in result.stdout


def test_what_a_name_was_taken_for_is_said_on_stderr(demo: Path) -> None:
    result = hent("plan", "gare dechange", "port loui", "--config", CONFIG, "--data", demo)
    assert result.stderr == "FROM: Gare d'Échanges (Lorient)\nTO: Port-Louis\n"


def test_json_is_the_body_of_the_api(demo: Path) -> None:
    at = f"{next_weekday()}T08:00"
    result = hent("plan", "lorient_gare", "47.7073,-3.3545", "--at", at, "--json", "--config", CONFIG, "--data", demo)
    body = json.loads(result.stdout)
    assert set(body) >= {"requestParameters", "from", "to", "direct", "itineraries", "previousPageCursor", "hent"}
    assert body["itineraries"][0]["startTime"].startswith(str(next_weekday()))


def test_a_time_without_offset_is_by_the_clocks_of_the_territory(demo: Path) -> None:
    at = f"{next_weekday()}T08:00"
    result = hent("plan", "Groix", "Lorient", "--at", at, "--arrive-by", "--json", "--config", CONFIG, "--data", demo)
    latest = max(itinerary["endTime"] for itinerary in json.loads(result.stdout)["itineraries"])
    assert latest <= f"{next_weekday()}T07:00:00Z"


def test_a_profile_changes_how_fast_one_walks(demo: Path) -> None:
    ends = "47.7553,-3.3637", "47.7580,-3.3637"
    walks = []
    for profile in ("senior", "adult", "hurried"):
        result = hent("plan", *ends, "--profile", profile, "--json", "--config", CONFIG, "--data", demo)
        walks.append(json.loads(result.stdout)["direct"][0]["duration"])
    assert walks[0] > walks[1] > walks[2]


def test_a_place_that_is_not_there_is_one_line_and_exit_code_1(demo: Path) -> None:
    result = hent("plan", "Xyzzy", "Groix", "--config", CONFIG, "--data", demo)
    assert (result.exit_code, result.stderr) == (1, "hent: no such place: FROM\n")


def test_a_time_that_cannot_be_read_is_exit_code_2(demo: Path) -> None:
    result = hent("plan", "Gare", "Groix", "--at", "soon", "--config", CONFIG, "--data", demo)
    assert (result.exit_code, result.stderr.splitlines()[-1].startswith("hent: time: ")) == (2, True)


def test_a_config_that_is_wrong_is_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("colour = 1")
    result = hent("feeds", "list", "--config", tmp_path / "config.toml", "--data", tmp_path)
    assert (result.exit_code, result.stderr) == (2, "hent: config: colour: is no key of this section\n")


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
    assert "08:00  bus 7 direction Satama : Tori → Satama  08:10" in result.stdout
    assert hent("plan", "Groix", "Satama", "--config", CONFIG, "--data", town).stderr == "hent: no such place: FROM\n"


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


def test_a_feed_that_is_not_loaded_cannot_be_shown(town: Path) -> None:
    assert hent("feeds", "show", "paris", "--data", town).exit_code == 1


@pytest.mark.parametrize("name", ["nowhere.zip", "izilo"])
def test_what_is_neither_file_nor_address_nor_known_cannot_be_loaded(name: str, tmp_path: Path) -> None:
    result = hent("feeds", "load", name, "--config", CONFIG, "--data", tmp_path)
    assert (result.exit_code, result.stderr) == (1, "hent: no such file, address or feed of the config: FILE_OR_URL\n")


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


def test_the_graph_says_what_one_can_do_from_a_stop(demo: Path) -> None:
    result = hent("graph", "show", "port louis la pointe quai", "--json", "--config", CONFIG, "--data", demo)
    options = json.loads(result.stdout)
    assert {ride["vehicle"] for ride in options["rides"]} == {"FERRY"}
    assert "Port-Louis La Pointe" in {walk["name"] for walk in options["walks"]}


def test_the_graph_is_exported_for_maps(town: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.geojson"
    assert (
        hent("graph", "export", "--format", "geojson", "--output", path, "--config", CONFIG, "--data", town).exit_code
        == 0
    )
    assert {feature["geometry"]["type"] for feature in json.loads(path.read_text())["features"]} == {
        "Point",
        "LineString",
    }


def evaluated(folder: Path, answer: str, queries: str = "0,A,B,28500") -> Result:
    """The town's only trip leaves A at 8:00 and is at B at 8:10, second 29 400."""
    (folder / "queries.csv").write_text(f"qid,from_stop_id,to_stop_id,dep_sec\n{queries}\n")
    (folder / "answers.csv").write_text(f"qid,n_trips,arrival_sec\n{answer}\n")
    files = "--queries", folder / "queries.csv", "--answers", folder / "answers.csv"
    feed = zipped(folder, agency=TOWN["agency.txt"].replace("Europe/Helsinki", "UTC"))
    return hent("evaluate", "--gtfs", feed, "--date", "20260602", *files, "--json")


def test_answers_equal_to_the_reference_are_exit_code_0(tmp_path: Path) -> None:
    result = evaluated(tmp_path, "0,1,29400")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["queries"], told["equal"], told["window"]) == (0, 1, 1, {"queries": 0, "equal": 0})
    assert {"load_s", "peak_mib", "query_us", "window_us", "journeys_us", "earliest_us"} <= set(told)


def test_an_answer_that_differs_is_exit_code_1(tmp_path: Path) -> None:
    result = evaluated(tmp_path, "0,1,29000")
    assert (result.exit_code, json.loads(result.stdout)["equal"]) == (1, 0)


def test_a_query_that_cannot_be_read_is_named_by_line(tmp_path: Path) -> None:
    result = evaluated(tmp_path, "0,1,29400", queries="0,A,B,noon")
    line = "hent: queries.csv: line 2: dep_sec is missing or no whole number\n"
    assert (result.exit_code, result.stderr) == (2, line)


def test_the_demo_is_written_as_a_feed(tmp_path: Path) -> None:
    result = hent("demo", "build", tmp_path, "--date", "2026-06-01")
    assert zipfile.is_zipfile(result.stdout.strip())


def test_a_folder_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = hent("demo", "build", tmp_path / "file" / "sub")
    assert (result.exit_code, result.stderr.startswith("hent: "), len(result.stderr.splitlines())) == (1, True, 1)


def test_every_verb_is_documented_and_every_documented_verb_exists() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert set(re.findall(r"^\| `hent ([a-z -]+)` \|", page, re.MULTILINE)) == set(verbs(main))


def verbs(group: click.Group, before: str = "") -> Iterator[str]:
    for name, verb in group.commands.items():
        yield from verbs(verb, f"{before}{name} ") if isinstance(verb, click.Group) else [before + name]
