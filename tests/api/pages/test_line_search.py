"""Which lines a word leads to: what is called so first, however it is written; and the picture of each group."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.town import town

STOPS = "Gare 0 0, Terrier 1 0, Lycée 9 0"
LINES = """
    T1
    Gare   Lycée
    8:00   8:10

    T4
    Gare   Terrier
    9:00   9:20

    14
    Gare   Terrier
    9:00   9:20

    N1
    Gare   Terrier
    9:00   9:20

    TER
    Gare   Lycée
    9:30   9:40
    """
ROUTES = """
    route_id,agency_id,route_short_name,route_long_name,route_type
    T1,T,T1,,3
    T4,T,T4,,3
    14,T,14,,3
    N1,T,N1,,3
    TER,T,TER,,2
    """


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    return CheckedClient(app_of(town(STOPS, LINES, more={"routes": ROUTES})))


def searched(client: CheckedClient, typed: str) -> str:
    return unescape(client.post("/lines?lang=fr", data={"name": typed}).text)


def found(client: CheckedClient, typed: str) -> set[str]:
    return set(re.findall(r'<li><a href="/lines/t_([^?"]*)', searched(client, typed)))


@pytest.mark.parametrize("typed", ["T4", "t4", "T 4", "T-4", "t’4", "Ligne T4", "ligne t 4", "bus T4", "ligne 4", "4"])
def test_a_line_is_found_however_its_number_is_written(client: CheckedClient, typed: str) -> None:
    assert found(client, typed) == {"T4"}


@pytest.mark.parametrize(
    ("typed", "lines"), [("N 1", {"N1"}), ("n1", {"N1"}), ("ligne 1", {"T1", "N1"}), ("n° 14", {"14"}), ("14", {"14"})]
)
def test_letters_that_are_part_of_the_name_count_before_the_number_alone(
    client: CheckedClient, typed: str, lines: set[str]
) -> None:
    assert found(client, typed) == lines


def test_the_line_of_the_very_name_goes_before_names_that_begin_so_and_those_before_names_that_hold_it(
    client: CheckedClient,
) -> None:
    assert found(client, "ter") == {"TER"}
    assert found(client, "terri") == {"T4", "14", "N1"}
    assert found(client, "errier") == {"T4", "14", "N1"}


@pytest.mark.parametrize(("typed", "meant"), [("T 9", ["T1", "T4"]), ("ligne T9", ["T1", "T4"]), ("X14", ["14"])])
def test_a_number_that_no_line_has_is_answered_by_the_lines_beside_it(
    client: CheckedClient, typed: str, meant: list[str]
) -> None:
    page = searched(client, typed)
    assert found(client, typed) == set()
    assert re.findall(r'<button name="namePick" value="([^"]*)"', page) == meant


def test_a_train_stands_under_trains_and_beside_no_bus(client: CheckedClient) -> None:
    page = searched(client, "")
    groups = re.findall(r"<h2>(.*?)</h2>\s*<ul class=\"list signs\">(.*?)</ul>", page, re.DOTALL)
    pictures = {
        tuple(re.findall(r'href="/lines/t_([^?"]*)', lines)): (
            re.findall(r"icons\.\w*\.?svg#(\w+)|#(\w+)\"", head),
            re.sub(r"<.*?>", "", head, flags=re.DOTALL),
        )
        for head, lines in groups
    }
    icons, name = pictures["TER",]
    assert ([one or other for one, other in icons], name.strip()) == (["train"], "Trains")
    assert all("train" not in str(icons) for lines, (icons, _) in pictures.items() if "TER" not in lines)
