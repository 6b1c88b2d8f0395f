"""News as an Atom feed (RFC 4287). An entry whose words change is another entry, so that readers show it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from api.present.clock import stamp

NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class NewsFeed:
    """address: of the service. path, page: of the feed and of the page that tells the same, with this query."""

    title: str
    address: str
    path: str
    page: str
    query: Mapping[str, str]
    language: str
    author: str


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """text: plain. updated_s: epoch seconds. href: where the publisher says more, "" nowhere."""

    id: str
    title: str
    text: str
    updated_s: int
    href: str


def atom(feed: NewsFeed, entries: Sequence[NewsEntry]) -> bytes:
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(f"{{{NAMESPACE}}}feed", {"xml:lang": feed.language})
    own = f"{feed.address}{feed.path}?{urlencode(feed.query)}"
    _add(root, "id", _urn(own))
    _add(root, "title", feed.title)
    _add(root, "updated", stamp(max((one.updated_s for one in entries), default=0)))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    page = f"{feed.address}{feed.page}?{urlencode(feed.query)}"
    _add(root, "link", rel="alternate", type="text/html", hreflang=feed.language, href=page)
    for one in entries:
        _entry(root, feed, one, page)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ElementTree.Element, feed: NewsFeed, one: NewsEntry, page: str) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", _urn(f"{feed.address}/{one.id}/{one.title}/{one.text}"))
    _add(entry, "title", one.title)
    _add(entry, "updated", stamp(one.updated_s))
    _add(entry, "link", rel="alternate", href=one.href or page)
    _add(entry, "content", one.text, type="text")


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, name).urn


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    found = ElementTree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    found.text = _allowed(text) or None
    return found


def _allowed(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n\r" or " " <= letter <= "\ud7ff" or letter >= "\ue000")
