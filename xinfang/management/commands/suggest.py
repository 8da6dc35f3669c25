"""`xinfang suggest train|agreement`: learn from the house's own confirmed matters; count how often people agreed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinfang.labels.refusals import word
from xinfang.queries.learning import agreement
from xinfang.rules.people.seats import SYSTEM
from xinfang.rules.refusals import RuleBroken
from xinfang.services.learning import learn_anew


class Command(BaseCommand):
    help = "事项建议：train 从本地已经确认的事项学习；agreement 统计建议与人的决定是否一致。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=("train", "agreement"))

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["act"] == "train":
            self._train()
        else:
            self._agreement()

    def _train(self) -> None:
        try:
            lesson = learn_anew(by=SYSTEM, at=timezone.now())
        except RuleBroken as refused:
            raise CommandError(word(refused), returncode=2) from refused
        self.stdout.write(f"matters {lesson.matters}\ncategories {' '.join(lesson.categories)}")
        self.stdout.write(f"pieces {lesson.pieces}\nsha256 {lesson.digest}")

    def _agreement(self) -> None:
        found = agreement()
        self.stdout.write(f"first {found.first}/{found.asked}\nany {found.any}/{found.asked}")
