"""`xinfang messages`: bring the English catalogue up to what the product says, and list what has no English yet."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from xinfang.gateways import sentences


class Command(BaseCommand):
    help = (
        "Collect every Chinese sentence of the templates and modules into locale/en/LC_MESSAGES/django.po: new ones "
        "wait for their English, those no longer said go. Lists what has no English; --check only looks."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if something is missing")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        try:
            fresh = sentences.refreshed(sentences.read(), sentences.sentences())
        except sentences.NotASentence as wrong:
            raise CommandError(str(wrong)) from wrong
        if not check:
            sentences.CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
            fresh.save(str(sentences.CATALOGUE))
        missing = [entry for entry in fresh if not sentences.is_complete(entry)]
        for entry in missing:
            self.stdout.write(f"{entry.occurrences[0][0]}: {entry.msgid}")
        self.stdout.write(f"{len(fresh)} sentences, {len(missing)} without English")
        if check and missing:
            raise CommandError("run xinfang messages and fill in locale/en/LC_MESSAGES/django.po")
