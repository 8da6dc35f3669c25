"""The register of mediation committees: one for a unit; who mediates in it are the posts of mediators there."""

from django.db import models

from xinfang.models.people import Unit


class Committee(models.Model):
    """A mediation committee at a unit. `mark` stands in the numbers of its agreements: （2026）`mark`字第1号."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, primary_key=True, related_name="committee")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    mark = models.CharField(max_length=12)
    from_on = models.DateField()
    members = models.PositiveSmallIntegerField()
    women = models.PositiveSmallIntegerField()
    registered_on = models.DateField(null=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark"], name="committee_mark_once")]

    def __str__(self) -> str:
        return self.name
