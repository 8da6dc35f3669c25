"""The halls of the demo: windows, who sits there these two weeks, a leader's day ahead, and people who wait today."""

from datetime import datetime, timedelta

from xinfang.models import HallTicket, HallWindow, Post, Unit
from xinfang.queries.hall_roster import open_days, receivers_of
from xinfang.queries.people import actor_of
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.hall.tickets import SETTERS
from xinfang.rules.people.seats import Actor, Role
from xinfang.services import hall, hall_roster

WINDOWS = (("1", "综合受理", "AD"), ("2", "调解、法律服务", "BC"))
WAITING = (("A", False), ("A", False), ("B", False), ("A", True), ("D", False), ("C", False))
TWO_WEEKS = timedelta(days=13)


def open_halls(*, centres: tuple[str, ...], now: datetime) -> None:
    """Set up what is not there yet: windows and roster once, tickets on every day on which the demo starts."""
    for centre in Unit.objects.filter(pk__in=centres).order_by("pk"):
        directors = _holders(centre, {role.value for role in SETTERS}, now)
        clerks = _holders(centre, {Role.WINDOW_CLERK.value}, now)
        if not directors or not clerks:
            continue
        if not HallWindow.objects.filter(centre=centre).exists():
            _set_up(centre, directors[0], clerks, now)
        if not HallTicket.objects.filter(centre=centre, day=local_day(now)).exists():
            _wait(centre, clerks[0], now)


def _holders(centre: Unit, roles: set[str], now: datetime) -> list[Actor]:
    posts = Post.objects.filter(unit=centre, role__in=roles, to_on__isnull=True).select_related("holder").order_by("pk")
    return [actor_of(post.holder, local_day(now)) for post in posts]


def _set_up(centre: Unit, director: Actor, clerks: list[Actor], now: datetime) -> None:
    today = local_day(now)
    for (number, name, lanes), clerk in zip(WINDOWS, [clerks[0], clerks[-1]], strict=True):
        hall.set_window(centre=centre.pk, number=number, name=name, lanes=lanes, is_open=True, by=director, at=now)
        if number == "1" or clerk != clerks[0]:
            hall_roster.put_down(
                centre=centre.pk, window=int(number), holder=clerk.user_id, from_on=today, to_on=today + TWO_WEEKS,
                by=director, at=now,
            )  # fmt: skip
    days = open_days(today + timedelta(days=2), today + TWO_WEEKS)
    leader = next(iter(receivers_of(centre, today)), None)
    if days and leader is not None:
        announced = hall_roster.Announced(leader, days[0], "09:00", "11:30", "一楼接访室", "6")
        hall_roster.publish_reception(centre=centre.pk, announced=announced, by=director, at=now)


def _wait(centre: Unit, clerk: Actor, now: datetime) -> None:
    """The last hour, in which people were called, and six tickets, of which the first is being served."""
    seen = _last_hour(centre, clerk, now)
    for n, (lane, priority) in enumerate(WAITING):
        hall.issue(centre=centre.pk, lane=lane, priority=priority, at=now - timedelta(minutes=len(WAITING) - n))
    hall.call_next(centre=centre.pk, window=1, seen=seen, by=clerk, at=now)


def _last_hour(centre: Unit, clerk: Actor, now: datetime) -> int:
    """Seven people, one every seven minutes, each after a wait of eleven; right after midnight there were none."""
    seen = 0
    for n in range(7 if local_day(now - timedelta(hours=1)) == local_day(now) else 0):
        came = now - timedelta(minutes=59 - 7 * n)
        hall.issue(centre=centre.pk, lane="A", priority=False, at=came)
        called = hall.call_next(centre=centre.pk, window=1, seen=seen, by=clerk, at=came + timedelta(minutes=11))
        seen = called.pk if called else 0
    return seen
