"""Notices in the product and messages that leave it; both written with what caused them, told once by effect key."""

from django.db import models

from xinfang.models.people import User


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
    """A message to a petitioner, waiting for or handed to a gateway. Address and text are encrypted."""

    effect_key = models.CharField(max_length=120, unique=True)
    matter = models.UUIDField(null=True)
    channel = models.CharField(max_length=12)
    address_sealed = models.BinaryField()
    text_sealed = models.BinaryField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="message_due", condition=models.Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return self.effect_key
