"""The hall of a centre: its windows, and the anonymous tickets of one day."""

from django.db import models

from xinfang.models.people import Unit


class HallWindow(models.Model):
    """A window of a centre and the lanes that it serves, as letters (`AB`)."""

    centre = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hall_windows")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    lanes = models.CharField(max_length=8)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "number"], name="hall_window_once")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.number}"


class HallTicket(models.Model):
    """A place in the queue of one day. It carries nothing about the person, and no matter; it goes with its day.

    `is_priority` is the person's own choice and has no reason. `window` is where it was called or is sent to.
    """

    centre = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    lane = models.CharField(max_length=1)
    number = models.PositiveSmallIntegerField()
    is_priority = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default="waiting")
    window = models.PositiveSmallIntegerField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "day", "lane", "number"], name="hall_ticket_once"),
            models.UniqueConstraint(
                fields=["centre", "day", "window"], condition=models.Q(state="called"), name="hall_window_calls_one"
            ),
        ]
        indexes = [models.Index(fields=["centre", "day", "state"], name="hall_ticket_state")]

    def __str__(self) -> str:
        return f"{self.lane}{self.number:03d}"
