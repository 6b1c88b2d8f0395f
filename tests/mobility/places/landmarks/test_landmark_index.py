"""Places that people name, in one list with stops, communes and addresses, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from mobility.errors import InvalidConfig
from mobility.geo import Point
from mobility.places.build import Entry, index_of
from mobility.places.gazetteer import Gazetteer
from mobility.places.landmarks.build import LandmarkSources, load_landmarks
from mobility.places.landmarks.kinds import BY_NAME
from mobility.places.landmarks.landmark import Landmark
from mobility.places.landmarks.landmark_index import LandmarkIndex, landmark_index
from mobility.places.landmarks.storage import followed_landmarks
from mobility.places.landmarks.table import read_landmarks
from mobility.places.match import KINDS, Wanted

CENTRE = Point(47.75, -3.36)
TABLE = """poi_id,kind,name,commune,lat,lon,name_br,name_en,also
pool,swimming_pool,Aquacéane,Lorient,47.751,-3.361,Poull Aquacéane,Aquaceane,Piscine du Port;Bains
school,school,École Nord,Lorient,47.752,-3.362,,,
hospital,hospital,Centre hospitalier Bretagne Sud,Lorient,47.753,-3.363,,Lorient Hospital,CHU
shop,supermarket,Leclerc,Lanester,47.77,-3.34,,,
shop2,supermarket,Leclerc,Lorient,47.7501,-3.3601,,,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "pois.csv"
    file.write_text(TABLE, "utf-8")
    return file


@pytest.fixture
def landmarks(table: Path) -> LandmarkIndex:
    return landmark_index(read_landmarks(table), "test")


@pytest.fixture
def known(landmarks: LandmarkIndex) -> Gazetteer:
    entries = [
        Entry("commune", "commune/56121", "Lorient", CENTRE, area=0, importance=0.9),
        Entry("stop", "t_1", "Poulfanc", CENTRE, 0, area=0, importance=1.0),
        Entry("stop", "t_2", "Leclerc", CENTRE, 1, area=0),
        Entry("stop", "t_3", "Port Louis", CENTRE, 2, area=0),
    ]
    return Gazetteer(index_of(entries, ["Lorient"]), landmarks=landmarks.places)


def first(known: Gazetteer, text: str) -> str:
    return next((f"{one.kind} {one.name}, {one.area}" for one in known.search(text, 3)), "")


@pytest.mark.parametrize(
    "typed", ["piscine", "poull-neuial", "pool", "swimming pool", "piscine lorient", "Poull neuial"]
)
def test_a_pool_is_found_by_its_kind_in_each_language(known: Gazetteer, typed: str) -> None:
    assert first(known, typed) == "swimming_pool Aquacéane, Lorient"


@pytest.mark.parametrize(("typed", "kind"), [("CHU", "hospital"), ("bains", "swimming_pool"), ("skol", "school")])
def test_a_place_is_found_by_each_of_its_names(known: Gazetteer, typed: str, kind: str) -> None:
    assert first(known, typed).split()[0] == kind


def test_one_travels_unasked_to_what_a_text_surely_means(known: Gazetteer) -> None:
    sure = known.understood("gourmarc'had lanester", 5).sure
    assert sure is not None
    assert (sure.name, sure.area) == ("Leclerc", "Lanester")


def test_a_stop_goes_before_a_place_of_its_name_and_is_one_with_that_beside_it(known: Gazetteer) -> None:
    assert [f"{one.kind} {one.area}" for one in known.search("leclerc", 5)] == ["stop Lorient", "supermarket Lanester"]


def test_places_are_told_in_the_language_asked_for(landmarks: LandmarkIndex) -> None:
    told = [landmarks.called_in(languages).name[0] for languages in (["br"], ["en", "br"], ["fr-x-falc"], ["de"], [])]
    assert told == ["Poull Aquacéane", "Aquaceane", "Aquacéane", "Aquacéane", "Aquacéane"]


def test_a_place_is_found_whatever_language_it_is_told_in(landmarks: LandmarkIndex, known: Gazetteer) -> None:
    breton = Gazetteer(known.places, landmarks=landmarks.called_in(["br"]))
    assert first(breton, "aquaceane") == "swimming_pool Poull Aquacéane, Lorient"


def test_the_nearest_place_of_a_point_is_named(known: Gazetteer) -> None:
    found = known.nearest(Point(47.753, -3.363), 1, Wanted(kinds=frozenset(BY_NAME)))
    assert [one.name for one in found] == ["Centre hospitalier Bretagne Sud"]


def test_a_kind_that_nobody_knows_is_named_with_its_file(table: Path) -> None:
    table.write_text(TABLE.replace("swimming_pool", "lagoon"), "utf-8")
    with pytest.raises(InvalidConfig, match=r"pois\.csv.*Aquacéane: kind 'lagoon'"):
        read_landmarks(table)


def test_every_kind_can_be_found_and_asked_for() -> None:
    assert set(BY_NAME) <= set(KINDS)


def test_what_is_in_service_is_followed_and_read_once(table: Path, tmp_path: Path) -> None:
    sources, followed = LandmarkSources([table], ("Town", "CC0")), followed_landmarks(tmp_path)
    assert followed.content() is None
    built, again = load_landmarks(tmp_path, sources), load_landmarks(tmp_path, sources)
    assert (built.is_new, again.is_new) == (True, False)
    there = followed.content()
    assert there is not None
    assert (list(there.places.name), there.sources[:10]) == (list(built.index.places.name), "Town, CC0,")


def test_no_place_at_all_is_no_fault() -> None:
    nothing = landmark_index([], "")
    assert Gazetteer(nothing.places, landmarks=nothing.places).search("pool") == []


def test_a_place_of_which_no_commune_is_known_has_none() -> None:
    alone = landmark_index([Landmark("beach", "b", "Grande Plage", 47.7, -3.3)], "")
    assert [one.area for one in Gazetteer(alone.places, landmarks=None).search("plage")] == [""]
