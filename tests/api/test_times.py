"""Points in time as real clients write them."""

from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict

from api.parse.times import moment
from api.parse.values import Values
from mobility.errors import InvalidQuery
from tests.town import moment as local

PARIS = ZoneInfo("Europe/Paris")
SEVEN = local("2026-01-03 7:05")


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-03T06:05:00Z",
        "2026-01-03T06:05:00.000Z",
        "2026-01-03T07:05:00+01:00",
        "2026-01-03T07:05:00+0100",
        "2026-01-03T07:05:00 01:00",
        "2026-1-3T7:05:00.0+0100",
        "2026-1-3T7:5:00.0 0100",
        "2026-01-03T07:05:00",
        "2026-01-03T07:05",
        "2026-01-03 07:05",
        "2026-01-03t06:05:00z",
        "2026-01-03T01:05:00-05:00",
    ],
)
def test_a_moment_has_many_spellings(written: str) -> None:
    assert moment(Values(MultiDict({"time": written})), "time", PARIS, 0) == SEVEN


@pytest.mark.parametrize(
    "written", ["7:05", "2026-01-03", "2026-13-03T07:05", "2026-01-03T25:05", "1767420300", "2026-01-03T07:05:00+1"]
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(InvalidQuery, match=r"^time: "):
        moment(Values(MultiDict({"time": written})), "time", PARIS, 0)


def test_no_moment_is_now() -> None:
    assert moment(Values(MultiDict()), "time", PARIS, 42) == 42
