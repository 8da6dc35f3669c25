"""Accounts and posts: who may sign in, and which rights a person holds from when until when (domain 6.1, E3, S-24).

Rights come from posts alone. Nobody gives rights to himself, nobody shuts himself out, and one administrator remains.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from xinfang.models import Post, Unit, User
from xinfang.queries.people import holders, unit_of
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.people import administration as may
from xinfang.rules.people.composition import Duty, Elder, Origin
from xinfang.rules.people.seats import Actor, Role, UnitKind
from xinfang.rules.people.units import login, plain_name
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import record

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Account:
    """An account and its one-time password, shown once and kept only as a hash; "" when none was made."""

    user: User
    password: str


@dataclass(frozen=True)
class PostEntry:
    """A post as entered: what it counts as (`duty`), where its holder comes from (`home_unit`, `origin`, `elder`)."""

    unit: str
    role: Role
    title: str = ""
    duty: str = ""
    home_unit: str = ""
    origin: str = ""
    elder: str = ""


def one_time_password() -> str:
    """Twelve characters that are read out without confusion: about 59 bits, changed at the first sign-in."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


@transaction.atomic
def open_account(
    *, username: str, name: str, by: Actor, at: datetime, can_sign_in: bool = True, is_demo: bool = False
) -> Account:
    """Open an account without any rights; its password is made here and must be changed at the first sign-in."""
    may.require(may.may_administer(by))
    word = login(username)
    if User.objects.filter(username=word).exists():
        raise RuleBroken("login_taken", field="username")
    password = one_time_password() if can_sign_in else ""
    user = User(
        username=word,
        name=plain_name(name, "name", most=50),
        must_change_password=can_sign_in,
        is_demo=is_demo,
        opened_at=at,
    )
    user.set_password(password or None)
    user.save()
    record(HouseEvent.ACCOUNT_OPENED, {"user": user.pk, "can_sign_in": can_sign_in}, by=by, at=at)
    return Account(user, password)


@transaction.atomic
def close_account(*, user: int, by: Actor, at: datetime) -> User:
    """Close an account: it signs in no more, its sessions and rights end at once; what it did stays with its name."""
    row = _other_account(user, by)
    _keep_an_administrator(row, at)
    row.is_active = False
    row.save(update_fields=["is_active"])
    record(HouseEvent.ACCOUNT_CLOSED, {"user": row.pk}, by=by, at=at)
    return row


@transaction.atomic
def reset_password(*, user: int, by: Actor, at: datetime) -> Account:
    """A new one-time password for somebody else's account; every session of that account ends."""
    row = _other_account(user, by)
    if not row.is_active:
        raise RuleBroken("account_closed", field="user")
    password = one_time_password()
    row.set_password(password)
    row.must_change_password = True
    row.save(update_fields=["password", "must_change_password"])
    record(HouseEvent.PASSWORD_RESET, {"user": row.pk}, by=by, at=at)
    return Account(row, password)


@transaction.atomic
def change_password(*, old: str, new: str, by: Actor, at: datetime) -> User:
    """Change one's own password, knowing the old one; refuses a weak new one."""
    row = _account(by.user_id or 0, "old")
    if not row.check_password(old):
        raise RuleBroken("password_wrong", field="old")
    try:
        validate_password(new, row)
    except ValidationError:
        raise RuleBroken("password_weak", field="new") from None
    if new == old:
        raise RuleBroken("password_weak", field="new")
    row.set_password(new)
    row.must_change_password = False
    row.save(update_fields=["password", "must_change_password"])
    record(HouseEvent.PASSWORD_CHANGED, {"user": row.pk}, by=by, at=at)
    return row


def _account(user: int, field: str) -> User:
    row = User.objects.select_for_update().filter(pk=user).first()
    if row is None:
        raise RuleBroken("account_unknown", field=field)
    return row


def _other_account(user: int, by: Actor) -> User:
    may.require(may.may_administer(by))
    if user == by.user_id:
        raise RuleBroken("own_account", field="user")
    return _account(user, "user")


def _keep_an_administrator(leaving: User, at: datetime) -> None:
    """The house is never left without somebody who can open accounts."""
    today = local_day(at)
    units = set(Unit.objects.values_list("pk", flat=True))
    running = set(holders(units, {Role.ADMINISTRATOR}, today))
    if leaving.pk in running and running == {leaving.pk}:
        raise RuleBroken("last_administrator", field="user")


@transaction.atomic
def fill_post(
    *, holder: int, post: PostEntry, from_on: date, by: Actor, at: datetime, to_on: date | None = None
) -> Post:
    """Put a person on a post from a day on; the rights begin that day and end with the last day held."""
    unit = unit_of(post.unit, field="unit")
    may.check_post(by, holder=holder, role=post.role, kind=UnitKind(unit.kind), is_organ=unit.is_organ)
    may.check_span(from_on, to_on, "to_on")
    if unit.open_to is not None and unit.open_to < from_on:
        raise RuleBroken("unit_closed", field="unit")
    person = _account(holder, "holder")
    if not person.is_active:
        raise RuleBroken("account_closed", field="holder")
    same = Post.objects.filter(unit=unit, role=post.role.value, holder=person)
    if same.filter(Q(to_on__isnull=True) | Q(to_on__gte=from_on)).exists():
        raise RuleBroken("post_held_already", field="role")
    row = Post.objects.create(
        unit=unit,
        role=post.role.value,
        title=post.title.strip()[:60],
        duty=_member(Duty, post.duty, "duty"),
        holder=person,
        home_unit=unit_of(post.home_unit, field="home_unit") if post.home_unit else None,
        origin=_member(Origin, post.origin, "origin"),
        elder=_member(Elder, post.elder, "elder"),
        from_on=from_on,
        to_on=to_on,
    )
    held = {"post": row.pk, "user": person.pk, "unit": unit.code, "role": post.role.value, "duty": row.duty}
    span = {"from_on": from_on.isoformat(), "to_on": to_on.isoformat() if to_on else ""}
    record(HouseEvent.POST_FILLED, {**held, **span}, by=by, at=at)
    return row


def _member(kind: type[Duty] | type[Origin] | type[Elder], value: str, field: str) -> str:
    if value and value not in {member.value for member in kind}:
        raise RuleBroken("choice_unknown", field=field)
    return value


@transaction.atomic
def end_post(*, post: int, last_on: date, by: Actor, at: datetime) -> Post:
    """End a post after a day; with a day in the past or today's eve the rights are gone at once."""
    may.require(may.may_administer(by))
    row = Post.objects.select_for_update().filter(pk=post).select_related("holder").first()
    if row is None:
        raise RuleBroken("post_unknown", field="post")
    if row.to_on is not None and row.to_on < local_day(at):
        raise RuleBroken("post_left_already", field="post")
    may.check_span(row.from_on, last_on, "last_on")
    if row.role == Role.ADMINISTRATOR:
        _keep_an_administrator(row.holder, at)
    row.to_on = last_on
    row.save(update_fields=["to_on"])
    record(HouseEvent.POST_LEFT, {"post": row.pk, "user": row.holder_id, "to_on": last_on.isoformat()}, by=by, at=at)
    return row
