"""Who sits at which window, where nobody does, and when leaders receive; by the posts that are held on the day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from xinfang.labels.people import ROLES
from xinfang.models import HallDuty, HallWindow, Post, ReceptionDay, Unit
from xinfang.queries import clocks
from xinfang.rules.hall.roster import LOOK_AHEAD, Gap, days_between, gaps
from xinfang.rules.hall.tickets import CALLERS
from xinfang.rules.lifecycle.leader_moves import RECEIVERS
from xinfang.rules.people.seats import Role

RECEPTIONS_SHOWN = 20
RANKS = (Role.LEADER, Role.ORGAN_HEAD, Role.CENTRE_DIRECTOR, Role.CENTRE_DEPUTY)
TAKEN = Count("visits", filter=Q(visits__walk_in=False))


@dataclass(frozen=True)
class OnDuty:
    """Somebody on duty at a window, with the words of the post."""

    window: HallWindow
    name: str
    title: str
    is_stand_in: bool = False


@dataclass(frozen=True)
class Sitting:
    """Who is put down for a window on a day, or stands in there as its B角."""

    user: int
    name: str
    title: str
    is_stand_in: bool = False


@dataclass(frozen=True)
class Receiving:
    """A day of a leader, with the words of the post."""

    row: ReceptionDay
    name: str
    title: str


@dataclass(frozen=True)
class Line:
    """One day of the month: for each window its number, its name and who sits there, None for a gap."""

    day: date
    is_past: bool
    cells: tuple[tuple[HallWindow, Sitting | None], ...]


def open_days(first: date, last: date) -> list[date]:
    """The days on which the halls receive people: working days without the house's own closing days."""
    calendar, closed = clocks.calendar(), set(clocks.installation_settings()["closed_on"])
    return [day for day in days_between(first, last) if calendar.is_working(day) and day.isoformat() not in closed]


def _posts(units: Collection[str], roles: frozenset[Role]) -> list[Post]:
    rows = Post.objects.filter(unit__in=units, role__in=[role.value for role in roles], holder__is_active=True)
    return list(rows.select_related("holder").order_by("holder__username", "from_on", "pk"))


def _held(post: Post, day: date) -> bool:
    return post.from_on <= day and (post.to_on is None or post.to_on >= day)


def _title(post: Post) -> str:
    return post.title or str(ROLES[Role(post.role)])


def holds_on(centre: str, holder: int, days: list[date]) -> list[date]:
    """Those of the days on which this person holds a post of this hall."""
    posts = [post for post in _posts([centre], CALLERS) if post.holder_id == holder]
    return [day for day in days if any(_held(post, day) for post in posts)]


def people_of(centre: Unit, day: date) -> list[tuple[int, str]]:
    """Who can be put down for a window: the posts of the centre that are held on that day."""
    found = {
        post.holder_id: f"{post.holder.name}（{_title(post)}）"
        for post in _posts([centre.pk], CALLERS)
        if _held(post, day)
    }
    return list(found.items())


def receivers_of(centre: Unit, day: date) -> dict[int, tuple[str, str]]:
    """Who can receive at this centre, name and title: leaders, then heads of its organs, then its own directors."""
    near = Unit.objects.filter(Q(pk__in=centre.path.split(".")) | Q(parent=centre)).values_list("pk", flat=True)
    held = [post for post in _posts(list(near), RECEIVERS) if _held(post, day)]
    held.sort(key=lambda post: RANKS.index(Role(post.role)))
    return {post.holder_id: (post.holder.name, _title(post)) for post in held}


def month(centre: Unit, first: date, last: date, today: date) -> list[Line]:
    """The roster of the open days of a span, a line a day. A post that has ended leaves a gap.

    The standing B角 of today says nothing of who was there on a day that is over.
    """
    windows = list(HallWindow.objects.filter(centre=centre, is_open=True).order_by("number"))
    seated = _seated(centre, first, last)
    seated = {key: who for key, who in seated.items() if key[0] >= today or not who.is_stand_in}
    return [
        Line(day, day < today, tuple((window, seated.get((day, window.number))) for window in windows))
        for day in open_days(first, last)
    ]


def _seated(centre: Unit, first: date, last: date) -> dict[tuple[date, int], Sitting]:
    """Whoever sits somewhere, by day and window: who is put down, and where nobody is the standing B角."""
    duties = HallDuty.objects.filter(window__centre=centre, day__range=(first, last)).select_related("window")
    posts = _posts([centre.pk], CALLERS)
    busy = {(duty.day, duty.holder_id) for duty in duties} | _receiving(centre, first, last)
    found = {}
    for duty in duties:
        post = next((post for post in posts if post.holder_id == duty.holder_id and _held(post, duty.day)), None)
        if post is not None and duty.window.is_open:
            found[duty.day, duty.window.number] = Sitting(duty.holder_id, post.holder.name, _title(post))
    standing = list(HallWindow.objects.filter(centre=centre, is_open=True, stand_in__isnull=False).order_by("number"))
    for day in open_days(first, last) if standing else ():
        for window in standing:
            post = next((post for post in posts if post.holder_id == window.stand_in_id and _held(post, day)), None)
            if post is None or (day, window.number) in found or (day, post.holder_id) in busy:
                continue
            found[day, window.number] = Sitting(post.holder_id, post.holder.name, _title(post), is_stand_in=True)
            busy.add((day, post.holder_id))
    return found


def _receiving(centre: Unit, first: date, last: date) -> set[tuple[date, int]]:
    rows = ReceptionDay.objects.filter(centre=centre, day__range=(first, last), called_off_at__isnull=True)
    return set(rows.values_list("day", "leader_id"))


def gaps_ahead(centre: Unit, today: date) -> list[Gap]:
    """Windows without anybody in the two weeks ahead."""
    numbers = list(HallWindow.objects.filter(centre=centre, is_open=True).values_list("number", flat=True))
    last = today + LOOK_AHEAD
    return gaps(open_days(today, last), numbers, _seated(centre, today, last).keys())


def sitting_on(centre: Unit, day: date) -> dict[int, Sitting]:
    """Who is to sit at which window on a day, by the number of the window."""
    return {window: who for (_day, window), who in _seated(centre, day, day).items()}


def window_of(centre: Unit, holder: int, day: date) -> int | None:
    """The window for which somebody is put down on a day."""
    rows = HallDuty.objects.filter(window__centre=centre, holder=holder, day=day)
    return rows.values_list("window__number", flat=True).first()


def receptions(centre: Unit, today: date) -> list[Receiving]:
    """The days of leaders from today on, those called off among them, the nearest first."""
    rows = list(
        ReceptionDay.objects.filter(centre=centre, day__gte=today)
        .annotate(taken=TAKEN)
        .select_related("leader")
        .order_by("day", "opens", "pk")[:RECEPTIONS_SHOWN]
    )
    titles = receivers_of(centre, today) if rows else {}
    return [Receiving(row, row.leader.name, titles.get(row.leader_id, ("", ""))[1]) for row in rows]
