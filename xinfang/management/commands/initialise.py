"""`xinfang init`: a real centre: the area, its first units, the published calendar and the first administrator."""

import argparse
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from pypinyin import lazy_pinyin

from xinfang.labels.refusals import word
from xinfang.models import Unit, User
from xinfang.policies import shipped, strict_yaml
from xinfang.rules.people.seats import SYSTEM, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import founding, house, people

HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2})[-–—]([0-9]{1,2}:[0-9]{2})")


class Command(BaseCommand):
    help = "正式启用：区划、单位、工作日历、办公时间和首个系统管理员。可以重复执行，已有的内容不变。"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--area", metavar="CODE", help="六位区划代码，例如 341602")
        parser.add_argument("--areas-file", metavar="FILE", help="区划文件，格式同 policies/areas_341602.yaml")
        parser.add_argument("--admin", metavar="NAME", help="首个系统管理员的姓名或账号名，一次性密码会显示在屏幕上")
        parser.add_argument("--hours", metavar="08:30-17:30", help="办公时间，默认 08:30-17:30")
        parser.add_argument("--new-password", action="store_true", help="给 --admin 指定的系统管理员换一个一次性密码")

    def handle(self, **options: Any) -> None:
        try:
            with transaction.atomic():
                self._initialise(timezone.now(), **options)
        except RuleBroken as broken:
            raise CommandError(word(broken)) from broken

    def _initialise(self, now: datetime, **options: Any) -> None:
        rows = _areas(options["area"], options["areas_file"])
        district = next(row for row in rows if row["code"] == options["area"])
        founding.found(district=district["code"], is_demo=False, at=now)
        townships = [row for row in rows if row["parent"] == district["code"]]
        areas = founding.load_areas(rows=rows)
        first = founding.first_units(district["code"], district["name"], townships)
        units = founding.load_units(rows=first, at=now)
        years = founding.load_calendar(at=now)
        if options["hours"]:
            opens, closes = _hours(options["hours"])
            house.set_opening_hours(opens=opens, closes=closes, by=SYSTEM, at=now)
        self._say(
            f"{district['name']}（{district['code']}）：新增区划 {areas} 个、单位 {units} 个、日历 {len(years)} 年。"
        )
        self._administrator(district["code"], options["admin"], now, renew=options["new_password"])

    def _administrator(self, district: str, name: str | None, now: datetime, *, renew: bool) -> None:
        if renew:
            self._renew(name, now)
            return
        if founding.has_administrator():
            self._say("已有系统管理员，账号不变。忘记密码：加 --admin 账号名 --new-password。")
            return
        account = people.open_account(username=_login(name or _ask()), name=name or "系统管理员", by=SYSTEM, at=now)
        post = people.PostEntry(unit=district, role=Role.ADMINISTRATOR, title="系统管理员", duty="officer")
        people.fill_post(holder=account.user.pk, post=post, from_on=now.date(), by=SYSTEM, at=now)
        self._show(account)

    def _renew(self, name: str | None, now: datetime) -> None:
        user = User.objects.filter(username=_login(name or _ask())).first()
        if user is None or not user.posts.filter(role=Role.ADMINISTRATOR.value, to_on__isnull=True).exists():
            raise CommandError("没有这个系统管理员账号。")
        self._show(people.reset_password(user=user.pk, by=SYSTEM, at=now))

    def _show(self, account: people.Account) -> None:
        self._say(f"系统管理员账号 {account.user.username}，一次性密码 {account.password}，首次登录时请修改。")
        if not Unit.objects.filter(posts__role=Role.WINDOW_CLERK.value).exists():
            self._say("下一步：登录后在“内部管理”里开通账号、安排岗位。")

    def _say(self, text: str) -> None:
        self.stdout.write(text)


def _areas(code: str | None, file: str | None) -> list[dict[str, Any]]:
    if not code:
        raise CommandError("请写明区划代码，例如 --area 341602。")
    try:
        document = strict_yaml.parse(Path(file).read_bytes()) if file else shipped(f"areas_{code}.yaml")
    except (OSError, yaml.YAMLError) as wrong:
        raise CommandError(f"没有 {code} 的区划文件，请用 --areas-file 指定一个。") from wrong
    rows: list[dict[str, Any]] = document["areas"] if isinstance(document, dict) else []
    if not any(row.get("code") == code for row in rows):
        raise CommandError(f"区划文件里没有 {code}。")
    return rows


def _hours(text: str) -> tuple[str, str]:
    found = HOURS.fullmatch(text.strip())
    if found is None:
        raise CommandError("办公时间的写法是 08:30-17:30。")
    return found[1].zfill(5), found[2].zfill(5)


def _login(name: str) -> str:
    return name if name.isascii() else "".join(lazy_pinyin(name))


def _ask() -> str:
    if not sys.stdin.isatty():
        raise CommandError("请用 --admin 写明首个系统管理员的姓名。")
    return input("首个系统管理员的姓名 Name of the first administrator: ").strip()
