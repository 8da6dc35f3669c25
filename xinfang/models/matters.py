"""Matters as lists show them, their contacts, parties and files. Projections of the events: services write them."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from xinfang.labels.choices import channels, stages
from xinfang.models.ledger import Chain
from xinfang.models.people import Person
from xinfang.models.protection import reveal
from xinfang.rules.matters.codes import Stage

OPEN = models.Q(is_open=True)


class Matter(models.Model):
    """One matter in the one ledger.

    Every column but `submission_key`, `body_hash`, `code_hash`, `tokens` and `outline` follows from its events.
    """

    chain = models.OneToOneField(
        Chain, primary_key=True, on_delete=models.PROTECT, db_column="id", related_name="matter"
    )
    number = models.CharField(max_length=12, unique=True)
    ledger_number = models.CharField(max_length=32, unique=True)
    submission_key = models.UUIDField(unique=True, default=uuid4)
    body_hash = models.BinaryField(max_length=32, null=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    stage = models.CharField(max_length=20, choices=stages)
    is_open = models.BooleanField(default=True)
    holder = models.CharField(max_length=24)
    unit_path = models.CharField(max_length=160, db_collation="C")
    origin_path = models.CharField(max_length=160, db_collation="C")
    area = models.CharField(max_length=12)
    channel = models.CharField(max_length=20, choices=channels)
    kind = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=12, blank=True)
    addressee = models.CharField(max_length=12, blank=True)
    nature = models.CharField(max_length=12, blank=True)
    solvable = models.BooleanField(null=True)
    restricted = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    recused_users = ArrayField(models.BigIntegerField(), default=list)
    leaders = ArrayField(models.BigIntegerField(), default=list)
    in_charge = models.BigIntegerField(null=True)
    mediators = ArrayField(models.BigIntegerField(), default=list)
    safety_until = models.DateTimeField(null=True)
    address_kept_at = models.DateTimeField(null=True)
    review_units = ArrayField(models.CharField(max_length=24), default=list)
    recused_units = ArrayField(models.CharField(max_length=24), default=list)
    contested_at = models.DateTimeField(null=True)
    withdrawal_asked_at = models.DateTimeField(null=True)
    batch = models.CharField(max_length=36, blank=True)
    lead = models.CharField(max_length=24, blank=True)
    organ = models.CharField(max_length=24, blank=True)
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    registered_by = models.BigIntegerField(null=True)
    triaged_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=24, blank=True)
    resolved_at = models.DateTimeField(null=True)
    at_rest_at = models.DateTimeField(null=True)
    struck_off_at = models.DateTimeField(null=True)
    merged_into = models.UUIDField(null=True)
    present = models.PositiveIntegerField(default=1)
    concerned = models.PositiveIntegerField(default=1)
    amount = models.BigIntegerField(default=0)
    danger_at = models.DateTimeField(null=True)
    next_clock = models.CharField(max_length=24, blank=True)
    next_prudent_on = models.DateField(null=True)
    last_at = models.DateTimeField()
    waits_on = ArrayField(models.CharField(max_length=40), default=list)
    was_returned = models.BooleanField(default=False)
    tokens = ArrayField(models.IntegerField(), default=list)
    outline = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["next_prudent_on", "chain"], name="queue_by_date", condition=OPEN),
            models.Index(fields=["unit_path", "next_prudent_on", "chain"], name="queue_in_scope", condition=OPEN),
            models.Index(fields=["unit_path", "-received_at"], name="matter_in_scope"),
            models.Index(fields=["origin_path", "-received_at"], name="matter_came_in"),
            models.Index(fields=["in_charge"], name="matter_in_charge", condition=models.Q(in_charge__isnull=False)),
            models.Index(fields=["danger_at"], name="matter_danger", condition=models.Q(danger_at__isnull=False)),
            models.Index(fields=["batch"], name="matter_batch", condition=~models.Q(batch="")),
            GinIndex(fields=["tokens"], name="matter_words"),
            GinIndex(fields=["outline"], name="matter_outline"),
            GinIndex(fields=["waits_on"], name="matter_waits", condition=OPEN),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(stage__in=[s.value for s in Stage]), name="stage_in_closed_list"),
            models.CheckConstraint(
                condition=models.Q(struck_off_at__isnull=True)
                | models.Q(stage__in=[Stage.STRUCK_OFF.value, Stage.ARCHIVED.value]),
                name="struck_off_only_at_the_end",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Contact(models.Model):
    """One visit, letter, call or web message about a matter (信访件); one contact may open several matters.

    `code_hash` is the query code of those who joined the matter with it; whoever brought the matter has the matter's.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="contacts")
    seq = models.PositiveIntegerField()
    channel = models.CharField(max_length=20, choices=channels)
    received_at = models.DateTimeField()
    postmarked_on = models.DateField(null=True)
    asked_by_us = models.BooleanField(default=False)
    submission_key = models.UUIDField(unique=True, null=True)
    body_hash = models.BinaryField(max_length=32, null=True)
    code_hash = models.BinaryField(max_length=32, null=True)

    def __str__(self) -> str:
        return f"{self.matter_id} {self.channel}"


class Party(models.Model):
    """A person's part in a matter: petitioner, agent or representative."""

    class Part(models.TextChoices):
        PETITIONER = "petitioner"
        AGENT = "agent"
        REPRESENTATIVE = "representative"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parties")
    part = models.CharField(max_length=16, choices=Part.choices)
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "person", "part"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.part}"


class Attachment(models.Model):
    """A file of a matter: bytes lie encrypted under the media folder, its hash in the event."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="attachments")
    seq = models.PositiveIntegerField()
    name_sealed = models.BinaryField()
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    salt = models.BinaryField(max_length=16)
    stored = models.CharField(max_length=80)
    by_petitioner = models.BooleanField(default=False)
    shown_to_petitioner = models.BooleanField(default=False)
    masked_by = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def place(self) -> str:
        """What the name of this file is encrypted for."""
        return f"attachment|name|{self.id}"

    @property
    def name(self) -> str:
        """The name that its owner gave it, cleaned."""
        return reveal(self.name_sealed, self.place).decode()
