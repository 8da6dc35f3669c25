"""What joint handling makes of a matter: parts objected to, ruled on, sent back, urged, called off; passed up."""

from tests.rules.states import CENTRE, LABOUR, STATION, TOWN, Story, at
from xinfang.rules.matters.codes import RuledBy, Stage

HOUSING, ENVIRONMENT = "999901-ZJ", "999901-HJ"


def given(**payload):
    co = [{"unit": LABOUR, "due_on": "2026-03-10"}, {"unit": HOUSING}]
    story = Story("2026-03-02 09:00", item="lamp").triaged("2026-03-02 10:00", category="roads")
    return story.assigned("2026-03-02 11:00", mode="assignment", due_on="2026-03-20", co_units=co, **payload)


def units(state, *, all_of_them=False):
    return [(t.unit, t.part.value) for t in state.tasks if all_of_them or t.is_open]


def test_each_co_unit_remembers_which_row_says_what_it_is_to_do():
    assert [t.told_in for t in given().state().tasks] == [(0, 0), (3, 1), (3, 2)]


def test_an_objection_of_the_lead_opens_and_is_decided():
    story = given().add("objected", "2026-03-04 09:00", unit=TOWN, stage="objected")
    (open_one,) = story.state().open_objections
    assert (open_one.k, open_one.task, open_one.at) == (1, 1, at("2026-03-04 09:00"))
    back = given().add("objected", "2026-03-04 09:00", unit=TOWN, stage="objected")
    upheld = back.add("objection_upheld", "2026-03-05 09:00", ruled_by="bureau", stage="triaged").state()
    assert (upheld.tasks[0].sent_back, upheld.lead, upheld.tasks[1].is_open) == (True, None, True)
    kept = story.add("objection_rejected", "2026-03-05 09:00", ruled_by="superior", document="府1", stage="assigned")
    state = kept.state()
    assert (state.lead.unit, state.lead.ruled, state.open_objections) == (TOWN, True, ())
    (ruled,) = state.objections
    assert (ruled.decided_at, ruled.seq, ruled.upheld) == (at("2026-03-05 09:00"), 5, False)
    assert (ruled.ruled_by, ruled.document, ruled.item, ruled.category) == (RuledBy.SUPERIOR, "府1", "lamp", "roads")


def test_a_ruling_may_name_who_leads_instead_and_whoever_worked_along_then_has_one_part():
    story = given().add("objected", "2026-03-04 09:00", unit=TOWN, stage="objected")
    story.add("objection_upheld", "2026-03-05 09:00", ruled_by="superior", document="府1", instead=HOUSING,
              stage="assigned")  # fmt: skip
    state = story.state()
    assert (state.stage, units(state)) == (Stage.ASSIGNED, [(LABOUR, "co"), (HOUSING, "lead")])
    lead = state.lead
    assert (lead.ruled, str(lead.due_on), lead.mode, lead.document) == (True, "2026-03-20", "assignment", "府1")
    assert lead.assigned_at == at("2026-03-05 09:00")
    again = given().add("objected", "2026-03-04 09:00", unit=TOWN, stage="objected")
    again.add("objection_upheld", "2026-03-05 09:00", instead=CENTRE, due_on="2026-03-25", holder=STATION,
              holder_path="a.b", stage="assigned")  # fmt: skip
    assert (str(again.state().lead.due_on), again.state().holder) == ("2026-03-25", STATION)


def test_a_co_unit_objects_to_its_own_part_alone():
    story = given().add("part_objected", "2026-03-04 09:00", unit=LABOUR)
    assert [(o.task, o.is_open) for o in story.state().open_objections] == [(2, True)]
    kept = given().add("part_objected", "2026-03-04 09:00", unit=LABOUR)
    kept.add("part_ruled", "2026-03-05 09:00", k=2, ruling="rejected", ruled_by="bureau")
    assert [(t.unit, t.is_open, t.ruled) for t in kept.state().tasks] == [
        (TOWN, True, False), (LABOUR, True, True), (HOUSING, True, False),
    ]  # fmt: skip
    story.add("part_ruled", "2026-03-05 09:00", k=2, ruling="upheld", ruled_by="bureau", instead=ENVIRONMENT)
    state = story.state()
    assert units(state) == [(TOWN, "lead"), (HOUSING, "co"), (ENVIRONMENT, "co")]
    new = state.tasks[-1]
    assert (new.k, new.told_in, str(new.due_on), new.ruled) == (4, (3, 1), "2026-03-10", True)
    assert state.tasks[1].sent_back


def test_what_was_done_when_stays_when_a_part_goes_back():
    story = given().add("handler_named", "2026-03-02 12:00", unit=LABOUR, handler=9)
    story.add("task_done", "2026-03-05 09:00", unit=LABOUR)
    story.add("task_urged", "2026-03-04 09:00", k=2)
    story.add("task_returned", "2026-03-06 09:00", unit=TOWN, k=2, due_on="2026-03-12")
    first, again = (t for t in story.state().tasks if t.unit == LABOUR)
    assert (first.done_at, str(first.due_on), first.returns) == (at("2026-03-05 09:00"), "2026-03-10", 0)
    assert (again.k, again.follows, again.returns, again.is_open) == (4, 2, 1, True)
    assert (again.handler, str(again.due_on), again.urged_at, again.told_in) == (9, "2026-03-12", (), (3, 1))
    story.add("task_done", "2026-03-09 09:00", unit=LABOUR).add("task_returned", "2026-03-10 09:00", unit=TOWN, k=4)
    assert [(t.k, t.returns) for t in story.state().tasks if t.unit == LABOUR] == [(2, 0), (4, 1), (5, 2)]


def test_urging_counts_and_calling_off_ends_without_doing():
    story = given().add("task_urged", "2026-03-04 09:00", k=3).add("task_urged", "2026-03-05 09:00", k=3)
    assert story.state().tasks[2].urged_at == (at("2026-03-04 09:00"), at("2026-03-05 09:00"))
    story.add("task_called_off", "2026-03-06 09:00", k=3)
    off = story.state().tasks[2]
    assert (off.is_open, off.called_off, off.done_at) == (False, True, None)


def test_an_objection_to_a_part_that_was_called_off_waits_for_nobody():
    story = (
        given().add("part_objected", "2026-03-04 09:00", unit=LABOUR).add("task_called_off", "2026-03-05 09:00", k=2)
    )
    assert story.state().open_objections == ()


def test_passing_up_moves_the_matter_and_no_day():
    story = given()
    story.add("escalated", "2026-03-06 09:00", holder="999901", holder_path="999901", stage="triaged")
    state = story.state()
    assert (state.stage, state.holder, state.holder_path, state.origin_unit) == (
        Stage.TRIAGED, "999901", "999901", CENTRE,
    )  # fmt: skip
    assert (state.received_at, state.lead, units(state)) == (
        at("2026-03-02 09:00"), None, [(LABOUR, "co"), (HOUSING, "co")],
    )  # fmt: skip
    assert (state.escalated_to, state.tasks[0].sent_back) == ("999901", False)
