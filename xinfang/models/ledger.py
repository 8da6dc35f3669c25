"""The chains of events and the protected words beside them; append-only, guarded by the database."""

import pgtrigger
from django.db import models

from xinfang.models.protection import reveal
from xinfang.rules.ledger import chain as rules


class Chain(models.Model):
    """The head of one chain: how many events it has and the hash of the last. Locked by whoever appends."""

    class Kind(models.TextChoices):
        MATTER = "matter"
        BATCH = "batch"
        HOUSE = "house"

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    seq = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32)
    checkpointed_seq = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="chain_awaits_checkpoint", condition=~models.Q(seq=models.F("checkpointed_seq"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Event(models.Model):
    """One fact, hash-chained. Codes, ids, dates and salted hashes only."""

    pk = models.CompositePrimaryKey("chain_id", "seq")
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=32)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    role = models.CharField(max_length=24)
    unit = models.CharField(max_length=24, blank=True)
    payload = models.JSONField()
    rule_version = models.CharField(max_length=16)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["type", "recorded_at"], name="event_type_recorded")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}#{self.seq} {self.type}"

    def plain(self) -> rules.Event:
        """The event as the rules read it."""
        return rules.Event(
            chain=self.chain_id,
            seq=self.seq,
            type=self.type,
            occurred_at=self.occurred_at,
            recorded_at=self.recorded_at,
            actor=self.actor,
            role=self.role,
            unit=self.unit,
            payload=self.payload,
            rule_version=self.rule_version,
        )


class ProtectedText(models.Model):
    """Words that belong to an event: encrypted, hashed into the event with this row's salt, maskable by law."""

    pk = models.CompositePrimaryKey("chain_id", "seq", "field")
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="texts", db_index=False)
    seq = models.PositiveIntegerField()
    field = models.CharField(max_length=32)
    sealed = models.BinaryField(null=True)
    salt = models.BinaryField(max_length=16)
    masked_by = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.chain_id}#{self.seq} {self.field}"

    @property
    def text(self) -> str | None:
        """The words, or None when an event masked them."""
        if self.sealed is None:
            return None
        return reveal(self.sealed, text_place(self.chain_id, self.seq, self.field)).decode()


def text_place(chain: object, seq: int, field: str) -> str:
    """Where a protected text belongs: what it is encrypted for."""
    return f"text|{chain}|{seq}|{field}"


class LedgerCounter(models.Model):
    """The last number given in one centre's ledger in one year; taken under lock as the last act of a registration."""

    code9 = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code9", "year"], name="one_counter_a_year")]

    def __str__(self) -> str:
        return f"{self.code9}-{self.year}"
