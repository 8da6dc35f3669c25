"""`xinfang demoaccounts`: who can sign in to the demo; nothing on a database in real use."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from xinfang.documents.plain_table import plain_table
from xinfang.labels.people import ROLES
from xinfang.models import Installation, Post, User
from xinfang.rules.people.seats import Role
from xinfang.services.demo import DEMO_PASSWORD


class Command(BaseCommand):
    help = "列出演示账号。不是演示数据库时什么也不输出。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not Installation.objects.filter(pk=1, is_demo=True).exists():
            return
        users = [
            user
            for user in User.objects.filter(is_demo=True, is_active=True).order_by("pk")
            if user.has_usable_password()
        ]
        posts: dict[int, Post] = {}
        for post in Post.objects.filter(holder__in=users, to_on__isnull=True).select_related("unit").order_by("pk"):
            posts.setdefault(post.holder_id, post)
        rows = [(_("账号"), _("姓名"), _("单位"), _("岗位"))]
        for user in users:
            held = posts.get(user.pk)
            rows.append((user.username, user.name, held.unit.short_name if held else "", _role(held)))
        self.stdout.write(_("演示数据，密码都是 %(password)s") % {"password": DEMO_PASSWORD})
        for line in plain_table(rows):
            self.stdout.write(line)


def _role(post: Post | None) -> str:
    return str(ROLES[Role(post.role)]) if post else ""
