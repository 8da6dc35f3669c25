"""One joint session of a matter as its events add up to it. Nothing here moves a stage or stops a clock."""

from dataclasses import dataclass
from datetime import datetime

from xinfang.rules.sessions.codes import Answer, Attendance, GuestKind


@dataclass(frozen=True)
class Guest:
    """Somebody who is asked to come; `n` counts from 1. `user` and `unit` for staff, `person` for a petitioner.

    What others are called and their phone stand encrypted beside the event that called the session (`name_word`).
    """

    n: int
    kind: GuestKind
    user: int | None = None
    unit: str = ""
    person: str = ""
    answer: Answer = Answer.WAITING
    answered_at: datetime | None = None

    @property
    def seat(self) -> str:
        """By what this guest can be in one place only at a time; "" for somebody the house does not know."""
        if self.user is not None:
            return user_seat(self.user)
        return person_seat(self.person) if self.person else ""


@dataclass(frozen=True)
class Session:
    """A session: room, time, who is asked, what became of it. `k` counts from 1 and is never used again.

    `seq` is the event with the words of the invitation, `minutes` the one with the newest minutes; `moves` counts how
    often it was moved, `version` how often the minutes were written.
    """

    k: int
    seq: int
    called_at: datetime
    chair: int | None
    room: int
    starts: datetime
    ends: datetime
    guests: tuple[Guest, ...]
    moves: int = 0
    called_off_at: datetime | None = None
    held_at: datetime | None = None
    minutes: int = 0
    version: int = 0
    attendance: tuple[tuple[int, Attendance], ...] = ()
    mediation_k: int = 0

    @property
    def is_ahead(self) -> bool:
        """Neither called off nor held."""
        return self.called_off_at is None and self.held_at is None

    @property
    def seats(self) -> tuple[str, ...]:
        """What it takes up: its room and everybody whom the house knows, each once."""
        return (room_seat(self.room), *dict.fromkeys(guest.seat for guest in self.guests if guest.seat))

    def guest(self, n: int) -> Guest | None:
        return next((guest for guest in self.guests if guest.n == n), None)


def room_seat(room: int) -> str:
    return f"room:{room}"


def user_seat(user: int) -> str:
    return f"user:{user}"


def person_seat(person: str) -> str:
    return f"person:{person}"


def name_word(n: int) -> str:
    """The name of the words that say what a guest is called whom the house does not know."""
    return f"guest_{n}"


def phone_word(n: int) -> str:
    return f"phone_{n}"
