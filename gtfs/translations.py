"""What a feed says in other languages (translations.txt) of what people read: names, headsigns, words on booking.

A row names what it translates by the id of a record, or by the text itself; where both do, the id counts. Read, too, as
feeds wrote it before 2020 (`trans_id, lang`): a text is translated wherever it stands.
Source: GTFS reference, translations.txt.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gtfs.fares.records import Fares
from gtfs.feed import Feed
from gtfs.snapshot import Agency, BookingRule, Route, Spoken, Stop, TranslatedText
from gtfs.table import Table

FieldName = tuple[str, str]
"""Table and field."""
STOP_NAME, STOP_DESCRIPTION = ("stops", "stop_name"), ("stops", "stop_desc")
SHORT_NAME, LONG_NAME = ("routes", "route_short_name"), ("routes", "route_long_name")
AGENCY_NAME = ("agency", "agency_name")
TRIP_HEADSIGN, CALL_HEADSIGN = ("trips", "trip_headsign"), ("stop_times", "stop_headsign")
MESSAGE, PICKUP_MESSAGE = ("booking_rules", "message"), ("booking_rules", "pickup_message")
PRODUCT_NAME, RIDER_NAME = ("fare_products", "fare_product_name"), ("rider_categories", "rider_category_name")
PUBLISHER_NAME = ("feed_info", "feed_publisher_name")
ALL = (
    STOP_NAME, STOP_DESCRIPTION, SHORT_NAME, LONG_NAME, AGENCY_NAME, TRIP_HEADSIGN, CALL_HEADSIGN, MESSAGE,
    PICKUP_MESSAGE, PRODUCT_NAME, RIDER_NAME, PUBLISHER_NAME,
)  # fmt: skip
COLUMNS = ("table_name", "field_name", "language", "translation", "record_id", "record_sub_id", "field_value")
OLD_COLUMNS = ("lang", "translation", "trans_id")


@dataclass(frozen=True, slots=True)
class Records:
    """What the snapshot has of the records whose texts may be translated."""

    stops: Sequence[Stop]
    routes: Sequence[Route]
    agencies: Sequence[Agency]
    bookings: Sequence[BookingRule]
    fares: Fares
    publisher: str


@dataclass(frozen=True, slots=True)
class _Said:
    """Of one field, by language as written and the id (with sub id) of the record, or the text itself."""

    by_id: dict[tuple[str, str, str], str] = field(default_factory=dict)
    by_text: dict[tuple[str, str], str] = field(default_factory=dict)

    def languages(self) -> list[str]:
        return list(dict.fromkeys(key[0] for key in (*self.by_id, *self.by_text)))

    def of(self, language: str, id: str, text: str) -> str:
        return self.by_id.get((language, id, "")) or self.by_text.get((language, text), "")


def translated(feed: Feed, records: Records) -> tuple[TranslatedText, ...]:
    """Of records by their row, of headsigns by the text."""
    if not len(feed.tables["translations"]):
        return ()
    known = _known(feed.tables["translations"])
    of_publisher = _of_publisher(records.publisher, known)
    return (*_of_records(feed, records, known), *of_publisher, *_of_headsigns(feed, known))


def _known(table: Table) -> Mapping[FieldName, _Said]:
    found: defaultdict[FieldName, _Said] = defaultdict(_Said)
    for of_table, name, language, text, id, sub_id, value in zip(*(table[one].texts() for one in COLUMNS), strict=True):
        if language and text and (id or (of_table == "feed_info" and not value)):
            found[of_table, name].by_id[language, id, sub_id] = text
        elif language and text and value:
            found[of_table, name].by_text[language, value] = text
    for language, text, value in zip(*(table[one].texts() for one in OLD_COLUMNS), strict=True):
        if language and text and value:
            for one in ALL:
                found[one].by_text[language, value] = text
    return found


def _of_records(feed: Feed, records: Records, known: Mapping[FieldName, _Said]) -> Iterator[TranslatedText]:
    rules = feed.tables["booking_rules"]["booking_rule_id"].texts().tolist()
    booked = [(id, one.message) for id, one in zip(rules, records.bookings, strict=True)]
    texts: tuple[tuple[Spoken, FieldName, list[tuple[str, str]]], ...] = (
        (Spoken.STOP_NAME, STOP_NAME, [(one.id, one.name) for one in records.stops]),
        (Spoken.STOP_DESCRIPTION, STOP_DESCRIPTION, [(one.id, one.description) for one in records.stops]),
        (Spoken.LINE_SHORT_NAME, SHORT_NAME, [(one.id, one.short_name) for one in records.routes]),
        (Spoken.LINE_LONG_NAME, LONG_NAME, [(one.id, one.long_name) for one in records.routes]),
        (Spoken.AGENCY_NAME, AGENCY_NAME, [(one.id, one.name) for one in records.agencies]),
        (Spoken.BOOKING_MESSAGE, PICKUP_MESSAGE, booked),
        (Spoken.BOOKING_MESSAGE, MESSAGE, booked),
        (Spoken.FARE_PRODUCT, PRODUCT_NAME, [(one.id, one.name) for one in records.fares.products]),
        (Spoken.RIDER_CATEGORY, RIDER_NAME, [(one.id, one.name) for one in records.fares.riders]),
    )
    for kind, name, rows in texts:
        said = known.get(name, _Said())
        for language in said.languages():
            for row, (id, original) in enumerate(rows):
                if original and (text := said.of(language, id, original)):
                    yield TranslatedText(kind, row, original, _plain(language), text)


def _of_publisher(publisher: str, known: Mapping[FieldName, _Said]) -> Iterator[TranslatedText]:
    """feed_info.txt has one row without an id, so a translation of it may name neither record nor text."""
    said = known.get(PUBLISHER_NAME, _Said())
    for language in said.languages() if publisher else ():
        text = next((text for (of, *_), text in said.by_id.items() if of == language), "")
        if text := text or said.of(language, "", publisher):
            yield TranslatedText(Spoken.PUBLISHER, 0, publisher, _plain(language), text)


def _of_headsigns(feed: Feed, known: Mapping[FieldName, _Said]) -> Iterator[TranslatedText]:
    """A headsign is one text wherever it is shown: where records differ, what most of them say."""
    votes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name in (TRIP_HEADSIGN, CALL_HEADSIGN):
        said = known.get(name, _Said())
        for (language, original), text in said.by_text.items():
            votes[language, original][text] += 1
        headsign_of = _headsigns(feed, name) if said.by_id else {}
        for (language, id, sub_id), text in said.by_id.items():
            votes[language, headsign_of.get((id, sub_id), "")][text] += 1
    for (language, original), counted in votes.items():
        if original:
            yield TranslatedText(Spoken.HEADSIGN, -1, original, _plain(language), counted.most_common(1)[0][0])


def _headsigns(feed: Feed, name: FieldName) -> Mapping[tuple[str, str], str]:
    """By trip, and for calls by stop_sequence."""
    table, column = feed.tables[name[0]], feed.tables[name[0]][name[1]]
    ids, texts = table["trip_id"].texts().tolist(), column.texts().tolist()
    subs = table["stop_sequence"].texts().tolist() if name == CALL_HEADSIGN else [""] * len(ids)
    return {(id, sub): text for id, sub, text in zip(ids, subs, texts, strict=True)}


def _plain(language: str) -> str:
    return language.lower().partition("-")[0]
