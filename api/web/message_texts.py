"""What an operator's message says in each language that is spoken here, ready made: effect and reason."""

from __future__ import annotations

from api.web.sentences import EASY, LANGUAGES, sentences
from mobility.live.messages import MessageEffect, OperatorMessage
from mobility.network.live_alerts import Texts

ALONE = frozenset({MessageEffect.WORKS, MessageEffect.EVENT})
"""These say their reason themselves."""


def message_texts(message: OperatorMessage) -> Texts:
    return tuple((language, _sentence(message, language)) for language in (*LANGUAGES, EASY))


def _sentence(message: OperatorMessage, language: str) -> str:
    said = sentences(language)["messages"]
    what = said[message.effect.value]
    return what if message.effect in ALONE else said["because"].format(what=what, why=said[f"cause_{message.cause}"])
