"""What staff have half typed: one row a person and form, sealed, gone when it is registered or a day old."""

from django.db import models

from xinfang.models.people import User
from xinfang.models.protection import protect, reveal


class KeptForm(models.Model):
    """The half-typed form of one person. Nobody else ever opens it: it is sealed for this person and this form."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=24)
    content_sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="kept_form_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.form}"

    @property
    def place(self) -> str:
        """What the content is encrypted for."""
        return f"kept_form|{self.user_id}|{self.form}"

    def seal(self, content: bytes) -> None:
        """Put this in."""
        self.content_sealed = protect(content, self.place)

    def opened(self) -> bytes:
        """What was put in."""
        return reveal(self.content_sealed, self.place)
