"""Joint sessions on the screen: found, called with one press, answered, moved, held, printed, put into calendars."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.cast import SHANGHAI
from tests.factories import TRIAGE, moved, registered
from xinfang.models import Event, HallDuty, HallWindow, OutgoingMessage, Party, Room, SessionBooking
from xinfang.queries.sessions import working_days
from xinfang.rules.sessions.calling import Asked
from xinfang.rules.sessions.codes import Answer, GuestKind
from xinfang.services import sessions, sessions_inviting
from xinfang.services.matters import state_of

pytestmark = pytest.mark.django_db
LABOUR, HOUSING, CENTRE = "999901-RS", "999901-ZJ", "999901001"


@pytest.fixture
def room(cast):
    return Room.objects.create(centre_id=CENTRE, name="调解室1", places=8)


@pytest.fixture
def stall(cast, room):
    receipt = registered(cast, timezone.now())
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    moved(cast, receipt.matter, timezone.now(), ("director", "triage", TRIAGE),
          ("director", "assign", {"mode": "assignment", "lead": HOUSING, "due_on": day,
                                  "co_units": [{"unit": LABOUR}]}))  # fmt: skip
    return receipt


def url(receipt, rest="new/"):
    return f"/desk/m/{receipt.number}/sessions/{rest}"


def text(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def next_day(n=1):
    return working_days(timezone.localdate() + timedelta(days=n), 1)[0]


def slot(room, day, hour="09:00"):
    return f"{room.pk}@{day}T{hour}"


def filled(cast, stall, **more):
    person = str(Party.objects.get(matter=stall.matter).person_id)
    staff = [str(cast.users[who].pk) for who in ("director", "labour_officer")]
    return {"subject": "排烟", "minutes": "60", "staff": staff, "parties": [person], **more}


def called(cast, stall, room, guests=None):
    """A session on the next open day at nine."""
    starts = datetime.combine(next_day(), datetime.min.time(), SHANGHAI).replace(hour=9)
    who = guests or [
        Asked(GuestKind.STAFF, user=cast.users["labour_officer"].pk, unit=LABOUR),
        Asked(GuestKind.PARTY, person=str(Party.objects.get(matter=stall.matter).person_id)),
    ]
    at = timezone.now()
    return sessions.call(
        matter=stall.matter, when=sessions.Time(room.pk, starts, 60), guests=who, subject="排烟",
        by=cast.director, at=at,
    )  # fmt: skip


def parsed(response):
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content)


def event_of(response):
    (event,) = parsed(response).walk("VEVENT")
    return event


def test_the_page_is_filled_in_and_one_press_calls_the_session(cast, desk, stall, room):
    page = text(desk("director").get(url(stall)))
    for words in ("推荐", "选这个", "调解室1（8 座）", "区人社局 李明", "区住建局 蒋平", "看短信怎么写"):
        assert words in page
    assert page.count("checked") >= 5, "length, the director, one of each unit, the petitioner"
    sent = filled(cast, stall, slot=slot(room, next_day()))
    answer = desk("director").post(url(stall), sent, follow=True)
    assert "联合调处会定好了" in text(answer)
    assert "人社局" in text(answer)
    again = desk("director").post(url(stall), sent)
    assert again["Location"].endswith("/sessions/1/")
    assert len(state_of(stall.matter).sessions) == 1
    panel = text(desk("director").get(f"/desk/m/{stall.number}/"))
    assert "3 人中 0" in panel


def test_a_taken_time_keeps_what_was_typed_and_shows_what_is_free(cast, desk, stall, room):
    called(cast, stall, room)
    other = registered(cast, timezone.now())
    sent = filled(cast, other, slot=slot(room, next_day()), **{"name-0": "周某", "phone-0": "19900000009"})
    sent["staff"] = sent["staff"][:1]
    page = text(desk("director").post(url(other), sent))
    assert "调解室1 这个时间刚刚被占用" in page
    assert 'value="周某"' in page
    assert "10:00" in page
    assert state_of(other.matter).sessions == ()


def test_duty_and_bookings_stand_in_the_week_with_their_reason(cast, desk, stall, room):
    window = HallWindow.objects.create(centre_id=CENTRE, number=1, name="综合", lanes="A")
    HallDuty.objects.create(window=window, day=next_day(), holder=cast.users["director"])
    called(cast, stall, room)
    page = text(desk("director").post(url(stall), filled(cast, stall, look="1", week=next_day().isoformat())))
    assert "窗口值班" in page
    assert "09:00–10:00 有会" in page
    for changes in ({"skip": "1"}, {"week": "nonsense"}, {"slot": "x@y"}, {"minutes": "7"}):
        assert desk("director").post(url(stall), filled(cast, stall, **changes)).status_code == 200


def test_whoever_is_recused_is_named_with_the_reason_and_cannot_be_ticked(cast, desk, stall, room):
    pk = cast.users["labour_officer"].pk
    moved(cast, stall.matter, timezone.now(), ("director", "recuse", {"recused_user": pk, "reason": "秘密的原因"}))
    page = text(desk("director").get(url(stall)))
    assert "已回避 1 人" in page
    assert "本人在这个事项里回避" in page
    assert "秘密的原因" not in page
    assert f'name="staff" value="{pk}"' not in page


def test_without_a_room_the_page_says_who_makes_one(cast, desk, stall, room):
    Room.objects.all().delete()
    assert "还没有会议室" in text(desk("director").get(url(stall)))
    answer = desk("director").post(
        "/desk/sessions/rooms/", {"name": "小间", "places": "1", "is_active": "on"}, follow=True
    )
    assert "会议室已保存" in text(answer)
    assert "没有坐得下这么多人的会议室" in text(desk("director").get(url(stall)))
    assert "乙" in text(desk("director").post("/desk/sessions/rooms/", {"name": "乙", "places": "很多"}))


def test_answers_by_telephone_moving_and_calling_off(cast, desk, stall, room):
    called(cast, stall, room)
    page = url(stall, "1/")
    assert "张" in text(desk("director").get(page))
    desk("director").post(page, {"n": "2", "said": "coming"})
    assert state_of(stall.matter).sessions[0].guests[1].answer is Answer.COMING
    assert desk("director").post(page, {"n": "2", "said": "x"}).status_code == 302
    week = text(desk("director").get(url(stall, "1/move/")))
    assert "原定" in week
    taken = {"slot": "0@2030-01-01T09:00"}
    assert "请选" in text(desk("director").post(url(stall, "1/move/"), taken))
    answer = desk("director").post(url(stall, "1/move/"), {"slot": slot(room, next_day(), "14:30")}, follow=True)
    assert "重新回复" in text(answer)
    assert "已取消" in text(desk("director").post(page, {"off": "1"}, follow=True))
    assert desk("director").get(url(stall, "1/move/")).status_code == 404
    assert SessionBooking.objects.count() == 0
    assert "已经开过或者取消" in text(desk("director").post(page, {"off": "1"}, follow=True))
    assert desk("labour_officer").get(url(stall)).status_code == 404


def past(cast, room):
    """A session that began an hour ago."""
    before = timezone.now() - timedelta(days=3)
    receipt = registered(cast, before)
    moved(cast, receipt.matter, before, ("director", "triage", TRIAGE),
          ("director", "assign", {"mode": "transfer", "lead": HOUSING}))  # fmt: skip
    guests = [
        Asked(GuestKind.STAFF, user=cast.users["housing_officer"].pk, unit=HOUSING),
        Asked(GuestKind.PARTY, person=str(Party.objects.get(matter=receipt.matter).person_id)),
        Asked(GuestKind.OTHER, name="周某"),
    ]
    when = sessions.Time(room.pk, timezone.now() - timedelta(hours=1), 60)
    sessions.call(matter=receipt.matter, when=when, guests=guests, subject="排烟", by=cast.director, at=before)
    return receipt


def test_minutes_are_written_from_what_is_known_and_their_tasks_become_parts(cast, desk, room):
    receipt = past(cast, room)
    address = url(receipt, "1/minutes/")
    page = text(desk("director").get(address))
    assert ">\n排烟</textarea>" in page.replace("\r", "")
    due = (timezone.localdate() + timedelta(days=5)).isoformat()
    sent = {
        "was-1": "came", "was-2": "excused", "was-3": "sat_in", "subject": "排烟", "facts": "烟道朝向居民",
        "decisions": "五日内改道", "give_tasks": "on",
        "unit-0": LABOUR, "who-0": "李明", "what-0": "查用工", "due_on-0": due,
    }  # fmt: skip
    assert "请给每个人选到会情况" in text(desk("director").post(address, {**sent, "was-3": ""}))
    assert "每行要有单位" in text(desk("director").post(address, {**sent, "due_on-0": ""}))
    page = text(desk("director").post(address, sent, follow=True))
    assert "纪要已保存" in page
    assert "五日内改道" in page
    part = state_of(receipt.matter).tasks[-1]
    assert (part.unit, f"{part.due_on}") == (LABOUR, due)
    sheet = text(desk("director").get(url(receipt, "1/sheet/")))
    for words in ("联合调处会纪要", "李明", "查用工", due, "区住建局 蒋平", "周某", "列席"):
        assert words in sheet
    again = text(desk("director").get(address))
    assert 'value="李明"' in again
    assert "为什么更正" in again
    assert "请" in text(desk("director").post(address, sent))
    page = text(desk("director").post(address, {**sent, "decisions": "三日内改道", "reason": "写错"}, follow=True))
    assert "第 2 版" in page
    assert "三日内改道" in page
    assert Event.objects.filter(chain_id=receipt.matter, type="session_held").count() == 1
    assert desk("supervisor").get(address).status_code == 404


def test_the_notice_is_printed_before_it_is_held(cast, desk, stall, room):
    called(cast, stall, room)
    sheet = text(desk("director").get(url(stall, "1/sheet/")))
    assert "联合调处会议通知" in sheet
    assert "排烟" in sheet
    assert desk("director").get(url(stall, "1/minutes/")).status_code == 404


def test_one_reads_and_answers_ones_own_sessions_and_subscribes_to_them(cast, desk, stall, room):
    called(cast, stall, room)
    browser = desk("labour_officer")
    page = text(browser.get("/desk/sessions/"))
    assert "调解室1" in page
    assert stall.number in page
    sent = {"matter": str(stall.matter), "k": "1", "n": "1", "said": "coming"}
    assert "已回复" in text(browser.post("/desk/sessions/", sent, follow=True))
    assert "您的回复：能来" in text(browser.get("/desk/sessions/"))
    assert "请" in text(browser.post("/desk/sessions/", {**sent, "said": "x"}, follow=True))
    assert browser.post("/desk/sessions/", {"matter": "x"}).status_code == 404
    first = text(browser.post("/desk/sessions/address/", follow=True))
    address = first.partition('<p class="number">')[2].partition("</p>")[0].strip()
    event = event_of(Client().get(address))
    assert str(event["SUMMARY"]) == f"联合调处会 {stall.number}"
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert f"{event.decoded('DTSTART'):%H:%M}" == "09:00"
    assert address not in text(browser.get("/desk/sessions/")), "shown once"
    browser.post("/desk/sessions/address/")
    assert Client().get(address).status_code == 404, "renewed, the old one is dead"
    mine = browser.get(f"/desk/sessions/file/{stall.matter}/1/")
    assert str(event_of(mine)["UID"]) == str(event["UID"])
    assert desk("other_director").get(f"/desk/sessions/file/{stall.matter}/1/").status_code == 404


def test_a_calendar_file_keeps_its_id_rises_when_moved_and_takes_itself_out(cast, desk, stall, room):
    called(cast, stall, room)
    address = f"/desk/sessions/file/{stall.matter}/1/"
    first = event_of(desk("director").get(address))
    at = timezone.now()
    when = datetime.combine(next_day(3), datetime.min.time(), SHANGHAI).replace(hour=15)
    sessions.move(matter=stall.matter, k=1, when=sessions.Time(room.pk, when, 60), by=cast.director, at=at)
    second = event_of(desk("director").get(address))
    sessions.call_off(matter=stall.matter, k=1, by=cast.director, at=at)
    answer = desk("director").get(address)
    third = event_of(answer)
    assert str(first["UID"]) == str(second["UID"]) == str(third["UID"])
    assert [int(each["SEQUENCE"]) for each in (first, second, third)] == [0, 1, 2]
    assert second.decoded("DTSTART") == when
    assert (str(parsed(answer)["METHOD"]), str(third["STATUS"])) == ("CANCEL", "CANCELLED")
    assert b"\xe5\xbc\xa0" not in answer.content, "no name"


def test_a_calendar_of_a_matter_that_is_kept_secret_names_nothing(cast, desk, room):
    secret = registered(cast, timezone.now(), restricted=True)
    called(cast, secret, room, guests=[Asked(GuestKind.OTHER, name="周某")])
    event = event_of(desk("director").get(f"/desk/sessions/file/{secret.matter}/1/"))
    assert str(event["SUMMARY"]) == "会议"


def test_somebody_from_outside_answers_with_a_code_and_learns_nothing_of_the_matter(cast, stall, room):
    _state, codes = called(cast, stall, room, guests=[Asked(GuestKind.OTHER, name="周某")])
    browser = Client()
    assert browser.get("/s/reply/")["Location"] == browser.get("/s/reply/file/")["Location"] == "/s/"
    assert "回复码不对" in text(browser.post("/s/", {"code": "123412341234"}))
    page = text(browser.post("/s/", {"code": codes[0].code}, follow=True))
    assert "调解室1" in page
    for word in (stall.number, "排烟", "路灯", "张一"):
        assert word not in page
    assert "请选一个" in text(browser.post("/s/reply/", {}))
    page = text(browser.post("/s/reply/", {"said": "other_time", "wish": "四点以后"}, follow=True))
    assert "想换个时间" in page
    assert str(event_of(browser.get("/s/reply/file/"))["SUMMARY"]) == "会议"
    sessions.call_off(matter=stall.matter, k=1, by=cast.director, at=timezone.now())
    assert "这次会取消了" in text(browser.get("/s/reply/"))
    assert "已经开过或者取消" in text(browser.post("/s/reply/", {"said": "coming"}))


def test_staff_read_the_other_time_that_was_asked_for(cast, desk, stall, room):
    _state, codes = called(cast, stall, room, guests=[Asked(GuestKind.OTHER, name="周某")])
    found = sessions_inviting.open_by_code(code=codes[0].code, address="1", at=timezone.now())
    browser = Client()
    browser.post("/s/", {"code": codes[0].code})
    browser.post("/s/reply/", {"said": "other_time", "wish": "四点以后"})
    assert found.k == 1
    page = text(desk("director").get(url(stall, "1/")))
    assert "四点以后" in page
    assert "周某" in page
    timeline = text(desk("director").get(f"/desk/m/{stall.number}/"))
    assert "周某" not in timeline
    assert "召集联合调处会" in timeline
    assert OutgoingMessage.objects.filter(kind="session_code").count() == 0
