"""Who looked at whom, and how a petitioner proves to be one: append-only looks, slips, one-time codes, attempts."""

import pgtrigger
from django.db import models

from xinfang.models.matters import Matter
from xinfang.models.protection import reveal


class Look(models.Model):
    """Somebody opened identity data or searched by it; the petitioner can see these rows."""

    place = "look|reason"
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="looks")
    user = models.BigIntegerField()
    role = models.CharField(max_length=24)
    unit = models.CharField(max_length=24)
    what = models.CharField(max_length=24)
    reason_sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["matter", "-at"], name="look_matter")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.what}"

    @property
    def reason(self) -> str:
        """Why, in the words of who looked."""
        return reveal(self.reason_sealed, self.place).decode()


class SealedSlip(models.Model):
    """A slip printed and sealed beforehand: serial outside, code inside. Staff bind the serial, never see the code."""

    serial = models.CharField(max_length=16, primary_key=True)
    code_hash = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="slips")
    bound_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.serial


class PhoneCode(models.Model):
    """A one-time code that was sent to the petitioner's own phone, for one matter and one purpose."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="phone_codes")
    code_hash = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["matter", "-sent_at"], name="phone_code_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.sent_at}"


class CodeFailure(models.Model):
    """Wrong query codes lately, by keyed hash of what was tried: they slow the next try down, they lock nobody out."""

    subject = models.BinaryField(max_length=32, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.count)
