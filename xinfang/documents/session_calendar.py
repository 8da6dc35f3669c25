"""A session as an iCalendar file (RFC 5545): one to keep, or all of one's own to subscribe to.

Nothing in it says what it is about or who comes: a calendar is read by many eyes.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from xinfang.models.protection import keyed_digest
from xinfang.queries.sessions import place_of
from xinfang.rules.clocks.hours import local
from xinfang.rules.sessions.session import Session

PRODUCT = "-//xinfang//sessions//ZH"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def uid_of(matter: UUID, k: int) -> str:
    """The same for a session as long as it exists; leads nobody to the matter."""
    return f"{keyed_digest(f'{matter}|{k}', 'session-uid').hex()[:32]}@xinfang"


def calendar_of(entries: Iterable[tuple[UUID, Session, str]], now: datetime, *, method: str = "PUBLISH") -> bytes:
    """These sessions of these matters; the third is the number that may stand in it, or ""."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for matter, session, number in entries:
        calendar.add_component(_event(matter, session, number, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def file_of(matter: UUID, session: Session, number: str, now: datetime) -> bytes:
    """One session; of one that was called off, the file that takes it out of a calendar."""
    method = "CANCEL" if session.called_off_at else "PUBLISH"
    return calendar_of([(matter, session, number)], now, method=method)


def _event(matter: UUID, session: Session, number: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(matter, session.k))
    event.add("sequence", session.moves + (1 if session.called_off_at else 0))
    event.add("dtstamp", now)
    event.add("dtstart", _in_zone(session.starts))
    event.add("dtend", _in_zone(session.ends))
    event.add("summary", _("联合调处会 %(number)s") % {"number": number} if number else _("会议"))
    event.add("location", place_of(session.room))
    event.add("status", "CANCELLED" if session.called_off_at else "CONFIRMED")
    return event


def _in_zone(moment: datetime) -> datetime:
    """On the wall in Shanghai, under the name of its zone that calendars know."""
    return local(moment).replace(tzinfo=SHANGHAI)
