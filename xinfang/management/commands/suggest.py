"""`xinfang suggest train|use N|leave N|list|agreement`: learn from the house's own confirmed matters, put it to use."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinfang.labels.refusals import word
from xinfang.models import Lesson
from xinfang.queries.learning import agreement
from xinfang.queries.lessons import in_use, lessons
from xinfang.rules.catalogue.lessons import FEWEST, LessonState
from xinfang.rules.people.seats import SYSTEM
from xinfang.rules.refusals import RuleBroken
from xinfang.services import learning


class Command(BaseCommand):
    help = (
        "事项建议：train 从本地已经确认的事项学习，不改变现在用的；use N 用第 N 次学到的（0 只用清单里的词）；"
        "leave N 不用第 N 次；list 列出；agreement 统计建议与人的决定是否一致。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=("train", "use", "leave", "list", "work", "agreement"))
        parser.add_argument("number", nargs="?", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:
        act, number = options["act"], options["number"]
        if (number is None) == (act in {"use", "leave"}):
            raise CommandError("use N / leave N", returncode=2)
        try:
            getattr(self, f"_{act}")(*([] if number is None else [number]))
        except RuleBroken as refused:
            raise CommandError(word(refused), returncode=2) from refused

    def _train(self) -> None:
        learning.ask(by=SYSTEM, at=timezone.now())
        lesson = self._work()
        if lesson is None or lesson.state != LessonState.LEARNED:
            matters = lesson.figures["matters"] if lesson else 0
            raise RuleBroken("too_little_to_learn", matters=matters, fewest=FEWEST)
        self._told(lesson)

    def _work(self) -> Lesson | None:
        """What the worker does in a process of its own: the lesson that waits, if nobody is at it."""
        lesson = learning.claim(at=timezone.now())
        return learning.teach(lesson=lesson, at=timezone.now()) if lesson else None

    def _use(self, number: int) -> None:
        learning.use(number=number, by=SYSTEM, at=timezone.now())

    def _leave(self, number: int) -> None:
        learning.leave(number=number, by=SYSTEM, at=timezone.now())

    def _list(self) -> None:
        self.stdout.write(f"in use {in_use().number}")
        for one in lessons():
            self._told(one.row)

    def _told(self, row: Lesson) -> None:
        figures = " ".join(f"{name} {value}" for name, value in row.figures.items())
        self.stdout.write(f"lesson {row.pk} {row.state} {figures}")

    def _agreement(self) -> None:
        found = agreement()
        self.stdout.write(f"first {found.first}/{found.asked}\nany {found.any}/{found.asked}")
