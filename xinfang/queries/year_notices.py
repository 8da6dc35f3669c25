"""Which notice of the State Council announced the calendar of each year, as published in this installation?"""

from xinfang.models import CalendarYear


def notices() -> dict[int, str]:
    """The number of the notice by year; "" where a published year has none."""
    return dict(CalendarYear.objects.values_list("year", "notice"))
