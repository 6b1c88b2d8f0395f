"""What the views are given: the config, the territory in service, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from api.carpool.carpooling import Carpooling
from api.config import Config
from api.parse.bodies import Read, read_body
from api.parse.context import Asking
from api.parse.plan import Wishes
from api.parse.values import Values
from api.present.legs import AnswerContext
from api.present.now import LiveTelling
from api.present.pieces import Pieces
from api.present.shelf import Shelf
from api.territory.taken_once import InService
from api.web.bearer import bearer_token
from api.web.dialect import Dialect
from api.web.storage import Kept, unwritable
from api.web.translated import TerritoryLanguages
from api.web.trip_counts import Counting
from mobility.carpool.accounts import Account
from mobility.carpool.limits import Limit, neighbourhood
from mobility.clock import local_date
from mobility.errors import MobilityError, NotSignedIn, StorageUnavailable, folder_refused
from mobility.ranking.costs import RankingSettings
from mobility.storage.store import Store

API = "/api/v<int(min=1,max=6):version>"
"""Every version of the MOTIS API answers under its own path."""


@dataclass(frozen=True, slots=True)
class Service:
    """now: epoch seconds. rules: how options are weighed, as the config says. kept, carpool: None without database.
    counting: None where trips are not counted. folder: of networks and feeds; None where they are no files."""

    config: Config
    current: InService
    now: Callable[[], int]
    rules: RankingSettings
    kept: Kept | None = None
    carpool: Carpooling | None = None
    counting: Counting | None = None
    shelf: Shelf = field(default_factory=Shelf)
    folder: Path | None = None
    languages: TerritoryLanguages = field(default_factory=TerritoryLanguages)

    def today(self) -> date:
        """The date of the territory."""
        return local_date(self.now(), self.config.territory.zone)

    def database(self) -> Store:
        """Raises StorageUnavailable, FolderUnavailable."""
        if self.kept is None:
            raise self._without_database()
        return self.kept.store

    def data(self) -> Path:
        """The folder of networks and feeds, which can be read where nothing can be written. Raises
        StorageUnavailable."""
        if self.folder is None:
            raise StorageUnavailable
        return self.folder

    def carpooling(self) -> Carpooling:
        """Raises StorageUnavailable, FolderUnavailable."""
        if self.carpool is None:
            raise self._without_database()
        return self.carpool

    def _without_database(self) -> MobilityError:
        """Why there is none: mostly that its file could not be opened."""
        refused = unwritable(self.folder) if self.folder else None
        return folder_refused(refused) if refused else StorageUnavailable()

    def asking(self, version: int, ours: bool = False) -> Asking:
        """The request's territory, taken here and nowhere else, in the language of the query. ours: see Asking."""
        languages = tuple(request.accept_languages.values())
        taken = Asking(self.current.territory(), self.config, Dialect(version), self.now(), languages, ours)
        return self.told_in(taken, asked())

    def told_in(self, asking: Asking, values: Values) -> Asking:
        """With names in the language that is asked for."""
        tags = [*(values.listed("language") or []), *asking.languages, *self.config.territory.languages]
        return replace(asking, territory=self.languages.told(self.current.territory(), tags))

    def pieces(self, asking: Asking) -> Pieces:
        return self.shelf.pieces(asking.searched.network, asking.dialect)

    def live(self, asking: Asking, language: str) -> LiveTelling | None:
        """What is told of the live state; None where nothing is known, or nobody wants to know."""
        told = asking.told
        live = told.live if told else None
        return LiveTelling(live, told.alerts, asking.now_s, language) if told and live else None

    def context(self, asking: Asking, wishes: Wishes) -> AnswerContext:
        live = self.live(asking, wishes.language)
        return self.shelf.context(asking.searched.network, wishes, asking.now_s, live)


def asked() -> Values:
    """The query string of this request."""
    return Values(request.args)


def json_body(model: type[Read]) -> Read:
    """The body of this request. Raises InvalidBody, UnsupportedMediaType."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    return read_body(model, request.get_data())


def signed_in(service: Service) -> Account:
    """Who asks: the owner of the session whose token the request bears. Raises NotSignedIn."""
    return session(service)[0]


def session(service: Service) -> tuple[Account, str]:
    """The account and the id of the session. Raises NotSignedIn."""
    token = bearer_token()
    if not token:
        raise NotSignedIn
    return service.carpooling().accounts.account(token, service.now())


def neighbour() -> str:
    """Where the request comes from."""
    return neighbourhood(request.remote_addr or "")


def take(service: Service, limit: Limit, subject: str | None = None) -> None:
    """A token of the subject's, or of where the request comes from. Raises TooMany."""
    found = neighbour() if subject is None else subject
    service.carpooling().limits.take(limit, found, service.now())
