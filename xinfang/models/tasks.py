"""The parts of units in a matter, as work lists need them. A projection."""

from django.db import models

from xinfang.models.matters import Matter


class Task(models.Model):
    """One unit's part: lead or co, open until done or returned."""

    pk = models.CompositePrimaryKey("matter_id", "k")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    k = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=24)
    part = models.CharField(max_length=4)
    mode = models.CharField(max_length=12)
    assigned_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    handler = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    sent_back = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "matter"], name="task_unit"),
            models.Index(fields=["handler", "matter"], name="task_handler", condition=models.Q(handler__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit}"
