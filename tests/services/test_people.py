"""Accounts and posts: rights by date, nobody grants himself any, nobody is shut out for good."""

from datetime import date

import pytest

from tests.cast import at
from xinfang.models import Event, Post, Unit, User
from xinfang.queries.people import actor_of
from xinfang.rules.people.seats import SYSTEM, Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services import people
from xinfang.services.people import PostEntry

pytestmark = pytest.mark.django_db

NOW = at("2026-11-23 09:00")
TODAY = date(2026, 11, 23)
CLERK = PostEntry(unit="999901001", role=Role.WINDOW_CLERK, title="综合窗口", duty="full_time")


def opened(cast, username="wangwu", name="王五"):
    return people.open_account(username=username, name=name, by=cast.administrator, at=NOW)


def test_an_account_has_no_rights_until_it_holds_a_post(cast):
    account = opened(cast)
    assert account.user.must_change_password
    assert account.user.check_password(account.password)
    assert actor_of(account.user, TODAY).seats == ()
    event = Event.objects.get(type="account_opened")
    assert event.payload == {"user": account.user.pk, "can_sign_in": True}
    assert (event.role, event.unit) == ("administrator", "999901")


def test_a_post_gives_rights_from_its_first_to_its_last_day(cast):
    user = opened(cast).user
    post = people.fill_post(holder=user.pk, post=CLERK, from_on=date(2026, 11, 24), by=cast.administrator, at=NOW)
    assert actor_of(user, TODAY).roles == frozenset()
    assert actor_of(user, date(2026, 11, 24)).roles == {Role.WINDOW_CLERK}
    people.end_post(post=post.pk, last_on=date(2026, 11, 30), by=cast.administrator, at=NOW)
    assert actor_of(user, date(2026, 11, 30)).roles == {Role.WINDOW_CLERK}
    assert actor_of(user, date(2026, 12, 1)).roles == frozenset()
    assert [e.type for e in Event.objects.filter(type__startswith="post_").order_by("seq")] == [
        "post_filled",
        "post_left",
    ]


def test_nobody_gives_a_post_to_himself(cast):
    with pytest.raises(RuleBroken, match="own_rights"):
        people.fill_post(holder=cast.administrator.user_id, post=CLERK, from_on=TODAY, by=cast.administrator, at=NOW)


@pytest.mark.parametrize(
    ("post", "code"),
    [
        (PostEntry(unit="999901001-ZH", role=Role.ORGAN_HEAD), "organ_head_needs_organ"),
        (PostEntry(unit="999901001-ZF", role=Role.WINDOW_CLERK), "role_not_in_such_unit"),
        (PostEntry(unit="999901001", role=Role.PETITION_BUREAU), "role_not_in_such_unit"),
        (PostEntry(unit="999901001", role=Role.PETITIONER), "choice_unknown"),
        (PostEntry(unit="nowhere", role=Role.HANDLER), "unit_unknown"),
        (PostEntry(unit="999901001", role=Role.HANDLER, home_unit="nowhere"), "unit_unknown"),
        (PostEntry(unit="999901001", role=Role.HANDLER, duty="emperor"), "choice_unknown"),
        (PostEntry(unit="999901001", role=Role.HANDLER, origin="emperor"), "choice_unknown"),
    ],
)
def test_a_post_that_cannot_be_is_refused(cast, post, code):
    user = opened(cast).user
    with pytest.raises(RuleBroken) as broken:
        people.fill_post(holder=user.pk, post=post, from_on=TODAY, by=cast.administrator, at=NOW)
    assert broken.value.code == code
    assert not Post.objects.filter(holder=user).exists()


def test_an_organ_head_sits_only_in_an_organ(cast):
    user = opened(cast).user
    head = PostEntry(unit="999901001-ZF", role=Role.ORGAN_HEAD)
    assert people.fill_post(holder=user.pk, post=head, from_on=TODAY, by=cast.administrator, at=NOW).unit.is_organ


def test_the_same_post_is_not_held_twice_and_a_span_does_not_run_backwards(cast):
    user = opened(cast).user
    people.fill_post(holder=user.pk, post=CLERK, from_on=TODAY, by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="post_held_already"):
        people.fill_post(holder=user.pk, post=CLERK, from_on=TODAY, by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="dates_reversed"):
        people.fill_post(
            holder=user.pk, post=PostEntry(unit="999901001", role=Role.HANDLER), from_on=TODAY,
            to_on=date(2026, 11, 1), by=cast.administrator, at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["clerk", "director", "bureau", "supervisor"])
def test_only_an_administrator_opens_accounts_and_posts(cast, who):
    user = opened(cast).user
    other = getattr(cast, who)
    with pytest.raises(RuleBroken, match="office_only"):
        people.open_account(username="x1", name="某", by=other, at=NOW)
    with pytest.raises(RuleBroken, match="office_only"):
        people.fill_post(holder=user.pk, post=CLERK, from_on=TODAY, by=other, at=NOW)
    with pytest.raises(RuleBroken, match="office_only"):
        people.reset_password(user=user.pk, by=other, at=NOW)
    with pytest.raises(RuleBroken, match="office_only"):
        people.close_account(user=user.pk, by=other, at=NOW)


