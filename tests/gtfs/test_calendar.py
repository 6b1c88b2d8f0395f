"""Which service runs when: calendar.txt, calendar_dates.txt, or both."""

from datetime import date, timedelta

from tests.gtfs import tiny


def runs(text: str, service: str = "ALL", without: str = "") -> list[str]:
    """The days of a service, as MM-DD."""
    services = tiny.feed(text, without).services
    row = services.ids.index(service)
    days = [services.first_day + timedelta(days=int(day)) for day in services.active[row].nonzero()[0]]
    return [f"{day:%m-%d}" for day in days]


def test_a_week_of_weekdays() -> None:
    text = """
    # calendar.txt
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    ALL,1,0,0,0,0,1,0,20300501,20300514
    """
    assert runs(text) == ["05-04", "05-06", "05-11", "05-13"]


def test_dates_only() -> None:
    text = """
    # calendar_dates.txt
    service_id,date,exception_type
    ALL,20300714,1
    ALL,20300501,1
    ALL,20300502,2
    """
    assert runs(text, without="calendar.txt") == ["05-01", "07-14"]


def test_dates_add_to_the_week_and_take_from_it() -> None:
    text = """
    # calendar.txt
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    ALL,1,1,0,0,0,0,0,20300506,20300512

    # calendar_dates.txt
    service_id,date,exception_type
    ALL,20300507,2
    ALL,20300430,1
    EXTRA,20300601,1

    # trips.txt
    route_id,service_id,trip_id
    R,ALL,T
    R,EXTRA,T2
    """
    assert runs(text) == ["04-30", "05-06"]
    assert runs(text, "EXTRA") == ["06-01"]


def test_the_last_day_belongs_to_the_service() -> None:
    text = """
    # calendar.txt
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    ALL,1,1,1,1,1,1,1,20300501,20300501
    """
    assert runs(text) == ["05-01"]


def test_days_on_which_nothing_runs_are_cut_off() -> None:
    text = """
    # calendar.txt
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    ALL,0,0,0,0,0,0,1,20300101,20300115
    """
    services = tiny.feed(text).services
    assert (services.first_day, services.active.shape) == (date(2030, 1, 6), (1, 8))


def test_a_service_without_a_day_never_runs() -> None:
    text = """
    # calendar.txt
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    ALL,0,0,0,0,0,0,0,20300101,20300115
    LATE,1,1,1,1,1,1,1,20300115,20300101
    """
    assert runs(text) == runs(text, "LATE") == []
