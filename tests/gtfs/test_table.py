"""Text files as publishers send them, and those that cannot be read."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtfs.csv_file import read_table
from gtfs.errors import UnreadableFeed
from gtfs.table import Table


def read(content: str | bytes) -> Table:
    return read_table("stops", bytearray(content.encode() if isinstance(content, str) else content))


def rows(table: Table) -> list[tuple[str, ...]]:
    return list(zip(*(column.texts() for column in table.columns.values()), strict=True))


def codes(table: Table) -> list[tuple[str, int]]:
    return [(notice.code, notice.line) for notice in table.notices]


PLAIN = [("A", "Alpha"), ("B", "Beta")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n", "\n\n"], ids=repr)
def test_any_line_end_is_read(end: str) -> None:
    assert rows(read(f"stop_id,stop_name{end}A,Alpha{end}B,Beta{end}")) == PLAIN


def test_the_last_line_needs_no_end() -> None:
    assert rows(read("stop_id,stop_name\nA,Alpha\nB,Beta")) == PLAIN


def test_a_byte_order_mark_belongs_to_no_column() -> None:
    table = read(b"\xef\xbb\xbfstop_id,stop_name\nA,Alpha\n")
    assert list(table.columns) == ["stop_id", "stop_name"]


def test_spaces_round_values_quotes_and_names_are_dropped() -> None:
    table = read(' stop_id , stop_name\n A ,  "Alpha"  \n"B ",\tBeta\n')
    assert list(table.columns) == ["stop_id", "stop_name"]
    assert rows(table) == PLAIN


def test_invisible_characters_make_no_other_value() -> None:
    table = read("stop_id,stop_name\nA,x\nA\u00a0,y\n\ufeffA,z\n")
    assert list(table["stop_id"].texts()) == ["A", "A", "A"]
    assert list(table["stop_id"].values) == ["A"]


def test_quotes_hold_commas_line_breaks_and_quotes() -> None:
    table = read('stop_id,stop_name\nA,"Quai ""Rohu"", Lanester"\nB,"two\nlines"\nC,plain\n')
    assert [name for _, name in rows(table)] == ['Quai "Rohu", Lanester', "two\nlines", "plain"]
    assert table.lines.tolist() == [2, 3, 5]
    assert codes(table) == [("new_line_in_value", 3)]


def test_a_quote_within_a_plain_value_is_a_character() -> None:
    assert rows(read('stop_id,stop_name\nA,5" pipe\nB,"Le" Port\n')) == [("A", '5" pipe'), ("B", "Le Port")]


def test_blank_lines_are_no_rows_but_count() -> None:
    table = read("stop_id,stop_name\n\n  \n,,\nA,Alpha\n")
    assert rows(table) == [("A", "Alpha")]
    assert table.lines.tolist() == [5]


def test_a_short_row_is_filled_with_blanks_and_told() -> None:
    table = read("stop_id,stop_name,stop_desc\nA\nB,Beta,here\n")
    assert rows(table) == [("A", "", ""), ("B", "Beta", "here")]
    assert [str(notice) for notice in table.notices] == ["WARNING invalid_row_length stops.txt:2 (1 of 3 cells)"]


def test_cells_beyond_the_last_column_are_dropped_and_told() -> None:
    table = read("stop_id,stop_name\nA,Alpha,more\nB,Beta\n")
    assert rows(table) == PLAIN
    assert codes(table) == [("invalid_row_length", 2)]


def test_a_column_that_comes_twice_is_read_once() -> None:
    table = read("stop_id,stop_name,stop_id\nA,Alpha,Z\n")
    assert rows(table) == [("A", "Alpha")]
    assert codes(table) == [("duplicated_column", 1)]


def test_latin_1_is_read_and_told() -> None:
    table = read("stop_id,stop_name\nA,Quéven\nB,Beta\n".encode("latin-1"))
    assert rows(table)[0] == ("A", "Quéven")
    assert [str(notice) for notice in table.notices] == ["WARNING invalid_character stops.txt:2:stop_name 'Quéven'"]


def test_a_file_with_a_header_only_has_no_rows() -> None:
    assert len(read("stop_id,stop_name\n")) == 0


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", " , ,\n"])
def test_an_empty_file_is_told(content: str) -> None:
    assert codes(read(content)) == [("empty_file", 0)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(UnreadableFeed) as caught:
        read("stop_id,stop_name\nA,Alpha\n".encode(encoding))
    assert (caught.value.file, caught.value.line) == ("stops.txt", 1)


def test_a_zero_byte_is_refused_with_its_place() -> None:
    with pytest.raises(UnreadableFeed) as caught:
        read("stop_id,stop_name\nA,Alpha\nB,Be\0ta\n")
    error = caught.value
    assert (error.file, error.line, error.column, error.value[:3]) == ("stops.txt", 3, "stop_name", "\0ta")


def test_a_quote_that_never_ends_is_refused_where_it_begins() -> None:
    with pytest.raises(UnreadableFeed) as caught:
        read('stop_id,stop_name\nA,"Alpha\nB,Beta\nC,Gamma\n')
    assert str(caught.value).startswith("stops.txt:2:stop_name: a quote is never closed (value '\"Alpha")


def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(UnreadableFeed, match="more than 2 rows"):
        read_table("stops", bytearray(b"stop_id\nA\nB\nC\n"), max_rows=2)


def test_a_thousand_odd_rows_are_told_in_a_hundred_and_one_notices() -> None:
    table = read("stop_id,stop_name\n" + "A\n" * 1000)
    assert len(table.notices) == 101
    assert table.notices[-1].message == "and 900 more rows"


def test_long_and_many_values_keep_their_numbers() -> None:
    names = [f"{number:06}" * (1 + number % 4) for number in range(50_000)]
    table = read("stop_id,stop_name\n" + "".join(f"{name},{name[:3]}\n" for name in names + names))
    assert list(table["stop_id"].texts()) == names + names
    assert len(table["stop_id"].values) == 50_000
    assert table.lines[-1] == 100_001


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="\ufeff\u200b"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(texts, texts, texts), max_size=20), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_the_csv_module_writes_is_read_back(written: list[tuple[str, ...]], quoting: int) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=quoting).writerows([("a", "b", "c"), *written])
    assert rows(read(buffer.getvalue())) == [row for row in written if any(row)]
