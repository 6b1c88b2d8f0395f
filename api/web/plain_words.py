"""What a fault says of itself in English, in the language of the page: by the sentences that faults have."""

from __future__ import annotations

import re
from collections.abc import Mapping

PHRASES = {
    "too_many_days": r"(?P<services>\d+) services over (?P<days>\d+) days are too many",
    "no_address": r"only http and https addresses can be fetched",
    "server_answers": r"the server answers (?P<status>\d+)",
    "no_answer": r"no answer.*",
    "too_large": r"larger than .*|is too large",
    "too_long": r"takes longer than .*|takes too long",
    "not_public": r"(.*: )?is no public address; .*",
    "too_many_rows": r"more than (?P<count>\d+) rows",
    "utf_16": r"is UTF-16, not UTF-8",
    "no_header": r"the header is no list of column names",
    "open_quote": r"a quote is never closed",
    "no_text": r"a zero byte: no text file",
    "too_many_runs": r"more than (?P<count>\d+) (runs|calls of runs) in all",
    "no_file": r"there is no such file",
    "damaged_zip": r"a damaged zip file: .*|cannot be unpacked: .*|is cut short",
    "no_zip": r"no zip file but .*",
    "too_many_files": r"more than (?P<count>\d+) files",
    "unpacks_too_large": r"unpacks to more than \d+ (times its size|bytes)",
    "name_twice": r"a file name occurs twice",
    "name_outside": r"a name that leaves the archive",
    "encrypted": r"is encrypted",
    "link": r"is a link",
    "no_table": r"no GTFS table in it",
    "several_feeds": r"several feeds in it: (?P<names>.*)",
    "disk_full": r"No space left on device|.*: \d+ MiB are needed",
    "not_allowed": r"Permission denied|Operation not permitted",
    "read_only": r"Read-only file system",
    "damaged_file": r"(?P<file>\S+) is damaged",
    "no_lock": r"other loads do not keep to its lock",
    "redirected": r"is redirected .*|.*: a host that the configuration does not name",
    "cannot_be_read": r"cannot be read \(.*\)",
    "unreadable": r"unreadable|none of its files can be had|a file is no JSON( object)?",
    "from_the_future": r"from_the_future",
    "older_than_before": r"older_than_before",
    "much_is_missing": r"much_is_missing",
    "unexpected": r"[A-Z][A-Za-z]*(Error|Exception|Interrupt|Exit)",
}
"""By key of the section `phrase` of the catalogues; a group stands in the sentence."""
FETCHED = "cannot be fetched: "
KNOWN = [(key, re.compile(pattern, re.IGNORECASE)) for key, pattern in PHRASES.items()]


def plain(reason: str, said: Mapping[str, str]) -> str:
    """said: the section `phrase`. What has no sentence is told as one that the service's log knows more of."""
    found = ((key, pattern.fullmatch(reason.removeprefix(FETCHED))) for key, pattern in KNOWN)
    return next((said[key].format(**match.groupdict()) for key, match in found if match), said["other"])
