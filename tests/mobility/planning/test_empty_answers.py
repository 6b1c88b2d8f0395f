"""An answer without a ride says why there is none."""

import pytest

from mobility.planning.planner import plan
from mobility.routing.empty_reason import EmptyReason
from tests.town import ask, moment, told, town

ROW = "A 0 0, B 3 0, C 6 0"

ONE_LINE = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    8:30  8:40  8:50
    """


@pytest.mark.parametrize(
    ("start", "end", "when", "reason"),
    [
        ("9 9", "C", "2026-06-03 7:55", EmptyReason.NO_STOP_NEAR_ORIGIN),
        ("A", "9 9", "2026-06-03 7:55", EmptyReason.NO_STOP_NEAR_DESTINATION),
        ("A", "C", "2030-06-03 7:55", EmptyReason.OUTSIDE_SERVICE_PERIOD),
        ("C", "A", "2026-06-03 7:55", EmptyReason.NOTHING_IN_WINDOW),
    ],
)
def test_an_empty_answer_says_why(start: str, end: str, when: str, reason: EmptyReason) -> None:
    territory = town(ROW, ONE_LINE)
    assert plan(territory, ask(territory, start, end, when)).reason == reason


def test_a_day_without_service_is_named_as_such() -> None:
    one_day = {
        "calendar": """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        S,1,1,1,1,1,0,0,20260601,20260614
        """
    }
    territory = town(ROW, ONE_LINE, one_day)
    query = ask(territory, "A", "C", "2026-06-06 7:55", widen=False)
    assert plan(territory, query).reason == EmptyReason.NO_SERVICE_ON_DAY


def test_when_nothing_more_leaves_today_tomorrow_is_offered() -> None:
    territory = town(ROW, ONE_LINE)
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 20:00", results=1))
    assert told(answer) == ["Bus1 A 8:00 > C 8:20"]
    assert answer.itineraries[0].departure_s == moment("2026-06-04 8:00")
