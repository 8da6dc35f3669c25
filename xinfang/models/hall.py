"""The hall of a centre: its windows, the anonymous tickets of one day, its roster, the days of its leaders."""

from django.db import models

from xinfang.models.matters import Matter
from xinfang.models.people import Unit, User


class HallWindow(models.Model):
    """A window of a centre and the lanes that it serves, as letters (`AB`); `stand_in` is its standing B角."""

    centre = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hall_windows")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    lanes = models.CharField(max_length=8)
    is_open = models.BooleanField(default=True)
    stand_in = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "number"], name="hall_window_once")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.number}"


class HallTicket(models.Model):
    """A place in the queue of one day. It carries nothing about the person, and no matter; it goes with its day.

    `is_priority` is the person's own choice and has no reason. `window` is where it was called or is sent to.
    `first_called_at` is when waiting was over; calling again does not move it.
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
    first_called_at = models.DateTimeField(null=True)

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


class HallDuty(models.Model):
    """Who sits at a window on a day. It gives no rights: those come from the post."""

    window = models.ForeignKey(HallWindow, on_delete=models.PROTECT, related_name="duties")
    day = models.DateField()
    holder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window", "day"], name="hall_duty_once"),
            models.UniqueConstraint(fields=["holder", "day"], name="hall_duty_one_window"),
        ]

    def __str__(self) -> str:
        return f"{self.window_id} {self.day}"


class HallSeat(models.Model):
    """Who is at a window now, or since when nobody is. One row a window, overwritten: nobody's hours are kept."""

    window = models.OneToOneField(HallWindow, primary_key=True, on_delete=models.PROTECT, related_name="seat")
    holder = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.window_id}"


class DutyExchange(models.Model):
    """One asked another to take a duty, for another one or for none; the roster changes when the other agrees."""

    centre = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(HallWindow, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    other_window = models.ForeignKey(HallWindow, on_delete=models.PROTECT, null=True, related_name="+")
    other_day = models.DateField(null=True)
    state = models.CharField(max_length=10, default="asked")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["window", "day"], condition=models.Q(state="asked"), name="duty_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(other_window__isnull=True, other_day__isnull=True)
                | models.Q(other_window__isnull=False, other_day__isnull=False),
                name="duty_exchange_whole",
            ),
        ]
        indexes = [models.Index(fields=["centre", "day"], name="duty_exchange_day")]

    def __str__(self) -> str:
        return f"{self.window_id} {self.day}"


class ReceptionDay(models.Model):
    """A day on which a leader receives whoever comes, published in advance (XF§18); one that is called off stays.

    `slots`: how many places can be taken beforehand; none means that people simply come.
    """

    centre = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    leader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)
    slots = models.PositiveSmallIntegerField(default=0)
    called_off_at = models.DateTimeField(null=True)
    called_off_why = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "day", "leader"],
                condition=models.Q(called_off_at__isnull=True),
                name="reception_day_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.day}"


class ReceptionVisit(models.Model):
    """The place of a matter on such a day, taken beforehand or on the day (`walk_in`). It goes a month after the day.

    Whoever does not come leaves no mark: that a leader received somebody is an event of the matter, this row is not.
    """

    reception = models.ForeignKey(ReceptionDay, on_delete=models.PROTECT, related_name="visits")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField()
    walk_in = models.BooleanField(default=False)
    taken_at = models.DateTimeField()
    taken_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reception", "matter"], name="reception_matter_once"),
            models.UniqueConstraint(fields=["reception", "turn"], name="reception_turn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reception_id} {self.turn}"
