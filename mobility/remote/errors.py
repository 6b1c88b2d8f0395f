"""Why a file of another server cannot be had."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class FetchFault(StrEnum):
    NO_ADDRESS = "no_address"
    NOT_PUBLIC = "not_public"
    NOT_NAMED = "not_named"
    REDIRECTED_TOO_OFTEN = "redirected_too_often"
    REDIRECTED_NOWHERE = "redirected_nowhere"
    SERVER_ANSWERS = "server_answers"
    LATE_ANSWER = "late_answer"
    NO_ANSWER = "no_answer"
    FETCHED_TOO_LARGE = "fetched_too_large"
    TOO_LONG = "too_long"
    CANNOT_BE_READ = "cannot_be_read"
    NOTHING_HAD = "nothing_had"
    NO_JSON = "no_json"
    NO_JSON_OBJECT = "no_json_object"


SENTENCES = {
    FetchFault.NO_ADDRESS: "only http and https addresses can be fetched",
    FetchFault.NOT_PUBLIC: "{host}: is no public address; a host of one's own is named in config.toml",
    FetchFault.NOT_NAMED: "{host}: a host that the configuration does not name",
    FetchFault.REDIRECTED_TOO_OFTEN: "is redirected too often",
    FetchFault.REDIRECTED_NOWHERE: "is redirected to what is no address",
    FetchFault.SERVER_ANSWERS: "the server answers {status}",
    FetchFault.LATE_ANSWER: "no answer in time",
    FetchFault.NO_ANSWER: "no answer ({fault})",
    FetchFault.FETCHED_TOO_LARGE: "larger than {most}",
    FetchFault.TOO_LONG: "takes longer than {seconds:g} s",
    FetchFault.CANNOT_BE_READ: "cannot be read ({fault})",
    FetchFault.NOTHING_HAD: "none of its files can be had",
    FetchFault.NO_JSON: "a file is no JSON",
    FetchFault.NO_JSON_OBJECT: "a file is no JSON object",
}


class Unfetchable(Exception):
    """values: by name, what stands in the sentence of the code. str() names no address: it may hold a key. A host that
    is refused is named."""

    def __init__(self, code: FetchFault, more: str = "", **values: Any) -> None:
        """more: after the sentence."""
        super().__init__(SENTENCES[code].format(**values) + more)
        self.code, self.values = code, values
