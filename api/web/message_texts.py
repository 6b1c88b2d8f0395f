"""What an operator's message says in each language that is spoken here, ready made: effect and reason."""

from __future__ import annotations

from api.web.sentences import EASY, LANGUAGES, sentences
from mobility.live.messages import QUAY, MessageEffect, OperatorMessage
from mobility.network.live_alerts import Texts

ALONE = frozenset({MessageEffect.WORKS, MessageEffect.EVENT})
"""These say their reason themselves."""
MOVED = {
    (False, False): "moved",
    (True, False): "moved_hour",
    (False, True): "moved_quay",
    (True, True): "moved_hour_quay",
}
"""Key, by whether the hour and the quay are said."""


def message_texts(message: OperatorMessage) -> Texts:
    return tuple((language, _sentence(message, language)) for language in (*LANGUAGES, EASY))


def _sentence(message: OperatorMessage, language: str) -> str:
    said = sentences(language)["messages"]
    what = said[_what(message)].format(clock=message.clock, quay=QUAY)
    told = what if message.effect in ALONE else said["because"].format(what=what, why=said[f"cause_{message.cause}"])
    is_decided = message.effect is MessageEffect.AT_RISK and message.clock
    return said["decided"].format(told=told, clock=message.clock) if is_decided else told


def _what(message: OperatorMessage) -> str:
    """Key of the sentence."""
    if message.effect is MessageEffect.MOVED:
        return MOVED[bool(message.clock), bool(message.to_stop)]
    is_closed = message.effect is MessageEffect.CANCELLED and message.stop
    return "closed" if is_closed else message.effect.value
