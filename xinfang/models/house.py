"""The installation itself: is it a demo, which district, which settings; the shared cache of limits."""

from django.db import models


class Installation(models.Model):
    """The one row about this installation. `settings`: office hours, helpline."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(default=False)
    district = models.CharField(max_length=12)
    chain = models.UUIDField()
    settings = models.JSONField(default=dict)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_installation")]

    def __str__(self) -> str:
        return self.district


class CacheEntry(models.Model):
    """The table of Django's database cache: rate limits must be shared between processes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "django_cache"

    def __str__(self) -> str:
        return self.cache_key
