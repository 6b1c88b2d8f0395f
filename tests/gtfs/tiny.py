"""A feed is one string: the tables that a test is about. Every other table has a default that fits.

The default feed: stops A, B, C; route R of agency S; service ALL, every day of 2030; trip T from A 8:00 over B 8:10
to C 8:20.
"""

import tempfile
import zipfile
from datetime import date
from pathlib import Path

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.feed import Feed
from gtfs.load import load
from gtfs.notice import Report
from gtfs.snapshot import FeedSnapshot, FeedSource
from gtfs.validate import validate

SOURCE = FeedSource("tiny", "none")
TODAY = date(2030, 5, 1)
DEFAULTS = """
    # agency.txt
    agency_id,agency_name,agency_url,agency_timezone
    S,Ship and Bus,https://example.org,Europe/Paris

    # stops.txt
    stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding
    A,Alpha,47.70,-3.40,1
    B,Beta,47.71,-3.40,1
    C,Gamma,47.72,-3.40,1

    # routes.txt
    route_id,agency_id,route_short_name,route_type
    R,S,1,3

    # trips.txt
    route_id,service_id,trip_id,wheelchair_accessible
    R,ALL,T,1

    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time
    T,A,1,8:00:00,8:00:00
    T,B,2,8:10:00,8:10:00
    T,C,3,8:20:00,8:20:00

    # calendar.txt
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    ALL,1,1,1,1,1,1,1,20300101,20301231

    # feed_info.txt
    feed_publisher_name,feed_publisher_url,feed_lang,feed_version
    Hent,https://example.org,fr,1
    """


def tables(text: str) -> dict[str, str]:
    """File name -> content."""
    files: dict[str, list[str]] = {}
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("# "):
            files[line[2:]] = rows = []
        elif line:
            rows.append(line + "\n")
    return {name: "".join(rows) for name, rows in files.items()}


def files(text: str = "", without: str = "") -> dict[str, bytes]:
    """The default files, those of the text instead of them, and none of `without`."""
    chosen = tables(DEFAULTS) | tables(text)
    return {name: content.encode() for name, content in chosen.items() if name not in without.split()}


def packed(contents: dict[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def feed_of(contents: dict[str, bytes], limits: ReadLimits | None = None) -> Feed:
    with tempfile.TemporaryDirectory() as folder:
        return load(packed(contents, Path(folder) / "tiny.zip"), SOURCE, limits or ReadLimits())


def feed(text: str = "", without: str = "") -> Feed:
    return feed_of(files(text, without))


def report(text: str = "", without: str = "") -> Report:
    return validate(feed(text, without), TODAY)


def accepted(text: str = "", without: str = "") -> FeedSnapshot:
    with tempfile.TemporaryDirectory() as folder:
        path = packed(files(text, without), Path(folder) / "tiny.zip")
        return accept(path, SOURCE, ReadLimits(), TODAY)[0]


def clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")


def ride(snapshot: FeedSnapshot, trip: str = "T") -> str:
    """A trip as one line: `A 8:00 > B 8:10 > C 8:20`, a stay as `B 8:10-8:12`."""
    calls = snapshot.stop_times
    row = snapshot.trips.ids.tolist().index(trip)
    parts = []
    for call in range(calls.first_call[row], calls.first_call[row + 1]):
        arrival, departure = clock(calls.arrival_s[call]), clock(calls.departure_s[call])
        stay = arrival if arrival == departure else f"{arrival}-{departure}"
        parts.append(f"{snapshot.stops[calls.stop[call]].id} {stay}")
    return " > ".join(parts)
