"""The sections of config.toml about the pages: what can be switched off, and the map's ground."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.config_travelling import Section

Text = Annotated[str, Field(min_length=1)]


class FeaturesSection(Section):
    """A territory can do without each of these; all else goes on. carpool: offers, asks, and rides in answers; rentals:
    shared vehicles (GBFS); accounts: all that people sign in for; map: the drawings on the pages."""

    carpool: bool = True
    rentals: bool = True
    accounts: bool = True
    map: bool = True

    @property
    def shares_rides(self) -> bool:
        """Whether people publish offers and ask for seats here: both need an account."""
        return self.carpool and self.accounts


class MapSection(Section):
    """tiles: a PMTiles archive of vector tiles that is drawn under the maps. credit: whose data these are."""

    tiles: Text | None = None
    credit: str = ""
