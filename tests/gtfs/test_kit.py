"""The same tables for gtfs_kit: typed, and without its stumbling blocks."""

import subprocess
import sys

from tests.gtfs import tiny


def test_gtfs_kit_gets_clean_tables() -> None:
    kit = tiny.feed().kit
    assert kit.stop_times.stop_sequence.tolist() == [1, 2, 3]
    assert kit.get_trips("20300501").trip_id.tolist() == ["T"]
    assert kit.shapes is None


def test_a_long_transfer_time_is_no_reason_to_lose_a_feed() -> None:
    text = """
    # transfers.txt
    from_stop_id,to_stop_id,transfer_type,min_transfer_time
    A,B,2,40000
    B,C,2,soon
    """
    times = tiny.feed(text).kit.transfers.min_transfer_time
    assert times[0] == 40000
    assert times.isna().tolist() == [False, True]


def test_loading_a_feed_does_not_import_gtfs_kit() -> None:
    program = "import sys, gtfs.accept; sys.exit('gtfs_kit' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
