"""The clock inside a kernel: what Python calls time.monotonic_ns()."""

import time
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

CLOCK = time.CLOCK_MONOTONIC


def _monotonic_ns(_typing: Any) -> Any:
    """`monotonic_ns()` inside a kernel. Source: clock_gettime(2); a timespec is seconds and nanoseconds of 8 bytes."""

    def generate(_context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        number, long = ir.IntType(32), ir.IntType(64)
        function: Any = cgutils.get_or_insert_function
        room: Any = cgutils.alloca_once
        timespec = builder.bitcast(room(builder, ir.ArrayType(long, 2)), long.as_pointer())
        call = function(builder.module, ir.FunctionType(number, [number, long.as_pointer()]), "clock_gettime")
        builder.call(call, [number(CLOCK), timespec])
        seconds, rest = builder.load(timespec), builder.load(builder.gep(timespec, [number(1)]))
        return builder.add(builder.mul(seconds, long(10**9)), rest)

    return types.int64(), generate


monotonic_ns: Any = intrinsic(_monotonic_ns)
