"""The day of a leader at the desk: places, who came, the way to the record, the paper that keeps nothing, charges."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import moved, registered
from tests.services.test_leaders import TRIAGE
from xinfang.models import Event, ReceptionDay, ReceptionVisit
from xinfang.services import hall_roster

CENTRE = "999901001"


def day_ahead(cast, days=2):
    announced = hall_roster.Announced(
        cast.users["leader"].pk, timezone.localdate() + timedelta(days=days), "09:00", "11:30", "一楼接访室", "2"
    )
    return hall_roster.publish_reception(
        centre=CENTRE, announced=announced, by=cast.director, at=timezone.now() - timedelta(days=1)
    )


@pytest.fixture
def matter(cast):
    return registered(cast, timezone.now() - timedelta(hours=3))


def page(browser, where):
    return browser.get(where).content.decode()


def test_the_window_takes_a_place_and_gives_it_back(desk, cast, matter):
    row = day_ahead(cast)
    where, browser = f"/desk/hall/receptions/{row.pk}/", desk("clerk")
    assert "还没有人约" in page(browser, where)
    told = browser.post(where, {"number": matter.number}, follow=True).content.decode()
    assert "排在第 1 位。" in told
    assert matter.number in told
    assert "预约名额 2，还剩 1" in told
    assert "登记接访" not in told, "it is not the day yet"
    browser.post(f"{where}back/", {"number": matter.number})
    assert ReceptionVisit.objects.count() == 0
    assert "没有找到这个单号，请核对。" in browser.post(where, {"number": "1"}).content.decode()
    again = browser.post(f"{where}back/", {"number": "1"}, follow=True).content.decode()
    assert "没有找到这个单号，请核对。" in again
    assert browser.get("/desk/hall/receptions/99/").status_code == 404


def test_on_the_day_the_way_leads_to_the_record_with_the_leader_filled_in(desk, cast, matter):
    row = day_ahead(cast, 0)
    ReceptionDay.objects.filter(pk=row.pk).update(day=timezone.localdate())
    where, browser = f"/desk/hall/receptions/{row.pk}/", desk("director")
    assert "人来了，排上" in page(browser, where)
    browser.post(where, {"number": matter.number})
    leader = cast.users["leader"].pk
    link = f"/desk/m/{matter.number}/move/record_reception/?leader={leader}"
    assert link in page(browser, where)
    assert re.search(rf'value="{leader}"[^>]*checked', page(browser, link))
    sent = {"leader": str(leader), "seq": Event.objects.filter(chain_id=matter.matter).count()}
    browser.post(link, sent)
    assert Event.objects.filter(chain_id=matter.matter, type="leader_received").count() == 1
    assert "已登记" in page(browser, where)


def test_a_matter_out_of_sight_keeps_its_number_on_the_list(desk, cast):
    secret = registered(cast, timezone.now() - timedelta(hours=3), restricted=True)
    row = day_ahead(cast)
    desk("clerk").post(f"/desk/hall/receptions/{row.pk}/", {"number": secret.number})
    shown = page(desk("deputy"), f"/desk/hall/receptions/{row.pk}/")
    assert "您看不到这个事项" in shown
    assert secret.number not in shown


def test_the_paper_for_who_speaks_alone_asks_and_keeps_nothing(desk, cast):
    before = Event.objects.count()
    shown = page(desk("clerk"), "/desk/hall/sealed/")
    assert "没有拆阅，没有录入" in shown
    assert "<input" not in shown.split("<article")[1].split("</article>")[0]
    assert Event.objects.count() == before


def test_a_leader_reads_her_own_charge_and_the_director_everything_in_sight(desk, cast, matter):
    assert "现在没有包案的事项" in page(desk("leader"), "/desk/leading/")
    now = timezone.now() - timedelta(hours=2)
    moved(cast, matter.matter, now, TRIAGE)
    other = registered(cast, now)
    leader, director = (cast.users[name].pk for name in ("leader", "director"))
    moved(cast, matter.matter, now, ("director", "take_charge", {"leader": leader}))
    moved(cast, other.matter, now, ("director", "take_charge", {"leader": director}))
    own = page(desk("leader"), "/desk/leading/")
    assert matter.number in own
    assert other.number not in own
    both = page(desk("director"), "/desk/leading/")
    assert (matter.number in both, other.number in both, "秦岭（1）" in both) == (True, True, True)
    assert "包案领导" in page(desk("director"), f"/desk/m/{matter.number}/")


def test_the_lists_need_the_same_statements_for_one_and_for_many(desk, cast, django_assert_max_num_queries):
    row = day_ahead(cast)
    browser = desk("director")
    ReceptionDay.objects.filter(pk=row.pk).update(slots=40)
    now = timezone.now() - timedelta(hours=2)
    for _n in range(6):
        each = registered(cast, now)
        browser.post(f"/desk/hall/receptions/{row.pk}/", {"number": each.number})
        moved(cast, each.matter, now, ("director", "take_charge", {"leader": cast.users["leader"].pk}))
    with django_assert_max_num_queries(30):
        browser.get(f"/desk/hall/receptions/{row.pk}/")
    with django_assert_max_num_queries(30):
        browser.get("/desk/leading/")


def test_the_sheet_of_a_leader_says_what_was_recorded_and_masks_who_came(desk, cast, matter):
    where = f"/desk/m/{matter.number}/leader-sheet/"
    empty = page(desk("director"), where)
    assert "还没有登记接访" in empty
    assert "sheet-a4" in empty
    now, leader = timezone.now() - timedelta(hours=2), cast.users["leader"].pk
    moved(cast, matter.matter, now, TRIAGE)
    moved(cast, matter.matter, now, ("director", "record_reception", {
        "leader": leader, "instruction": "请住建局查清。", "ordered": "999901-ZJ",
        "due_on": (timezone.localdate() + timedelta(days=9)).isoformat(), "document": "批1", "in_charge": True,
    }))  # fmt: skip
    shown = page(desk("director"), where)
    for words in ("秦岭", "请住建局查清。", "区住建局", (timezone.localdate() + timedelta(days=9)).isoformat()):
        assert words in shown, words
    assert "还没有登记接访" not in shown
    assert cast.users["director"].name not in shown.split("<article")[1]
    director = cast.users["director"].pk
    moved(cast, matter.matter, now, ("director", "take_charge", {"leader": director}))
    moved(cast, matter.matter, now, ("director", "leave_charge", {"reason": "调离"}))
    shown = page(desk("director"), where)
    assert shown.count("包案领导</th>") == 2
    assert "调离" in shown
    assert page(desk("deputy"), where).count("包案领导</th>") == 2
    assert desk("stranger").get(where).status_code == 404
