"""Arrays in one file: what is written is read, whatever their kinds and lengths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from mobility.network.packed_arrays import PACKED, open_packed, save_packed
from mobility.network.storage import save_arrays

KINDS = st.sampled_from(["<i4", "<i8", "|u1", "|i1", "<f8"])
SOME = st.dictionaries(st.text("abc.", min_size=1), arrays(KINDS, array_shapes(max_dims=2, min_side=0)), max_size=6)


@given(SOME)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, some: dict[str, NDArray[Any]]) -> None:
    folder = tmp_path_factory.mktemp("packed") / "day"
    save_packed(folder, some)
    found = open_packed(folder)
    assert list(found) == list(some)
    for name, array in some.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert found[name].tobytes() == array.tobytes()
        assert not found[name].flags.writeable
        assert found[name].ctypes.data % 64 == 0 or array.size == 0


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "day"
    save_packed(folder, {"a": np.arange(3)})
    save_packed(folder, {"a": np.arange(4)})
    assert open_packed(folder)["a"].tolist() == [0, 1, 2]


def test_one_with_a_file_for_each_is_read_too(tmp_path: Path) -> None:
    """As they were written before."""
    save_arrays(tmp_path / "day", {"a": np.arange(3)})
    assert open_packed(tmp_path / "day")["a"].tolist() == [0, 1, 2]


@pytest.mark.parametrize("length", [0, 5, 40, 200])
def test_what_is_cut_short_is_none(tmp_path: Path, length: int) -> None:
    save_packed(tmp_path / "day", {"a": np.arange(30)})
    whole = (tmp_path / "day" / PACKED).read_bytes()
    assert len(whole) > 200
    (tmp_path / "day" / PACKED).write_bytes(whole[:length])
    with pytest.raises(ValueError, match=r"."):
        open_packed(tmp_path / "day")


def test_where_there_is_none(tmp_path: Path) -> None:
    """Or another process is about to remove it."""
    (tmp_path / "day").mkdir()
    with pytest.raises(FileNotFoundError):
        open_packed(tmp_path / "day")
    (tmp_path / "day").rmdir()
    with pytest.raises(FileNotFoundError):
        open_packed(tmp_path / "day")
