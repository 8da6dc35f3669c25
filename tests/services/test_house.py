"""Units, hours, calendar years and roll-out change by services alone, each with an event of the house."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from xinfang.models import CalendarDraft, CalendarYear, Deadline, Event, Installation, Post, Rollout, Unit
from xinfang.queries.clocks import counting, installation_settings
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.clocks.year_notices import YearNotice, published_ahead, year_notices
from xinfang.rules.people.seats import Tier, UnitKind
from xinfang.rules.refusals import RuleBroken
from xinfang.services import house
from xinfang.services.clocks import recount
from xinfang.services.house import UnitEntry
from xinfang.services.turns import state_of

pytestmark = pytest.mark.django_db

NOW = at("2026-11-23 09:00")
TODAY = date(2026, 11, 23)
BUREAU = UnitEntry(
    "999901-NY", "区农业农村局", "区农业局", Tier.DISTRICT, UnitKind.ORGAN, "999901", "999901", is_organ=True
)
Y2027 = YearNotice(2027, "国办发明电〔2026〕9号", (date(2027, 1, 1), date(2027, 2, 5)), (date(2027, 2, 14),))


def last_event():
    return Event.objects.filter(chain=Installation.objects.get().chain).order_by("-seq").first()


def test_a_unit_is_opened_below_another_with_its_path(cast):
    row = house.open_unit(entry=BUREAU, by=cast.administrator, at=NOW, open_from=TODAY)
    assert (row.path, row.is_organ, row.open_from) == ("999901.999901-NY", True, TODAY)
    assert (last_event().type, last_event().payload["unit"]) == ("unit_opened", "999901-NY")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"code": "999901-RS"}, "unit_code_taken"), ({"code": "区局"}, "unit_code_unreal"),
     ({"area": "1"}, "area_unknown"),
     ({"parent": "nowhere"}, "unit_unknown"), ({"name": ""}, "name_needed"), ({"name": "长" * 121}, "text_too_long")],
)  # fmt: skip
def test_a_unit_that_cannot_be_is_refused(cast, changes, code):
    with pytest.raises(RuleBroken, match=code):
        house.open_unit(entry=replace(BUREAU, **changes), by=cast.administrator, at=NOW)


def test_a_renamed_unit_keeps_its_old_name_in_the_chain(cast):
    house.rename_unit(
        unit="999901001-ZH", name="青禾镇平安法治办", short_name="平安法治办", from_on=date(2026, 11, 1),
        by=cast.administrator, at=NOW,
    )  # fmt: skip
    assert Unit.objects.get(pk="999901001-ZH").short_name == "平安法治办"
    assert last_event().payload == {
        "unit": "999901001-ZH", "name": "青禾镇平安法治办", "before": "青禾镇综治办", "from_on": "2026-11-01",
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="date_in_the_future"):
        house.rename_unit(
            unit="999901001-ZH", name="某", short_name="某", from_on=date(2026, 12, 1), by=cast.administrator, at=NOW
        )


def test_details_change_only_where_they_differ(cast):
    details = {"address": "青禾镇便民路2号", "team_resident": False}
    house.change_unit(unit="999901001201", details=details, by=cast.administrator, at=NOW)
    assert last_event().payload == {"unit": "999901001201", **details}
    before = last_event().seq
    house.change_unit(unit="999901001201", details=details, by=cast.administrator, at=NOW)
    assert last_event().seq == before


def test_a_unit_with_matters_or_units_below_stays_open(cast):
    registered(cast, at("2026-11-23 08:00"), unit="999901002")
    with pytest.raises(RuleBroken) as broken:
        house.close_unit(unit="999901002", last_on=TODAY, by=cast.administrator, at=NOW)
    assert (broken.value.code, broken.value.facts["count"]) == ("unit_has_open_matters", 1)
    with pytest.raises(RuleBroken, match="unit_has_open_units"):
        house.close_unit(unit="999901001", last_on=TODAY, by=cast.administrator, at=NOW)


def test_a_closed_unit_ends_its_posts_and_takes_nothing_more(cast):
    house.close_unit(unit="999901001-ZH", last_on=TODAY, by=cast.administrator, at=NOW)
    assert Unit.objects.get(pk="999901001-ZH").open_to == TODAY
    assert Post.objects.get(unit_id="999901001-ZH").to_on == TODAY
    with pytest.raises(RuleBroken, match="unit_closed"):
        house.close_unit(unit="999901001-ZH", last_on=TODAY, by=cast.administrator, at=NOW)
    below = replace(BUREAU, parent="999901001-ZH")
    with pytest.raises(RuleBroken, match="unit_closed"):
        house.open_unit(entry=below, by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="unit_unknown"):
        house.close_unit(unit="nowhere", last_on=TODAY, by=cast.administrator, at=NOW)


def test_opening_hours_decide_when_the_first_day_begins(cast):
    house.set_opening_hours(
        opens="9：00".replace("：", ":").zfill(5), closes="１６:３０", by=cast.administrator, at=NOW
    )
    assert counting().hours.closes.strftime("%H:%M") == "16:30"
    assert last_event().payload == {"opens": "09:00", "closes": "16:30"}
    for opens, closes, code in (("17:30", "08:30", "hours_reversed"), ("morning", "17:30", "time_unreal"),
                                ("08:30+08:00", "17:30", "time_unreal")):  # fmt: skip
        with pytest.raises(RuleBroken, match=code):
            house.set_opening_hours(opens=opens, closes=closes, by=cast.administrator, at=NOW)


def test_other_hours_move_no_date_of_what_is_already_registered(cast):
    late = registered(cast, at("2026-11-23 17:00"))
    assert str(Deadline.objects.get(matter=late.matter, code="13710-1").due_on) == "2026-11-23"
    house.set_opening_hours(opens="08:30", closes="16:30", by=cast.administrator, at=at("2026-11-23 17:05"))
    state = state_of(late.matter)
    assert str(next(iter(clocks_of(state, counting()))).due.due) == "2026-11-23"
    after = registered(cast, at("2026-11-23 17:10"))
    assert str(Deadline.objects.get(matter=after.matter, code="13710-1").due_on) == "2026-11-24"


def test_on_a_closing_day_nothing_comes_in_within_hours_and_what_came_in_keeps_its_date(cast):
    house.set_closing_days(days="2026-11-24\n２０２６-11-22\n2026-11-24", by=cast.administrator, at=NOW)
    assert installation_settings()["closed_on"] == ["2026-11-24"]
    assert Event.objects.filter(type="setting_changed").latest("seq").payload["value"] == "2026-11-24"
    closed = registered(cast, at("2026-11-24 10:00")).matter
    house.set_closing_days(days="", by=cast.administrator, at=NOW)
    opened = registered(cast, at("2026-11-24 10:00")).matter
    moved(cast, closed, at("2026-11-24 11:00"), ("director", "triage", TRIAGE))
    due = dict(Deadline.objects.filter(key="13710-1").values_list("matter_id", "due_on"))
    assert (str(due[closed]), str(due[opened])) == ("2026-11-25", "2026-11-24")


@pytest.mark.parametrize(("days", "code"), [
    ("2026-02-30", "date_unreal"), ("明天", "date_unreal"), (" ".join(f"2027-{m:02}-{d:02}" for m in (1, 3, 5) for d in
     range(1, 29)), "too_many_days"),
])  # fmt: skip
def test_a_closing_day_that_cannot_be_is_refused(cast, days, code):
    with pytest.raises(RuleBroken, match=code):
        house.set_closing_days(days=days, by=cast.administrator, at=NOW)


def test_a_helpline_is_set_and_taken_away(cast):
    house.set_helpline(helpline="0000-9010001", by=cast.administrator, at=NOW)
    assert installation_settings()["helpline"] == "0000-9010001"
    house.set_helpline(helpline="", by=cast.administrator, at=NOW)
    assert installation_settings()["helpline"] == ""


def approve(by, seen, when):
    return house.approve_calendar_year(year=2027, seen=seen, by=by, at=at(when))


def test_a_calendar_year_needs_two_persons_and_moves_what_was_provisional(cast):
    receipt = registered(cast, at("2026-12-20 09:00"))
    before = Deadline.objects.get(matter=receipt.matter, code="XF-REG15")
    assert (before.provisional, before.due_on) == (True, date(2027, 1, 4))
    first = house.propose_calendar_year(notice=Y2027, by=cast.administrator, at=at("2026-12-21 09:00"))
    assert counting().calendar.years == {2024, 2025, 2026}
    with pytest.raises(RuleBroken, match="office_only"):
        approve(cast.administrator, first.mark, "2026-12-21 10:00")
    longer = replace(Y2027, off=(date(2027, 1, 1), date(2027, 1, 4)))
    second = house.propose_calendar_year(notice=longer, by=cast.bureau, at=at("2026-12-21 10:00"))
    with pytest.raises(RuleBroken, match="calendar_own_proposal"):
        approve(cast.bureau, second.mark, "2026-12-21 11:00")
    with pytest.raises(RuleBroken, match="draft_changed"):
        approve(cast.second_bureau, first.mark, "2026-12-21 11:00")
    assert approve(cast.second_bureau, second.mark, "2026-12-21 11:00") == 1
    assert recount(at("2026-12-21 11:01")) == 1
    after = Deadline.objects.get(matter=receipt.matter, code="XF-REG15")
    assert (after.provisional, after.due_on) == (False, date(2027, 1, 5))
    assert Event.objects.filter(chain_id=receipt.matter, type="recomputed").exists()
    assert not CalendarDraft.objects.exists()
    assert CalendarYear.objects.get(year=2027).notice == "国办发明电〔2026〕9号"


def test_only_who_runs_the_machine_publishes_a_year_alone(cast):
    with pytest.raises(RuleBroken, match="office_only"):
        house.publish_calendar_year(notice=Y2027, by=cast.bureau, at=NOW)
    with pytest.raises(RuleBroken, match="calendar_not_proposed"):
        house.approve_calendar_year(year=2030, seen="", by=cast.bureau, at=NOW)
    with pytest.raises(RuleBroken, match="office_only"):
        house.propose_calendar_year(notice=Y2027, by=cast.clerk, at=NOW)


@pytest.mark.parametrize(
    "document",
    [
        {"covered_years": [], "off": [], "makeup": []},
        {"covered_years": [2027], "off": ["2026-12-31"], "makeup": []},
        {"covered_years": [2027], "off": [], "makeup": ["2027-02-15"]},
        {"covered_years": [2027], "off": ["2027-02-30"], "makeup": []},
        {"covered_years": [2027], "off": ["2027-02-06"], "makeup": ["2027-02-06"]},
    ],
)
def test_a_calendar_file_that_contradicts_itself_is_refused(document):
    with pytest.raises(ValueError, match=r"."):
        year_notices(document)


def test_days_ahead_end_with_the_last_year_published_without_a_break():
    assert published_ahead(frozenset({2026}), date(2026, 11, 23)) == 38
    assert published_ahead(frozenset({2026, 2027, 2029}), date(2026, 12, 31)) == 365
    assert published_ahead(frozenset({2025}), date(2026, 1, 1)) == -1


def test_the_roll_out_and_its_notes_are_rows_with_a_date(cast):
    house.record_rollout(
        area="999901002", status="preparing", on="2026-11-01", note="选址", by=cast.administrator, at=NOW
    )
    assert Rollout.objects.get().on == date(2026, 11, 1)
    for values, code in (({"status": "soon"}, "choice_unknown"), ({"on": "2026-12-01"}, "date_in_the_future"),
                         ({"on": "2026-02-30"}, "date_unreal"), ({"area": "1"}, "area_unknown")):  # fmt: skip
        given = {"area": "999901002", "status": "preparing", "on": "2026-11-01", "note": "", **values}
        with pytest.raises(RuleBroken, match=code):
            house.record_rollout(**given, by=cast.administrator, at=NOW)


def test_a_gap_is_explained_for_a_time(cast):
    given = {"unit": "999901002", "rule": "A-05", "about": "farming_station", "from_on": TODAY, "note": "没有农业"}
    row = house.note_exemption(**given, until_on=date(2027, 11, 23), by=cast.administrator, at=NOW)
    assert (row.rule, last_event().payload["until_on"]) == ("A-05", "2027-11-23")
    with pytest.raises(RuleBroken, match="dates_reversed"):
        house.note_exemption(**given, until_on=date(2026, 1, 1), by=cast.administrator, at=NOW)
    with pytest.raises(RuleBroken, match="name_needed"):
        house.note_exemption(**{**given, "note": " "}, until_on=None, by=cast.administrator, at=NOW)
