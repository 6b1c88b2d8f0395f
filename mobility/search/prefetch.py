"""A hint to the processor: this element of an array will be read soon. It changes nothing but time."""

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic


def _prefetch(_typing: Any, array: Any, _index: Any) -> Any:
    """`prefetch(array, index)` inside a kernel; the index need not lie within the array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        address = builder.bitcast(builder.gep(data, [arguments[1]]), byte)
        hint = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function: Any = cgutils.get_or_insert_function
        call = function(builder.module, hint, "llvm.prefetch.p0i8")
        builder.call(call, [address, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


prefetch: Any = intrinsic(_prefetch)
