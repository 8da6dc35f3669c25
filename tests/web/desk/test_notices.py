"""Notices: what one should know, marked as read one by one or all at once, gone with recusal."""

import pytest
from django.utils import timezone

from tests.factories import registered
from xinfang.models import Matter, Notice

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_new_matter_is_a_notice_with_a_way_there_and_a_number_in_the_navigation(cast, desk):
    receipt = registered(cast, timezone.now())
    page = text(desk("director").get("/desk/notices/"))
    assert f'href="/desk/m/{receipt.number}/"' in page
    assert "登记" in page
    assert '<span class="unread">1</span>' in page


def test_one_marks_only_ones_own_notices_as_read(cast, desk):
    registered(cast, timezone.now())
    others = Notice.objects.exclude(user=cast.users["director"]).values_list("pk", flat=True)
    own = Notice.objects.filter(user=cast.users["director"]).values_list("pk", flat=True)
    browser = desk("director")
    browser.post("/desk/notices/", {"notice": [*own, *others]})
    assert Notice.objects.filter(user=cast.users["director"], read_at__isnull=True).count() == 0
    assert Notice.objects.filter(pk__in=list(others), read_at__isnull=False).count() == 0
    assert '<span class="unread">' not in text(browser.get("/desk/notices/"))


def test_a_recusal_takes_the_notice_away_and_the_count_with_it(cast, desk):
    receipt = registered(cast, timezone.now())
    Matter.objects.filter(pk=receipt.matter).update(recused_users=[cast.users["director"].pk])
    page = text(desk("director").get("/desk/notices/"))
    assert receipt.number not in page
    assert '<span class="unread">' not in page
