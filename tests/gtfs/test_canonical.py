"""The canonical rules run in a process of their own: what they find, and what becomes of one that goes too far."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gtfs.accept import check
from gtfs.archive import ReadLimits
from gtfs.canonical import UNFINISHED, canonical
from tests.gtfs import tiny

HEADSIGN_IN_CAPITALS = """
    # trips.txt
    route_id,service_id,trip_id,trip_headsign,wheelchair_accessible
    R,ALL,T,GARE DE LORIENT,1
    """


def packed(tmp_path: Path, text: str = "") -> Path:
    return tiny.packed(tiny.files(text), tmp_path / "feed.zip")


def test_a_canonical_finding_has_its_place(tmp_path: Path) -> None:
    _, report = check(packed(tmp_path, HEADSIGN_IN_CAPITALS), tiny.SOURCE, ReadLimits(), tiny.TODAY)
    told = (
        "WARNING mixed_case_recommended_field trips.txt:2:trip_headsign 'GARE DE LORIENT' (field should use mixed case)"
    )
    assert [str(notice) for notice in report.of("mixed_case_recommended_field")] == [told]


def test_what_our_own_rules_look_for_is_told_once(tmp_path: Path) -> None:
    text = tiny.DEFAULTS.replace("47.70,-3.40,1", "97.70,-3.40,1")
    _, report = check(packed(tmp_path, text), tiny.SOURCE, ReadLimits(), tiny.TODAY)
    assert report.counts["number_out_of_range"] == 1


@pytest.mark.parametrize(("country", "told"), [("FR", ["agency_phone 'appelez'"]), ("", [])])
def test_telephone_numbers_are_judged_where_the_country_is_known(tmp_path: Path, country: str, told: list[str]) -> None:
    text = """
        # agency.txt
        agency_id,agency_name,agency_url,agency_timezone,agency_phone
        S,Bus,https://example.org,Europe/Paris,appelez
        """
    found = canonical(packed(tmp_path, text), tiny.TODAY, ReadLimits(), country)
    wrong = [one for one in found.notices if one.code == "invalid_phone_number"]
    assert [f"{one.field} {one.value!r}" for one in wrong] == told


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"max_check_s": 0.001}, "it took longer than 0.001 s"),
        ({"max_check_bytes": 2**20}, "it failed, or needed more"),
    ],
)
def test_a_check_that_goes_too_far_is_ended_and_told(tmp_path: Path, limits: dict[str, float], why: str) -> None:
    found = canonical(packed(tmp_path), tiny.TODAY, replace(ReadLimits(), **limits))
    assert [(notice.code, notice.message[: len(why)]) for notice in found.notices] == [(UNFINISHED, why)]


def test_an_unfinished_check_refuses_no_feed(tmp_path: Path) -> None:
    limits = ReadLimits(max_check_s=0.001)
    _, report = check(packed(tmp_path), tiny.SOURCE, limits, tiny.TODAY)
    assert report.accepted and report.counts == {UNFINISHED: 1}
