"""What a mediation needs before each of its moves, and what of their values goes together (domain 3.1, 3.2: G1-G9)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinfang.rules.clocks.duties import local_day
from xinfang.rules.clocks.shape import by_rule
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.matters.codes import Kind, ReopenGround, Result, Stage
from xinfang.rules.matters.state import MatterState
from xinfang.rules.mediation.codes import AgreementForm, AnsweredHow, MediationKind, Performance, Signer
from xinfang.rules.mediation.file import MOST_OTHERS, PETITIONER, Agreement, Mediation, last, signature
from xinfang.rules.refusals import RuleBroken

# A claim or a dispute; what has not been looked at yet may turn out to be one.
_MEDIATED = frozenset({None, Kind.CLAIM, Kind.DISPUTE})
# Where a matter lies that somebody took for solved.
_RESTING = frozenset({Stage.IMPLEMENTED, Stage.CLOSED, Stage.STRUCK_OFF, Stage.ARCHIVED})


def current(state: MatterState) -> Mediation | None:
    """The mediation that still goes on."""
    mediation = last(state.mediations)
    return mediation if mediation is not None and mediation.is_open else None


def asks_petitioner(state: MatterState) -> bool:
    """Does an open mediation wait for the petitioner's own answer?"""
    mediation = current(state)
    return mediation is not None and PETITIONER in mediation.waiting_for


def holding(state: MatterState) -> Agreement | None:
    """The agreement that is in effect."""
    mediation = last(state.mediations)
    return mediation.agreement if mediation is not None and mediation.in_effect else None


def mediable(asked: Situation) -> bool:
    """A claim, told openly, that is not being mediated and whose last agreement asks for nothing more (G2)."""
    state = asked.state
    agreement = holding(state)
    rests = agreement is None or not agreement.open_steps
    return state.kind in _MEDIATED and not state.restricted and current(state) is None and rests


def party_unasked(asked: Situation) -> bool:
    mediation = current(asked.state)
    return mediation is not None and bool(mediation.waiting_for)


def all_consent(asked: Situation) -> bool:
    mediation = current(asked.state)
    return mediation is not None and mediation.all_consent


def rights_untold(asked: Situation) -> bool:
    mediation = current(asked.state)
    return mediation is not None and bool(mediation.untold)


def begun(asked: Situation) -> bool:
    mediation = current(asked.state)
    return mediation is not None and mediation.may_begin


def is_open(asked: Situation) -> bool:
    return current(asked.state) is not None


def unsigned(asked: Situation) -> bool:
    """Begun and held at least once; what somebody has signed is not worded anew."""
    mediation = current(asked.state)
    if mediation is None or not mediation.may_begin or not mediation.sittings:
        return False
    return mediation.agreement is None or not mediation.agreement.signed


def agreement_open(asked: Situation) -> bool:
    """Drafted in writing and not yet in effect."""
    mediation = current(asked.state)
    return mediation is not None and mediation.agreement is not None


def performance_open(asked: Situation) -> bool:
    agreement = holding(asked.state)
    return agreement is not None and bool(agreement.open_steps)


def agreement_holds(asked: Situation) -> bool:
    return holding(asked.state) is not None


def confirmable(asked: Situation) -> bool:
    """In effect and not before a court yet; whether thirty days have passed is for the court to say."""
    mediation = last(asked.state.mediations)
    return mediation is not None and mediation.in_effect and mediation.asked_court_on is None


def confirmation_waits(asked: Situation) -> bool:
    mediation = last(asked.state.mediations)
    return mediation is not None and mediation.asked_court_on is not None and mediation.court is None


