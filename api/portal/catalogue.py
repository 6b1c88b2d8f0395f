"""What the catalogue of the open data says, in whatever form it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.portal.datasets import Dataset
from api.portal.facts import NOWHERE, Shelves


@dataclass(frozen=True, slots=True)
class Catalogue:
    """base: the service's address, without a slash at its end. bbox: west, south, east, north. issued: the day the
    network was published. shelves: where its files lie."""

    base: str
    territory: str
    publisher: str
    email: str
    datasets: Sequence[Dataset]
    bbox: tuple[float, float, float, float]
    issued: datetime
    shelves: Shelves = NOWHERE
