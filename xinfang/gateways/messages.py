"""Messages that leave the house: text messages, e-mail. A gateway takes one and says under which id it has it.

What carries which channel here is chosen in `carriers`; those for real are `sms_tencent`, `mail` and `webhook`.
"""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

SMS, MAIL = "sms", "mail"
# Whether the message was taken is not known: the line broke between the question and the answer.
NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class Message:
    """One message to one address. `effect_key` names what it tells: given twice, it must arrive once.

    `kind` and `values` are for providers that only send approved texts with blanks; `at` is when it is handed over.
    """

    effect_key: str
    channel: str
    address: str
    text: str
    kind: str = ""
    values: tuple[str, ...] = ()
    at: datetime | None = None

    @property
    def mark(self) -> str:
        """The effect key as a stranger may read it: the same for the same message, and it says nothing."""
        return hashlib.sha256(self.effect_key.encode()).hexdigest()[:32]


class NotDelivered(Exception):
    """The gateway did not take the message; `reason` is a short code without personal data.

    `lasting`: asking again will not help, it is the address itself.
    """

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting


class Gateway(Protocol):
    """What carries messages."""

    def carries(self, channel: str) -> bool:
        """Was something set up for this channel? If not, nothing is handed over."""
        ...

    def send(self, message: Message) -> str:
        """Hand over one message and return the carrier's id; raises `NotDelivered`."""
        ...


@dataclass(frozen=True)
class Report:
    """What the network said of a message afterwards: by the id under which the carrier took it."""

    provider_id: str
    arrived: bool
    at: datetime
    code: str = ""


@runtime_checkable
class Reporting(Protocol):
    """A carrier that says afterwards what arrived."""

    def reports(self, at: datetime) -> list[Report]:
        """What is new since it was last asked; each is told once. Raises `NotDelivered` when it does not answer."""
        ...


class NoGateway:
    """No carrier was set up: pages say so, and offer the other ways."""

    def carries(self, channel: str) -> bool:  # noqa: ARG002  # the same for every channel
        return False

    def send(self, message: Message) -> str:
        raise NotDelivered(f"no_{message.channel}_gateway")


class FileGateway:
    """For demonstrations and trials: every message becomes one file in the outbox; sent again, the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carries(self, channel: str) -> bool:
        return channel in {SMS, MAIL}

    def send(self, message: Message) -> str:
        name = f"{message.channel}-{message.mark[:16]}"
        content = {"to": message.address, "text": message.text}
        part = self.folder / f".{name}.{os.getpid()}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            private = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(private, "w", encoding="utf-8") as file:
                json.dump(content, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.folder / f"{name}.json")
        except OSError as failed:
            with suppress(OSError):
                part.unlink()
            raise NotDelivered("disk") from failed
        return name


@dataclass
class FakeGateway:
    """For tests: keeps what it was given; `broken` makes it refuse, `then` runs after it took a message."""

    channels: frozenset[str] = frozenset({SMS, MAIL})
    sent: list[Message] = field(default_factory=list)
    broken: bool = False
    refusal: NotDelivered | None = None
    then: Callable[[Message], None] | None = None
    told: list[Report] = field(default_factory=list)

    def carries(self, channel: str) -> bool:
        return channel in self.channels

    def send(self, message: Message) -> str:
        if self.broken:
            raise self.refusal or NotDelivered("fake")
        self.sent.append(message)
        if self.then:
            self.then(message)
        return f"fake-{len(self.sent)}"

    def reports(self, at: datetime) -> list[Report]:  # noqa: ARG002  # it tells all it has
        if self.broken:
            raise self.refusal or NotDelivered("fake")
        told, self.told = self.told, []
        return told
