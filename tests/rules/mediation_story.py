"""One mediation told as events, for the tests of its rules."""

from tests.rules.states import STATION, Story

OFFER = {"mediation_kind": "people", "source": "applied", "others": 1}


def offered(when="2026-01-12 10:00", **more):
    """A claim that was looked at, and mediation offered to one other party."""
    story = Story("2026-01-12 09:00", kind="claim").triaged("2026-01-12 09:30")
    return story.add("mediation_offered", when, **{**OFFER, **more})


def begun(**more):
    """Both consent, a mediator is named, both know their rights."""
    story = offered(**more)
    for party in (1, 2):
        story.add("mediation_answered", "2026-01-12 11:00", party=party, party_answer="consents")
        story.add("mediation_rights_told", "2026-01-12 11:10", party=party, told_on="2026-01-12")
    rule = {"people": "ME-1M", "medical": "ME-MED30W"}.get(more.get("mediation_kind", "people"))
    timed = {"time_rule": rule} if rule else {}
    return story.add("mediator_named", "2026-01-12 11:20", mediator=44, mediator_why="appointed", **timed)


def drafted(*dues, form="written", **more):
    """Held once and drafted, with a promise of the other party for each of these days."""
    story = begun().add("mediation_held", "2026-01-20 10:00", held_on="2026-01-20")
    story.add("agreement_drafted", "2026-01-20 11:00", agreement_form=form, document="调1", **more)
    for due in dues:
        story.add("performance_promised", "2026-01-20 11:10", party=2, due_on=due, yuan=20000)
    return story


def agreed(*dues):
    """Signed by everybody and sealed: in effect from 2026-01-30 (S11)."""
    story = drafted(*dues)
    for party in (1, 2):
        story.add("agreement_signed", "2026-01-28 10:00", signer="party", party=party, signed_on="2026-01-28")
    story.add("agreement_signed", "2026-01-28 10:10", signer="mediator", signed_on="2026-01-28")
    return story.add(
        "agreement_signed", "2026-01-30 10:00", unit=STATION, signer="committee", signed_on="2026-01-30",
        effect_on="2026-01-30",
    )  # fmt: skip
