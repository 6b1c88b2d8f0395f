"""Descriptions for the lazy tests of schemathesis, which are built where they run.

A test that is parametrised by a description at hand is built where tests are collected, with every case that covers it:
by each worker of xdist, of which one runs it.
"""

from __future__ import annotations

from typing import Any

import pytest


def for_test(request: pytest.FixtureRequest, schema: Any) -> Any:
    """schemathesis 4.32 tells its subtests by a name of the test that pytest 9.2 keeps elsewhere."""
    request.node._nodeid = request.node.nodeid
    return schema
