"""Half-written petitions that somebody put aside: no name, no matter, nothing that anybody in the house could open."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SavedDraft(models.Model):
    """One petition that was put aside; its words are encrypted with the code that only its writer has.

    `files` are the stored names of the photos and papers that go with it.
    """

    code_hash = models.BinaryField(max_length=32, unique=True)
    content_sealed = models.BinaryField()
    files = ArrayField(models.CharField(max_length=80), default=list)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
