"""Compiled functions are kept on disk between runs, and never longer than what they were compiled from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError

from gtfs import kernels
from gtfs.compiler import KernelIndex, forget_unread, stamps_of_called
from mobility.search import tripbased
from tests.forked import forked

KERNEL = """
from constants import LIMIT
from gtfs.compiler import kernel

@kernel
def twice():
    return 2 * LIMIT

print(twice(), sum(twice.stats.cache_hits.values()))
"""


def run(folder: Path, limit: int) -> list[str]:
    """What the kernel answers, and how often it came out of the cache."""
    folder.mkdir(exist_ok=True)
    (folder / "constants.py").write_text(f"LIMIT = {limit}")
    (folder / "doubling.py").write_text(KERNEL)
    os.utime(folder / "doubling.py", (1_780_000_000, 1_780_000_000))
    return printed(folder, "doubling")


IMPORTING = """
import sys
from numba.core import config

config.reload_config()
sys.dont_write_bytecode = True
folder, module = sys.argv[1:]
sys.path.insert(0, folder)
__import__(module)
"""


def printed(folder: Path, module: str) -> list[str]:
    """By a module of the folder, imported by another process, which has numba already."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(folder.parent / "kept")}
    with forked(["-c", IMPORTING, folder, module], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        said = process.stdout.read().split()
        assert process.wait(60) == 0
    return said


def printed_on(processor: dict[str, str], folder: Path, module: str) -> list[str]:
    """The same by a new process, as numba looks once what it compiles for."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder), *sys.path]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NUMBA_CACHE_DIR": str(folder.parent / "kept"),
        **processor,
    }
    command = [sys.executable, "-c", f"import {module}"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()


def test_a_kernel_is_compiled_again_when_a_number_of_another_file_has_changed(tmp_path: Path) -> None:
    assert run(tmp_path, 3) == ["6", "0"]
    assert run(tmp_path, 3) == ["6", "1"]
    assert run(tmp_path, 40) == ["80", "0"]
    assert run(tmp_path, 40) == ["80", "1"]


def test_a_copy_of_the_source_in_another_folder_written_later_compiles_nothing(tmp_path: Path) -> None:
    first, copy = tmp_path / "first", tmp_path / "copy"
    first.mkdir()
    assert run(first, 3) == ["6", "0"]
    shutil.copytree(first, copy)
    os.utime(copy / "doubling.py", (1_790_000_000, 1_790_000_000))
    assert printed(copy, "doubling") == ["6", "1"]


def test_what_was_compiled_of_other_source_stays_for_who_goes_back_to_it(tmp_path: Path) -> None:
    assert [run(tmp_path / "tree", limit) for limit in (3, 40, 3)] == [["6", "0"], ["80", "0"], ["6", "1"]]


KEPT = """
from gtfs.compiler import is_kept, kernel

@kernel
def one():
    return 1

print(is_kept(one), one(), is_kept(one))
"""
OF_THIS_ONE: dict[str, str] = {}
OF_ANOTHER = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}


def test_what_another_kind_of_processor_keeps_is_nothing_kept_for_this_one(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "asking.py").write_text(KEPT)
    assert printed_on(OF_ANOTHER, tmp_path, "asking") == ["False", "1", "True"]
    assert printed_on(OF_THIS_ONE, tmp_path, "asking") == ["False", "1", "True"]
    assert printed_on(OF_ANOTHER, tmp_path, "asking") == ["True", "1", "True"]


FIELDS = """
from collections import namedtuple

Ends = namedtuple("Ends", "{}")
"""
READING = """
from fields import Ends
from gtfs.compiler import kernel

@kernel
def start(ends):
    return Ends(*ends).start

print(start((1, 2)), sum(start.stats.cache_hits.values()))
"""


def test_a_kernel_is_compiled_again_when_the_fields_of_a_tuple_have_changed_places(tmp_path: Path) -> None:
    (tmp_path / "reading.py").write_text(READING)
    answers = []
    for fields in ("start end", "end start"):
        (tmp_path / "fields.py").write_text(FIELDS.format(fields))
        answers.append(printed(tmp_path, "reading"))
    assert answers == [["1", "0"], ["2", "0"]]


def test_two_processes_that_compile_a_kernel_for_other_arguments_at_once_keep_both(tmp_path: Path) -> None:
    """Each reads what is kept before the other has written: both would number their code 1, and whoever asks for texts
    later may be given what was compiled for numbers."""
    both_have_read = Barrier(2)

    class Index(KernelIndex):
        def _load_index(self) -> dict[str, str]:
            found: dict[str, str] = super()._load_index()  # type: ignore[no-untyped-call]
            with suppress(BrokenBarrierError):
                both_have_read.wait(0.5)
            return found

    def keep(arguments: str) -> None:
        Index(tmp_path, "doubled", "of this source").save(arguments, f"code for {arguments}")

    with ThreadPoolExecutor(2) as processes:
        list(processes.map(keep, ("numbers", "texts")))
    kept = KernelIndex(tmp_path, "doubled", "of this source")
    assert [kept.load(arguments) for arguments in ("numbers", "texts")] == ["code for numbers", "code for texts"]


def test_what_nobody_has_read_for_long_is_removed_and_the_rest_stays(tmp_path: Path) -> None:
    for name in ("old.one-1.py311", "new.one-2.py311"):
        for file in (f"{name}.nbi", f"{name}.1.nbc", f"{name}.2.nbc"):
            (tmp_path / file).touch()
    os.utime(tmp_path / "old.one-1.py311.nbi", (1_000_000_000, 1_000_000_000))
    forget_unread(tmp_path, 1_100_000_000)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "new.one-2.py311.1.nbc", "new.one-2.py311.2.nbc", "new.one-2.py311.nbi",
    ]  # fmt: skip


CALLED = """
from gtfs.compiler import kernel

@kernel
def least():
    return {}
"""
BETWEEN = """
from called import least
from gtfs.compiler import kernel

@kernel
def twice_least():
    return 2 * least()
"""
CALLING = """
from between import twice_least
from gtfs.compiler import kernel

@kernel
def four_times():
    return 2 * _by_way_of()

@kernel
def _by_way_of():
    return twice_least()

print(four_times(), sum(four_times.stats.cache_hits.values()))
"""


def test_a_kernel_is_compiled_again_when_one_that_it_calls_by_way_of_others_has_changed(tmp_path: Path) -> None:
    for name, text in (("between", BETWEEN), ("calling", CALLING)):
        (tmp_path / f"{name}.py").write_text(text)

    def answer(least: str) -> list[str]:
        (tmp_path / "called.py").write_text(CALLED.format(least))
        return printed(tmp_path, "calling")

    assert answer("3") == ["12", "0"]
    assert printed(tmp_path, "calling") == ["12", "1"]
    assert answer("3 + 7") == ["40", "0"]
    assert printed(tmp_path, "calling") == ["40", "1"]


def test_what_is_no_kernel_but_compiled_into_one_counts_too() -> None:
    assert "prefetch" in dict(stamps_of_called(vars(tripbased)))


READING_A_FEED = """
from reading_kernels import bit_length

print(bit_length(5), sum(bit_length.stats.cache_hits.values()))
"""


def test_the_kernels_that_read_a_feed_are_found_by_another_installation_too(tmp_path: Path) -> None:
    answers = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        shutil.copyfile(kernels.__file__, folder / "reading_kernels.py")
        (folder / "asking.py").write_text(READING_A_FEED)
        answers.append(printed(folder, "asking"))
    assert answers == [["3", "0"], ["3", "1"]]


WITHOUT_BLAS = """
import sys
from reading_kernels import bit_length

print(bit_length(5), "scipy.linalg" in sys.modules)
from scipy.linalg import cython_blas
from scipy.spatial import cKDTree

print(cython_blas.__name__, cKDTree([[0.0, 0.0]]).query([3.0, 4.0])[0])
"""


def test_a_kept_kernel_runs_without_scipys_linear_algebra_which_is_whole_for_who_asks_for_it(tmp_path: Path) -> None:
    shutil.copyfile(kernels.__file__, tmp_path / "reading_kernels.py")
    (tmp_path / "asking.py").write_text(WITHOUT_BLAS)
    printed_on({}, tmp_path, "asking")  # where it is compiled, and kept
    assert printed_on({}, tmp_path, "asking") == ["3", "False", "scipy.linalg.cython_blas", "5.0"]
