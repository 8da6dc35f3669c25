"""`xinfang clock`: due dates over a pipe, by the same function as everywhere in the house; needs no database."""

import io
import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from xinfang.gateways import clock_lines
from xinfang.policies import shipped, strict_json
from xinfang.rules.clocks.calendar import Calendar
from xinfang.rules.clocks.year_notices import notice_numbers


class Command(BaseCommand):
    help = (
        'Reads lines such as {"rule": "CAL-D", "n": 3, "start": "2025-09-28"} and answers each with its raw, due '
        'and prudent dates, and {"rule": "HOUR", "n": 1, "start": "2026-05-11T09:05"} with its moment too. '
        '{"rule": "D1", "n": 1, "start": "2026-02-14T18:30"} asks for the first "1" of 13710, open from '
        "08:30 to 17:30. Exit status 1 if a line could not be answered, 2 if the calendar cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--calendar", metavar="FILE", type=Path, help="count by the calendar in this JSON file")
        parser.add_argument("--explain", action="store_true", help="add how it was counted, in sentences (UTF-8)")

    def handle(self, *_args: Any, **options: Any) -> None:
        calendar, numbers = _calendar(options["calendar"])
        notices = numbers if options["explain"] else None
        if notices is not None and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            complete = self._answer_all(calendar, notices)
        except BrokenPipeError:
            # The reader has gone: nothing is left to say, not even by the interpreter when it closes its files.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            complete = False
        if not complete:
            sys.exit(1)

    def _answer_all(self, calendar: Calendar, notices: Mapping[int, str] | None) -> bool:
        complete = True
        for line in clock_lines.lines(sys.stdin.buffer):
            try:
                answer = clock_lines.answer(line, calendar, notices)
            except ValueError as reason:
                answer = clock_lines.refusal(reason)
                complete = False
            self.stdout.write(answer)
        self.stdout.flush()
        return complete


def _calendar(path: Path | None) -> tuple[Calendar, dict[int, str]]:
    """The calendar to count by, and the numbers of its notices by year."""
    if path is None:
        return _read(shipped("calendar_cn.json"))
    try:
        return _read(strict_json.parse(path.read_bytes()))
    except OSError as unreadable:
        raise CommandError(f"{path}: {unreadable.strerror}", returncode=2) from unreadable
    except ValueError as wrong:
        raise CommandError(f"{path}: {wrong}", returncode=2) from wrong


def _read(document: Any) -> tuple[Calendar, dict[int, str]]:
    return Calendar.of(document), notice_numbers(document)
