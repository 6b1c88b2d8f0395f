"""`hent serve --disturbed`: an invented day, said to be one on every page, refused where travellers go by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.app import create_app
from api.config import parse_config
from api.feeds.illustrative import Replay, disturbed
from api.territory.in_service import Following
from gtfs.realtime.decode import read_realtime
from mobility.errors import InvalidConfig
from mobility.live.follow import Writer
from tests.api.conftest import config
from tests.api.test_config import MINIMAL
from tests.gtfs.realtime.published import Timetable
from tests.gtfs.realtime.rules import broken

PAGES = ("/", "/lines", "/stops", "/about", "/data/", "/data-use", "/ranking", "/nowhere")


def test_it_is_refused_where_there_is_no_demo_or_travellers_go_by_the_service(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfig, match="plays on the demo"):
        disturbed(parse_config(MINIMAL, tmp_path), tmp_path)
    demo = config()
    production = demo.model_copy(update={"server": demo.server.model_copy(update={"production": True})})
    with pytest.raises(InvalidConfig, match="travellers go by this service"):
        disturbed(production, tmp_path)


def test_every_page_says_that_the_day_is_invented(demo: Path) -> None:
    usual, invented = config(), disturbed(config(), demo)
    for settings, told in ((usual, False), (invented, True)):
        client = create_app(settings, Following(demo, settings)).test_client()
        for path in PAGES:
            text = client.get(path, headers={"Accept": "text/html", "Accept-Language": "fr"}).text
            assert ("Démonstration : les perturbations d’aujourd’hui sont inventées." in text) is told, path


def test_the_replay_fits_the_timetable_and_breaks_no_rule(demo: Path, tmp_path: Path) -> None:
    settings = disturbed(config(), tmp_path)
    replay = Replay(settings, tmp_path)
    replay.write()
    (source,) = [one.source for one in settings.realtime]
    body = Path(source.trip_updates).read_bytes()
    feed = read_realtime(body)
    (gtfs,) = demo.glob("feeds/lorient/*.zip")
    assert broken(body, Timetable.of(gtfs), feed.timestamp_s or 0) == set()
    network = Following(demo, settings).territory().network
    writer = Writer(tmp_path, [source])
    writer._network = lambda: network  # type: ignore[method-assign]
    writer.look()
    (report,) = writer.reports
    assert (report.updates, report.matched, report.reasons) == (len(feed.trip_updates), len(feed.trip_updates), {})
    texts = {text for alert in feed.alerts for _, text in alert.header}
    assert all(re.match("Exemple|Skouer|Example", text) for text in texts) and len(texts) == 6
