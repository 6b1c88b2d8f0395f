"""Whatever bytes come in, a feed is accepted or a FeedError is raised; nothing else."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.errors import FeedError
from tests.gtfs import tiny

MORE = """
    # stops.txt
    stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
    A,Alpha,47.70,-3.40,0,G,1
    B,Beta,47.71,-3.40,,,
    C,Gamma,47.72,-3.40,,,
    G,Station,47.70,-3.40,1,,1

    # trips.txt
    route_id,service_id,trip_id,shape_id,direction_id
    R,ALL,T,L,1
    R,ALL,U,,0

    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time,shape_dist_traveled,location_id,timepoint
    T,A,1,8:00:00,8:00:00,0,,1
    T,B,2,,,3.5,,0
    T,C,3,25:20:00,25:20:00,9,,
    U,B,1,9:00:00,9:00:00,,,
    U,C,2,9:10:00,9:11:00,,,
    U,,3,,,,zone,

    # calendar_dates.txt
    service_id,date,exception_type
    ALL,20300714,2

    # frequencies.txt
    trip_id,start_time,end_time,headway_secs,exact_times
    U,6:00:00,9:00:00,600,1

    # transfers.txt
    from_stop_id,to_stop_id,transfer_type,min_transfer_time
    A,B,2,300

    # shapes.txt
    shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
    L,47.70,-3.4,1
    L,47.72,-3.4,2

    # fare_attributes.txt
    fare_id,price,currency_type,payment_method,transfers
    one,1.5,EUR,0,

    # fare_rules.txt
    fare_id,route_id
    one,R

    # fare_products.txt
    fare_product_id,fare_product_name,amount,currency
    single,One ride,1.5,EUR
    """
FILES = tiny.files(MORE)
NAMES = st.sampled_from(sorted(FILES))
PIECES = st.one_of(
    st.sampled_from([b",", b'"', b"\n", b"\r", b"\0", b" ", b"", b"-1", b"99999999999", b"1e400", b"nan", b"T", b"A"]),
    st.binary(max_size=6),
    st.text(max_size=4).map(lambda text: text.encode("utf-8", "replace")),
)


def survives(path: Path) -> bool:
    """It is refused with words, or accepted whole: every trip has its calls, and no time is negative."""
    try:
        snapshot, report = accept(path, tiny.SOURCE, ReadLimits(), tiny.TODAY)
    except FeedError as error:
        return bool(str(error))
    whole = len(snapshot.stop_times.first_call) == len(snapshot.trips.ids) + 1
    return report.accepted and bool(str(report)) and whole and bool((snapshot.stop_times.arrival_s >= 0).all())


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5), PIECES), min_size=1, max_size=3),
)
def test_a_mutilated_table_never_breaks_the_reader(name: str, cuts: list[tuple[float, int, bytes]]) -> None:
    content = FILES[name]
    for share, length, piece in cuts:
        place = int(share * len(content))
        content = content[:place] + piece + content[place + length :]
    with tempfile.TemporaryDirectory() as folder:
        assert survives(tiny.packed(FILES | {name: content}, Path(folder) / "f.zip"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=4), st.floats(0, 1))
def test_a_mutilated_zip_never_breaks_the_reader(bytes_: list[tuple[float, int]], kept: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = tiny.packed(FILES, Path(folder) / "f.zip")
        data = bytearray(path.read_bytes())
        for share, value in bytes_:
            data[int(share * (len(data) - 1))] = value
        path.write_bytes(data if kept > 0.3 else data[: int(kept * 3 * len(data))])
        assert survives(path)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(FILES)), st.binary(max_size=60), max_size=4),
    st.sets(st.sampled_from(sorted(FILES))),
)
def test_random_tables_never_break_the_reader(random: dict[str, bytes], missing: set[str]) -> None:
    contents = {name: data for name, data in (FILES | random).items() if name not in missing}
    with tempfile.TemporaryDirectory() as folder:
        assert survives(tiny.packed(contents, Path(folder) / "f.zip"))
