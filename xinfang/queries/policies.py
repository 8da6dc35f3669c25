"""Which versions of the 13710 parameters are there, which one holds on a day, and what would the draft have made of it?

The replay reads events and writes nothing; it answers in numbers alone, so that who runs the house sees no matter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, islice
from uuid import UUID

from xinfang.models import Event, Matter, PolicyVersion, User
from xinfang.queries.clocks import counting, policies
from xinfang.rules.clocks.policy import SHIPPED, HousePolicy, in_force
from xinfang.rules.clocks.policy_versions import VersionStanding, standing
from xinfang.rules.clocks.replay import Replay, shifts
from xinfang.rules.matters.apply import fold
from xinfang.rules.matters.state import MatterState

REPLAYED = timedelta(days=90)
MOST = 5_000  # about a thousand a second and a half: who waits for a page waits seconds, not minutes
PAGE = 200


@dataclass(frozen=True)
class Version:
    """One version as a list shows it; `row` is None for the one that is shipped. The names are those of people."""

    policy: HousePolicy
    standing: VersionStanding
    row: PolicyVersion | None = None
    proposed_by: str = ""
    published_by: str = ""


@dataclass(frozen=True)
class Replayed:
    """A replay with the moments between which its matters were received, and how many were too many to be read."""

    since: datetime
    until: datetime
    left_out: int
    replay: Replay


def draft() -> PolicyVersion | None:
    """The version that waits for a second person."""
    return PolicyVersion.objects.filter(published_at__isnull=True).first()


def in_force_on(day: date) -> HousePolicy:
    """The version under which a matter comes in that is received on this day."""
    return in_force(policies().values(), day)


def versions(today: date) -> list[Version]:
    """Every version, the newest first: the draft, the published ones and the shipped one."""
    known = policies()
    rows = list(PolicyVersion.objects.order_by("-number"))
    people = {user for row in rows for user in (row.proposed_by, row.published_by) if user}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    found = [
        Version(
            row.policy,
            standing(row.policy, known, today),
            row,
            names.get(row.proposed_by, ""),
            names.get(row.published_by or 0, ""),
        )
        for row in rows
    ]
    return [*found, Version(known[SHIPPED], standing(known[SHIPPED], known, today))]


def replay(policy: HousePolicy, now: datetime, most: int = MOST) -> Replayed:
    """What this version would have made of the matters of the last 90 days, as of now; of the newest, if too many.

    Read page by page, so that memory does not grow with the ledger.
    """
    since = now - REPLAYED
    lately = Matter.objects.filter(received_at__gt=since, received_at__lte=now, sealed=False)
    found, count = Replay(), counting()
    for state in _states(lately.order_by("-received_at", "pk").values_list("pk", flat=True)[:most]):
        found.add(shifts(state, count, policy, now))
    return Replayed(since, now, max(lately.count() - found.matters, 0), found)


def _states(matters: Iterable[UUID]) -> Iterator[MatterState]:
    waiting = iter(matters)
    while page := list(islice(waiting, PAGE)):
        rows = Event.objects.filter(chain_id__in=page).order_by("chain_id", "seq")
        for _chain, events in groupby(rows, key=lambda row: row.chain_id):
            yield fold(event.plain() for event in events)
