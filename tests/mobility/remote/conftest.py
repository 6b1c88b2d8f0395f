from collections.abc import Iterator

import pytest

from tests.mobility.remote.server import Publisher, publishing


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        yield found
