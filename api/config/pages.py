"""The sections of config.toml about the pages: what can be switched off, and the map's ground."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import model_validator

from api.config.section import Section, Text, Url


class FeaturesSection(Section):
    """A territory can do without each of these; all else goes on. carpool: offers, asks, and rides in answers; rentals:
    shared vehicles (GBFS); accounts: all that people sign in for; map: the drawings on the pages; remarks: people say
    what is wrong, and operators answer."""

    carpool: bool = True
    rentals: bool = True
    accounts: bool = True
    map: bool = True
    remarks: bool = True

    @property
    def shares_rides(self) -> bool:
        """Whether people publish offers and ask for seats here: both need an account."""
        return self.carpool and self.accounts


class MapSection(Section):
    """tiles: a PMTiles archive of vector tiles that is drawn under the maps. credit: whose data these are."""

    tiles: Text | None = None
    credit: str = ""


class AccessibilitySection(Section):
    """What the statement of the RGAA says. compliance: without a valid audit the law says none. audit: who measured
    what, and when; contact: for people who meet a barrier, else that of data_use; scheme: address of the multi-year
    scheme."""

    compliance: Literal["none", "partial", "full"] = "none"
    audit: Text | None = None
    established: date | None = None
    contact: Text | None = None
    scheme: Url | None = None

    @model_validator(mode="after")
    def _claims_what_was_measured(self) -> AccessibilitySection:
        if self.compliance != "none" and self.audit is None:
            raise ValueError("needs `audit`: without one the service counts as not compliant")
        return self
