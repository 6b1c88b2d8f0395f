"""What a process has held at the most is its own, whoever started it."""

import subprocess
import sys
from textwrap import dedent

CHILD = "from mobility.feeds.peak_memory import peak_memory_mib; print(peak_memory_mib())"


def test_a_program_does_not_count_the_memory_of_the_one_that_started_it() -> None:
    """A parent that holds 400 MiB starts a child that holds nothing."""
    parent = dedent(f"""
        import subprocess, sys
        held = bytearray(b"x" * (400 << 20))
        print(subprocess.run([sys.executable, "-c", {CHILD!r}], capture_output=True, text=True, check=True).stdout)
    """)
    told = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True).stdout
    assert 1 < float(told) < 200


def test_what_a_program_has_held_and_let_go_counts() -> None:
    held = f"held = bytearray(b'x' * (300 << 20)); del held; {CHILD}"
    told = subprocess.run([sys.executable, "-c", held], capture_output=True, text=True, check=True).stdout
    assert float(told) > 300
