"""`xinfang scenario FILE... [--json]`: play dated stories and print every mismatch."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from xinfang.stories.services_of_stories import OTHERS
from xinfang.stories.story import NotAStory, Story, read
from xinfang.stories.theatre import Verdict, perform_story, throw_away_database
from xinfang.stories.verbs import listing

AS_EXPECTED, MISMATCHES, NOT_VALID = 0, 1, 2


class Command(BaseCommand):
    help = "Play dated stories (YAML) through the real services on a throw-away database; print every mismatch."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="one JSON object per story")
        parser.add_argument("--verbs", action="store_true", help="list the verbs with their fields")

    def handle(self, *_args: Any, files: list[Path], verbs: bool, **options: Any) -> None:
        if verbs:
            self.stdout.write("\n".join(listing(OTHERS)))
            return
        if not files:
            self.stderr.write("xinfang scenario: name at least one FILE, or ask for --verbs")
            sys.exit(NOT_VALID)
        stories = self._read(files)
        try:
            with throw_away_database():
                verdicts = [self._perform(story, as_json=options["json"]) for story in stories]
        except NotAStory as broken:
            self.stderr.write(str(broken))
            sys.exit(NOT_VALID)
        sys.exit(MISMATCHES if any(verdict.mismatches for verdict in verdicts) else AS_EXPECTED)

    def _read(self, files: list[Path]) -> list[Story]:
        stories = []
        for path in files:
            try:
                stories.append(read(path.read_text(encoding="utf-8"), str(path)))
            except (OSError, UnicodeDecodeError, NotAStory) as broken:
                self.stderr.write(f"{path}: {broken}")
                sys.exit(NOT_VALID)
        return stories

    def _perform(self, story: Story, *, as_json: bool) -> Verdict:
        try:
            verdict = perform_story(story)
        except NotAStory as broken:
            raise NotAStory(f"{story.source}: {broken}") from None
        if as_json:
            row = {"id": story.id, "title": story.title, "ok": not verdict.mismatches, "mismatches": verdict.mismatches}
            self.stdout.write(json.dumps(row, ensure_ascii=False))
        else:
            self.stdout.write(f"{'ok  ' if not verdict.mismatches else 'FAIL'} {story.id} {story.title}")
            for mismatch in verdict.mismatches:
                self.stdout.write(f"     {mismatch}")
        return verdict
