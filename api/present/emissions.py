"""What is emitted, as people say it: `682 g`, `2 kg`, `1,3 kg`."""

from __future__ import annotations

from api.present.distances import thousands
from api.web.sentences import Sentences

G_PER_KG = 1000


def mass(grams: int, said: Sentences) -> str:
    if grams < G_PER_KG:
        return said["impact"]["grams"].format(n=grams)
    return said["impact"]["kilograms"].format(n=thousands(grams, said))
