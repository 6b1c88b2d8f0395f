"""A town with a bus that stops where one has telephoned, and after it one that just comes."""

from __future__ import annotations

from mobility.routing.territory import Territory
from tests.town import town

ROW = "A 0 0, B 3 0, C 6 0"
PHONE_FIRST = "A 2 R > B 3 > C 2 R"


def booked(notice: str, calls: str = PHONE_FIRST, kind: int = 2, before: str = "") -> Territory:
    """notice: of rule R, `1,15:00` is the day before until three, `,,30` half an hour ahead. calls: of the bus at 8:00,
    with the type of getting in (at C of getting out) and the rule; the bus at 9:00 stops for everyone.
    before: a trip of Bus0 that does, too."""
    lines = "Bus1\nA B C\n8:00 8:10 8:20\n9:00 9:10 9:20" + (f"\n\nBus0\nA B C\n{before}" if before else "")
    fields = [[*call.split(), "", ""][:3] for call in calls.split(" > ")]
    rows = []
    for number, (stop, rule, booking) in enumerate(fields):
        ends = f"{rule},{booking},," if number < len(fields) - 1 else f",,{rule},{booking}"
        rows += [f"Bus1-1,8:{number}0:00,8:{number}0:00,{stop},{number},{ends}"]
    rows += [f"Bus1-2,9:{number}0:00,9:{number}0:00,{stop},{number},,,," for number, (stop, _, _) in enumerate(fields)]
    for number, time in enumerate(before.split()):
        rows += [f"Bus0-1,{time}:00,{time}:00,{ROW.split(', ')[number][0]},{number},,,,"]
    days, at, minutes = [*notice.split(","), "", ""][:3]
    return town(
        ROW,
        lines,
        more={
            "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,"
            "pickup_booking_rule_id,drop_off_type,drop_off_booking_rule_id\n" + "\n".join(rows),
            "booking_rules": "booking_rule_id,booking_type,prior_notice_duration_min,prior_notice_last_day,"
            "prior_notice_last_time,message,phone_number\n"
            f"R,{kind},{minutes},{days},{at and at + ':00'},Ask for Anna,+33200000000",
        },
    )
