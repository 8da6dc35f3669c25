"""The people of every test: a small invented district, one person for each seat, a stranger who must see nothing."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from xinfang.models import Area, CalendarYear, Chain, Installation, Post, Unit, User
from xinfang.policies import shipped
from xinfang.queries.people import actor_of
from xinfang.rules.ledger.chain import GENESIS
from xinfang.rules.people.seats import PETITIONER, Actor, Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
FOUNDED = date(2020, 1, 1)

AREAS = (("999901", "示范区", None), ("999901001", "青禾镇", "999901"), ("999901002", "云桥街道", "999901"),
         ("999901001201", "甲村", "999901001"), ("999901001202", "乙村", "999901001"))  # fmt: skip
UNITS = (
    ("999901", "区群众工作服务中心", "district", "centre", "999901", None, False),
    ("999901-XF", "区信访局", "district", "bureau_of_petitions", "999901", "999901", True),
    ("999901-DC", "区督查考核办", "district", "supervision_office", "999901", "999901", False),
    ("999901-HF", "区回访组", "district", "office", "999901", "999901", False),
    ("999901-RS", "区人社局", "district", "organ", "999901", "999901", True),
    ("999901-ZJ", "区住建局", "district", "organ", "999901", "999901", True),
    ("999901001", "青禾镇群众工作服务中心", "township", "centre", "999901001", "999901", False),
    ("999901001-ZF", "青禾镇人民政府", "township", "organ", "999901001", "999901001", True),
    ("999901001-ZH", "青禾镇综治办", "township", "office", "999901001", "999901001", False),
    ("999901002", "云桥街道群众工作服务中心", "township", "centre", "999901002", "999901", False),
    ("999901001201", "甲村群众工作服务站", "village", "station", "999901001201", "999901001", False),
    ("999901001202", "乙村群众工作服务站", "village", "station", "999901001202", "999901001", False),
)
SEATS = (
    ("clerk", "王芳", "999901001", Role.WINDOW_CLERK),
    ("director", "赵敏", "999901001", Role.CENTRE_DIRECTOR),
    ("deputy", "钱进", "999901001", Role.CENTRE_DEPUTY),
    ("member", "孙立", "999901001-ZH", Role.MEMBER_OFFICER),
    ("town_head", "周正", "999901001-ZF", Role.ORGAN_HEAD),
    ("town_handler", "吴勤", "999901001-ZF", Role.HANDLER),
    ("station", "郑实", "999901001201", Role.STATION_HEAD),
    ("other_station", "冯远", "999901001202", Role.STATION_HEAD),
    ("labour_head", "陈明", "999901-RS", Role.ORGAN_HEAD),
    ("labour_officer", "李明", "999901-RS", Role.HANDLER),
    ("housing_head", "卫东", "999901-ZJ", Role.ORGAN_HEAD),
    ("housing_officer", "蒋平", "999901-ZJ", Role.HANDLER),
    ("bureau", "沈信", "999901-XF", Role.PETITION_BUREAU),
    ("second_bureau", "韩清", "999901-XF", Role.PETITION_BUREAU),
    ("supervisor", "杨督", "999901-DC", Role.SUPERVISOR),
    ("caller", "朱回", "999901-HF", Role.CALLER),
    ("leader", "秦岭", "999901", Role.LEADER),
    ("other_director", "尤新", "999901002", Role.CENTRE_DIRECTOR),
    ("archivist", "许存", "999901-XF", Role.ARCHIVIST),
    ("administrator", "何管", "999901", Role.ADMINISTRATOR),
    ("stranger", "生人", "999901002", Role.POLICE_LIAISON),
)


def at(text: str) -> datetime:
    """A moment in Shanghai: `2026-03-16 09:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@dataclass
class Cast:
    """Everybody by name: `cast.clerk` is an actor, `cast.users["clerk"]` the account."""

    users: dict[str, User] = field(default_factory=dict)
    today: date = FOUNDED
    petitioner: Actor = PETITIONER

    def __getattr__(self, name: str) -> Actor:
        try:
            return actor_of(self.users[name], self.today)
        except KeyError:
            raise AttributeError(name) from None


def publish_calendar() -> None:
    """The shipped years 2024–2026."""
    document: dict[str, Any] = shipped("calendar_cn.json")
    for year in document["covered_years"]:
        days = {name: [d for d in document[name] if d.startswith(str(year))] for name in ("off", "makeup")}
        CalendarYear.objects.create(
            year=year, notice="国务院办公厅通知", document=days, published_at=datetime(2025, 11, 4, tzinfo=UTC)
        )


def build_cast() -> Cast:
    """Write the district, its people and the calendar into the database."""
    for code, name, parent in AREAS:
        Area.objects.create(code=code, name=name, parent_id=parent)
    for code, name, tier, kind, area, parent, is_organ in UNITS:
        above = Unit.objects.get(pk=parent).path + "." if parent else ""
        Unit.objects.create(
            code=code, name=name, short_name=name, tier=tier, kind=kind, area_id=area, parent_id=parent,
            path=above + code, is_organ=is_organ,
        )  # fmt: skip
    chain = Chain.objects.create(pk=uuid4(), kind=Chain.Kind.HOUSE, head=GENESIS)
    Installation.objects.create(district="999901", chain=chain.pk, opened_at=datetime(2020, 1, 1, tzinfo=UTC))
    publish_calendar()
    cast = Cast()
    for username, name, unit, role in SEATS:
        user = User(username=username, name=name, opened_at=datetime(2020, 1, 1, tzinfo=UTC))
        user.set_password("cast-password-1")
        user.save()
        Post.objects.create(unit_id=unit, role=role.value, holder=user, from_on=FOUNDED)
        cast.users[username] = user
    return cast
