"""Rooms, what joint sessions take up, invitations of people outside the house, and calendars to subscribe to."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models

from xinfang.models.matters import Matter
from xinfang.models.people import Unit, User


class Room(models.Model):
    """A room of a centre in which people can sit together."""

    centre = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    places = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class SessionBooking(models.Model):
    """A room or a person (`seat`) taken up by a session that lies ahead or was held. A projection.

    The database itself refuses that a seat is taken twice at one time; the span is half open, so that one session
    may begin when another ends. A session that is called off has no rows here.
    """

    pk = models.CompositePrimaryKey("matter_id", "k", "seat")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="session_bookings", db_index=False)
    k = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=48, db_collation="C")
    span = DateTimeRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="seat_taken_once",
                expressions=[("seat", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.k}"


class SessionInvitation(models.Model):
    """The code with which somebody outside the house answers an invitation; only its keyed hash stays here."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="session_invitations")
    k = models.PositiveSmallIntegerField()
    n = models.PositiveSmallIntegerField()
    code_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "k", "n"], name="session_invitation_once")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.k}"


class CalendarFeed(models.Model):
    """The secret address under which a member of staff's own calendar reads their sessions; renewed, the old dies."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="calendar_feed")
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)
