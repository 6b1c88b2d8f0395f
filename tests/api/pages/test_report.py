"""The report of a check as a page of its own: in three languages, safe to open, readable without eyes."""

from __future__ import annotations

import re

import pytest

from api.pages.report import report_page
from api.web.sentences import LANGUAGES, sentences
from gtfs.remedy import Remedy
from tests.gtfs import tiny

BROKEN = """
    # routes.txt
    route_id,agency_id,route_short_name,route_type,route_color
    R,Z,1,3,<script>alert(1)</script>
    """


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_names_file_line_field_value_and_what_to_do(language: str) -> None:
    page = report_page(tiny.report(BROKEN).to_dict(), language)
    first = page.partition("<section")[2].partition("</section>")[0]
    assert f'<html lang="{language}">' in page
    assert f"{sentences(language)['finding']['foreign_key_violation']}</h2>" in first
    assert "<code>foreign_key_violation</code>" in first
    assert re.findall("<td[^>]*>(.*?)</td>", first) == ["routes.txt", "2", "agency_id", "Z", "not in agency"]
    assert sentences(language)["remedy"]["correct_reference"] in first


def test_a_table_of_findings_has_a_caption_and_headings_of_columns() -> None:
    page = report_page(tiny.report(BROKEN).to_dict(), "en")
    tables = re.findall('<table class="findings">(.*?)</table>', page, re.DOTALL)
    assert len(tables) == page.count("<section") >= 2
    for table in tables:
        assert re.search(r"<caption>\w.*</caption>", table)
        headings = re.findall(r'<th scope="col">(\w+)</th>', table)
        rows = [re.findall(r'<td data-of="(\w+)">([^<]*)</td>', row) for row in table.split("<tr>")[2:]]
        assert table.count("<th ") == len(headings) and headings[0] == "File"
        assert rows and all([name for name, _ in row] == headings for row in rows)
        columns = zip(*([text for _, text in row] for row in rows), strict=True)
        assert all(any(cells) for cells in columns), "none is empty"


def test_only_where_something_is_left_out_the_first_ones_are_spoken_of() -> None:
    report = tiny.report(BROKEN).to_dict()
    once = next(one for one in report["notices"] if one["code"] == "foreign_key_violation")
    assert once["totalNotices"] == len(once["sampleNotices"]) == 1
    page = report_page({**report, "notices": [once]}, "en")
    assert "<p><code>foreign_key_violation</code> · Once" in page
    assert "<caption>Where it is</caption>" in page
    page = report_page({**report, "notices": [{**once, "totalNotices": 2_000}]}, "en")
    assert "<p><code>foreign_key_violation</code> · 2000 times" in page
    assert "<caption>The first 1 of 2000.</caption>" in page


def test_what_stands_in_a_feed_is_text_on_the_page() -> None:
    assert "<script>" not in report_page(tiny.report(BROKEN).to_dict(), "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_remedy_has_its_sentence(language: str) -> None:
    assert set(sentences(language)["remedy"]) == {remedy.value for remedy in Remedy}
