"""The carpool registry as the views and the `hent carpool` command need it, made from config, secrets and territory."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from api.config import Config
from api.config.surroundings import school_holidays
from api.web.sentences import sentences
from api.web.storage import Kept
from mobility.carpool.accounts import Accounts, normal_email
from mobility.carpool.aftermath import Bound
from mobility.carpool.agreements import Agreements, BookingRules
from mobility.carpool.area import EVERYWHERE, MARGIN_DEG, Area
from mobility.carpool.draft import DraftContext
from mobility.carpool.limits import Limits
from mobility.carpool.live_store import StoredOffers
from mobility.carpool.meeting_points import MeetingPoints, meeting_points
from mobility.carpool.offer import MeetingPoint, PointKind
from mobility.carpool.registry import Registry
from mobility.carpool.roads import Roads
from mobility.carpool.sealing import Sealing
from mobility.carpool.waypoints import WaypointFinder
from mobility.geo import Point
from mobility.mail import Letter, NoPost, Post, Smtp, Tls
from mobility.privacy.periods import SIGN_IN_S
from mobility.routing.territory import Territory
from mobility.storage.store import Store

PASSWORD = "HENT_MAIL_PASSWORD"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Offered:
    """What the search for trips needs of the registry: offers, and nothing of people. now: epoch seconds."""

    config: Config
    store: Store
    school_holidays: frozenset[date]
    now: Callable[[], int]

    @property
    def zone(self) -> ZoneInfo:
        return self.config.territory.zone

    @property
    def rules(self) -> BookingRules:
        section = self.config.carpool
        return BookingRules(self.zone, section.answer_within_h * 3600, self.school_holidays, section.cost_cents_per_km)

    @property
    def bound(self) -> Bound:
        """Who must hear of a change of an offer in the same transaction: its bookings."""
        return Bound(self.rules, self.now)

    @property
    def live(self) -> StoredOffers:
        """What the search and other operators may see."""
        return StoredOffers(self.store, self.now, self.bound.seats_held)


@dataclass(frozen=True, slots=True)
class Carpooling(Offered):
    """post: who takes letters."""

    sealing: Sealing
    post: Post
    known_points: KnownPoints

    @property
    def accounts(self) -> Accounts:
        return Accounts(self.store, self.sealing, self.bound.watch)

    @property
    def registry(self) -> Registry:
        return Registry(self.store, self.zone, self.bound.watch)

    @property
    def agreements(self) -> Agreements:
        return Agreements(self.store, self.rules, self.now)

    @property
    def limits(self) -> Limits:
        return Limits(self.store, self.sealing)

    def ground(self, territory: Territory) -> DraftContext:
        points, waypoints = self.known_points.of(territory, self.config)
        return DraftContext(
            points=points,
            communes=tuple(place for place in territory.network.places if place.kind == "commune"),
            drives=waypoints,
            zone=self.zone,
            snap_m=self.config.carpool.snap_m,
            cost_cents=self.config.carpool.cost_cents_per_km,
            area=_area(self.config, territory),
        )

    def send_code(self, email: str, language: str, now: int) -> None:
        """A letter with a sign-in code. Raises InvalidQuery, MailUnavailable."""
        code = self.accounts.code(email, language, now)
        self.post.send(self._letter(normal_email(email), language, code))

    def link(self, code: str) -> str:
        """The page that signs in, the code in its fragment, which no server ever sees; "" where there is no page."""
        page = self.config.carpool.sign_in_page
        return f"{page}#code={code}" if page else ""

    def _letter(self, email: str, language: str, code: str) -> Letter:
        said = sentences(language)["carpool"]
        link = self.link(code)
        known = {"territory": self.config.territory.name, "minutes": SIGN_IN_S // 60, "code": code, "link": link}
        text = said["sign_in_with_link"] if link else said["sign_in"]
        return Letter(email, said["sign_in_subject"].format(**known), text.format(**known))


class KnownPoints:
    """The meeting points of the territory in service, laid out once for each network and map of streets."""

    def __init__(self) -> None:
        self._known: tuple[Territory, MeetingPoints, WaypointFinder] | None = None

    def of(self, territory: Territory, config: Config) -> tuple[MeetingPoints, WaypointFinder]:
        known = self._known
        if known is None or known[0] is not territory:
            points = meeting_points(territory.network, configured_points(config))
            waypoints = WaypointFinder(
                points.points, Roads(territory.network, territory.streets), config.carpool.waypoints
            )
            self._known = known = territory, points, waypoints
        return known[1:]


def _area(config: Config, territory: Territory) -> Area:
    """As the config draws it, else round the stops."""
    if config.territory.bbox:
        return Area(*config.territory.bbox)
    lats, lons = territory.network.stops.lat, territory.network.stops.lon
    if not len(lats):
        return EVERYWHERE
    return Area(
        float(lons.min()) - MARGIN_DEG,
        float(lats.min()) - MARGIN_DEG,
        float(lons.max()) + MARGIN_DEG,
        float(lats.max()) + MARGIN_DEG,
    )


def configured_points(config: Config) -> list[MeetingPoint]:
    return [
        MeetingPoint(one.id, one.name, Point(one.lat, one.lon), PointKind.CONFIGURED) for one in config.carpool.points
    ]


def carpooling(
    config: Config, kept: Kept, now: Callable[[], int], environment: Mapping[str, str] = os.environ
) -> Carpooling:
    """Raises InvalidConfig for a file of school holidays that cannot be read."""
    known = config, kept.store, school_holidays(config), now
    return Carpooling(*known, kept.sealing, post(config, environment), KnownPoints())


def offered(config: Config, store: Store, now: Callable[[], int]) -> Offered:
    """Raises InvalidConfig for a file of school holidays that cannot be read."""
    return Offered(config, store, school_holidays(config), now)


def post(config: Config, environment: Mapping[str, str] = os.environ) -> Post:
    mail = config.mail
    if mail is None:
        return NoPost()
    return Smtp(
        host=mail.host,
        port=mail.port,
        sender=mail.sender,
        tls=Tls(mail.tls),
        user=mail.user,
        password=environment.get(PASSWORD, ""),
        authority=mail.authority or "",
    )
