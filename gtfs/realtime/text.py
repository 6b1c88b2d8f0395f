"""Plain text of what producers write into alerts: by the specification it is plain already, in practice it is HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

LONGEST = 5_000
HIDDEN = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "head"})
BREAKS = frozenset({"br", "p", "div", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
WEB = ("http://", "https://", "tel:", "mailto:")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


def plain_text(said: str) -> str:
    """Without markup; the address of a link stands behind its words. At most 5 000 characters."""
    said = CONTROL.sub("", said[: 8 * LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    return _tidy(_stripped(said) if "<" in said or "&" in said else said)[:LONGEST]


def _stripped(said: str) -> str:
    reader = _Reader()
    reader.feed(said)
    reader.close()
    return CONTROL.sub("", "".join(reader.words)).replace("\xa0", " ")


def _tidy(said: str) -> str:
    lines = (" ".join(line.split()) for line in said.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        if tag in BREAKS:
            self.words.append("\n")
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.words)))

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        if tag in BREAKS and tag != "br":
            self.words.append("\n")
        if tag == "a" and self._links:
            address, begin = self._links.pop()
            if address.startswith(WEB) and address not in "".join(self.words[begin:]):
                self.words.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)
