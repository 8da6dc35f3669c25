"""What only a demo may do: a password that everybody knows, and notices of its invented past that nobody must read."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from xinfang.models import Installation, Notice, User
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


def _require_demo() -> None:
    if not Installation.objects.filter(pk=1, is_demo=True).exists():
        raise RuleBroken("not_a_demo_database")
