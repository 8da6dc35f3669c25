"""`xinfang rebuild [--check]`: do the rows say what the events say? `--check` only compares; exit status 1 if not."""

import sys
from argparse import ArgumentParser
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from xinfang.services.rebuilding import differences, repair


class Command(BaseCommand):
    help = "Works every projection out anew from the events and puts right what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; exit status 1 if anything differs")

    def handle(self, *_args: Any, **options: Any) -> None:
        check, found, matters = options["check"], 0, 0
        for matter, group in groupby(differences(), key=lambda one: one.matter):
            matters += 1
            for one in group:
                found += 1
                self.stdout.write(f"{one.number} {one.table} {one.row} {one.column}".rstrip())
            if not check:
                repair(matter)
        self.stdout.write(_("差异 %(found)s 处，涉及 %(matters)s 件。") % {"found": found, "matters": matters})
        if found and check:
            sys.exit(1)
