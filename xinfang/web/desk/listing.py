"""Rows of lists with their next clock in words, and the filters above them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xinfang.labels.matters import CHANNELS, STAGES
from xinfang.models import Unit
from xinfang.queries.keyset import read_key
from xinfang.queries.matters import Filters, Line
from xinfang.rules.clocks.alarms import Level
from xinfang.web.parts.categories import categories
from xinfang.web.parts.clocks import ClockView, clock_of, clock_view


@dataclass(frozen=True)
class Row:
    """One line of a list, ready for the template."""

    line: Line
    url: str
    stage_word: Any
    channel_word: Any
    clock: ClockView | None


def rows_of(lines: Iterable[Line], now: datetime) -> list[Row]:
    """Lines with their words."""
    return [
        Row(
            line,
            reverse("desk:matter", args=[line.matter.number]),
            line.matter.get_stage_display(),
            line.matter.get_channel_display(),
            clock_view(clock_of(line.clock), now, Level(line.clock.level)) if line.clock else None,
        )
        for line in lines
    ]


def filters_of(request: HttpRequest) -> Filters:
    """The filters in an address; what is not in a closed list is dropped."""
    stage, channel = request.GET.get("stage", ""), request.GET.get("channel", "")
    return Filters(
        stage=stage if stage in set(STAGES) else "",
        channel=channel if channel in set(CHANNELS) else "",
        category=request.GET.get("category", "")[:60],
        unit=request.GET.get("unit", "")[:24],
    )


def keys_of(request: HttpRequest) -> dict[str, Any]:
    """Where the page begins or ends."""
    return {"after": read_key(request.GET.get("after")), "before": read_key(request.GET.get("before"))}


def choices_of(chosen: Filters, units: Iterable[Unit]) -> dict[str, Any]:
    """What the selects above a list offer, each as (code, words, is it chosen)."""
    return {
        "stages": [(stage.value, word, stage.value == chosen.stage) for stage, word in STAGES.items()],
        "channels": [(channel.value, word, channel.value == chosen.channel) for channel, word in CHANNELS.items()],
        "categories": [(code, words, code == chosen.category) for code, words in categories()],
        "units": [(unit.code, unit.short_name, unit.code == chosen.unit) for unit in units],
    }
