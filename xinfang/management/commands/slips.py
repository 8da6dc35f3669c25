"""`xinfang slips`: sealed slips for the printer. The file is the only place where the codes ever stand."""

import csv
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from xinfang.labels.refusals import word
from xinfang.rules.people.seats import SYSTEM
from xinfang.rules.refusals import RuleBroken
from xinfang.services.proofs import issue_slips


class Command(BaseCommand):
    help = (
        "Issue sealed slips: a CSV file with the serial for the outside and the code for the inside of each. "
        "Give it to whoever prints and seals them, then destroy it: only keyed hashes of the codes stay here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, required=True, metavar="N", help="how many slips, 1 to 10000")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file; never overwritten")

    def handle(self, *_args: Any, **options: Any) -> None:
        out: Path = options["out"]
        try:
            # One transaction: without a whole file there are no slips.
            with transaction.atomic():
                slips = issue_slips(count=options["count"], by=SYSTEM, at=timezone.now())
                _write(out, slips)
        except RuleBroken as refused:
            raise CommandError(word(refused)) from refused
        except OSError as refused:
            raise CommandError(f"{out}: {refused.strerror}") from refused
        self.stdout.write(f"{len(slips)} -> {out}")


def _write(out: Path, slips: list[tuple[str, str]]) -> None:
    private = os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(private, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["serial", "code"])
        writer.writerows((serial, f"{code[:4]} {code[4:8]} {code[8:]}") for serial, code in slips)
        file.flush()
        os.fsync(file.fileno())
