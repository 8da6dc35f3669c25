"""`xinfang importbatch`: a batch of assigned matters from the Excel template, each row on its own, with a report."""

import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.documents.batch_template import ReportLine, report, template
from xinfang.documents.plain_table import plain_table
from xinfang.gateways.batch_book import BatchBook, read_batch
from xinfang.labels.batches import ITEM_STATES, KNOWN, REFUSED, problem_words
from xinfang.labels.refusals import word
from xinfang.management.commands.importmessages import importer
from xinfang.models import Post
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.intake.batch_rows import HEAD_NAMES, ItemState, Problem
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.batches import FileRow, Taken, take_in


class Command(BaseCommand):
    help = "导入交办批次（Excel 模板）。退出状态：0 全部导入或已有，1 有行待补正或没有导入，2 文件不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--by", metavar="USERNAME", help="以谁的账号导入（信访局的人）")
        parser.add_argument("--report", type=Path, metavar="FILE", help="把结果另存为工作簿")
        parser.add_argument("--template", type=Path, metavar="FILE", help="只写出空白模板，不导入")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["template"]:
            _write(Path(options["template"]), template())
            self.stdout.write(_("已写出模板：%(file)s") % {"file": options["template"]})
            return
        if options["file"] is None:
            raise CommandError(_("请写明要导入的文件，或者用 --template 写出模板。"), returncode=2)
        lines = self._import(Path(options["file"]), options["by"])
        if options["report"]:
            headings = [_("序号"), _("结果"), _("单号"), _("单元格"), _("说明")]
            _write(Path(options["report"]), report(_("导入结果"), headings, lines))

    def _import(self, path: Path, username: str | None) -> list[ReportLine]:
        now = timezone.now()
        username = username or self._bureau_account(local_day(now))
        try:
            book = read_batch(path)
            rows = [FileRow(row.line, row.cells) for row in book.rows]
            taken = take_in(
                head=book.head, rows=rows, file_hash=book.file_hash, file_name=book.file_name,
                by=importer(username, local_day(now)), at=now,
            )  # fmt: skip
        except RuleBroken as broken:
            raise CommandError(word(broken), returncode=2) from broken
        if taken.head_problems:
            raise CommandError("\n".join(_head_line(book, problem) for problem in taken.head_problems), returncode=2)
        lines = _lines(book, taken)
        table = [(line.row, line.fate, line.number, line.place, line.problem) for line in lines]
        for text in plain_table(table):
            self.stdout.write(text)
        self.stdout.write(_summary(taken))
        self.stdout.flush()
        self.unfinished = any(
            entered.state in {None, ItemState.BLOCKED} and not entered.known for entered in taken.rows
        )
        return lines

    def _bureau_account(self, today: date) -> str:
        """Whoever has sat in the petition bureau longest, when nobody is named; the report says so."""
        posts = Post.objects.filter(role=Role.PETITION_BUREAU.value, holder__is_active=True, from_on__lte=today)
        still = posts.filter(Q(to_on__isnull=True) | Q(to_on__gte=today)).order_by("from_on", "id")
        username = still.values_list("holder__username", flat=True).first()
        if username is None:
            raise CommandError(_("没有信访局的账号，请先开通，或者用 --by 写明。"), returncode=2)
        self.stdout.write(_("没有写 --by，以 %(name)s 的账号导入。") % {"name": username})
        return username

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.unfinished = False
        said = super().execute(*args, **options)
        if self.unfinished:
            sys.exit(1)
        return said


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as failed:
        raise CommandError(f"{path}: {failed.strerror}", returncode=2) from failed


def _head_line(book: BatchBook, problem: Problem) -> str:
    place = book.places.get(problem.column, "")
    return f"{place} {HEAD_NAMES.get(problem.column, '')} {problem_words(problem)}".strip()


def _lines(book: BatchBook, taken: Taken) -> list[ReportLine]:
    by_line = {row.line: row for row in book.rows}
    lines: list[ReportLine] = []
    for entered in taken.rows:
        fate = str(KNOWN if entered.known else ITEM_STATES[entered.state] if entered.state else REFUSED)
        number = str(entered.row) if entered.row else ""
        if not entered.problems:
            lines.append(ReportLine(number, fate, entered.number))
        for problem in entered.problems:
            place = book.place(by_line[entered.line], problem.column)
            lines.append(ReportLine(number, fate, entered.number, place, problem_words(problem)))
    return lines


def _summary(taken: Taken) -> str:
    states = Counter(entered.state for entered in taken.rows if not entered.known)
    facts = {state.value: states[state] for state in ItemState}
    facts |= {
        "total": len(taken.rows),
        "known": sum(entered.known for entered in taken.rows),
        "warned": sum(any(not p.blocks for p in e.problems) and e.state is ItemState.ENTERED for e in taken.rows),
        "refused": states[None],
    }
    return (
        _(
            "共 %(total)s 行：新登记 %(entered)s 件（其中 %(warned)s 件有提醒），疑似已有 %(suspected)s 件，"
            "待补正 %(blocked)s 行，转检举控告程序 %(diverted)s 行，以前已导入 %(known)s 行，没有导入 %(refused)s 行。"
        )
        % facts
    )
