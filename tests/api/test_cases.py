"""Small inputs that once gave a wrong answer: each folder of the reference data, each question, and what is right.

Right is what the README of the folder says, with its reason; how a question is asked stands in cases.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.cases import CASES, DRIVERS, Worlds, told

if not CASES.exists():
    pytest.skip("HENT_REFERENCE_DATA is not set", allow_module_level=True)

TABLE = """
headsign
    h_A h_D 7:50 | H 8:00 h A > 8:30 h D "Dun, through Cam"
    h_B h_D 7:50 | H 8:10 h B > 8:30 h D "Dun"
    h_C h_D 7:50 | H 8:20 h C > 8:30 h D "Ring"
    h_A h_D 9:50 | N 10:00 h A > 10:30 h D "Town centre"
by-phone
    p_A p_C 7:50 | 1 8:00 p A > 8:20 p C "p C", COMPULSORY until 2027-01-11T14:00:00Z, by +33297000000
    p_A p_B 7:50 | 1 8:00 p A > 8:10 p B "p C", COMPULSORY until 2027-01-11T14:00:00Z, by +33297000000
    p_A p_C 7:50 noCompulsoryReservation=true | 1 9:00 p A > 9:20 p C "p C"
    p_B p_C 7:50 noCompulsoryReservation=true | 1 9:10 p B > 9:20 p C "p C"
ring
    r0_C r0_A 8:11 | R 8:15 r0 C > 8:25 r0 A "r0 Z"
    r2_C r2_A 8:11 | R 8:15 r2 C > 8:25 r2 A "r2 Z"
    r2_C r2_A 8:11 joinInterlinedLegs=false | R 8:15 r2 C > 8:18 r2 Z "r2 Z", R 8:20 r2 Z > 8:25 r2 A "r2 Z" (stay)
two-languages
    found An Oriant Ti-gar | x_t_G
    found Porzh-Loeiz | x_t_P
    br t_G t_P | An Oriant Ti-gar > Porzh-Loeiz
    fr t_G t_P | Lorient Gare > Port-Louis
change-walk
    k_A k_Z 9:10 arriveBy=true | 1 8:00 k A > 8:22 k P "k R", walk 65 m, 2 8:35 k P2 > 9:00 k Z "k Z"
    k_A k_Z 7:50 | 1 8:00 k A > 8:22 k P "k R", walk 65 m, 2 8:35 k P2 > 9:00 k Z "k Z"
    demo Hennebont > Guidel-Plages, 2026-12-23T11:40 | out 12:22 Gare d'Échanges, walk 65 m, 5 at 12:35
    demo Avenue Kennedy > Lannenec, 2026-12-23T17:00 | out 18:07 Gare d'Échanges, walk 65 m, 6 at 18:20
names
    Paris | « Paris » est hors de notre territoire (Pays de Lorient).
    Rue de Liege, Lorient | Nous ne connaissons pas les rues : « Rue de Liege, Lorient » n’est ni un arrêt
    12 rue du Port Lorient | Nous ne connaissons pas les rues : « 12 rue du Port Lorient » n’est ni un arrêt
    mairie lanester | a trip from Lanester Hôtel de Ville
refresh
    WALK WALK | WALK, WALK lost: The trip goes from the first stop to the last
    BIKE BIKE | BIKE, BIKE lost: The trip goes from the first stop to the last
    CAR_PARKING WALK | CAR, WALK lost: The trip goes from the first stop to the last
    CAR_DROPOFF WALK | CAR, None lost: The trip begins at the first stop
one-to-all
    lorient_aeroport | 18
reasons
    47.639,-3.4535 profile=reduced_mobility | walk_too_long: 17 minutes on foot from Groix Port-Tudy (quai)
    47.7073,-3.3545 maxTravelTime=20 | longer_than_asked: There are trips, but all take longer than the time asked for
over-water
    60.1625,24.9600 1800 | no stops, no ways, no direct, no itineraries
    60.1560,24.9700 1800 | no stops, no ways, no direct, no itineraries
    60.1537,24.9519 1800 | no stops, no ways, no direct, no itineraries
    60.1497,24.9572 1800 | no stops, no ways, no direct, no itineraries
    60.1467,24.9865 1800 | no stops, no ways, no direct, no itineraries
    60.1400,24.9880 1800 | no stops, no ways, no direct, no itineraries
    60.1565,24.9760 1800 | no stops, no ways, no direct, no itineraries
    60.1530,24.9640 1800 | no stops, no ways, no direct, no itineraries
    60.1520,25.0140 1800 | no stops, no ways, no direct, no itineraries
    60.1370,25.0010 1800 | no stops, no ways, no direct, no itineraries
    60.1390,24.9150 1800 | no stops, no ways, no direct, no itineraries
    60.1640,24.9300 900 | many stops, some ways, some direct, some itineraries
map-initial
    hasStreetRouting | True
    hasRoutedTransfers | True
    lat | 60.20
    lon | 24.93
feeds
    a.zip with b.zip | published, published; feed 2026-11-01 other 2026-11-01: Alpha, Europe/Paris
    fut.zip after a.zip | waiting; feed 2026-11-01: Alpha, Europe/Paris
    old.zip | published expired_feed; feed 2024-01-01: Alpha, Europe/Paris
    old.zip after a.zip | refused; feed 2026-11-01: Alpha, Europe/Paris
    no-day.zip after a.zip | refused; feed 2026-11-01: Alpha, Europe/Paris
    cp1252.zip | published; feed 2026-11-01: Place de l’Œuvre, Europe/Paris
    tzlow.zip | published; feed 2026-11-01: Alpha, Europe/Paris
    links of unsafe-links.zip | 0
    freq.zip after a.zip | refused; feed 2026-11-01: Alpha, Europe/Paris
    freq8.zip after a.zip | refused; feed 2026-11-01: Alpha, Europe/Paris
"""
PROSE = {"names", "reasons"}
"""Whose answers are sentences: their beginning says what was wrong."""


def rows() -> Iterator[Any]:
    folder = ""
    for line in TABLE.strip().splitlines():
        if not line.startswith(" "):
            folder = line
            continue
        asked, right = line.strip().split(" | ")
        yield pytest.param(folder, asked, right, id=f"{folder}: {asked}")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("cases"), tmp_path_factory)


@pytest.mark.parametrize(("folder", "asked", "right"), list(rows()))
def test_what_was_wrong_is_right(worlds: Worlds, folder: str, asked: str, right: str) -> None:
    answer = told(worlds, folder, asked)
    assert answer == right or (folder in PROSE and answer.startswith(right)), answer


def test_each_folder_and_each_feed_of_them_has_its_cases() -> None:
    asked = [row.values for row in rows()]
    folders = {path.name for path in CASES.iterdir() if path.is_dir()}
    assert folders == set(DRIVERS) == {folder for folder, *_ in asked}
    words = {word for folder, words, _ in asked if folder == "feeds" for word in words.split()}
    assert {file.name for file in (CASES / "feeds").iterdir()} <= words
