"""One table of a feed as text: every value, every line number, nothing interpreted (read by gtfs/csv_file.py).

A column holds each different value once and a number per row, so that checking or converting a column of three
million rows means looking at some thousand texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gtfs.notice import Notice, Severity

Int32s = NDArray[np.int32]
Texts = NDArray[np.object_]

READING: Mapping[str, Severity] = {
    "empty_file": Severity.WARNING,
    "duplicated_column": Severity.ERROR,
    "invalid_row_length": Severity.WARNING,
    "new_line_in_value": Severity.WARNING,
    "invalid_character": Severity.WARNING,
    "unshowable_character": Severity.WARNING,
    "column_name_case": Severity.WARNING,
    "semicolons": Severity.WARNING,
    "end_of_file_character": Severity.WARNING,
}
"""What reading itself finds."""
MOST_TOLD = 100


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """values[codes[row]] is the text of a row, "" where there is none. The values are all different.

    read: what values.py made of the values, by kind, so that each is interpreted once.
    """

    codes: Int32s
    values: Texts
    read: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.codes)

    def texts(self) -> Texts:
        return self.values[self.codes]

    def blank(self) -> NDArray[np.bool_]:
        return (self.values == "")[self.codes] if len(self.values) else np.zeros(0, bool)

    def take(self, rows: NDArray[np.integer]) -> Column:
        return Column(self.codes[rows], self.values, self.read)

    def blanked(self, rows: NDArray[np.integer]) -> Column:
        """Blank in these rows."""
        codes = self.codes.copy()
        codes[rows] = len(self.values)
        return merged(codes, [*self.values.tolist(), ""]).compact()

    def read_as(self, meant: list[str]) -> Column:
        """meant: what each value stands for."""
        return merged(self.codes, meant)

    def compact(self) -> Column:
        """Without values that no row has."""
        used, codes = np.unique(self.codes, return_inverse=True)
        return Column(codes.astype(np.int32), self.values[used])


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """name without ".txt"; lines[row] is where the row begins in the file, the header being line 1."""

    name: str
    columns: Mapping[str, Column]
    lines: Int32s
    notices: tuple[Notice, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)

    def __contains__(self, column: str) -> bool:
        return column in self.columns

    def __getitem__(self, column: str) -> Column:
        """A column that the file does not have is blank in every row."""
        if column in self.columns:
            return self.columns[column]
        return Column(np.broadcast_to(np.int32(0), len(self)), np.array([""], object))

    def take(self, rows: NDArray[np.integer]) -> Table:
        columns = {name: column.take(rows) for name, column in self.columns.items()}
        return Table(self.name, columns, self.lines[rows])

    @property
    def file(self) -> str:
        return f"{self.name}.txt"


def empty_table(name: str) -> Table:
    return Table(name, {}, np.zeros(0, np.int32))


def reading_notice(code: str, file: str, line: int = 0, field: str = "", value: str = "", message: str = "") -> Notice:
    return Notice(code, READING[code], file, line, field, value, message)


def merged(codes: Int32s, values: list[str]) -> Column:
    """Values that differed in invisible characters only become one."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    if len(numbers) < len(values):
        codes = np.array([numbers[value] for value in values], np.int32)[codes]
    return Column(codes, np.array(list(numbers), object))
