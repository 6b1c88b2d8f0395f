"""Single values of a request by name: each reader refuses a value that it cannot read, naming the parameter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite

from werkzeug.datastructures import MultiDict

from api.parse.value_faults import RequestFault
from mobility.errors import InvalidQuery

TRUE, FALSE = {"true", "1", ""}, {"false", "0"}
BLANKS = " \t\n\r"


class Values:
    """The texts of a query string or of a JSON body. A list is written with commas, or by repeating the name."""

    def __init__(self, values: MultiDict[str, str]) -> None:
        self._values = values
        self._first: dict[str, str] = values.to_dict()

    @classmethod
    def of_body(cls, members: Mapping[str, object]) -> Values:
        """The members of a JSON body as a query string would write them; null is as good as absent."""
        return cls(MultiDict({name: _text(value) for name, value in members.items() if value is not None}))

    def names(self) -> Iterable[str]:
        return self._values.keys()

    def given(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        """ "" where it is not given. Raises InvalidQuery for a zero character, which no id or text holds."""
        value = self._first.get(name, "").strip(BLANKS)
        if "\0" in value:
            raise InvalidQuery(name, RequestFault.ZERO_CHARACTER)
        return value

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise InvalidQuery(name, RequestFault.MISSING)
        return value

    def listed(self, name: str) -> list[str] | None:
        """None where it is not given; an empty value is the empty list."""
        if name not in self._values:
            return None
        return [item.strip() for text in self._values.getlist(name) for item in text.split(",") if item.strip()]

    def flag(self, name: str, default: bool = False) -> bool:
        if name not in self._values:
            return default
        value = self.text(name).lower()
        if value not in TRUE | FALSE:
            raise InvalidQuery(name, RequestFault.NOT_TRUE_OR_FALSE)
        return value in TRUE

    def whole(self, name: str, default: int, least: int = 0, most: int | None = None) -> int:
        """A whole number. More than `most` is refused: nobody is told less than they asked."""
        if not self.text(name):
            return default
        try:
            value = int(self.text(name))
        except ValueError:
            raise InvalidQuery(name, RequestFault.NO_WHOLE_NUMBER) from None
        if value < least:
            raise InvalidQuery(name, RequestFault.TOO_SMALL, least=least)
        if most is not None and value > most:
            raise InvalidQuery(name, RequestFault.TOO_LARGE, most=most)
        return value

    def up_to(self, most: int, name: str, default: int) -> int:
        """A whole number; more than `most` counts as `most`, which whoever calls this says (api/parse/limits.py)."""
        return min(self.whole(name, default), most)

    def number(self, name: str, default: float, least: float, most: float) -> float:
        if not self.text(name):
            return default
        try:
            value = float(self.text(name))
        except ValueError:
            raise InvalidQuery(name, RequestFault.NO_NUMBER) from None
        if not isfinite(value) or not least <= value <= most:
            raise InvalidQuery(name, RequestFault.OUT_OF_RANGE, least=f"{least:g}", most=f"{most:g}")
        return value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_text(item) for item in value)
    return str(value)
