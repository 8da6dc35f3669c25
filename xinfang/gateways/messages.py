"""Messages that leave the house: text messages, e-mail. A gateway takes one and says under which id it has it."""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.conf import settings

SMS = "sms"


@dataclass(frozen=True)
class Message:
    """One message to one address. `effect_key` names what it tells: given twice, it must arrive once."""

    effect_key: str
    channel: str
    address: str
    text: str


class NotDelivered(Exception):
    """The gateway did not take the message; `reason` is a short code without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Gateway(Protocol):
    """What carries messages. `is_there` is False where none was set up; then nothing is handed to it."""

    is_there: bool

    def send(self, message: Message) -> str:
        """Hand over one message and return the carrier's id; raises `NotDelivered`."""
        ...


class NoGateway:
    """No carrier was set up: pages say so, and offer the other ways."""

    is_there = False

    def send(self, message: Message) -> str:
        raise NotDelivered(f"no_{message.channel}_gateway")


class FileGateway:
    """For demonstrations and trials: every message becomes one file in the outbox; sent again, the same file."""

    is_there = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: Message) -> str:
        key = hashlib.sha256(message.effect_key.encode()).hexdigest()[:16]
        name = f"{message.channel}-{key}"
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

    is_there: bool = True
    sent: list[Message] = field(default_factory=list)
    broken: bool = False
    then: Callable[[Message], None] | None = None

    def send(self, message: Message) -> str:
        if self.broken:
            raise NotDelivered("fake")
        self.sent.append(message)
        if self.then:
            self.then(message)
        return f"fake-{len(self.sent)}"


def configured(*, is_demo: bool) -> Gateway:
    """The carrier of this installation: XINFANG_SMS, and in a demo the outbox folder where nothing else is said."""
    kind = settings.XINFANG_SMS or ("file" if is_demo else "none")
    return FileGateway(Path(settings.XINFANG_OUTBOX)) if kind == "file" else NoGateway()