def names_of(text: str) -> list[str]:
    """The other parties, one on each line."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _past(facts: Mapping[str, Any], name: str, asked: Situation, *, since: date | None = None) -> date:
    on = date.fromisoformat(facts[name])
    if on > asked.today:
        raise RuleBroken("date_in_the_future", field=name)
    if since is not None and on < since:
        raise RuleBroken("before_mediation", field=name)
    return on


def _began(asked: Situation) -> date | None:
    mediation = last(asked.state.mediations)
    return local_day(mediation.offered_at) if mediation else None


def _party(facts: Mapping[str, Any], among: tuple[int, ...]) -> None:
    if facts.get("party") not in among:
        raise RuleBroken("no_such_party", field="party")


def check_offered(facts: Mapping[str, Any], words: Mapping[str, str], _asked: Situation) -> None:
    """Only what has to do with civil rights, is with nobody else, and puts nobody in danger (G2, G3; 反家庭暴力法)."""
    if not facts["civil"]:
        raise RuleBroken("not_civil", field="civil")
    if facts["taken_elsewhere"]:
        raise RuleBroken("taken_elsewhere", field="taken_elsewhere")
    if facts["violence"]:
        raise RuleBroken("violence_not_mediated", field="violence")
    names = names_of(words["other_parties"])
    if len(names) > MOST_OTHERS:
        raise RuleBroken("too_many_parties", field="other_parties", most=MOST_OTHERS)
    if len(set(names)) < len(names):
        raise RuleBroken("party_twice", field="other_parties")


def check_answered(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """Staff write down whom they heard; from home the petitioner answers for themselves alone."""
    mediation = current(asked.state)
    waiting = mediation.waiting_for if mediation else ()
    own = tuple(party for party in waiting if party == PETITIONER)
    _party(facts, own if asked.actor.petitioner else waiting)
    if asked.actor.petitioner != (facts["answered_how"] == AnsweredHow.ONLINE):
        raise RuleBroken("choice_unknown", field="answered_how")
    _past(facts, "answered_on", asked, since=_began(asked))


def check_mediator(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """Who mediates declares that nothing ties them to a party, and does not handle the petition (G4)."""
    if not facts["no_conflict"]:
        raise RuleBroken("conflict_not_denied", field="no_conflict")
    user = int(facts["mediator"])
    if user in asked.state.handlers:
        raise RuleBroken("mediator_handles", field="mediator")
    mediation = current(asked.state)
    if mediation is not None and user == mediation.mediator:
        raise RuleBroken("mediates_already", field="mediator")


def check_told(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    mediation = current(asked.state)
    _party(facts, mediation.untold if mediation else ())
    _past(facts, "told_on", asked, since=_began(asked))


def check_held(facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    """Where danger is seen the record says what was done at once (人民调解法 25, G6)."""
    _past(facts, "held_on", asked, since=_began(asked))
    if facts["danger_seen"] and not words.get("danger_measures"):
        raise RuleBroken("field_required", field="danger_measures")


def check_prolonged(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """Longer than the month only as long as every party wants it, and to a later day than now."""
    if not facts["all_agree"]:
        raise RuleBroken("all_must_agree", field="all_agree")
    mediation = current(asked.state)
    until = date.fromisoformat(facts["prolonged_to"])
    now = mediation.until if mediation else None
    if until <= (now or asked.today):
        raise RuleBroken("not_longer", field="prolonged_to")


def check_drafted(facts: Mapping[str, Any], _words: Mapping[str, str], _asked: Situation) -> None:
    """An agreement stays oral only where nobody wants it on paper (人民调解法 28)."""
    if facts["agreement_form"] == AgreementForm.ORAL and not facts["nobody_wants_paper"]:
        raise RuleBroken("oral_needs_all", field="nobody_wants_paper")


def check_promised(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """Promises are written down before anybody signs."""
    mediation = current(asked.state)
    if mediation is None or mediation.agreement is None:  # the need of the move was asked before
        return
    _party(facts, mediation.parties)
    if mediation.agreement.signed:
        raise RuleBroken("signed_already", field="promised")


def check_signed(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """Each signs once, a party by its number, nobody before the text was there."""
    mediation = current(asked.state)
    if mediation is None or mediation.agreement is None:  # likewise
        return
    if facts["signer"] == Signer.PARTY:
        _party(facts, mediation.parties)
    if signature(Signer(facts["signer"]), facts.get("party", 0)) not in mediation.unsigned:
        raise RuleBroken("signed_already", field="signer")
    _past(facts, "signed_on", asked, since=local_day(mediation.agreement.drafted_at))


def check_performed(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """A promise is not broken before its day is over."""
    agreement = holding(asked.state)
    step = next((one for one in (agreement.open_steps if agreement else ()) if one.k == facts["k"]), None)
    if step is None:
        raise RuleBroken("no_such_step", field="k")
    seen = _past(facts, "seen_on", asked, since=_began(asked))
    if facts["performance"] == Performance.BROKEN and seen <= step.due_on:
        raise RuleBroken("not_broken_yet", field="seen_on")


def check_visited(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    _past(facts, "visited_on", asked, since=_began(asked))


def check_asked_court(facts: Mapping[str, Any], words: Mapping[str, str], asked: Situation) -> None:
    """All parties apply together, within thirty days from the effect; what comes later says why (民事诉讼法 205)."""
    if not facts["all_apply"]:
        raise RuleBroken("all_must_apply", field="all_apply")
    agreement = holding(asked.state)
    if agreement is None or agreement.effect_on is None:  # likewise
        return
    on = _past(facts, "asked_on", asked, since=agreement.effect_on)
    until = by_rule(asked.counting, "ME-JC30", agreement.effect_on)
    if until is not None and on > until.due and not words.get("why_late"):
        raise RuleBroken("field_required", field="why_late")


def check_court_word(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    mediation = last(asked.state.mediations)
    _past(facts, "decided_on", asked, since=mediation.asked_court_on if mediation else None)


def check_result(facts: Mapping[str, Any], _words: Mapping[str, str], asked: Situation) -> None:
    """That an agreement was performed is said of one whose every promise was seen kept (gaming C-7)."""
    mediation = last(asked.state.mediations)
    if facts.get("result") != Result.AGREEMENT_PERFORMED or mediation is None:
        return
    if mediation.agreement is None or not mediation.agreement.is_performed:
        raise RuleBroken("agreement_not_performed", field="result")


TIME_RULES = {
    MediationKind.PEOPLE: "ME-1M",
    MediationKind.MEDICAL: "ME-MED30W",
    MediationKind.LABOUR: "ME-LAB15",
}


def offered(facts: Mapping[str, Any], _asked: Situation) -> dict[str, Any]:
    """A labour dispute is free for arbitration fifteen days after the request for mediation (劳动争议调解仲裁法 14)."""
    labour = facts["mediation_kind"] == MediationKind.LABOUR
    return {"time_rule": TIME_RULES[MediationKind.LABOUR]} if labour else {}


def begins(_facts: Mapping[str, Any], asked: Situation) -> dict[str, Any]:
    """The month, or the thirty working days, begin with the first mediator; another one begins nothing anew."""
    mediation = current(asked.state)
    if mediation is None or mediation.mediator is not None or mediation.time_limit:
        return {}
    return {"time_rule": TIME_RULES[mediation.kind]}


def effect_after(facts: Mapping[str, Any], asked: Situation) -> dict[str, Any]:
    """The day on which the agreement takes effect with this signature, once none is missing (人民调解法 29)."""
    mediation = current(asked.state)
    if mediation is None or mediation.agreement is None:
        return {}
    key = signature(Signer(facts["signer"]), facts.get("party", 0))
    if set(mediation.unsigned) - {key}:
        return {}
    days = [*mediation.agreement.signed.values(), date.fromisoformat(facts["signed_on"])]
    return {"effect_on": max(days).isoformat()}


def oral_effect(facts: Mapping[str, Any], asked: Situation) -> dict[str, Any]:
    """An oral agreement holds from the day on which it is reached (人民调解法 30)."""
    oral = facts["agreement_form"] == AgreementForm.ORAL
    return {"effect_on": asked.today.isoformat()} if oral else {}


def after_breach(facts: Mapping[str, Any], asked: Situation) -> dict[str, Any]:
    """What was solved or closed by an agreement opens again by itself when a promise is broken (S11)."""
    if facts["performance"] != Performance.BROKEN or asked.state.stage not in _RESTING:
        return {}
    stage = Stage.HANDLING if asked.state.accepted_at else Stage.TRIAGED
    return {"ground": ReopenGround.BREACH.value, "stage": stage.value}


CHECKS = {
    "offer_mediation": check_offered,
    "answer_mediation": check_answered,
    "name_mediator": check_mediator,
    "tell_mediation_rights": check_told,
    "hold_mediation": check_held,
    "prolong_mediation": check_prolonged,
    "draft_agreement": check_drafted,
    "add_performance": check_promised,
    "sign_agreement": check_signed,
    "record_performance": check_performed,
    "visit_parties": check_visited,
    "ask_confirmation": check_asked_court,
    "record_confirmation": check_court_word,
}
