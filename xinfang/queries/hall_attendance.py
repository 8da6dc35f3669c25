"""Who is at which window now, where nobody is, and who is shown there to the public; by the seats of this day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q

from xinfang.labels.people import ROLES
from xinfang.models import HallSeat, HallWindow, Post, Unit
from xinfang.queries import clocks
from xinfang.queries.hall_roster import OnDuty, Sitting, sitting_on
from xinfang.rules.clocks.duties import SHANGHAI, local_day
from xinfang.rules.hall.attendance import UNATTENDED_AFTER, Seat, empty_since, is_late, shown
from xinfang.rules.hall.tickets import CALLERS
from xinfang.rules.people.seats import Role


@dataclass(frozen=True)
class Attended:
    """One window now: who is shown there, and since when it is empty, None while it is not or the hall is shut."""

    window: HallWindow
    who: OnDuty | None
    present: bool
    empty_since: datetime | None
    is_late: bool
    has_stand_in: bool


def minutes_allowed() -> int:
    """After how many minutes the director is told of an empty window."""
    return int(clocks.installation_settings().get("unattended_after", UNATTENDED_AFTER))


def opened_at(centre: Unit, now: datetime) -> datetime | None:
    """When the doors of this hall opened today; None while they are shut."""
    settings = clocks.installation_settings()
    own = {**settings, **(centre.opening_hours or {})}
    local, day = now.astimezone(SHANGHAI), local_day(now)
    if not clocks.calendar().is_working(day) or day.isoformat() in settings["closed_on"]:
        return None
    opens, closes = (time.fromisoformat(str(own[name])) for name in ("opens", "closes"))
    opened = datetime.combine(day, opens, SHANGHAI)
    return opened if opens <= local.time() <= closes else None


def attendance(centre: Unit, now: datetime) -> list[Attended]:
    """Every window in use, by number."""
    opened, local = opened_at(centre, now), now.astimezone(SHANGHAI)
    put_down = sitting_on(centre, local.date())
    windows = list(HallWindow.objects.filter(centre=centre, is_open=True).order_by("number"))
    seats = _seats(windows, put_down, local)
    names = _names(centre, seats, local)
    taken = {user for seat in seats for user in (seat.first, seat.seated) if user is not None}
    minutes, found = minutes_allowed(), []
    for window, seat in zip(windows, seats, strict=True):
        since = empty_since(seat, opened) if opened is not None else None
        late = is_late(since, local, minutes)
        user, stands_in = shown(seat, late=late, taken=taken)
        who = OnDuty(window, *names[user], is_stand_in=stands_in) if user in names else None
        if stands_in and user is not None:
            taken.add(user)
        found.append(Attended(window, who, seat.seated is not None, since, late, window.stand_in_id is not None))
    return found


def is_attended(window: HallWindow, now: datetime) -> bool:
    """Does somebody sit at this window today? One statement."""
    seat = HallSeat.objects.filter(window=window, holder__isnull=False).first()
    return seat is not None and local_day(seat.since) == local_day(now)


def on_duty(centre: Unit, now: datetime) -> list[OnDuty]:
    """Whom the notice board names at the windows today; an empty one is simply not there."""
    return [each.who for each in attendance(centre, now) if each.who is not None]


def _seats(windows: list[HallWindow], put_down: Mapping[int, Sitting], local: datetime) -> list[Seat]:
    """What is known of each window; who sat down on an earlier day sits there no more."""
    rows = {row.window_id: row for row in HallSeat.objects.filter(window__in=windows)}
    found = []
    for window in windows:
        row, sitting = rows.get(window.pk), put_down.get(window.number)
        since = row.since.astimezone(SHANGHAI) if row is not None else None
        fresh = since is not None and since.date() == local.date()
        first = sitting.user if sitting is not None and not sitting.is_stand_in else None
        seated = row.holder_id if row is not None and fresh else None
        found.append(Seat(window.number, first, window.stand_in_id, seated, since if fresh else None))
    return found


def _names(centre: Unit, seats: list[Seat], local: datetime) -> dict[int | None, tuple[str, str]]:
    """Name and words of the post of everybody who may be shown, as held today."""
    users = {user for seat in seats for user in (seat.first, seat.stand_in, seat.seated) if user is not None}
    held = Q(to_on__isnull=True) | Q(to_on__gte=local.date())
    posts = Post.objects.filter(held, unit=centre, holder__in=users, from_on__lte=local.date(), holder__is_active=True)
    rows = posts.filter(role__in=[role.value for role in CALLERS]).select_related("holder").order_by("-from_on", "-pk")
    return {post.holder_id: (post.holder.name, post.title or str(ROLES[Role(post.role)])) for post in rows}
