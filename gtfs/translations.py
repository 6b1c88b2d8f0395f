"""Names of stops in other languages (translations.txt), by the id of the stop or by the name itself."""

from __future__ import annotations

from collections.abc import Sequence

from gtfs.feed import Feed
from gtfs.snapshot import Stop, TranslatedName

COLUMNS = ("table_name", "field_name", "language", "translation", "record_id", "field_value")


def stop_names(feed: Feed, places: Sequence[Stop]) -> tuple[TranslatedName, ...]:
    """Where an id and a name are translated, the id counts (GTFS reference, translations.txt)."""
    table = feed.tables["translations"]
    rows = list(zip(*(table[name].texts() for name in COLUMNS), strict=True))
    named = [row[2:] for row in rows if row[:2] == ("stops", "stop_name") and row[2] and row[3]]
    if not named:
        return ()
    by_id = {(id, language): text for language, text, id, _ in named if id}
    by_name = {(name, language): text for language, text, id, name in named if name and not id}
    languages = list(dict.fromkeys(row[0] for row in named))
    told = (
        (stop, language, by_id.get((place.id, language)) or by_name.get((place.name, language), ""))
        for stop, place in enumerate(places)
        for language in languages
    )
    return tuple(
        TranslatedName(stop, language.lower().partition("-")[0], text) for stop, language, text in told if text
    )
