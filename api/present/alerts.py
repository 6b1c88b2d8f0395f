"""News about trips and lines as JSON, in the language that is asked for."""

from __future__ import annotations

from api.present.clock import stamp
from api.present.pieces import Json
from api.web.sentences import sentences
from mobility.network.live_alerts import LiveAlert

CAUSES = {
    "WEATHER": "weather",
    "TECHNICAL_PROBLEM": "technical",
    "STRIKE": "strike",
    "ACCIDENT": "accident",
    "MAINTENANCE": "works",
    "CONSTRUCTION": "works",
    "SPECIAL_EVENT": "event",
}
"""Of GTFS-Realtime, those that we have a word for."""


def cause_words(alert: LiveAlert, language: str) -> str:
    """In the alert's own words where it has some, else as we call its cause; "" of a cause that says nothing."""
    known = CAUSES.get(alert.cause)
    return in_language(alert.cause_detail, language) or (
        sentences(language)["messages"][f"cause_{known}"] if known else ""
    )


def alert_json(alert: LiveAlert, language: str) -> Json:
    """Schema Alert of the MOTIS API."""
    told: Json = {
        "code": alert.id,
        "communicationPeriod": [_span(span) for span in alert.communication],
        "impactPeriod": [_span(span) for span in alert.impact],
        "cause": alert.cause,
        "effect": alert.effect,
        "severityLevel": alert.severity,
        "headerText": in_language(alert.header, language),
        "descriptionText": in_language(alert.description, language),
    }
    more = {
        "url": alert.url,
        "ttsHeaderText": alert.tts_header,
        "ttsDescriptionText": alert.tts_description,
        "causeDetail": alert.cause_detail,
        "effectDetail": alert.effect_detail,
    }
    return told | {name: text for name, said in more.items() if (text := in_language(said, language))}


def _span(span: tuple[int | None, int | None]) -> Json:
    """Both ends are required: what is open is told as the farthest that clients can read."""
    start_s, end_s = (min(one, FARTHEST_S) for one in (span[0] or 0, FARTHEST_S if span[1] is None else span[1]))
    return {"start": stamp(start_s), "end": stamp(end_s)}


FARTHEST_S = 4_102_444_799
"""The end of 2099."""


def in_language(said: tuple[tuple[str, str], ...], language: str) -> str:
    """The tag itself, else its base language, else French, else what has no tag, else the first."""
    if not said:
        return ""
    by_tag = {tag.casefold().replace("_", "-"): text for tag, text in said}
    wanted = language.casefold()
    base = wanted.partition("-")[0]
    for tag in (wanted, base):
        if tag in by_tag:
            return by_tag[tag]
    for tag, text in by_tag.items():
        if tag.partition("-")[0] == base:
            return text
    return by_tag.get("fr") or by_tag.get("") or said[0][1]
