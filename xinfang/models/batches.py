"""Batches of assigned matters: items are counted apart from matters (交办件 is not 信访事项)."""

from django.db import models

from xinfang.models.ledger import Chain
from xinfang.models.matters import Matter


class Batch(models.Model):
    """One batch (交办批次): where it came from, its letter, its file."""

    chain = models.OneToOneField(
        Chain, primary_key=True, on_delete=models.PROTECT, db_column="id", related_name="batch"
    )
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    assigned_by = models.CharField(max_length=120)
    document = models.CharField(max_length=60)
    assigned_on = models.DateField()
    default_due_on = models.DateField(null=True)
    level = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=400, blank=True)
    file_hash = models.BinaryField(max_length=32)
    file_name = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=models.Q(revoked_at__isnull=True), name="batch_once"),
        ]

    def __str__(self) -> str:
        return self.number


class BatchItem(models.Model):
    """One row of a batch: registered, linked to a matter that was there, blocked, or diverted."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items", db_index=False)
    row = models.PositiveIntegerField()
    row_hash = models.BinaryField(max_length=32)
    state = models.CharField(max_length=12)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="batch_items")
    matter_since = models.DateTimeField(null=True)
    suspected = models.UUIDField(null=True)
    national = models.CharField(max_length=60, blank=True, db_index=True)
    unit = models.CharField(max_length=24, blank=True)
    due_on = models.DateField(null=True)
    problems = models.JSONField(default=list)
    row_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="batch_row_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.row}"
