"""What the rest of Hent gets to see of a feed."""

from datetime import date

from tests.gtfs import tiny


def test_a_plain_feed_is_read_as_it_stands() -> None:
    snapshot = tiny.accepted()
    assert tiny.ride(snapshot) == "A 8:00 > B 8:10 > C 8:20"
    assert [stop.name for stop in snapshot.stops] == ["Alpha", "Beta", "Gamma"]
    assert (snapshot.first_day, snapshot.last_day) == (date(2030, 1, 1), date(2030, 12, 31))
    assert (snapshot.publisher_name, snapshot.version) == ("Hent", "1")
