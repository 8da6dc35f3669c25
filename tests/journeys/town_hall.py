"""The hall of the town: two windows, one ticket called, one missed, two that wait."""

from datetime import timedelta

from xinfang.services import hall, hall_roster

CENTRE = "999901001"


def fill_hall(cast, now) -> None:
    """Windows of the centre of 青禾镇 and the tickets of this morning."""
    for number, name, lanes in (("1", "综合受理", "AD"), ("2", "调解、法律服务", "BC")):
        hall.set_window(centre=CENTRE, number=number, name=name, lanes=lanes, is_open=True, by=cast.director, at=now)
    for lane, priority in (("A", False), ("A", False), ("A", True), ("B", False), ("B", False)):
        hall.issue(centre=CENTRE, lane=lane, priority=priority, at=now)
    first = hall.call_next(centre=CENTRE, window=2, seen=0, by=cast.clerk, at=now)
    hall.skip(centre=CENTRE, window=2, ticket=first.pk, by=cast.clerk, at=now)
    hall.call_next(centre=CENTRE, window=1, seen=0, by=cast.clerk, at=now)
    day = now.date()
    hall_roster.put_down(
        centre=CENTRE, window=1, holder=cast.users["clerk"].pk, from_on=day, to_on=day + timedelta(days=9),
        by=cast.director, at=now,
    )  # fmt: skip
    rows = [
        hall_roster.publish_reception(
            centre=CENTRE, by=cast.director, at=now,
            announced=hall_roster.Announced(
                cast.users["leader"].pk, day + timedelta(days=days), "09:00", "11:30", "一楼接访室", "6"
            ),
        )
        for days in (2, 9)
    ]  # fmt: skip
    hall_roster.call_off_reception(centre=CENTRE, reception=rows[1].pk, why="临时会议", by=cast.director, at=now)


def take_a_seat(browser) -> None:
    """Sit down at window 1, where a ticket is being served."""
    browser.post("/desk/hall/sit/", {"window": "1"})
