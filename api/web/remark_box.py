"""The remarks of an installation, as its pages, its operators and its command line open them."""

from __future__ import annotations

from functools import partial

from api.web.storage import Kept
from mobility.remarks.remark_store import Remarks


def remarks_of(kept: Kept) -> Remarks:
    """The codes are hashed with the installation's own key, for remarks alone."""
    return Remarks(kept.store, partial(kept.sealing.mark, "remark"))
