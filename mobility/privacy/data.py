"""Kinds of data, with the names that they go by in queries, bodies and forms: `places` is said, `fromPlace` is sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Datum:
    """members: what a request calls it. Headers and addresses have no member and are written in angle brackets."""

    id: str
    members: tuple[str, ...]


def _datum(id: str, members: str) -> Datum:
    return Datum(id, tuple(members.split()))


KEPT = _datum("kept", "")
"""Who travels, and the places, stops, trips and answers that somebody lets their own device keep: no request holds them
all."""
LANGUAGE = _datum("language", "language lang <Accept-Language>")
ADDRESS = _datum("address", "<address>")

ENDS = _datum("ends", "fromPlace toPlace via one from to fromId toId fromPick toPick swap link itineraryId legs")
MOMENT = _datum(
    "moment",
    """time arriveBy moment when nextDay wayBack backMoment at aboutAt headway day searchWindow timetableView pageCursor
    cursor window direction n startTime endTime departureDate departureTimeOfDay departureWeekdays minDepartureDate
    maxDepartureDate timeDelta""",
)
NEEDS = _datum(
    "needs",
    """profile stepFree passengers adults children pedestrianProfile pedestrianSpeed cyclingSpeed requireBikeTransport
    bike withoutBike requireCarTransport fareRider""",
)
CHOICES = _datum(
    "choices",
    """version numItineraries maxItineraries maxTransfers maxTravelTime minTransferTime additionalTransferTime
    noCompulsoryReservation
    transferTimeFactor explain sortBy sort search transitModes directModes preTransitModes postTransitModes mode modes
    maxPreTransitTime maxPostTransitTime maxDirectTime farther radius exactRadius detailedLegs detailedTransfers
    joinInterlinedLegs withFares fareMedium withScheduledSkippedStops realtimeMode ifMissed withAlerts fetchStops
    numLegAlternatives
    grouped numResults type providers
    providerGroups withProviders withStations withVehicles withZones requireDisplayNameMatch day limit count trips
    zoom precision""",
)
TYPED = _datum("typed", "text name namePick")
POSITION = _datum(
    "position",
    """place center min max point placeBias placeBiasLat placeBiasLon both departureLat departureLng departureRadius
    arrivalLat arrivalLng arrivalRadius""",
)
NETWORK = _datum("network", "stopId stop line tripId feed sha256 filename")

EMAIL = _datum("email", "email")
CODE = _datum("code", "code new")
SESSION = _datum("session", "<Authorization> <Cookie> id key draft step done sure after")
ALIAS = _datum("alias", "alias")
PHONE = _datum("phone", "phone")
ADULT = _datum("adult", "adult")
DRIVE = _datum(
    "drive",
    """date weekly weekdays firstDay lastDay exceptDays addedDays school departure back
    repeats backDeparture backDate""",
)
OFFER = _datum(
    "offer",
    """id flexibleMinutes seats longestDetourMinutes priceCents accessibility wheelchair childSeat luggage bike pets
    languages along price withoutPoints halts offered""",
)
SEAT = _datum("seat", "offer booking day date pickup dropOff seats wait status")
MESSAGE = _datum("message", "message text")
REMARK = _datum("remark", "about id kind text trip withTrip code draft step sure")
PARTNER = _datum("partner", "<X-API-Key> idToken")
STAFF = _datum(
    "staff",
    """<Authorization> <Cookie> token key done sure step
    trip date line stop effect cause day part from until clock decided toStop text
    remark mail alias name ending""",
)
FEED = _datum("feed", "feed file note url licence publisher only force forward version before after form")
