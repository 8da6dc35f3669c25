"""The clocks of a matter on the days that domain 7 works out for its scenarios, and the Regulation's own edges."""

import pytest

from tests.rules.states import LABOUR, TOWN, Story, actor, asked, at, counting
from xinfang.rules.clocks.duties import clocks_of
from xinfang.rules.lifecycle.allowed import BY_NAME, why_not
from xinfang.rules.people.seats import Role

HEAD = actor(Role.ORGAN_HEAD, unit=TOWN)
PLAN = {"steps": [{"unit": TOWN, "due_on": "2026-03-31"}]}


def dates(story):
    """By key: due, and prudent where it is another day."""
    return {c.key: str(c.due.due) for c in clocks_of(story.state(), counting()) if c.applies and c.due}


def clock(story, key):
    return next(c for c in clocks_of(story.state(), counting()) if c.key == key)


def why(story, key):
    return clock(story, key).why_not


def test_s15_a_letter_of_the_bureau_with_its_own_date():
    story = Story("2025-09-26 09:00").triaged("2025-09-26 10:00")
    letter = {"explicit_on": "2025-10-23", "explicit_source": "assignment_letter", "explicit_document": "交1"}
    story.assigned("2025-09-26 11:00", mode="assignment", due_on="2025-10-23", **letter).accepted("2025-10-09 10:00")
    assert dates(story) == {
        "13710-1": "2025-09-26",
        "EXPLICIT": "2025-10-23",
        "TASK#1": "2025-10-23",
        "XF-REG15": "2025-10-11",
        "XF-TELL15T#1": "2025-10-11",
        "XF-OBJ5#1": "2025-10-10",
        "XF-DO60": "2025-12-08",
    }
    assert (why(story, "13710-3"), why(story, "13710-7")) == ("explicit_date", "explicit_date")


def test_s16_a_matter_of_a_batch():
    story = Story("2026-03-16 09:00", batch="B1").triaged("2026-03-16 10:00", nature="major")
    assert dates(story) == {
        "13710-1": "2026-03-16", "13710-1M": "2026-04-16", "XF-REG15": "2026-03-31", "XF-TELL15": "2026-03-31",
        "HF-RST12#1": "2027-03-16",
    }  # fmt: skip
    quick = Story("2026-03-16 09:00", batch="B1").triaged("2026-03-16 10:00")
    assert (dates(quick)["13710-3"], dates(quick)["13710-7"]) == ("2026-03-19", "2026-03-23")


MONTHS = [
    "2025-12-01", "2025-12-30", "2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30", "2026-06-01", "2026-06-30",
    "2026-07-30", "2026-08-31", "2026-09-30", "2026-10-30", "2026-11-30",
]  # fmt: skip


def s17():
    story = Story("2025-09-30 09:00").triaged("2025-09-30 10:00", nature="major").assigned("2025-09-30 11:00")
    story.accepted("2025-10-09 10:00")
    story.add("plan_filed", "2025-10-29 10:00", unit=TOWN, **PLAN)
    return story.add("plan_approved", "2025-10-30 10:00", role="supervisor")


def test_s17_the_month_the_opinion_and_its_extension():
    story = s17()
    assert (dates(story)["13710-1M"], dates(story)["XF-TELL15T#1"]) == ("2025-10-30", "2025-10-15")
    assert dates(story)["XF-DO60"] == "2025-12-08"
    month = clock(story, "13710-1M")
    assert (month.met_at, month.is_late(at("2026-01-01 00:00"))) == (at("2025-10-29 10:00"), False)
    story.add("extended", "2025-12-05 10:00", unit=TOWN, days=30, document="延1")
    assert dates(story)["XF-EXT30"] == "2026-01-07"
    assert "XF-DO60" not in dates(story)


def test_s17_the_months_come_one_by_one_for_more_than_a_year():
    story = s17()
    for k, due in enumerate(MONTHS, start=1):
        months = [c for c in clocks_of(story.state(), counting()) if c.code == "13710-MF"]
        assert (len(months), str(months[-1].due.due), months[-1].is_running) == (k, due, True)
        story.add("monthly_reported", f"{due} 10:00", unit=TOWN, k=k, move="report_monthly")
    assert [str(c.due.due) for c in clocks_of(story.state(), counting()) if c.code == "13710-MF"][:13] == MONTHS
    assert not any(
        c.is_late(at("2026-11-30 12:00")) for c in clocks_of(story.state(), counting()) if c.code == "13710-MF"
    )


