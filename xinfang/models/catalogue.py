"""The versions of the catalogue of what people come for."""

import pgtrigger
from django.db import models


class CatalogueVersion(models.Model):
    """A whole catalogue: a draft until a second person publishes it, and never changed after that.

    `document` holds `items`, each as in `policies/catalogue.yaml` with its first and last day, and `shipped`, the mark
    of every shipped line that somebody here has seen. Number 0 is shipped and has no row. `digest` is the mark of the
    document, `editors` are all who worked on it: none of them publishes it.
    """

    number = models.PositiveIntegerField(primary_key=True)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    editors = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    published_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="catalogue_from_one"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, published_by__isnull=True)
                | models.Q(published_at__isnull=False, published_by__isnull=False),
                name="catalogue_published_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_catalogue_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
