"""Meeting points by the published schema 0.2.0, whatever the operator's own file lacks."""

from __future__ import annotations

from datetime import date

from api.portal.meeting_points import BNLC, ID, bnlc_rows
from mobility.network.place import TerritoryPlace

TODAY = date(2026, 11, 24)
CAUDAN = TerritoryPlace("commune", "commune/56036", "Caudan", 47.81, -3.34)
GUIDEL = TerritoryPlace("commune", "commune/56078", "Guidel", 47.79, -3.49)


def place(name: str, lat: float = 47.80, lon: float = -3.35, **known: str) -> TerritoryPlace:
    return TerritoryPlace("carpool_point", f"carpool_point/{name}", name, lat, lon, known)


def rows(*points: TerritoryPlace) -> list[dict[str, object]]:
    return list(bnlc_rows(points, (CAUDAN, GUIDEL), TODAY))


def test_what_the_national_base_gave_stays_as_it_is() -> None:
    given = {"id_lieu": "56036-C-002", "insee": "56036", "type": "Parking", "date_maj": "2019-08-29", "ouvert": "false"}
    (row,) = rows(place("Lann", **given, nbre_pl="50", source="225600014"))
    assert tuple(row) == BNLC
    assert {name: row[name] for name in given} == given
    assert (row["nbre_pl"], row["source"], row["Ylat"]) == ("50", "225600014", 47.8)


def test_a_place_without_a_key_gets_the_next_of_the_nearest_commune() -> None:
    found = rows(place("b"), place("a"), place("Lann", id_lieu="56036-C-001"), place("far", lon=-3.48))
    assert [(row["nom_lieu"], row["id_lieu"]) for row in found] == [
        ("Lann", "56036-C-001"), ("a", "56036-C-002"), ("b", "56036-C-003"), ("far", "56078-C-001"),
    ]  # fmt: skip


def test_a_key_stands_once() -> None:
    found = rows(*(place(name, id_lieu="56036-C-001") for name in "ab"), place("c", id_lieu="C-001"))
    keys = [str(row["id_lieu"]) for row in found]
    assert len(set(keys)) == 3
    assert all(ID.fullmatch(key) for key in keys)


def test_what_the_schema_would_refuse_is_left_out() -> None:
    (row,) = rows(
        place(
            "a", nbre_pl="many", source="1234", lumiere="oui", duree="-5", date_maj="24-06-2019", ouvert="oui", type="P"
        )
    )
    assert [row[name] for name in ("nbre_pl", "source", "lumiere", "duree")] == ["", "", "", ""]
    assert (row["date_maj"], row["ouvert"], row["type"]) == ("2026-11-24", "true", "Aire de covoiturage")
