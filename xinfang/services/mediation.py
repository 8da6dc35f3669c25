"""What an event of the mediation file says beside what was typed: dates, how many parties, what a court may doubt."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from xinfang.policies import shipped
from xinfang.queries.committees import committee_for
from xinfang.rules.lifecycle import mediating
from xinfang.rules.lifecycle.situation import Situation
from xinfang.rules.mediation.clauses import Clause, doubts, plain, read_clauses, refused_by
from xinfang.rules.refusals import RuleBroken


def _named(facts: Mapping[str, Any], asked: Situation) -> dict[str, Any]:
    """When the time begins, and which committee keeps the file, where the register knows one."""
    unit = committee_for(facts["mediator"], asked.state.holder_path, asked.today)
    return mediating.begins(facts, asked) | ({"committee": unit} if unit else {})


SPECIAL = {
    "offer_mediation": mediating.offered,
    "name_mediator": _named,
    "draft_agreement": mediating.oral_effect,
    "sign_agreement": mediating.effect_after,
    "record_performance": mediating.after_breach,
}
# Every word that binds a party is searched for clauses that bind nobody.
_BINDING = {
    "draft_agreement": ("responsibility", "content", "performed_how"),
    "add_performance": ("promised",),
}


@cache
def _clauses() -> tuple[Clause, ...]:
    return read_clauses(shipped("forbidden_clauses.yaml"))


def said_in_words(name: str, words: Mapping[str, str]) -> dict[str, Any]:
    """How many others take part, and what a court may doubt: counts and codes, never the words themselves.

    Raises for a clause that may not stand in any agreement: giving up petition, suit or report, restraint, penalties.
    """
    for field in _BINDING.get(name, ()):
        clause = refused_by(_clauses(), "agreement", words.get(field, ""))
        if clause is not None:
            raise RuleBroken("forbidden_clause", field=field, reason=clause.reason)
    if name == "offer_mediation":
        return {"others": len(mediating.names_of(words["other_parties"]))}
    if name == "draft_agreement":
        return {"doubts": [doubt.value for doubt in doubts(plain(words["content"]))]}
    return {}
