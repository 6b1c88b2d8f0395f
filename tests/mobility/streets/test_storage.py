"""Streets on disk: as they were, by the version of their extract, one of them in service."""

from pathlib import Path

import numpy as np
import pytest

from mobility.network.storage import columns
from mobility.streets.storage import open_streets, save_streets, streets_folder, version_in_service, version_of
from tests.mobility.streets.tiny import metres, opl, streets

DRAWING = "A 0 0, B 300 0, C 300 400\nA B C | highway=residential name=Rue_Haute"


def test_streets_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    town = streets(DRAWING)
    save_streets(tmp_path, "v-1", town)
    again = open_streets(tmp_path, "v-1")
    assert (again.source, list(again.names)) == ("tiny.opl", ["", "Rue Haute"])
    for (name, before), (_, after) in zip(columns(town), columns(again), strict=True):
        assert np.array_equal(before, after), name
    assert metres(again, "0 0", "300 400") == 700


def test_the_last_saved_is_in_service_and_others_formats_are_not(tmp_path: Path) -> None:
    assert version_in_service(tmp_path) is None
    for version in ("a-2", "b-2"):
        save_streets(tmp_path, version, streets(DRAWING))
        assert version_in_service(tmp_path) == version
    save_streets(tmp_path, "c-0", streets(DRAWING))
    assert version_in_service(tmp_path) is None


def test_an_extract_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    one, two = tmp_path / "one.opl", tmp_path / "two.opl"
    one.write_text(opl(DRAWING))
    two.write_text(opl(DRAWING))
    assert version_of(one) == version_of(two)
    two.write_text(opl(DRAWING + "\nA C | highway=path"))
    assert version_of(one) != version_of(two)


def test_streets_that_were_never_built_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_streets(tmp_path, "v-1")
    assert not streets_folder(tmp_path, "v-1").exists()
