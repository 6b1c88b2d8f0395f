"""Files of real time read and matched: processor time, without a service."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.table import Row, table


def decoded() -> str:
    from gtfs.accept import accept
    from gtfs.archive import ReadLimits
    from gtfs.realtime.decode import read_realtime
    from gtfs.snapshot import FeedSource
    from mobility.feeds.build.network import build
    from mobility.live.timetable_index import TimetableIndex
    from mobility.live.update_matches import matched
    from mobility.network.terrain import Terrain

    folder = Path(os.environ["HENT_REFERENCE_DATA"])
    auckland = gzip.decompress((folder / "realtime/auckland_2014-11-30/trip_updates.pb.gz").read_bytes())
    made = (folder / "reference_rt/helsinki/trip_updates.pb").read_bytes()
    feed, _ = accept(
        folder / "reference/helsinki/gtfs.zip", FeedSource("city", "as stated"), ReadLimits(), date(2022, 2, 22)
    )
    index = TimetableIndex(build([feed], Terrain(change_s=0, only_transfers=True)), "city")
    matched(index, read_realtime(made), 0)
    both_ms = least_ms(lambda: matched(index, read_realtime(made), 0))
    rows = [
        Row("decode and match reference_rt/helsinki, processor ms", "must 150, aim 60", f"{both_ms:.0f}"),
        Row(
            "decode Auckland to records, processor ms",
            "must 500, aim 250",
            f"{least_ms(lambda: read_realtime(auckland)):.0f}",
        ),
    ]
    return table("Real time: decoding", rows)


def least_ms(work: Callable[[], object], times: int = 5) -> float:
    found = []
    for _ in range(times):
        begin = time.process_time()
        work()
        found.append((time.process_time() - begin) * 1000)
    return min(found)
