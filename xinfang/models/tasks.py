"""The parts of units in a matter, as work lists need them, and the rulings on whose they are. Projections."""

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
    called_off = models.BooleanField(default=False)
    follows = models.PositiveSmallIntegerField(default=0)
    returns = models.PositiveSmallIntegerField(default=0)
    urged = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "matter"], name="task_unit"),
            models.Index(fields=["handler", "matter"], name="task_handler", condition=models.Q(handler__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit}"


class Precedent(models.Model):
    """A ruling on an objection: who does matters of this kind. `unit` is "" where it was only taken from somebody.

    `k` is the objection's. Nothing of the matter but what it is about: it is shown where the next one is assigned.
    """

    pk = models.CompositePrimaryKey("matter_id", "k")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="precedents", db_index=False)
    k = models.PositiveSmallIntegerField()
    decided_at = models.DateTimeField()
    part = models.CharField(max_length=4)
    item = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=60, blank=True)
    objector = models.CharField(max_length=24)
    unit = models.CharField(max_length=24, blank=True)
    upheld = models.BooleanField()
    ruled_by = models.CharField(max_length=20)
    document = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["item", "-decided_at"], name="precedent_item", condition=~models.Q(item="")),
            models.Index(fields=["category", "-decided_at"], name="precedent_category"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.k}"
