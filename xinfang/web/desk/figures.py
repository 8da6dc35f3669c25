"""The statistics: each figure with its fraction and what it counts, and the list behind every number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinfang.labels.batches import ITEM_STATES, problem_words
from xinfang.labels.dates import day, moment
from xinfang.labels.figures import BLOCKS, FIGURES, FigureWords, Words
from xinfang.models import BatchItem
from xinfang.queries.figure_lists import items_behind, matters_behind, read_behind, visible_numbers
from xinfang.queries.figures import Asked, Figure, Period, figures_as_of
from xinfang.queries.matters import lines
from xinfang.rules.clocks.duties import SHANGHAI, midnight_after
from xinfang.rules.figures.definitions import BY_CODE, Block, Counted, Definition, Part
from xinfang.rules.intake.batch_rows import ItemState, Problem
from xinfang.web.desk.listing import rows_of
from xinfang.web.parts.days import DaysForm, day_field
from xinfang.web.parts.doors import staff
from xinfang.web.parts.fields import row_number
from xinfang.web.parts.requests import StaffRequest

TABLES = frozenset({Block.HOUSE, Block.OLD_ANSWERS})


class MomentForm(DaysForm):
    """As of which day, and which days of receipt."""

    as_of = day_field(_("截至（当日24时）"))
    first = day_field(_("收到日期从"))
    last = day_field(_("到"))


@dataclass(frozen=True)
class Card:
    """One figure, ready for the template."""

    figure: Figure
    words: FigureWords
    value: str
    numerator_url: str
    denominator_url: str
    is_alert: bool

    @property
    def definition(self) -> Definition:
        return self.figure.definition


@dataclass(frozen=True)
class Section:
    """A block of figures under one heading."""

    heading: Words
    cards: list[Card]
    is_table: bool
    note: Words = ""


def _asked(request: StaffRequest) -> tuple[MomentForm, Asked]:
    """The question that the address asks; a date that cannot be read is shown as such and asks nothing."""
    form = MomentForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    as_of = midnight_after(given["as_of"]) if given.get("as_of") else request.now
    period = Period(given.get("first"), given.get("last"))
    return form, Asked(min(as_of, request.now), request.actor, request.now, period)


def _kept(form: MomentForm) -> str:
    return f"?{urlencode(form.kept)}" if form.kept else ""


def _moment_words(at: datetime) -> str:
    """A moment in words; the end of a day is 24:00 of that day and not the next one's beginning."""
    local = at.astimezone(SHANGHAI)
    if local.time() == time.min:
        return gettext("%(day)s 24:00") % {"day": day(local.date() - timedelta(days=1))}
    return moment(at)


@staff()
def show(request: StaffRequest) -> HttpResponse:
    """Every figure within the viewer's sight, as of a day that may lie in the past."""
    form, asked = _asked(request)
    figures = figures_as_of(asked.as_of, viewer=asked.viewer, now=asked.now, period=asked.period)
    context = {
        "form": form,
        "as_of_words": _moment_words(asked.as_of),
        "is_past": asked.as_of < request.now,
        "sections": _sections(figures, _kept(form)),
    }
    return render(request, "desk/figures.html", context)


def _sections(figures: Iterable[Figure], kept: str) -> list[Section]:
    notes = {
        Block.HOUSE: _("办理纪律，内部督办用，与法定期限分开统计。"),
        Block.STATUTE: _("《信访工作条例》规定的期限，与13710分开统计。"),
        Block.OLD_ANSWERS: _("导入的历史信件在导入前的答复，放到13710里会怎样。"),
    }
    cards = [_card(figure, kept) for figure in figures]
    found = []
    for block, heading in BLOCKS.items():
        mine = [card for card in cards if card.definition.block is block]
        if block is Block.OLD_ANSWERS and not any(card.figure.denominator for card in mine):
            continue
        found.append(Section(heading, mine, block in TABLES, notes.get(block, "")))
    return found


def _card(figure: Figure, kept: str) -> Card:
    def url(part: str) -> str:
        return reverse("desk:figure_list", args=[figure.code, part]) + kept

    return Card(
        figure,
        FIGURES[figure.code],
        _value(figure),
        url("numerator"),
        url("denominator") if figure.denominator is not None else "",
        figure.code == "F-1" and figure.numerator > 0,
    )


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return str(figure.value) if figure.denominator is None else f"{figure.value} %"


@staff()
def show_list(request: StaffRequest, code: str, part: str) -> HttpResponse:
    """The matters or items behind one number: exactly as many as the number says."""
    definition = BY_CODE.get(code)
    wanted = (
        {"numerator": definition.numerator, "denominator": definition.denominator}.get(part) if definition else None
    )
    if definition is None or wanted is None:
        raise Http404
    form, asked = _asked(request)
    kept, words = _kept(form), FIGURES[code]
    figures = figures_as_of(asked.as_of, viewer=asked.viewer, now=asked.now, period=asked.period)
    figure = next(figure for figure in figures if figure.code == code)
    context = {
        "words": words,
        "part_words": words.numerator if part == "numerator" else words.denominator,
        "total": figure.numerator if part == "numerator" else figure.denominator,
        "as_of_words": _moment_words(asked.as_of),
        "back_url": reverse("desk:figures") + kept,
        "is_items": definition.counted is Counted.ITEMS,
        **(_items if definition.counted is Counted.ITEMS else _matters)(request, wanted, asked, kept),
    }
    return render(request, "desk/figure_list.html", context)


def _neighbours(kept: str, newer: object, older: object) -> dict[str, str]:
    joint = f"{kept}&" if kept else "?"
    return {
        "newer_url": joint + urlencode({"before": str(newer)}) if newer else "",
        "older_url": joint + urlencode({"after": str(older)}) if older else "",
    }


def _matters(request: StaffRequest, part: Part, asked: Asked, kept: str) -> dict[str, Any]:
    after, before = read_behind(request.GET.get("after")), read_behind(request.GET.get("before"))
    page = matters_behind(part, asked, after=after, before=before)
    return {"rows": rows_of(lines(page.rows), request.now), **_neighbours(kept, page.newer, page.older)}


@dataclass(frozen=True)
class ItemRow:
    """One item of a batch, ready for the template."""

    item: BatchItem
    state: Words
    url: str
    problems: list[str]


def _items(request: StaffRequest, part: Part, asked: Asked, kept: str) -> dict[str, Any]:
    after, before = (row_number(request.GET.get(name)) for name in ("after", "before"))
    page = items_behind(part, asked, after=after, before=before)
    mine = visible_numbers(page.rows, asked)
    rows = [
        ItemRow(
            item,
            ITEM_STATES[ItemState(item.state)],
            reverse("desk:matter", args=[item.matter.number]) if item.matter and item.matter_id in mine else "",
            [problem_words(Problem(p["column"], p["code"], p["facts"])) for p in item.problems],
        )
        for item in page.rows
    ]
    return {"items": rows, **_neighbours(kept, page.newer, page.older)}
