"""Counting with one calendar: nobody writes dates by an old calendar once a new one was published."""

from django.db import connection

from xinfang.queries.clocks import counting
from xinfang.rules.clocks.duties import Counting

# Any number will do, as long as nothing else in the house takes it.
_CALENDAR = 13710


def counting_held() -> Counting:
    """What days are counted with, for a transaction that writes dates: no calendar is published until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_CALENDAR])
    return counting()


def hold_all_counting() -> None:
    """Wait until nobody writes dates; whoever comes later in this transaction's time counts with what it publishes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CALENDAR])
