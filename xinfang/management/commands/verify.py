"""`xinfang verify`: is every event what was written? One line a finding; exit status 1 if there is one."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from xinfang.labels.verification import FINDINGS
from xinfang.queries.verification import Finding, Verdict, numbers_of, verify


class Command(BaseCommand):
    help = "Checks every chain of events, its words and the checkpoints outside the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
        parser.add_argument("--files", action="store_true", help="check the bytes of every file as well")

    def handle(self, *_args: Any, **options: Any) -> None:
        verdict = verify(with_files=options["files"])
        self.stdout.write(_document(verdict) if options["json"] else _report(verdict))
        if not verdict.is_clean:
            sys.exit(1)


def _place(finding: Finding, names: dict[Any, str]) -> str:
    if finding.chain is None:
        return str(finding.seq)
    return f"{names.get(finding.chain, finding.chain)}#{finding.seq}{f' {finding.field}' if finding.field else ''}"


def _report(verdict: Verdict) -> str:
    names = numbers_of(f.chain for f in verdict.findings if f.chain is not None)
    names |= numbers_of(chain for chain, _seq, _name, _by in verdict.masked)
    lines = [f"{_place(finding, names)}: {FINDINGS[finding.code]}" for finding in verdict.findings]
    lines += [
        _("%(place)s：已由第 %(by)s 号事件依法屏蔽") % {"place": f"{names.get(chain, chain)}#{seq} {name}", "by": by}
        for chain, seq, name, by in verdict.masked
    ]
    counted = {
        "chains": verdict.chains, "events": verdict.events, "texts": verdict.texts, "files": verdict.files,
        "checkpoints": verdict.checkpoints, "uncovered": verdict.uncovered, "findings": len(verdict.findings),
    }  # fmt: skip
    summary = _(
        "已核对 %(chains)s 条链、%(events)s 个事件、%(texts)s 段文字、%(files)s 个文件、%(checkpoints)s 个检查点；"
        "最新的 %(uncovered)s 个事件还没有检查点；发现问题 %(findings)s 处。"
    )
    return "\n".join([*lines, summary % counted])


def _document(verdict: Verdict) -> str:
    found = [
        {"code": f.code, "chain": str(f.chain) if f.chain else None, "seq": f.seq, "field": f.field}
        for f in verdict.findings
    ]
    masked = [{"chain": str(chain), "seq": seq, "field": name, "by": by} for chain, seq, name, by in verdict.masked]
    return json.dumps(
        {
            "clean": verdict.is_clean, "chains": verdict.chains, "events": verdict.events, "texts": verdict.texts,
            "files": verdict.files, "checkpoints": verdict.checkpoints, "uncovered": verdict.uncovered,
            "findings": found, "masked": masked,
        },
        ensure_ascii=False,
    )  # fmt: skip
