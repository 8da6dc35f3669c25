"""What only a demo may do: a password that everybody knows, notices and messages of its invented past."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from xinfang.models import Installation, Notice, OutgoingMessage, User
from xinfang.rules.notices.messages import MessageState
from xinfang.rules.refusals import RuleBroken

DEMO_PASSWORD = "xinfang-demo"  # noqa: S105  # shown on the screen; demo databases are reachable on loopback alone


def give_demo_passwords() -> int:
    """Let the demo's people sign in with the known password; refuses any other database."""
    _require_demo()
    people = User.objects.filter(is_demo=True, must_change_password=True, is_active=True)
    # One hash for all: the password is public, and two hundred slow hashes would keep whoever tries it waiting.
    return people.update(password=make_password(DEMO_PASSWORD), must_change_password=False)


def read_old_notices(*, before: datetime, at: datetime) -> int:
    """Mark the notices of the time before as read, so that the demo's bells ring for what is new."""
    _require_demo()
    return Notice.objects.filter(at__lt=before, read_at__isnull=True, user__is_demo=True).update(read_at=at)


def leave_old_messages(*, before: datetime) -> int:
    """Messages of the invented past do not go out when the demo first starts; the log says so of each of them."""
    _require_demo()
    waiting = OutgoingMessage.objects.filter(at__lt=before, state=MessageState.WAITING)
    return waiting.update(state=MessageState.DROPPED, failure="invented_past")


def _require_demo() -> None:
    if not Installation.objects.filter(pk=1, is_demo=True).exists():
        raise RuleBroken("not_a_demo_database")
