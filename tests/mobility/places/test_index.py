"""The index on a few invented places: names, sizes, invariants."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtfs.snapshot import Stop
from mobility.feeds.build.network import build as build_network
from mobility.geo import Point
from mobility.network.modes import TRAINS, mode_bits
from mobility.network.place import TerritoryPlace
from mobility.places import storage
from mobility.places.build import Entry, build, index_of
from mobility.places.index import PlaceIndex
from mobility.places.words import folded
from tests.mobility.feeds import tiny


def named(*names: str) -> PlaceIndex:
    return index_of([Entry("stop", name, name, Point(47.7, -3.4), row) for row, name in enumerate(names)], [])


def found(index: PlaceIndex, text: str) -> list[str]:
    return [match.name for match in index.search(text)]


def test_the_whole_name_goes_before_a_longer_one() -> None:
    assert found(named("Rue du Port", "Port", "Port de Pêche"), "port")[0] == "Port"


def test_the_more_important_of_equal_names_goes_first() -> None:
    small = Entry("stop", "small", "Mairie", Point(47.7, -3.4), 0, importance=0.1)
    large = Entry("stop", "large", "Mairie", Point(47.8, -3.4), 1, importance=0.9)
    assert [match.id for match in index_of([small, large], []).search("mairie")] == ["large", "small"]


def test_a_number_is_never_taken_for_another() -> None:
    assert found(named("Quai 12", "Quai 21"), "quai 12")[0] == "Quai 12"
    assert found(named("Avenue 1945"), "1954") == []


@pytest.mark.parametrize("typed", ["kerouman", "keromn", "kreoman", "kerman", "keroman"])
def test_one_letter_wrong_missing_too_many_or_swapped_is_forgiven(typed: str) -> None:
    assert found(named("Kéroman", "Lomener"), typed) == ["Kéroman"]


def test_letters_beyond_ascii_are_found_without_them() -> None:
    assert found(named("Œuvre Straße", "Ørsted"), "oeuvre strasse") == ["Œuvre Straße"]


def test_a_name_in_another_script_is_found() -> None:
    assert found(named("Ομόνοια", "Σύνταγμα"), "συνταγμα") == ["Σύνταγμα"]


def test_a_very_long_word_is_found() -> None:
    long = "Llanfairpwllgwyngyllgogerychwyrndrobwll"
    assert found(named(long, "Llanfair"), long) == [long]


def test_an_index_without_places_answers() -> None:
    assert (found(named(), "port"), named().nearest(Point(47.7, -3.4))) == ([], [])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    for match in named("Gare d'Échanges", "Port-Louis", "St Guénaël").search(text):
        ends = [(start, start + length) for start, length in match.tokens]
        assert all(0 <= start < end <= len(match.name) for start, end in ends)
        assert all(before[1] <= after[0] for before, after in pairwise(ends))


WORDS = st.text("abcdefghijklmnopqrstuvwxyzéèàôç", min_size=3, max_size=9)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=3, unique_by=folded).map(" ".join), min_size=1, max_size=8), st.data()
)
def test_a_place_is_found_by_its_own_name(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    assert sorted(folded(found(named(*names), name)[0]).split()) == sorted(folded(name).split())


def test_a_station_is_also_found_by_the_name_of_one_of_its_stops() -> None:
    station = Stop("S", "Gare", 47.0, -3.0, location_type=1)
    stop = Stop("A", "Quai Nord", 47.0, -3.0, parent=0)
    index = build(build_network([tiny.feed("Bus: A 8:00 > B 8:10", stops=[station, stop])]))
    assert [match.id for match in index.search("quai nord")] == ["t_S"]


def test_both_sides_of_a_street_are_one_place_and_the_next_town_another() -> None:
    near = [Stop(id, "Église", lat, -3.0) for id, lat in (("A", 47.0), ("B", 47.001), ("C", 47.1))]
    index = build(build_network([tiny.feed("Bus: A 8:00 > B 8:10 > C 8:20", stops=near)]))
    assert len(index.search("eglise")) == 2


@pytest.mark.parametrize("mode", sorted(TRAINS))
def test_wherever_trains_stop_people_call_it_a_station(mode: str) -> None:
    network = build_network([tiny.feed("Bus: A 8:00 > B 8:10", stops=[Stop("A", "Redon", 47.65, -2.09)])])
    with_trains = replace(network.stops, modes=np.full(len(network.stops), mode_bits([mode]), np.int32))
    called = build(replace(network, stops=with_trains)), build(network)
    assert [found(index, "gare") == [] for index in called] == [False, True]


def test_a_place_far_from_every_commune_has_none() -> None:
    commune = TerritoryPlace("commune", "1", "Groix", 47.64, -3.45)
    feed = tiny.feed(
        "Bus: A 8:00 > B 8:10", stops=[Stop("A", "Kamppi", 60.17, 24.93), Stop("B", "Bourg", 47.64, -3.46)]
    )
    index = build(build_network([feed], places=(commune,)))
    assert [index.search(name)[0].area for name in ("kamppi", "bourg")] == ["", "Groix"]


def test_an_index_that_was_saved_answers_as_before(tmp_path: Path) -> None:
    network = build_network([tiny.feed("Bus: A 8:00 > B 8:10")])
    made, mapped = (storage.opened_places(tmp_path, network) for _ in range(2))
    assert mapped.search("a") == made.search("a") != []
    assert [path.name for path in tmp_path.iterdir()] == [storage.FOLDER]
