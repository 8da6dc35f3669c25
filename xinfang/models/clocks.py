"""Calendar years, versions of the 13710 parameters, and the deadlines of matters with the next moment to look."""

from datetime import UTC

import pgtrigger
from django.db import models

from xinfang.models.matters import Matter
from xinfang.rules.clocks.policy import HousePolicy, policy_of
from xinfang.rules.matters.codes import ClockCode


class CalendarYear(models.Model):
    """The working calendar of one year by State Council notice; `document` holds off days and make-up days."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    notice = models.CharField(max_length=120)
    document = models.JSONField()
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class CalendarDraft(models.Model):
    """A calendar year that one person entered and another has not yet approved; nothing counts with it."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    notice = models.CharField(max_length=120)
    document = models.JSONField()
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)

    @property
    def mark(self) -> str:
        """Which reading of the draft this is; entered anew, it is another one."""
        return self.proposed_at.astimezone(UTC).isoformat()


class PolicyVersion(models.Model):
    """The 13710 parameters from a day on: a draft until a second person publishes it, and never changed after that.

    `document` holds the parameters by name (`rules/clocks/policy_versions.py`). Number 0 is shipped and has no row.
    """

    number = models.PositiveIntegerField(primary_key=True)
    document = models.JSONField()
    effective_on = models.DateField(unique=True)
    note = models.CharField(max_length=200)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    published_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="policy_from_one"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, published_by__isnull=True)
                | models.Q(published_at__isnull=False, published_by__isnull=False),
                name="policy_published_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def policy(self) -> HousePolicy:
        """The version as the rules read it."""
        return policy_of(self.number, self.effective_on, self.document)

    @property
    def mark(self) -> str:
        """Which reading of the draft this is; entered anew, it is another one."""
        return self.proposed_at.astimezone(UTC).isoformat()


class Deadline(models.Model):
    """One clock of one matter, worked out from its events. `look_at` is when the watcher must look next.

    `stale`: a calendar that it was counted with has changed since, and it waits to be counted again.
    """

    pk = models.CompositePrimaryKey("matter_id", "key")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="deadlines", db_index=False)
    key = models.CharField(max_length=24)
    code = models.CharField(max_length=12)
    k = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=24, blank=True)
    unit_path = models.CharField(max_length=160, db_collation="C")
    trigger_at = models.DateTimeField()
    raw_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    prudent_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=24, blank=True)
    rule = models.CharField(max_length=12, blank=True)
    paused = models.BooleanField(default=False)
    stale = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=0)
    look_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["look_at"], name="deadline_look", condition=models.Q(look_at__isnull=False)),
            models.Index(fields=["matter"], name="deadline_stale", condition=models.Q(stale=True)),
            models.Index(fields=["provisional"], name="deadline_provisional", condition=models.Q(provisional=True)),
            models.Index(
                fields=["matter"],
                name="deadline_call",
                condition=models.Q(code=ClockCode.CALL.value, met_at__isnull=True, ended_at__isnull=True),
            ),
            models.Index(
                fields=["unit_path", "due_at"],
                name="deadline_running",
                condition=models.Q(met_at__isnull=True, ended_at__isnull=True, due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.key}"
