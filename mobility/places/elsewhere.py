"""Towns that people of a French territory ask for and that most territories do not serve: the seats of the
departments, other large towns, and what one flies or sails to. What the territory has is asked first; docs/places.md
says what is said then.
"""

from __future__ import annotations

from collections.abc import Collection

from mobility.places.match import Match
from mobility.places.words import LITTLE, STREET_WORDS, Word, words

TOWNS = """
    Agen, Aix-en-Provence, Ajaccio, Albi, Alençon, Amiens, Angers, Angoulême, Annecy, Antibes, Arles, Arras, Auch,
    Auray, Aurillac, Auxerre, Avignon, Bar-le-Duc, Basse-Terre, Bastia, Bayonne, Beauvais, Belfort, Besançon,
    Béziers, Biarritz, Blois, Bobigny, Bordeaux, Boulogne-Billancourt, Bourg-en-Bresse, Bourges, Brest, Caen,
    Cahors, Calais, Cannes, Carcassonne, Carhaix, Cayenne, Châlons-en-Champagne, Chambéry, Charleville-Mézières,
    Chartres, Châteauroux, Chaumont, Cherbourg, Clermont-Ferrand, Cholet, Colmar, Concarneau, Créteil,
    Digne-les-Bains, Dijon, Dinan, Douarnenez, Dunkerque, Épinal, Évreux, Évry, Foix, Fort-de-France, Fougères, Gap,
    Grenoble, Guéret, Guingamp, La Baule, La Rochelle, La Roche-sur-Yon, Lannion, Laon, Laval, Le Havre, Le Mans, Le
    Puy-en-Velay, Lille, Limoges, Lons-le-Saunier, Lorient, Lyon, Mâcon, Mamoudzou, Marseille, Melun, Mende, Metz,
    Montauban, Mont-de-Marsan, Montpellier, Morlaix, Moulins, Mulhouse, Nancy, Nanterre, Nantes, Narbonne, Nevers,
    Nice, Nîmes, Niort, Orléans, Paris, Pau, Périgueux, Perpignan, Poitiers, Pontivy, Pontoise, Privas, Quiberon,
    Quimper, Quimperlé, Redon, Reims, Rennes, Roanne, Rodez, Roscoff, Rouen, Saint-Brieuc, Saint-Denis,
    Sainte-Anne-d'Auray, Saint-Étienne, Saint-Lô, Saint-Malo, Saint-Nazaire, Saint-Quentin, Strasbourg, Tarbes,
    Toulon, Toulouse, Tourcoing, Tours, Troyes, Tulle, Valence, Valenciennes, Vannes, Versailles, Vesoul,
    Villeurbanne, Vitré, Amsterdam, Barcelone, Berlin, Bruxelles, Cork, Dublin, Francfort, Genève, Lisbonne,
    Londres, London, Luxembourg, Madrid, Milan, Plymouth, Rome, Zurich
    """
STATION = frozenset("gare sncf tgv ter train routiere centre ville station".split())
"""Words that a place of the town may have in its name beside the town's."""


def _plain(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(name))


_TOWNS = frozenset(map(_plain, TOWNS.split(",")))
_LONGEST = max(map(len, _TOWNS))


def town_in(text: str) -> str:
    """The first town that the text names, as typed, "" where it names none."""
    said = words(text)
    for first in range(len(said)):
        for last in range(min(len(said), first + _LONGEST), first, -1):
            if tuple(word.text for word in said[first:last]) in _TOWNS:
                return _between(text, said[first], said[last - 1])
    return ""


def is_there(place: Match, town: str, text: str) -> bool:
    """Whether a place that answers the name of the town lies in it, as far as that is known, or is called after it
    alone: a Rue de Brest does neither."""
    named, asked, of_town = set(_plain(place.name)) - LITTLE, set(_plain(text)), set(_plain(town)) - LITTLE
    if not of_town.isdisjoint(_plain(" ".join(place.unanswered))):
        return False
    if _plain(place.area) == _plain(town) or of_town <= named <= asked | STATION:
        return True
    return not place.area and _says_where(_plain(place.name), _plain(town))


def _says_where(name: tuple[str, ...], town: tuple[str, ...]) -> bool:
    """Of a name whose commune nobody knows: `Brest, Place de la Liberté` tells it; a Rue de Brest leads there."""
    starts = (first for first in range(len(name)) if name[first : first + len(town)] == town)
    return any(first == 0 or name[first - 1] not in LITTLE for first in starts)


def says_where(text: str, town: str) -> bool:
    """Whether an address tells by the town where it is, and not what the street is called: `rue de la Paix Quimper`, no
    Rue de Quimper."""
    said, of_town = [word.text for word in words(text)], list(_plain(town))
    starts = [first for first in range(1, len(said)) if of_town and said[first : first + len(of_town)] == of_town]
    return any(said[first - 1] not in LITTLE | STREET_WORDS for first in starts)


def is_elsewhere(town: str, text: str, found: Collection[Match]) -> bool:
    return bool(town) and not any(is_there(one, town, text) for one in found)


def _between(text: str, first: Word, last: Word) -> str:
    return text[first.start : last.start + last.length]
