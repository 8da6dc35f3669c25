"""What asks to be looked at: signals about matters, places and backlogs. No column says anything of a person (H-01)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from xinfang.models.protection import reveal
from xinfang.rules.risk.codes import SignalState


class RiskSignal(models.Model):
    """One signal of one published rule, with the figures it stood on and the matters behind them.

    `key` names the thing within the rule: a matter's id, a place and a class, a unit. `path` is where it is, for who
    sees it. `figures` are numbers and codes. `told`: how many people had a notice of it. What was done is encrypted.
    """

    rule = models.CharField(max_length=16)
    subject = models.CharField(max_length=8)
    key = models.CharField(max_length=80)
    path = models.CharField(max_length=160, db_collation="C")
    level = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=SignalState.OPEN.value)
    figures = models.JSONField(default=dict)
    evidence = ArrayField(models.UUIDField(), default=list)
    raised_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    done_sealed = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "key"], condition=models.Q(state=SignalState.OPEN.value), name="signal_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, decided_by__isnull=True)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="signal_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "path"], name="signal_state"),
            models.Index(fields=["rule", "key", "-raised_at"], name="signal_before"),
            models.Index(fields=["decided_at"], name="signal_decided", condition=models.Q(decided_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.key}"

    @property
    def place(self) -> str:
        """What the words on what was done are encrypted for."""
        return f"signal|done|{self.rule}|{self.key}"

    @property
    def done(self) -> str:
        """What somebody wrote that was done about it."""
        return reveal(self.done_sealed, self.place).decode() if self.done_sealed else ""
