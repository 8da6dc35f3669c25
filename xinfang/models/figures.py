"""How matters stood in the figures, version by version. A projection of the events: services write it."""

from django.db import models

from xinfang.models.matters import Matter


class Standing(models.Model):
    """What one matter counted as from `since` (when it was recorded) until the next version.

    `seq` is the event that brought it; `marks` are those of `rules.figures.marks`. As of a moment exactly one row a
    matter holds. The due columns say from when an open duty is overdue.
    """

    pk = models.CompositePrimaryKey("matter_id", "seq")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="standings", db_index=False)
    seq = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    marks = models.BigIntegerField()
    merged_into = models.UUIDField(null=True)
    c1_due_at = models.DateTimeField(null=True)
    c3_due_at = models.DateTimeField(null=True)
    c7_due_at = models.DateTimeField(null=True)
    cm_due_at = models.DateTimeField(null=True)
    told_due_at = models.DateTimeField(null=True)
    opinion_due_at = models.DateTimeField(null=True)
    statute_due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at", "matter"], name="standing_now", condition=models.Q(until__isnull=True)),
            models.Index(fields=["merged_into"], name="standing_merged", condition=models.Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}#{self.seq}"
