"""A password that everybody knows belongs to a demo alone."""

import pytest

from tests.cast import at
from tests.factories import registered
from xinfang.models import Installation, Notice, User
from xinfang.rules.refusals import RuleBroken
from xinfang.services.demo import DEMO_PASSWORD, give_demo_passwords, read_old_notices

pytestmark = pytest.mark.django_db
NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")


def test_a_house_in_real_use_gets_no_known_password_and_keeps_its_bells(cast):
    registered(cast, NINE)
    User.objects.update(is_demo=True, must_change_password=True)
    for call in (give_demo_passwords, lambda: read_old_notices(before=TEN, at=TEN)):
        with pytest.raises(RuleBroken, match="not_a_demo_database"):
            call()
    assert not any(user.check_password(DEMO_PASSWORD) for user in User.objects.filter(username="clerk"))
    assert Notice.objects.filter(read_at__isnull=False).count() == 0 < Notice.objects.count()


def test_in_a_demo_only_its_own_people_get_the_password(cast):
    Installation.objects.update(is_demo=True)
    User.objects.filter(username="clerk").update(is_demo=True, must_change_password=True)
    assert give_demo_passwords() == 1
    right = {user.username for user in User.objects.filter(username__in=["clerk", "director"])
             if user.check_password(DEMO_PASSWORD)}  # fmt: skip
    assert right == {"clerk"}