def test_s17_a_month_that_was_missed_stays_late_and_the_next_one_runs():
    story = s17()
    for k, due in enumerate(MONTHS[:4], start=1):
        story.add("monthly_reported", f"{due} 10:00", unit=TOWN, k=k)
    story.add("breached", "2026-03-31 00:00", role="system", clock="13710-MF#5", level=4)
    months = {c.key: c for c in clocks_of(story.state(), counting()) if c.code == "13710-MF"}
    assert (list(months)[-1], str(months["13710-MF#6"].due.due)) == ("13710-MF#6", "2026-04-30")
    story.add("monthly_reported", "2026-04-02 10:00", unit=TOWN, k=5)
    assert clock(story, "13710-MF#5").is_late(at("2026-04-02 11:00"))


def test_s17_each_month_warns_from_the_end_of_the_month_before():
    story = s17()
    for k, due in enumerate(MONTHS[:12], start=1):
        story.add("monthly_reported", f"{due} 10:00", unit=TOWN, k=k)
    assert clock(story, "13710-MF#13").trigger_at == at("2026-10-31 00:00")


def test_s17_the_months_end_with_the_strike_off_and_a_reopened_matter_is_not_late_for_the_time_between():
    story = s17()
    story.add("step_done", "2025-11-20 10:00", unit=TOWN, k=1)
    story.add("struck_off", "2025-11-25 10:00", role="supervisor", stage="struck_off")
    assert [c.key for c in clocks_of(story.state(), counting()) if c.code == "13710-MF"] == ["13710-MF#1"]
    story.add("reopened", "2026-06-01 10:00", ground="breach", stage="handling")
    late = [c.key for c in clocks_of(story.state(), counting()) if c.is_late(at("2026-06-02 00:00"))]
    assert "13710-MF#1" not in late
    story.add("plan_filed", "2026-06-02 10:00", unit=TOWN, **PLAN)
    story.add("plan_approved", "2026-06-03 10:00", role="supervisor")
    months = [c for c in clocks_of(story.state(), counting()) if c.code == "13710-MF"]
    assert [(c.key, str(c.due.due), c.ended_at) for c in months] == [
        ("13710-MF#1", "2025-12-01", at("2025-11-25 10:00")), ("13710-MF#2", "2026-07-03", None),
    ]  # fmt: skip
    steps = [c for c in clocks_of(story.state(), counting()) if c.code == "13710-P"]
    assert [(c.key, c.is_running) for c in steps if c.k > len(steps) // 2] == [
        (f"13710-P#{k}", True) for k in range(len(steps) // 2 + 1, len(steps) + 1)
    ]
    story.add("monthly_reported", "2026-07-01 10:00", unit=TOWN, k=2)
    assert clock(story, "13710-MF#2").met_at == at("2026-07-01 10:00")
    assert not clock(story, "13710-1M").is_late(at("2026-06-04 00:00"))


def test_the_months_of_a_plan_that_is_over_do_not_grow_once_the_next_one_has_begun():
    """Struck off on the Sunday on which a new month had begun, while the month before was late until Monday only."""
    story = Story("2026-01-05 10:00").triaged("2026-01-05 11:00", nature="major")
    story.add("plan_filed", "2026-01-14 10:00", unit=TOWN, **PLAN).add("plan_approved", "2026-01-14 11:00")
    story.add("struck_off", "2026-02-15 10:00", role="supervisor", stage="struck_off")
    months = [c.key for c in clocks_of(story.state(), counting()) if c.code == "13710-MF"]
    story.add("reopened", "2026-02-15 11:00", ground="breach", stage="handling")
    story.add("plan_filed", "2026-02-15 12:00", unit=TOWN, **PLAN).add("plan_approved", "2026-02-15 13:00")
    story.add("progress_noted", "2026-02-25 10:00")
    again = [c.key for c in clocks_of(story.state(), counting()) if c.code == "13710-MF"]
    assert (months, again) == (["13710-MF#1", "13710-MF#2"], ["13710-MF#1", "13710-MF#2", "13710-MF#3"])


def test_s18_what_is_solved_on_the_day_needs_no_report():
    story = Story("2026-11-23 09:00").triaged("2026-11-23 10:00")
    story.add("implemented", "2026-11-23 15:00", result="supported_done", on_the_spot=True, stage="implemented")
    for key in ("13710-1", "13710-3", "13710-7"):
        assert (clock(story, key).met_at is not None, clock(story, key).is_late(at("2027-01-01 00:00"))) == (
            True,
            False,
        )
    assert clock(story, "13710-3").met_at == at("2026-11-23 15:00")
    assert story.state().first_implemented_at == at("2026-11-23 15:00")


@pytest.mark.parametrize(("when", "code"), [
    ("2025-10-11 23:59", None), ("2025-10-13 09:00", "need_within_objection_limit"),
])  # fmt: skip
def test_s21_an_objection_counts_the_makeup_saturday(when, code):
    story = Story("2025-09-28 09:00").triaged("2025-09-28 10:00").assigned("2025-09-28 11:00")
    broken = why_not(BY_NAME["object"], asked(story.state(), HEAD, at(when)))
    assert (broken.code if broken else None) == code


@pytest.mark.parametrize(("when", "code"), [
    ("2026-02-13 10:00", None), ("2026-02-24 23:59", None), ("2026-02-25 00:00", "need_statutory_limit_runs"),
])  # fmt: skip
def test_s22_an_extension_is_approved_before_the_limit_or_not_at_all(when, code):
    story = Story("2025-12-22 09:00").triaged("2025-12-22 09:30").assigned("2025-12-22 09:40")
    story.accepted("2025-12-22 10:00")
    broken = why_not(BY_NAME["extend"], asked(story.state(), HEAD, at(when)))
    assert (broken.code if broken else None) == code


def test_s22_the_extension_is_counted_once_from_acceptance_and_rolled_once():
    story = Story("2025-12-22 09:00").triaged("2025-12-22 09:30").assigned("2025-12-22 09:40")
    story.accepted("2025-12-22 10:00")
    sixty = clock(story, "XF-DO60").due
    assert (str(sixty.raw), str(sixty.due), str(sixty.prudent)) == ("2026-02-20", "2026-02-24", "2026-02-14")
    story.add("extended", "2026-02-13 10:00", unit=TOWN, days=30, document="延1")
    ninety = clock(story, "XF-EXT30").due
    assert (str(ninety.raw), str(ninety.due), str(ninety.prudent)) == ("2026-03-22", "2026-03-23", "2026-03-20")


def test_s24_registered_on_a_makeup_sunday():
    story = Story("2025-09-28 10:00")
    assert dates(story) == {
        "13710-1": "2025-09-28", "13710-3": "2025-10-09", "13710-7": "2025-10-09", "XF-REG15": "2025-10-13",
        "XF-TELL15": "2025-10-13",
    }  # fmt: skip
    assert (str(clock(story, "13710-3").due.prudent), str(clock(story, "13710-7").due.prudent)) == ("2025-09-30",) * 2


@pytest.mark.parametrize(("when", "day_one"), [("2026-02-14 15:00", "2026-02-14"), ("2026-02-14 18:30", "2026-02-24")])
def test_s25_registered_on_a_makeup_saturday_before_the_spring_festival(when, day_one):
    story = Story(when)
    found = dates(story)
    assert (found["13710-1"], found["13710-3"], found["13710-7"]) == (day_one, "2026-02-24", "2026-02-24")
    hard = Story(when).triaged("2026-02-24 09:00", nature="complex")
    assert dates(hard)["13710-1M"] == "2026-03-16"


def test_working_days_where_the_house_counts_so():
    story = Story("2026-03-20 09:00", day_mode="working")
    assert (dates(story)["13710-3"], dates(story)["13710-7"]) == ("2026-03-25", "2026-03-31")
    assert dates(story)["XF-TELL15"] == "2026-04-07"


def test_the_regulation_counts_from_its_first_day_on():
    assert "XF-REG15" not in dates(Story("2022-04-30 10:00"))
    assert "XF-REG15" in dates(Story("2022-05-01 10:00"))


@pytest.mark.parametrize("kind", ["dispute", "enquiry"])
def test_what_triage_finds_to_be_no_petition_has_no_limit_of_the_regulation(kind):
    story = Story("2026-03-16 09:00")
    assert "XF-REG15" in dates(story)
    story.add("triaged", "2026-03-16 10:00", kind=kind, nature="general", solvable=True, stage="triaged")
    assert (why(story, "XF-TELL15"), "XF-REG15" in dates(story)) == ("not_a_petition", False)


def test_an_anonymous_letter_cannot_be_answered():
    story = Story("2026-03-16 09:00", anonymous=True)
    assert (why(story, "XF-TELL15"), dates(story)["XF-REG15"]) == ("no_address", "2026-03-31")


def test_handing_on_inside_the_house_starts_no_notice_anew_but_another_organ_does_after_an_objection():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00").assigned("2026-03-02 11:00")
    story.assigned("2026-03-10 09:00", lead="999901001-ZH")
    assert {k: v for k, v in dates(story).items() if "TELL" in k} == {"XF-TELL15T#1": "2026-03-17"}
    story.add("objected", "2026-03-11 09:00", unit="999901001-ZH", stage="objected")
    story.add("objection_upheld", "2026-03-12 09:00", role="petition_bureau", stage="triaged")
    assert {k: v for k, v in dates(story).items() if "TELL" in k} == {
        "XF-TELL15T#1": "2026-03-17", "XF-TELL15": "2026-03-17",
    }  # fmt: skip
    assert clock(story, "XF-TELL15T#1").ended_at == at("2026-03-12 09:00")
    story.assigned("2026-03-13 09:00", lead=LABOUR)
    running = {c.key: str(c.due.due) for c in clocks_of(story.state(), counting()) if "TELL" in c.key and c.is_running}
    assert running == {"XF-TELL15T#3": "2026-03-30"}


def test_an_objection_that_was_rejected_starts_nothing():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00").assigned("2026-03-02 11:00")
    before = dates(story)
    story.add("objected", "2026-03-04 09:00", unit=TOWN, stage="objected")
    story.add("objection_rejected", "2026-03-05 09:00", role="petition_bureau", stage="assigned")
    assert dates(story) == {**before, "HF-RUL5": "2026-03-11"}


def test_the_date_of_a_co_unit_is_met_by_its_own_work_and_the_leads_by_the_matters():
    story = Story("2026-03-02 09:00").triaged("2026-03-02 10:00")
    story.assigned("2026-03-02 11:00", mode="assignment", due_on="2026-03-20",
                   co_units=[{"unit": LABOUR, "due_on": "2026-03-16"}])  # fmt: skip
    story.add("implemented", "2026-03-18 10:00", unit=TOWN, result="supported_done", stage="implemented")
    assert clock(story, "TASK#1").met_at == at("2026-03-18 10:00")
    assert clock(story, "TASK#2").is_late(at("2026-03-18 11:00"))
    story.add("closed", "2026-03-19 10:00", stage="closed")
    assert (clock(story, "TASK#2").met_at, clock(story, "TASK#2").ended_at) == (None, at("2026-03-19 10:00"))


def test_the_steps_of_a_plan_have_dates_of_their_own():
    story = s17()
    step = clock(story, "13710-P#1")
    assert (str(step.due.due), step.unit, step.is_running) == ("2026-03-31", TOWN, True)
    story.add("step_done", "2026-03-30 10:00", unit=TOWN, k=1)
    assert not clock(story, "13710-P#1").is_running


def test_a_plan_filed_in_time_is_not_late_while_its_answer_is_waited_for():
    story = Story("2026-03-16 09:00").triaged("2026-03-16 10:00", nature="major")
    story.add("plan_filed", "2026-04-15 10:00", unit=TOWN, **PLAN)
    after = at("2026-04-20 10:00")
    assert (clock(story, "13710-1M").is_running, clock(story, "13710-1M").is_late(after)) == (True, False)
    story.add("plan_returned", "2026-04-18 10:00", role="supervisor")
    assert clock(story, "13710-1M").is_late(after)
    story.add("plan_filed", "2026-04-19 10:00", unit=TOWN, **PLAN)
    assert clock(story, "13710-1M").is_late(after)
    story.add("plan_approved", "2026-04-20 09:00", role="supervisor")
    assert (clock(story, "13710-1M").met_at, clock(story, "13710-1M").is_late(after)) == (at("2026-04-20 09:00"), True)
