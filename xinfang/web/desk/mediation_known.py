"""What a form of the mediation file can say before anybody types: nothing is written down twice."""

from collections.abc import Callable

from xinfang.queries.committees import committee_of, next_number
from xinfang.queries.dossier import Dossier
from xinfang.rules.lifecycle import mediating
from xinfang.rules.lifecycle.move import FieldKind, Move
from xinfang.rules.matters.events import MEDIATION_EVENTS
from xinfang.rules.mediation.codes import Signer
from xinfang.rules.mediation.file import Mediation, last
from xinfang.rules.people.seats import Role

# Days that lie ahead are agreed on by people; every other day of the file is most often today.
_AHEAD = frozenset({"due_on", "prolonged_to"})
_REWORDED = ("agreed_facts", "responsibility", "content", "performed_how", "performed_where")


def known_for(dossier: Dossier, move: Move) -> dict[str, str]:
    """Values by field name; empty for every move outside the mediation file."""
    if move.event not in MEDIATION_EVENTS:
        return {}
    days = [spec.name for spec in move.fields if spec.kind is FieldKind.DATE and spec.name not in _AHEAD]
    found = dict.fromkeys(days, dossier.asked.today.isoformat())
    own = _KNOWN.get(move.name)
    mediation = last(dossier.state.mediations)
    return found | (own(dossier, mediation) if own else {})


def _offer(dossier: Dossier, mediation: Mediation | None) -> dict[str, str]:
    """After an earlier mediation its own words, else what the petitioner asks for."""
    if mediation is None:
        return {"dispute": dossier.word("demand") or "", "mediation_kind": "people"}
    said = {name: dossier.word(name, mediation.seq) or "" for name in ("dispute", "other_parties")}
    return {**said, "mediation_kind": mediation.kind.value}


def _answer(_dossier: Dossier, mediation: Mediation | None) -> dict[str, str]:
    return {"party": str(mediation.waiting_for[0])} if mediation and mediation.waiting_for else {}


def _rights(_dossier: Dossier, mediation: Mediation | None) -> dict[str, str]:
    return {"party": str(mediation.untold[0])} if mediation and mediation.untold else {}


def _mediator(dossier: Dossier, _mediation: Mediation | None) -> dict[str, str]:
    actor = dossier.asked.actor
    return {"mediator": str(actor.user_id)} if Role.MEDIATOR in actor.roles else {}


def _draft(dossier: Dossier, mediation: Mediation | None) -> dict[str, str]:
    """The last wording, to be mended; for a first one, what the dispute is about."""
    if mediation is None:
        return {}
    if mediation.agreement is None:
        committee = committee_of(mediation.committee)
        number = {"document": next_number(committee, dossier.asked.today)} if committee else {}
        return {"agreed_facts": dossier.word("dispute", mediation.seq) or "", "agreement_form": "written", **number}
    said = {name: dossier.word(name, mediation.agreement.seq) or "" for name in _REWORDED}
    event = next(e for e in dossier.events if e.seq == mediation.agreement.seq)
    return {**said, "agreement_form": "written", "document": event.payload["document"]}


def _sign(_dossier: Dossier, mediation: Mediation | None) -> dict[str, str]:
    if mediation is None or not mediation.unsigned:
        return {}
    kind, _colon, party = mediation.unsigned[0].partition(":")
    return {"signer": kind, **({"party": party} if kind == Signer.PARTY else {})}


def _performed(dossier: Dossier, _mediation: Mediation | None) -> dict[str, str]:
    agreement = mediating.holding(dossier.state)
    return {"k": str(agreement.open_steps[0].k)} if agreement and agreement.open_steps else {}


_KNOWN: dict[str, Callable[[Dossier, Mediation | None], dict[str, str]]] = {
    "offer_mediation": _offer,
    "answer_mediation": _answer,
    "tell_mediation_rights": _rights,
    "name_mediator": _mediator,
    "draft_agreement": _draft,
    "sign_agreement": _sign,
    "record_performance": _performed,
}
