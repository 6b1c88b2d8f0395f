"""What is said of single times of a timetable: a letter at the time, the words below the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from api.present.prose import about_every
from api.present.run_names import direction
from api.present.way_words import notice
from api.web.sentences import Sentences
from mobility.network.network import Network
from mobility.routing.line_days import CallTerms, LineGrid
from mobility.routing.reservation import DRIVER, NOT_SAID, PHONE


class Footnotes:
    """Of one table. Letters go on with aa, ab where there are more than 26."""

    def __init__(self, network: Network, line: int, said: Sentences) -> None:
        self._network, self._line, self._said = network, line, said
        self._letters: dict[str, str] = {}

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Letter and words, in the order in which they were called for."""
        return [(letter, text) for text, letter in self._letters.items()]

    def of(self, terms: CallTerms, before: int) -> str:
        """The letters of a call. before: the headsign that is told already."""
        towards, apart = self._towards(terms.headsign, before), self._around(terms.headway_s)
        texts = [*towards, *booking(self._network, terms, self._said), *apart]
        return " ".join(self._letter(text) for text in texts)

    def along(self, run: Sequence[CallTerms | None], usual: int) -> list[str]:
        """The letters of each call of a run. A headsign is told where it begins to stand there, never at the end; that
        the run is at a headway where it begins."""
        letters, before, is_told = list[str](), usual, False
        for at, one in enumerate(run):
            is_last = not any(run[at + 1 :])
            told = one._replace(headsign=before) if one and is_last else one
            told = told._replace(headway_s=0) if told and is_told else told
            letters.append(self.of(told, before) if told else "")
            is_told = is_told or told is not None
            before = told.headsign if told else before
        return letters

    def _towards(self, headsign: int, before: int) -> Iterator[str]:
        name = direction(self._network, self._line, headsign)
        if name and headsign != before:
            yield self._said["lines"]["towards"].format(stop=name)

    def _around(self, apart_s: int) -> Iterator[str]:
        """No timetable promises the time of a run at a headway."""
        if apart_s:
            yield self._said["text"]["around"].format(every=about_every(apart_s, self._said))

    def _letter(self, text: str) -> str:
        number = len(self._letters)
        letter = ascii_lowercase[number % 26]
        return self._letters.setdefault(text, letter if number < 26 else ascii_lowercase[number // 26 - 1] + letter)


def usual_headsign(grid: LineGrid) -> int:
    """That of most runs where they begin."""
    return Counter(next(one.headsign for one in terms if one) for terms in grid.terms).most_common(1)[0][0]


def booking(network: Network, terms: CallTerms, said: Sentences) -> Iterator[str]:
    """On any day: until when is told by the notice, not by a date."""
    to_get_in = _booked(network, terms.pickup_rule, said) if terms.pickup == PHONE else ""
    to_get_out = _booked(network, terms.drop_off_rule, said) if terms.drop_off == PHONE else ""
    if to_get_in:
        yield to_get_in
    if to_get_out and to_get_out != to_get_in:
        yield said["paper"]["asked_out"].format(how=to_get_out)
    if terms.pickup == DRIVER:
        yield said["reservation"]["tell_in"]
    if terms.drop_off == DRIVER:
        yield said["paper"]["tell_out"]


def _booked(network: Network, rule: int, said: Sentences) -> str:
    """Number, how long ahead, and the operator's own words."""
    text, found = said["reservation"], network.bookings[rule] if rule >= 0 else NOT_SAID
    site = text["site"].format(url=found.url) if found.url else ""
    how = text["phone"].format(phone=found.phone) if found.phone else site
    return " ".join(filter(None, (text["book"].format(how=how, until=""), notice(found.notice, said), found.message)))
