"""Days and moments as people say them: with the weekday, in the language of the page."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day(on: date) -> str:
    """For example 2026年12月8日 星期二."""
    return date_format(on, _("Y年n月j日 l"))


def moment(at: datetime) -> str:
    """For example 2026年11月23日 星期一 09:41, as the clock on the wall in Shanghai shows it."""
    return date_format(timezone.localtime(at), _("Y年n月j日 l H:i"))
