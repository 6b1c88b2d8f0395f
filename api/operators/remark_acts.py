"""What operators do with a remark, whichever way they ask: on their page or on the command line. Each act is written
into the log by the remark's id alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.config import Config
from api.parse.value_faults import RequestFault
from api.web.days import written
from api.web.remark_box import remarks_of
from api.web.sentences import sentences, spoken
from api.web.storage import Kept
from mobility.clock import local_date
from mobility.errors import InvalidQuery
from mobility.feeds.lock import folder_faults
from mobility.mail import Letter, Post
from mobility.operators.log import Action, write_down
from mobility.places.typed_aliases import add_alias
from mobility.remarks.remark import Remark, RemarkEnding
from mobility.remarks.remark_store import Remarks
from mobility.value_faults import ValueFault

MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


@dataclass(frozen=True, slots=True)
class RemarkDesk:
    """by: the operator, as the log names them. data: the folder of typed aliases. now: epoch seconds."""

    config: Config
    kept: Kept
    post: Post
    by: str
    now: Callable[[], int]

    @property
    def remarks(self) -> Remarks:
        return remarks_of(self.kept)

    @property
    def data(self) -> Path:
        return self.kept.data

    def answer(self, id: str, text: str) -> None:
        """Raises NotFound, InvalidQuery, StorageUnavailable."""
        self.remarks.answer(id, text, self.now())
        self._write_down("answer-remark", id)

    def forward(self, id: str, mail: str) -> None:
        """To an address that is kept nowhere. Raises NotFound, InvalidQuery, MailUnavailable, StorageUnavailable."""
        if not MAIL.fullmatch(mail):
            raise InvalidQuery("mail", ValueFault.NO_EMAIL)
        self.post.send(letter(self.config, self.remarks.look(id, self.now()), mail))
        self.remarks.note(id, "forwarded_at", self.now())
        self._write_down("forward-remark", id)

    def alias(self, id: str, alias: str, name: str) -> None:
        """What people say for a place: understood within seconds. Raises NotFound, InvalidQuery, FolderUnavailable,
        StorageUnavailable."""
        self.remarks.look(id, self.now())
        with folder_faults(self.data):
            add_alias(self.data, alias, name)
        self.remarks.note(id, "alias_at", self.now())
        self._write_down("alias-remark", id)

    def became_message(self, id: str) -> None:
        """Raises NotFound, StorageUnavailable."""
        self.remarks.note(id, "message_at", self.now())
        self._write_down("message-remark", id)

    def close(self, id: str, ending: str) -> None:
        """Raises NotFound, InvalidQuery, StorageUnavailable."""
        if ending not in list(RemarkEnding):
            raise InvalidQuery("ending", RequestFault.NONE_OF, known=", ".join(RemarkEnding))
        self.remarks.close(id, RemarkEnding(ending), self.now())
        self._write_down("close-remark", id)

    def _write_down(self, verb: str, id: str) -> None:
        write_down(self.kept.store, Action(self.by, verb, id), self.now())


def letter(config: Config, remark: Remark, to: str) -> Letter:
    """What the service that can act reads: nothing of who wrote it, as nobody knows."""
    language = spoken((), config.territory.languages)
    said, locale = sentences(language), language.partition("-")[0]
    about = said["remark"][f"about_{remark.subject.about.value}"].format(name=remark.subject.name)
    day = written(local_date(remark.at, config.territory.zone), "d MMMM yyyy", locale)
    words = {"kind": said["remark_kind"][remark.kind.value], "about": about, "day": day, "text": remark.text}
    text = said["remark_letter"]
    trip = text["trip"].format(trip=remark.subject.trip) if remark.subject.trip else ""
    parts = [text["intro"], text["what"].format(**words), remark.text, trip, text["end"].format(**words)]
    subject = text["subject"].format(territory=config.territory.name, about=about)
    return Letter(to, " ".join(subject.split()), "\n\n".join(filter(None, parts)) + "\n")
