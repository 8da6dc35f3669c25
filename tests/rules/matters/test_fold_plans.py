"""Plans, their steps and months, the letters of tasks and the right to a review: what their events add up to."""

from tests.rules.states import LABOUR, TOWN, Story, at


def plain():
    return Story("2026-03-02 09:00").triaged("2026-03-02 10:00")


def test_plans_and_reports():
    steps = [{"unit": TOWN, "due_on": "2026-04-01"}, {"unit": LABOUR, "due_on": "2026-05-01"}]
    story = plain().add("plan_filed", "2026-03-10 10:00", steps=steps)
    assert story.state().plan.waits
    story.add("plan_returned", "2026-03-11 10:00").add("plan_filed", "2026-03-12 10:00", steps=steps)
    story.add("plan_approved", "2026-03-13 10:00").add("step_done", "2026-03-14 10:00", k=2)
    made = story.state()
    assert [step.done_at for step in made.plan.steps] == [None, at("2026-03-14 10:00")]
    assert [plan.filed_at for plan in made.approved_plans] == [at("2026-03-12 10:00")]
    story.add("prelim_reported", "2026-03-04 10:00").add("monthly_reported", "2026-04-10 10:00", k=1)
    story.add("report_read", "2026-04-11 10:00", k=0, verdict="returned")
    assert [(r.k, r.verdict) for r in story.state().reports] == [(0, "returned"), (1, "")]
    assert (story.state().preliminary.k, [r.k for r in story.state().monthly]) == (0, [1])
    for kind in ("plan_approved", "plan_returned"):
        assert plain().add(kind, "2026-03-11 10:00").state().plan is None
    assert plain().add("step_done", "2026-03-11 10:00", k=1).state().plan is None


def test_a_plan_that_follows_an_approved_one_goes_on_counting_its_steps_and_one_that_was_returned_does_not():
    step = [{"unit": TOWN, "due_on": "2026-04-01"}]
    story = plain().add("plan_filed", "2026-03-10 10:00", steps=step * 2).add("plan_approved", "2026-03-11 10:00")
    story.add("plan_filed", "2026-03-12 10:00", steps=step).add("plan_returned", "2026-03-13 10:00")
    story.add("plan_filed", "2026-03-14 10:00", steps=step).add("step_done", "2026-03-15 10:00", k=3)
    made = story.state()
    assert [(plan.filed_at, len(plan.steps)) for plan in made.former_plans] == [(at("2026-03-10 10:00"), 2)]
    assert [(s.k, s.done_at) for s in made.plan.steps] == [(3, at("2026-03-15 10:00"))]
    assert [plan.filed_at for plan in made.approved_plans] == [at("2026-03-10 10:00")]
    story.add("plan_approved", "2026-03-16 10:00")
    assert [plan.filed_at for plan in story.state().approved_plans] == [at("2026-03-10 10:00"), at("2026-03-14 10:00")]


def test_a_task_knows_the_letter_that_gave_it():
    story = plain().assigned("2026-03-16 11:00", mode="assignment", document="示交〔2026〕9号",
                             co_units=[{"unit": LABOUR, "due_on": "2026-04-01"}])  # fmt: skip
    assert [(t.unit, t.document) for t in story.state().tasks] == [
        (TOWN, "示交〔2026〕9号"), (LABOUR, "示交〔2026〕9号"),
    ]  # fmt: skip


def test_a_review_can_be_asked_for_from_the_last_opinion_and_its_reminders_begin_anew():
    story = plain().accepted("2026-03-03 10:00")
    assert story.state().review_from is None
    story.add("opinion_signed", "2026-03-10 10:00", outcome="explained", document="意1")
    assert story.state().review_from is None
    story.add("opinion_served", "2026-03-11 10:00", way="in_person", stage="opinion_served")
    for kind, clock, level in (("due_soon", "RIGHT", 2), ("due_soon", "RIGHT#1", 3)):
        story.add(kind, "2026-03-27 00:00", role="system", clock=clock, level=level)
    story.add("reopened", "2026-04-01 10:00", ground="new_facts", stage="handling")
    made = story.state()
    assert (made.opinion_served_at, made.review_from) == (None, at("2026-03-11 10:00"))
    assert made.warned == {"RIGHT": 2, "RIGHT#1": 3}
    story.add("opinion_signed", "2026-04-05 10:00", outcome="supported", document="意2")
    story.add("opinion_served", "2026-04-06 10:00", way="in_person", stage="opinion_served")
    made = story.state()
    assert (made.review_from, made.warned) == (at("2026-04-06 10:00"), {"RIGHT#1": 3})