def test_a_reset_password_replaces_the_old_one_and_must_be_changed(cast):
    account = opened(cast)
    fresh = people.reset_password(user=account.user.pk, by=cast.administrator, at=NOW)
    assert fresh.password != account.password
    assert not fresh.user.check_password(account.password)
    assert Event.objects.get(type="password_reset").payload == {"user": account.user.pk}
    people.change_password(old=fresh.password, new="a new sentence of mine", by=Actor(account.user.pk), at=NOW)
    assert not User.objects.get(pk=account.user.pk).must_change_password


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("wrong", "a new sentence of mine", "password_wrong"), (None, "short", "password_weak"),
     (None, None, "password_weak")],
)  # fmt: skip
def test_a_password_is_changed_only_knowing_the_old_one_and_for_a_good_one(cast, old, new, code):
    account = opened(cast)
    with pytest.raises(RuleBroken, match=code):
        people.change_password(
            old=old or account.password, new=new or account.password, by=Actor(account.user.pk), at=NOW
        )


def test_a_closed_account_loses_its_rights_at_once_and_nobody_closes_his_own(cast):
    user = cast.users["clerk"]
    people.close_account(user=user.pk, by=cast.administrator, at=NOW)
    assert cast.users["clerk"].pk
    assert actor_of(User.objects.get(pk=user.pk), TODAY).seats == ()
    with pytest.raises(RuleBroken, match="own_account"):
        people.close_account(user=cast.administrator.user_id, by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="own_account"):
        people.reset_password(user=cast.administrator.user_id, by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="account_closed"):
        people.fill_post(holder=user.pk, post=CLERK, from_on=TODAY, by=cast.administrator, at=NOW)


def test_a_closed_account_gets_no_new_password(cast):
    account = opened(cast)
    people.close_account(user=account.user.pk, by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="account_closed") as broken:
        people.reset_password(user=account.user.pk, by=cast.administrator, at=NOW)
    assert broken.value.field == "user"
    assert User.objects.get(pk=account.user.pk).check_password(account.password)


def test_a_post_in_a_unit_that_closes_begins_no_later_than_its_last_day(cast):
    user = opened(cast).user
    Unit.objects.filter(pk=CLERK.unit).update(open_to=TODAY)
    with pytest.raises(RuleBroken, match="unit_closed") as broken:
        people.fill_post(holder=user.pk, post=CLERK, from_on=date(2026, 11, 24), by=cast.administrator, at=NOW)
    assert broken.value.field == "unit"
    post = people.fill_post(holder=user.pk, post=CLERK, from_on=TODAY, to_on=TODAY, by=cast.administrator, at=NOW)
    assert (post.from_on, post.to_on) == (TODAY, TODAY)


def test_the_last_administrator_stays(cast):
    admin = cast.users["administrator"]
    with pytest.raises(RuleBroken, match="last_administrator"):
        people.close_account(user=admin.pk, by=SYSTEM, at=NOW)
    with pytest.raises(RuleBroken, match="last_administrator"):
        people.end_post(post=admin.posts.get().pk, last_on=TODAY, by=SYSTEM, at=NOW)
    second = opened(cast).user
    seat = PostEntry(unit="999901", role=Role.ADMINISTRATOR)
    people.fill_post(holder=second.pk, post=seat, from_on=TODAY, by=cast.administrator, at=NOW)
    people.end_post(post=admin.posts.get().pk, last_on=date(2026, 11, 22), by=actor_of(second, TODAY), at=NOW)
    assert actor_of(admin, TODAY).roles == frozenset()


@pytest.mark.parametrize(
    ("username", "name", "code"),
    [("王五", "王五", "login_unreal"), ("a", "王五", "login_unreal"), ("clerk", "王五", "login_taken"),
     ("wangwu", " ", "name_needed"), ("wangwu", "长" * 51, "text_too_long")],
)  # fmt: skip
def test_an_account_needs_a_plain_login_of_its_own_and_a_name(cast, username, name, code):
    with pytest.raises(RuleBroken, match=code):
        people.open_account(username=username, name=name, by=cast.administrator, at=NOW)


def test_full_width_logins_are_understood_and_rare_names_kept(cast):
    user = opened(cast, username="ＷａｎｇＷｕ", name="𠮷田·买买提").user
    assert (user.username, user.name) == ("wangwu", "𠮷田·买买提")


def test_what_is_not_there_is_refused(cast):
    with pytest.raises(RuleBroken, match="account_unknown"):
        people.close_account(user=999_999, by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="post_unknown"):
        people.end_post(post=999_999, last_on=TODAY, by=cast.administrator, at=NOW)
    post = people.fill_post(
        holder=opened(cast).user.pk, post=CLERK, from_on=date(2026, 1, 1), to_on=date(2026, 2, 1),
        by=cast.administrator, at=NOW,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="post_left_already"):
        people.end_post(post=post.pk, last_on=TODAY, by=cast.administrator, at=NOW)
