"""The one clock of the web: each request is answered as of one moment."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now()
