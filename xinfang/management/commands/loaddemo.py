"""`xinfang loaddemo`: the invented district, for trying everything out; run again it changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.labels.refusals import word
from xinfang.rules.refusals import RuleBroken
from xinfang.stories.demo import load


class Command(BaseCommand):
    help = "载入演示数据（示范区，全部虚构）。可以重复执行；有真实数据的数据库会拒绝。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            load(now=timezone.now(), tell=self._tell)
        except RuleBroken as broken:
            raise CommandError(word(broken), returncode=2) from broken
        self.stdout.write(_("演示数据已就绪：示范区，全部虚构。"))

    def _tell(self, what: str, done: int, of: int) -> None:
        words = {"ledgers": _("领导接访与信件"), "batch": _("交办批次"), "samples": _("各阶段事项")}
        self.stdout.write(_("演示数据 %(what)s %(done)s/%(of)s") % {"what": words[what], "done": done, "of": of})
        self.stdout.flush()
