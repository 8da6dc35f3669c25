"""`xinfang importmessages`: old messages from a CSV file, row by row; run again it takes in nothing twice."""

import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from xinfang.gateways.messages_csv import read_file
from xinfang.labels.refusals import word
from xinfang.models import User
from xinfang.queries.people import actor_of
from xinfang.rules.intake.messages import kind_of
from xinfang.rules.people.seats import SYSTEM, Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services.imports import Fate, Outcome, import_messages


class Command(BaseCommand):
    help = "导入来信（CSV）。退出状态：0 全部成功或已有，1 有行被拒，2 文件不能用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, metavar="CODE", help="这些来信属于哪个单位")
        parser.add_argument("--by", metavar="USERNAME", help="以谁的账号导入，默认系统")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        fates: Counter[Fate] = Counter()
        try:
            by = importer(options["by"], now.date())
            file = read_file(Path(options["file"]))
            kind = kind_of(file.columns)
            outcomes = import_messages(rows=file.rows(), kind=kind, unit=options["unit"], by=by, at=now)
            # The bar counts lines, because a message may stand on several.
            with tqdm(total=file.length - 1, unit="行", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
                for outcome in outcomes:
                    fates[outcome.fate] += 1
                    bar.update(max(0, outcome.line - 1 - bar.n))
                    self._report(outcome)
        except RuleBroken as broken:
            raise CommandError(word(broken), returncode=2) from broken
        self.stdout.write(_summary(fates))
        if fates[Fate.REFUSED]:
            sys.exit(1)

    def _report(self, outcome: Outcome) -> None:
        if outcome.refusal is None and outcome.fate is not Fate.WAITS:
            return
        if outcome.refusal is None:
            text = _("第 %(line)s 行：含有检举控告一类的词，已限制查看，等人工分辨。") % {"line": outcome.line}
        else:
            facts = {"line": outcome.line, "column": outcome.refusal.field or "", "why": word(outcome.refusal)}
            text = _("第 %(line)s 行 %(column)s：%(why)s") % facts
        tqdm.write(text, file=sys.stderr)


def importer(username: str | None, today: date) -> Actor:
    """The actor of an import: the named account, or the system."""
    if username is None:
        return SYSTEM
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(_("没有这个账号：%(name)s") % {"name": username}, returncode=2)
    return actor_of(user, today)


def _summary(fates: Counter[Fate]) -> str:
    return _("新增 %(taken)s 件，等人工分辨 %(waits)s 件，已有 %(known)s 件，拒绝 %(refused)s 行。") % {
        fate.value: fates[fate] for fate in Fate
    }
