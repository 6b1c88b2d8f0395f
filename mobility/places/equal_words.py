"""Words that people use for one and the same thing, in French, Breton and English.

A row is one thing; each of its phrases is found by every other. The longest phrase counts, so that a coach station,
which has a row of its own, is no railway station. docs/places.md says what belongs here.
"""

from __future__ import annotations

from mobility.places.words import Word, words

TABLE = (
    ("mairie", "hôtel de ville", "ti-kêr", "town hall", "city hall"),
    ("gare", "gare sncf", "gare ferroviaire", "ti-gar", "porzh-houarn", "train station", "railway station"),
    ("gare routière", "bus station", "coach station"),
    ("gare maritime", "ferry terminal"),
    ("embarcadère", "landing stage"),
    ("hôpital", "centre hospitalier", "ospital", "hospital"),
    ("église", "iliz", "church"),
    ("école", "skol", "school"),
    ("lycée", "lise", "high school"),
    ("université", "fac", "skol-veur", "university"),
    ("plage", "traezhenn", "beach"),
    ("marché", "marc'had", "market"),
    ("poste", "bureau de poste", "ti-post", "post office"),
    ("bibliothèque", "médiathèque", "levraoueg", "mediaoueg", "library"),
    ("piscine", "poull-neuial", "swimming pool", "pool"),
    ("clinique", "klinikenn", "clinic"),
    ("pharmacie", "apotikerezh", "pharmacy", "chemist"),
    ("supermarché", "gourmarc'had", "supermarket"),
    ("musée", "mirdi", "museum"),
    ("cinéma", "sinema", "movie theatre"),
    ("parking", "parklec'h", "car park"),
    ("toilettes", "wc", "privezioù", "toilets"),
    ("aéroport", "aerborzh", "airport"),
)

_THING_OF = {tuple(word.text for word in words(phrase)): f"={row[0]}" for row in TABLE for phrase in row}
_LONGEST = max(map(len, _THING_OF))
_FIRST = {phrase[0] for phrase in _THING_OF}


def things(said: list[Word]) -> list[tuple[str, list[Word]]]:
    """What the words name, each with the words that name it. A thing begins with `=`, which no word does."""
    found, first = [], 0
    while first < len(said):
        longest = _LONGEST if said[first].text in _FIRST else 0
        for last in range(min(len(said), first + longest), first, -1):
            thing = _THING_OF.get(tuple(word.text for word in said[first:last]))
            if thing is not None:
                found.append((thing, said[first:last]))
                first = last
                break
        else:
            first += 1
    return found
