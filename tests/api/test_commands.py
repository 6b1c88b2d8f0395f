"""The `hent` command: what each verb prints, where, and with which exit code."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import Result

from api.commands import main
from tests.api.terminal import CONFIG, ROOT, TOWN, hent, with_town, zipped


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_town(tmp_path_factory.mktemp("town"))


def next_weekday() -> date:
    """A Tuesday within the demo's calendar."""
    today = datetime.now(UTC).date()
    return today + timedelta(days=(1 - today.weekday()) % 7 + 7)


@pytest.mark.parametrize(
    "verb",
    ["", "serve", "plan", "feeds", "feeds check", "feeds load", "feeds list", "feeds show", "evaluate", "graph",
     "graph check", "graph export", "graph show", "data", "data build", "demo", "demo build"],
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


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Paris", "no such place (Paris lies outside the territory): Paris"),
        (
            "999 rue du Port Lorient",
            "no such place: 999 rue du Port Lorient; did you mean 20 Rue du Port (Lorient), Rue du Port (Lorient)",
        ),
    ],
)
def test_plan_asks_back_where_a_telling_word_is_not_known(demo: Path, typed: str, said: str) -> None:
    result = hent("plan", "Groix", typed, "--config", CONFIG, "--data", demo)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_plan_takes_another_word_for_the_same_thing(demo: Path) -> None:
    result = hent("plan", "mairie lanester", "Groix", "--config", CONFIG, "--data", demo)
    assert "FROM: Lanester Hôtel de Ville" in result.stderr


def test_a_place_that_is_not_there_is_one_line_and_exit_code_1(demo: Path) -> None:
    result = hent("plan", "Xyzzy", "Groix", "--config", CONFIG, "--data", demo)
    assert (result.exit_code, result.stderr) == (1, "hent: no such place: Xyzzy\n")


@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_place_without_a_name_is_a_fault_of_the_question(demo: Path, nothing: str) -> None:
    result = hent("plan", "Groix", nothing, "--config", CONFIG, "--data", demo)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "hent: TO: is empty; name a place, the id of a stop, or lat,lon\n" in result.stderr


def test_no_trip_is_an_answer_and_a_day_of_another_year_names_its_year(demo: Path) -> None:
    """The demo's calendar ends before 2090; a walk is there on any day."""
    asked = ("--at", "2090-01-02T08:00", "--config", CONFIG, "--data", demo)
    none = hent("plan", "Groix", "Port-Louis", *asked)
    assert (none.exit_code, "ne couvrent pas cette date" in none.stdout) == (0, True)
    walk = hent("plan", "47.7553,-3.3637", "47.7580,-3.3637", *asked)
    assert (walk.exit_code, "– 02/01/2090 8:00" in walk.stdout) == (0, True)


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        (("feeds", "fetch", "nothing"), "feed of the config with an address: nothing"),
        (("operators", "revoke", "nobody"), "operator with a token in force: nobody"),
    ],
)
def test_what_is_not_found_is_named_as_it_was_typed(words: tuple[str, ...], thing: str, demo: Path) -> None:
    result = hent(*words, "--config", CONFIG, "--data", demo)
    assert (result.exit_code, result.stderr) == (1, f"hent: no such {thing}\n")


def test_a_config_that_is_not_there_is_said_not_to_exist() -> None:
    said = hent("plan", "A", "B", "--config", "/nonexistent.toml").stderr
    assert said == "hent: config: nonexistent.toml: does not exist\n"


def test_a_time_that_clocks_skip_is_a_fault_of_the_option(demo: Path) -> None:
    result = hent("plan", "Gare d'Échanges", "Groix", "--at", "2027-03-28T02:30", "--config", CONFIG, "--data", demo)
    assert result.exit_code == 2
    skipped = "--at: clocks skip this time on that day; they show 2027-03-28T03:30:00+02:00"
    assert result.stderr.splitlines()[-1] == f"hent: {skipped}"


def test_a_time_that_cannot_be_read_is_exit_code_2(demo: Path) -> None:
    result = hent("plan", "Gare d'Échanges", "Groix", "--at", "soon", "--config", CONFIG, "--data", demo)
    assert (result.exit_code, result.stderr.splitlines()[-1].startswith("hent: --at: ")) == (2, True)


def test_a_config_that_is_wrong_is_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("colour = 1")
    result = hent("feeds", "list", "--config", tmp_path / "config.toml", "--data", tmp_path)
    assert (result.exit_code, result.stderr) == (2, "hent: config: colour: is no key of this section\n")


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
    assert 0 < told["ready_s"] <= told["quick_s"]
    assert 0 < told["ready_processor_s"] <= told["quick_processor_s"]


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


def test_nothing_is_said_to_whoever_has_read_enough(tmp_path: Path) -> None:
    """As `hent graph show STOP | head -3` does."""
    read, written = os.pipe()
    os.close(read)
    words = [sys.executable, "-c", "from api.commands import main; main()", "feeds", "list"]
    words += ["--config", CONFIG, "--data", str(tmp_path)]
    done = subprocess.run(words, stdout=written, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (1, b"")


def test_every_verb_is_documented_and_every_documented_verb_exists() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert set(re.findall(r"^\| `hent ([a-z -]+)` \|", page, re.MULTILINE)) == set(verbs(main))


def verbs(group: click.Group, before: str = "") -> Iterator[str]:
    for name, verb in group.commands.items():
        yield from verbs(verb, f"{before}{name} ") if isinstance(verb, click.Group) else [before + name]
