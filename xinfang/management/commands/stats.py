"""`xinfang stats`: every figure as of a moment, as a table or as one JSON list."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinfang.documents.plain_table import plain_table
from xinfang.labels.figures import FIGURES
from xinfang.labels.refusals import word
from xinfang.queries.figures import Figure, Period, figures_as_of
from xinfang.rules.figures.moments import read_moment
from xinfang.rules.lifecycle.values import parse_day
from xinfang.rules.refusals import RuleBroken


class Command(BaseCommand):
    help = "统计数字：截至某一时刻（记录时间）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", metavar="TIME", help="2026-10-31（当日24时）、2026-10-31T24:00；默认现在")
        parser.add_argument("--from", dest="first", metavar="DAY", help="只算这一天起收到的")
        parser.add_argument("--to", dest="last", metavar="DAY", help="只算到这一天收到的")
        parser.add_argument("--json", action="store_true", dest="as_json", help="输出 JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            as_of = read_moment(options["as_of"]) if options["as_of"] else timezone.now()
            first, last = (parse_day(n, options[n]) if options[n] else None for n in ("first", "last"))
        except RuleBroken as broken:
            raise CommandError(word(broken), returncode=2) from broken
        figures = figures_as_of(as_of, period=Period(first, last))
        if options["as_json"]:
            self.stdout.write(json.dumps([_plain(figure) for figure in figures], ensure_ascii=False, indent=1))
            return
        rows = [(f.code, str(FIGURES[f.code].name), _fraction(f), _value(f)) for f in figures]
        for line in plain_table(rows, right=frozenset({2, 3})):
            self.stdout.write(line)


def _plain(figure: Figure) -> dict[str, Any]:
    value = figure.value
    return {
        "code": figure.code,
        "name": str(FIGURES[figure.code].name),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": float(value) if isinstance(value, Decimal) else value,
    }


def _fraction(figure: Figure) -> str:
    return "" if figure.denominator is None else f"{figure.numerator}/{figure.denominator}"


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return str(figure.value) if figure.denominator is None else f"{figure.value} %"
