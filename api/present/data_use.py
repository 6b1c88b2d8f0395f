"""What becomes of the traveller's data, said with each answer about a trip."""

from __future__ import annotations

from api.present.pieces import Json
from api.sentences import Sentences

MORE = "/data-use"


def data_use(said: Sentences) -> Json:
    """summary: what is used and what for; stored: what is kept; until: how long; more: where to read on."""
    return {**said["data_use"], "more": MORE}
