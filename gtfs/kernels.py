"""Bytes of a CSV file to numbered values, compiled: a hundred megabytes in well under a second.

`split` finds the bounds of every value of a few thousand rows, `intern` gives equal values of a column one number.
Nothing here knows GTFS. Source of the format: RFC 4180, read leniently (any line end, spaces round values, text after
a closing quote). The data end in two line feeds that are not part of the file, so that no look ahead needs a check.
"""

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel

Bytes = NDArray[np.uint8]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt64s = NDArray[np.uint64]

NUL, TAB, LF, CR, SPACE, QUOTE, COMMA = 0, 9, 10, 13, 32, 34, 44
CLEAN, UNCLOSED_QUOTE, NUL_BYTE = 0, 1, 2
"""Why `split` stopped."""
EXTRA_TEXT, LINE_BREAK = 1, 2
"""Bits of `oddities`: text beyond the last column, a line break within a value."""
LONG = np.uint64(1 << 63)
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Multiplier of Fibonacci hashing: 2**64 / golden ratio."""


@kernel
def split(
    data: Bytes,
    position: int,
    line: int,
    starts: Int64s,
    ends: Int64s,
    lines: Int32s,
    widths: Int32s,
    oddities: Bytes,
) -> tuple[int, int, int, int, int]:
    """Rows found, position and line after them, why it stopped, and the column of the fault.

    starts and ends are [column, row]; an end below zero says that the value stands between quotes with something to
    undo (its bounds then hold the quotes). Rows without any text are skipped.
    """
    n = len(data) - 2
    columns = len(starts)
    room = min(starts.shape[1], len(lines))
    rows = 0
    while rows < room and position < n:
        lines[rows] = line
        column = 0
        text = False
        odd = 0
        while True:
            while data[position] == SPACE or data[position] == TAB:
                position += 1
            start = end = position
            irregular = False
            quoted = data[position] == QUOTE
            if quoted:
                opened = line
                position += 1
                while True:
                    c = data[position]
                    if c == QUOTE:
                        if data[position + 1] != QUOTE:
                            break
                        irregular = True
                        position += 1
                    elif c == LF:
                        if position >= n:
                            return rows, start, opened, UNCLOSED_QUOTE, column
                        odd |= LINE_BREAK
                        line += 1
                    elif c == CR:
                        odd |= LINE_BREAK
                        if data[position + 1] != LF:
                            line += 1
                    elif c == NUL:
                        return rows, position, line, NUL_BYTE, column
                    position += 1
                end = position
                position += 1
                while data[position] == SPACE or data[position] == TAB:
                    position += 1
                if data[position] != COMMA and data[position] != LF and data[position] != CR:
                    irregular = True
                if irregular:
                    end = position
                else:
                    start += 1
            while True:
                c = data[position]
                if c <= COMMA:
                    if c == COMMA or c == LF or c == CR:  # noqa: SIM109 (`in` is slow in a kernel)
                        break
                    if c == NUL:
                        return rows, position, line, NUL_BYTE, column
                position += 1
            if irregular or not quoted:
                end = position
            while end > start and (data[end - 1] == SPACE or data[end - 1] == TAB):
                end -= 1
            while start < end and (data[start] == SPACE or data[start] == TAB):
                start += 1
            if column < columns:
                starts[column, rows] = start
                ends[column, rows] = -end if irregular else end
                text |= end > start
            elif end > start:
                odd |= EXTRA_TEXT
            column += 1
            if data[position] != COMMA:
                break
            position += 1
        if data[position] == CR and data[position + 1] == LF:
            position += 1
        position += 1
        line += 1
        if text or odd:
            for missing in range(column, columns):
                starts[missing, rows] = 0
                ends[missing, rows] = 0
            widths[rows] = column
            oddities[rows] = odd
            rows += 1
    return rows, position, line, CLEAN, 0


@kernel
def intern(
    data: Bytes,
    starts: Int64s,
    ends: Int64s,
    codes: Int32s,
    slots: Int32s,
    keys: UInt64s,
    firsts: Int64s,
    lasts: Int64s,
    count: int,
) -> int:
    """Number the values: codes[row] = number of its value; returns how many different values there are now.

    slots is an open hash table of numbers + 1, its length a power of two and more than half empty; value k has the key
    keys[k] and was first seen at firsts[k] to lasts[k] of the data.
    """
    shift = np.uint64(64 - bit_length(len(slots) - 1))
    code = -1
    last_key = LONG
    for row in range(len(starts)):
        start, end = starts[row], ends[row]
        key = key_of(data, start, end)
        if code >= 0 and key == last_key and (key < LONG or same(data, start, end, firsts[code], lasts[code])):
            codes[row] = code
            continue
        last_key = key
        slot = (key * SPREAD) >> shift
        while True:
            code = slots[slot] - 1
            if code < 0:
                code = count
                slots[slot] = code + 1
                keys[code], firsts[code], lasts[code] = key, start, end
                count += 1
                break
            if keys[code] == key and (key < LONG or same(data, start, end, firsts[code], lasts[code])):
                break
            slot = (slot + np.uint64(1)) & np.uint64(len(slots) - 1)
        codes[row] = code
    return count


@kernel
def key_of(data: Bytes, start: int, end: int) -> np.uint64:
    """The value itself where it fits into 63 bits (most do), else a hash of it with the highest bit set."""
    key = np.uint64(0)
    if 0 <= end <= start + 8:
        for position in range(start, end):
            key = (key << np.uint64(8)) | np.uint64(data[position])
        if key < LONG:
            return key
    for position in range(start, abs(end)):
        key = (key ^ np.uint64(data[position])) * np.uint64(1099511628211)
    return key | LONG


@kernel
def same(data: Bytes, start: int, end: int, other: int, other_end: int) -> bool:
    if abs(end) - start != abs(other_end) - other or (end < 0) != (other_end < 0):
        return False
    for offset in range(abs(end) - start):  # noqa: SIM110 (a kernel has no generators)
        if data[start + offset] != data[other + offset]:
            return False
    return True


@kernel
def refill(slots: Int32s, keys: UInt64s, count: int) -> None:
    """Put the numbers 0 .. count - 1 into a new, empty table of slots."""
    shift = np.uint64(64 - bit_length(len(slots) - 1))
    for code in range(count):
        slot = (keys[code] * SPREAD) >> shift
        while slots[slot] != 0:
            slot = (slot + np.uint64(1)) & np.uint64(len(slots) - 1)
        slots[slot] = code + 1


@kernel
def bit_length(number: int) -> int:
    length = 0
    while number >> length:
        length += 1
    return length


@kernel
def joined(data: Bytes, firsts: Int64s, lasts: Int64s) -> Bytes:
    """The values one after another, each followed by a zero byte (which no value holds)."""
    size = len(firsts)
    for first, last in zip(firsts, lasts):  # noqa: B905 (not in a kernel)
        size += abs(last) - first
    result = np.empty(size, np.uint8)
    position = 0
    for first, last in zip(firsts, lasts):  # noqa: B905 (not in a kernel)
        for place in range(first, abs(last)):
            result[position] = data[place]
            position += 1
        result[position] = NUL
        position += 1
    return result


@kernel
def numbered(first: Int64s, group: Int32s, one: Int32s, two: Int32s, three: Int32s, numbers: Int32s) -> int:
    """Give trips of one group with equal calls one number, in the order of their first; returns how many there are.

    The calls of trip i are first[i] to first[i + 1] of the three columns.
    """
    n_trips = len(group)
    slots = np.zeros(1 << bit_length(2 * n_trips), np.int32)
    shift = np.uint64(64 - bit_length(len(slots) - 1))
    example = np.empty(n_trips, np.int32)
    count = 0
    for trip in range(n_trips):
        key = np.uint64(group[trip])
        for call in range(first[trip], first[trip + 1]):
            key = (key ^ np.uint64(one[call])) * SPREAD
            key = (key ^ np.uint64(two[call])) * SPREAD
            key = (key ^ np.uint64(three[call])) * SPREAD
            key ^= key >> np.uint64(29)
        slot = (key * SPREAD) >> shift
        while slots[slot] and not equal_trips(first, group, one, two, three, trip, example[slots[slot] - 1]):
            slot = (slot + np.uint64(1)) & np.uint64(len(slots) - 1)
        if not slots[slot]:
            example[count] = trip
            count += 1
            slots[slot] = count
        numbers[trip] = slots[slot] - 1
    return count


@kernel
def equal_trips(first: Int64s, group: Int32s, one: Int32s, two: Int32s, three: Int32s, trip: int, other: int) -> bool:
    length = first[trip + 1] - first[trip]
    if group[trip] != group[other] or length != first[other + 1] - first[other]:
        return False
    at, there = first[trip], first[other]
    for n in range(length):
        if one[at + n] != one[there + n] or two[at + n] != two[there + n] or three[at + n] != three[there + n]:
            return False
    return True
