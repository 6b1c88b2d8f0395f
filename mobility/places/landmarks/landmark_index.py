"""Places that people name as flat arrays that workers map, with their names in the languages of the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mobility.geo import Point
from mobility.network.columns import Texts
from mobility.places.build import Entry, index_of
from mobility.places.index import PlaceIndex
from mobility.places.landmarks.kinds import BY_NAME
from mobility.places.landmarks.landmark import Landmark

IN_A_HAMLET = 0.75
"""As important as in the largest town a thing of a kind is where there is hardly another one."""


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkIndex:
    """places: found by all of their names, and by what people call their kind. name_br, name_en: by row of places.
    sources: what the rows are from, each with licence and date."""

    places: PlaceIndex
    name_br: Texts
    name_en: Texts
    sources: str

    def called_in(self, languages: Sequence[str]) -> PlaceIndex:
        """The places under their names in the first of these languages that there are names in."""
        names = {"br": self.name_br, "en": self.name_en, "fr": self.places.name}
        known = next((names[tag[:2]] for tag in languages if tag[:2] in names), self.places.name)
        return replace(self.places, name=known)


def landmark_index(landmarks: Iterable[Landmark], sources: str) -> LandmarkIndex:
    known = list(landmarks)
    in_commune = Counter(one.commune for one in known)
    communes = sorted(filter(None, in_commune))
    most = max((in_commune[name] for name in communes), default=1)
    rows = {name: row for row, name in enumerate(communes)}
    return LandmarkIndex(
        places=index_of(
            [_entry(one, rows.get(one.commune, -1), in_commune[one.commune] / most) for one in known], communes
        ),
        name_br=Texts.of(one.name_br or one.name for one in known),
        name_en=Texts.of(one.name_en or one.name for one in known),
        sources=sources,
    )


def _entry(one: Landmark, area: int, share: float) -> Entry:
    """share: of its commune, by the places that people name there, of those of the largest."""
    kind = BY_NAME[one.kind]
    return Entry(
        kind=one.kind,
        id=f"{one.kind}/{one.id}",
        name=one.name,
        point=Point(one.lat, one.lon),
        area=area,
        importance=kind.importance * (IN_A_HAMLET + (1 - IN_A_HAMLET) * min(share, 1.0)),
        also=tuple(filter(None, (one.name_br, one.name_en, *one.also))),
        about=kind.called,
    )
