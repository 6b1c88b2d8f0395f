"""Files of addresses become columns, whatever their layout; what cannot be read is told with line, field and value."""

import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from mobility.errors import InvalidConfig
from mobility.geo import Point
from mobility.network.storage import columns
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.ban import AddressFile
from mobility.places.addresses.build import build_addresses
from mobility.places.addresses.load import load_addresses
from mobility.places.addresses.rank import find_addresses
from mobility.places.addresses.storage import ADDRESSES, followed_addresses, open_addresses
from tests.mobility.places.addresses.town import HEADING, SOURCE, addresses, file_of, found

DATA = Path(os.environ.get("HENT_REFERENCE_DATA", ""), "addresses")
ROW = "56121_0010_00012;12;;Rue du Port;56100;56121;Lorient;;-3.367;47.7466"
ABOUT = ("BAN", "LO")


def read(text: str, folder: Path) -> tuple[AddressIndex, AddressFile]:
    (folder / "rows.csv").write_text(text, "utf-8")
    file = AddressFile(folder / "rows.csv")
    return build_addresses(file.read(), SOURCE), file


def test_a_number_lies_where_its_row_says_and_has_its_id(tmp_path: Path) -> None:
    index, _ = read(f"{HEADING}\n{ROW}", tmp_path)
    (one,) = find_addresses(index, "12 rue du port lorient", 5)
    assert (one.id, one.point) == ("address/56121_0010_00012", Point(47.7466, -3.367))
    assert one.address is not None
    assert (one.address.number, one.address.street, one.address.post_code) == ("12", "Rue du Port", "56100")


def test_an_id_that_does_not_follow_from_its_street_is_kept(tmp_path: Path) -> None:
    odd = ROW.replace("56121_0010_00012", "4f2c-b7")
    index, _ = read(f"{HEADING}\n{odd}\n{ROW.replace('_00012;12', '_00014;14')}", tmp_path)
    assert [found.id for found in find_addresses(index, "12 rue du port", 1)] == ["address/4f2c-b7"]
    assert [found.id for found in find_addresses(index, "14 rue du port", 1)] == ["address/56121_0010_00014"]


def test_of_a_number_with_two_positions_that_of_the_door_counts(tmp_path: Path) -> None:
    rows = [f"{ROW};segment", ROW.replace("47.7466", "47.75") + ";entrée"]
    index, _ = read("\n".join([f"{HEADING};type_position", *rows]), tmp_path)
    assert find_addresses(index, "12 rue du port", 1)[0].point.lat == 47.75
    assert len(index.numbers.number) == 1


def test_no_number_and_number_nought_are_two_things(tmp_path: Path) -> None:
    index = addresses("Rue de l'Île, 56680 Gâvres: 0\nLe Mané Bihan, 56590 Groix:", tmp_path)
    assert found(index, "0 rue de l'ile gavres") == ["0 Rue de l'Île, Gâvres"]
    assert found(index, "9999 le mane bihan groix") == ["Le Mané Bihan, Groix, ?9999"]


def test_hamlets_have_a_file_of_their_own(tmp_path: Path) -> None:
    index, _ = read(
        "id;nom_lieu_dit;code_postal;code_insee;nom_commune;lon;lat\n56078_a;Kerbrest;56520;56078;Guidel;-3.48;47.8",
        tmp_path,
    )
    assert [(one.kind, one.id) for one in find_addresses(index, "kerbrest guidel", 5)] == [("street", "street/56078_a")]


@pytest.mark.skipif(not DATA.is_dir(), reason="HENT_REFERENCE_DATA is not set: no rows of the reference")
@pytest.mark.parametrize("name", ["ban_rows_real.csv", "ban_rows_2021.csv", "small_ban.csv"])
def test_every_layout_of_the_base_adresse_nationale_is_read(name: str) -> None:
    file = AddressFile(DATA / name)
    index = build_addresses(file.read(), SOURCE)
    assert (file.skipped, len(index) > 0) == (0, True)


def test_a_row_that_cannot_be_read_is_left_out_and_told(tmp_path: Path) -> None:
    rows = [ROW.replace("12;;", f"{number};;") for number in range(40)]
    _, file = read("\n".join([HEADING, *rows, ROW.replace("47.7466", "north")]), tmp_path)
    assert (file.skipped, file.told) == (1, ["rows.csv, line 42: lat is 'north'"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "name,lat,lon\nA,1,2",
            "rows.csv: has neither a column nom_voie nor nom_lieu_dit; columns are parted by ; or ,",
        ),
        (HEADING.replace(";lat", ""), "rows.csv: has no column lat"),
        (
            f"{HEADING}\n{ROW.replace('47.7466', '')}",
            "rows.csv: 1 of 1 rows cannot be read: rows.csv, line 2: lat is ''",
        ),
    ],
)
def test_a_file_that_holds_no_addresses_is_refused_by_name(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidConfig, match="rows") as fault:
        read(text, tmp_path)
    assert reason in str(fault.value)


def test_what_is_no_archive_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "adresses.csv.gz").write_bytes(gzip.compress(HEADING.encode())[:20])
    with pytest.raises(InvalidConfig, match=r"adresses.csv.gz"):
        list(AddressFile(tmp_path / "adresses.csv.gz").read())


def test_addresses_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    file = file_of("Rue du Port, 56100 Lorient: 1, 2 bis", tmp_path)
    packed = tmp_path / "adresses.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    loaded = load_addresses(tmp_path, [packed], ABOUT)
    again = open_addresses(ADDRESSES.folder(tmp_path, loaded.version))
    assert (again.source, again.licence, again.date) == (*ABOUT, loaded.index.date)
    for (name, before), (_, after) in zip(columns(loaded.index), columns(again), strict=True):
        assert np.array_equal(before, after), name


def test_who_follows_sees_each_load_and_files_read_before_are_not_read_again(tmp_path: Path) -> None:
    following = followed_addresses(tmp_path)
    assert following.content() is None
    one = file_of("Rue du Port, 56100 Lorient: 1", tmp_path).rename(tmp_path / "one.csv")
    two = file_of("Rue Haute, 56100 Lorient: 1", tmp_path).rename(tmp_path / "two.csv")
    for file, rows, street in ((one, 1, "Rue du Port"), (two, 1, "Rue Haute"), (one, 0, "Rue du Port")):
        assert load_addresses(tmp_path, [file], ABOUT).rows == rows
        known = following.content()
        assert known is not None
        assert list(known.name) == [street]
