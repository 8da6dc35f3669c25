"""`xinfang checkpoint`: write down the heads of all chains now, without waiting for the worker's next minute."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from xinfang.services.checkpoints import checkpoint, trust_files


class Command(BaseCommand):
    help = "Writes a checkpoint now. --restored only brings the marks of a restored database to its files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--restored", action="store_true", help="after a restore; writes no checkpoint")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["restored"]:
            trust_files()
        else:
            checkpoint(at=timezone.now())
