"""Setting up an installation: house chain, areas, units, people and calendar, from shipped or loaded rows (A-01, A-13).

Everything can be run again: what is already there stays as it is, because administrators may have changed it since.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from pypinyin import lazy_pinyin
from uuid_utils.compat import uuid7

from xinfang.models import Area, CalendarYear, Chain, Installation, Post, Unit, User
from xinfang.policies import shipped
from xinfang.rules.clocks.year_notices import year_notices
from xinfang.rules.people.seats import SYSTEM, Role, Tier, UnitKind
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import UnitEntry, note_exemption, open_unit, publish_calendar_year, record_rollout
from xinfang.services.ledger import open_chain
from xinfang.services.people import Account, PostEntry, fill_post, open_account

Rows = Iterable[Mapping[str, Any]]
CALENDARS = ("calendar_cn_earlier.json", "calendar_cn.json")


@transaction.atomic
def found(*, district: str, is_demo: bool, at: datetime, settings: Mapping[str, Any] | None = None) -> Installation:
    """The one row about this installation, with its chain; refuses one that was founded as something else."""
    row = Installation.objects.select_for_update().filter(pk=1).first()
    if row is not None:
        if (row.district, row.is_demo) != (district, is_demo):
            raise RuleBroken("installation_differs", field="district")
        return row
    chain = open_chain(UUID(bytes=uuid7().bytes), Chain.Kind.HOUSE)
    return Installation.objects.create(
        district=district, is_demo=is_demo, chain=chain.pk, settings=dict(settings or {}), opened_at=at
    )


@transaction.atomic
def load_areas(*, rows: Rows) -> int:
    """Areas from rows `{code, name, kind, parent, valid_from[, valid_to]}`, parents first; returns how many are new."""
    known = set(Area.objects.values_list("pk", flat=True))
    fresh = [row for row in rows if row["code"] not in known]
    for row in fresh:
        Area.objects.create(
            code=row["code"],
            name=row["name"],
            pinyin=" ".join(lazy_pinyin(row["name"]))[:400],
            parent_id=row.get("parent"),
            kind=row.get("kind") or "",
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
        )
    return len(fresh)


@transaction.atomic
def load_units(*, rows: Rows, at: datetime, open_from: date | None = None) -> int:
    """Units from rows as `policies/demo_district.yaml` explains them, parents first; returns how many are new."""
    known = set(Unit.objects.values_list("pk", flat=True))
    fresh = [row for row in rows if row["code"] not in known]
    for row in fresh:
        open_unit(entry=unit_entry(row), by=SYSTEM, at=at, open_from=open_from)
    return len(fresh)


def unit_entry(row: Mapping[str, Any]) -> UnitEntry:
    """One unit of a policy file."""
    return UnitEntry(
        code=row["code"],
        name=row["name"],
        short_name=row.get("short") or row["name"],
        tier=Tier(row["tier"]),
        kind=UnitKind(row["kind"]),
        area=row["area"],
        parent=row.get("parent") or "",
        is_organ=bool(row.get("is_organ")),
        function=row.get("function") or "",
        place=row.get("place") or "",
        address=row.get("address") or "",
        phone=row.get("phone") or "",
        team_resident=bool(row.get("resident_team", True)),
    )


@transaction.atomic
def load_people(*, rows: Rows, at: datetime, from_on: date, is_demo: bool = False) -> list[Account]:
    """Accounts and their posts from rows as `policies/demo_people.yaml` explains them; returns the new accounts.

    A row without `sign_in` gets an account that cannot sign in. Somebody who is already there is left alone.
    """
    known = set(User.objects.values_list("username", flat=True))
    fresh: list[Account] = []
    for row in rows:
        if row["login"] in known:
            continue
        account = open_account(
            username=row["login"],
            name=row["name"],
            by=SYSTEM,
            at=at,
            can_sign_in=bool(row.get("sign_in")),
            is_demo=is_demo,
        )
        for post in row.get("posts", ()):
            fill_post(holder=account.user.pk, post=post_entry(post), from_on=from_on, by=SYSTEM, at=at)
        fresh.append(account)
    return fresh


def post_entry(row: Mapping[str, Any]) -> PostEntry:
    """One post of a policy file."""
    optional = {name: row.get(name) or "" for name in ("title", "duty", "home_unit", "origin", "elder")}
    return PostEntry(unit=row["unit"], role=Role(row["role"]), **optional)


@transaction.atomic
def load_rollout(*, rows: Rows, at: datetime) -> None:
    """The roll-out (A-13) from rows `{area, status, on[, note]}`."""
    for row in rows:
        record_rollout(
            area=row["area"], status=row["status"], on=row["on"], note=row.get("note") or "", by=SYSTEM, at=at
        )


@transaction.atomic
def load_exemptions(*, rows: Rows, at: datetime) -> None:
    """Dated notes on gaps (A-14) from rows `{unit, rule, about, from, until, note}`."""
    for row in rows:
        note_exemption(
            unit=row["unit"],
            rule=row["rule"],
            about=row.get("about") or "",
            from_on=row["from"],
            until_on=row.get("until"),
            note=row["note"],
            by=SYSTEM,
            at=at,
        )


@transaction.atomic
def load_calendar(*, at: datetime) -> list[int]:
    """Publish every shipped calendar year that is not there yet; returns the new years."""
    known = set(CalendarYear.objects.values_list("pk", flat=True))
    notices = [notice for name in CALENDARS for notice in year_notices(shipped(name)) if notice.year not in known]
    for notice in notices:
        publish_calendar_year(notice=notice, by=SYSTEM, at=at)
    return [notice.year for notice in notices]


def first_units(district: str, name: str, townships: Rows) -> list[dict[str, Any]]:
    """The units that every district has: centre, bureau, supervision, call-back, discipline, and two a township.

    A centre and the organ with power (government, street office or committee of a zone); bureaus are added by hand.
    """
    top = {"tier": Tier.DISTRICT.value, "area": district, "parent": district}
    organ = {"kind": UnitKind.ORGAN.value, "is_organ": True}
    rows: list[dict[str, Any]] = [
        {**top, "code": district, "name": f"{name}群众工作服务中心（信访超市）", "short": "区中心", "parent": None,
         "kind": UnitKind.CENTRE.value, "function": "centre"},
        {**top, "code": f"{district}-XFJ", "name": f"{name}信访局", "short": "区信访局",
         "kind": UnitKind.BUREAU_OF_PETITIONS.value, "function": "petitions", "is_organ": True},
        {**top, "code": f"{district}-DC", "name": f"{name}督查考核办公室", "short": "区督查考核办",
         "kind": UnitKind.SUPERVISION_OFFICE.value, "function": "supervision"},
        {**top, "code": f"{district}-JW", "name": f"{name}纪委监委信访室", "short": "区纪委监委",
         "kind": UnitKind.DISCIPLINE.value, "function": "discipline"},
        {**top, "code": f"{district}-ZF", "name": f"{name}人民政府", "short": "区政府",
         "function": "government", **organ},
        {**top, "code": f"{district}-HF", "name": f"{name}群众回访中心", "short": "区回访中心",
         "kind": UnitKind.OFFICE.value, "function": "callback"},
    ]  # fmt: skip
    for area in townships:
        rows += _township_units(area, district)
    return rows


GOVERNING = {"street": "办事处", "statistical_zone": "管理委员会"}


def _township_units(area: Mapping[str, Any], district: str) -> list[dict[str, Any]]:
    code, name = area["code"], area["name"]
    seat = {"tier": Tier.TOWNSHIP.value, "area": code}
    governing = f"{name}{GOVERNING.get(area.get('kind', ''), '人民政府')}"
    return [
        {**seat, "code": code, "name": f"{name}群众工作服务中心（信访超市）", "short": f"{name}中心",
         "kind": UnitKind.CENTRE.value, "function": "centre", "parent": district},
        {**seat, "code": f"{code}-ZF", "name": governing, "short": governing, "kind": UnitKind.ORGAN.value,
         "function": "township_government", "parent": code, "is_organ": True},
    ]  # fmt: skip


def has_administrator() -> bool:
    """Can anybody here open accounts?"""
    return Post.objects.filter(role=Role.ADMINISTRATOR.value, to_on__isnull=True, holder__is_active=True).exists()
