"""Who publishes a timetable is said with each answer: as the config says, else the feed, else its agencies."""

from datetime import date
from pathlib import Path

import pytest

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.tables import feed_version

TABLES = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\nT,Town Buses,https://town.example,Europe/Paris",
    "calendar_dates": "service_id,date,exception_type\nS,20260603,1",
    "stops": "stop_id,stop_name,stop_lat,stop_lon\nA,A,47.7,-3.4\nB,B,47.8,-3.4",
    "routes": "route_id,agency_id,route_short_name,route_type\nR,T,1,3",
    "trips": "route_id,service_id,trip_id\nR,S,T",
    "stop_times": (
        "trip_id,stop_id,stop_sequence,arrival_time,departure_time\nT,A,1,8:00:00,8:00:00\nT,B,2,8:10:00,8:10:00"
    ),
}
INFO = {"feed_info": "feed_publisher_name,feed_publisher_url,feed_lang\nThe Region,https://region.example,fr"}


@pytest.mark.parametrize(
    ("more", "of_config", "said"),
    [({}, "", "Town Buses"), (INFO, "", "The Region"), (INFO, "The Town", "The Town")],
)
def test_the_publisher_is_never_unsaid(tmp_path: Path, more: dict[str, str], of_config: str, said: str) -> None:
    for name, text in (TABLES | more).items():
        (tmp_path / f"{name}.txt").write_text(text + "\n", "utf-8")
    feed, _ = accept(tmp_path, FeedSource("t", "test", of_config), ReadLimits(), date(2026, 6, 1))
    assert feed_version(feed).publisher == said
