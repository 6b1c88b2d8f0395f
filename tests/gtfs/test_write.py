"""Tables to a zip: everything kept, equal bytes for equal tables."""

from pathlib import Path

from gtfs.archive import ReadLimits
from gtfs.load import load
from gtfs.table import Table
from gtfs.write import write
from tests.gtfs import tiny


def read(path: Path) -> dict[str, Table]:
    return {name: table for name, table in load(path, tiny.SOURCE, ReadLimits()).tables.items() if len(table)}


def test_equal_tables_make_equal_bytes(tmp_path: Path) -> None:
    tables = {"stops": [{"stop_id": "A"}], "agency": [{"agency_name": "S"}]}
    first, second = write(tables, tmp_path / "1.zip"), write(dict(reversed(tables.items())), tmp_path / "2.zip")
    assert first.read_bytes() == second.read_bytes()


def test_rows_may_differ_in_their_columns(tmp_path: Path) -> None:
    path = write(
        {"stops": [{"stop_id": "A", "stop_name": 'Quai "Rohu", 1'}, {"stop_id": "B", "stop_lat": 47.7}]},
        tmp_path / "f.zip",
    )
    stops = read(path)["stops"]
    assert list(stops.columns) == ["stop_id", "stop_name", "stop_lat"]
    assert [column.texts().tolist() for column in stops.columns.values()] == [
        ["A", "B"],
        ['Quai "Rohu", 1', ""],
        ["", "47.7"],
    ]


def test_a_feed_survives_reading_and_writing_with_every_table(tmp_path: Path) -> None:
    text = """
    # levels.txt
    level_id,level_index
    G,0

    # pathways.txt
    pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional
    P,A,B,1,1
    """
    before = {name: table for name, table in tiny.feed(text).tables.items() if len(table)}
    after = read(write(before, tmp_path / "f.zip"))
    assert list(after) == list(before)
    for name, table in before.items():
        assert {column: table[column].texts().tolist() for column in table.columns} == {
            column: after[name][column].texts().tolist() for column in after[name].columns
        }
