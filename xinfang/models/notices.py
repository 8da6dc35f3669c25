"""Notices in the product and messages that leave it; both written with what caused them, told once by effect key."""

from django.db import models

from xinfang.labels.choices import message_kinds, message_states, message_ways
from xinfang.models.matters import Matter
from xinfang.models.people import User
from xinfang.models.protection import reveal
from xinfang.rules.notices.messages import MessageState


class Notice(models.Model):
    """Something a member of staff should know; neutral words, never personal data."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    matter = models.UUIDField(null=True)
    code = models.CharField(max_length=32)
    facts = models.JSONField(default=dict)
    effect_key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="notice_user")]

    def __str__(self) -> str:
        return self.effect_key


class OutgoingMessage(models.Model):
    """A message to a petitioner on its way, and afterwards the note of what became of it.

    The address and the words are found when it goes out. Only a one-time code carries its own, encrypted, and is
    emptied with it. `reached` is the address as the delivery log may show it, `reached_index` a keyed hash of a phone
    by which its messages of a day are counted, and no longer. `report`: what the carrier's network said of it.
    """

    effect_key = models.CharField(max_length=120, unique=True)
    matter = models.UUIDField(null=True)
    kind = models.CharField(max_length=20, choices=message_kinds)
    state = models.CharField(max_length=12, choices=message_states, default=MessageState.WAITING)
    channel = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=dict)
    address_sealed = models.BinaryField(default=bytes)
    text_sealed = models.BinaryField(default=bytes)
    reached = models.CharField(max_length=60, blank=True)
    reached_index = models.BinaryField(max_length=32, null=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    maybe_twice = models.BooleanField(default=False)
    posted_by = models.BigIntegerField(null=True)
    post_number = models.CharField(max_length=40, blank=True)
    arrived_at = models.DateTimeField(null=True)
    report = models.CharField(max_length=20, blank=True)
    staff_told = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="message_due", condition=models.Q(state=MessageState.WAITING)),
            models.Index(fields=["at"], name="message_to_post", condition=models.Q(state=MessageState.TO_POST)),
            models.Index(fields=["matter", "at"], name="message_matter"),
            models.Index(
                fields=["reached_index", "at"],
                name="message_phone",
                condition=models.Q(reached_index__isnull=False),
            ),
            models.Index(fields=["provider_id"], name="message_reported", condition=models.Q(state=MessageState.SENT)),
            models.Index(
                fields=["at"],
                name="message_lost",
                condition=models.Q(state=MessageState.FAILED, staff_told=False),
            ),
        ]

    def __str__(self) -> str:
        return self.effect_key


class MessageWish(models.Model):
    """How the petitioner of one matter wants to be told, if they said so. The e-mail address is encrypted."""

    matter = models.OneToOneField(Matter, primary_key=True, on_delete=models.PROTECT, related_name="message_wish")
    way = models.CharField(max_length=8, choices=message_ways)
    mail_sealed = models.BinaryField(default=bytes)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.way}"

    @property
    def place(self) -> str:
        """What the address is encrypted for."""
        return f"wish|mail|{self.matter_id}"

    @property
    def mail(self) -> str:
        return reveal(bytes(self.mail_sealed), self.place).decode() if self.mail_sealed else ""
