"""What should this member of staff know, and how much of it is unread?"""

from xinfang.models import Notice

SHOWN, COUNTED = 100, 100


def unread_of(user_id: int) -> int:
    """How many notices are unread; not counted further than a hundred."""
    return Notice.objects.filter(user_id=user_id, read_at__isnull=True)[:COUNTED].count()


def notices_of(user_id: int) -> list[Notice]:
    """The latest notices, newest first."""
    return list(Notice.objects.filter(user_id=user_id).order_by("-at", "-pk")[:SHOWN])
