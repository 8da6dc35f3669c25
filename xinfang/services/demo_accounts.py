"""The accounts of the demo: one password that everybody knows, only in a database that is marked as a demo."""

from django.contrib.auth.hashers import make_password

from xinfang.models import Installation, User
from xinfang.rules.refusals import RuleBroken

DEMO_PASSWORD = "xinfang-demo"  # noqa: S105  # shown on the screen; demo databases are reachable on loopback alone


def give_demo_passwords() -> int:
    """Let the demo's people sign in with the known password; refuses any other database."""
    if not Installation.objects.filter(pk=1, is_demo=True).exists():
        raise RuleBroken("not_a_demo_database")
    people = User.objects.filter(is_demo=True, must_change_password=True, is_active=True)
    # One hash for all: the password is public, and two hundred slow hashes would keep whoever tries it waiting.
    return people.update(password=make_password(DEMO_PASSWORD), must_change_password=False)
