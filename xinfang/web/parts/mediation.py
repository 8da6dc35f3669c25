"""The mediation file of one matter in words: parties, consents, mediator, agreement, promises, court."""

from typing import Any

from django.utils.translation import gettext as _

from xinfang.documents.mediation_papers import papers_of
from xinfang.labels.dates import day
from xinfang.labels.mediation import ANSWERS, COURT, DOUBTS, FORMS, KINDS, PAPERS, PERFORMED, SIGNERS
from xinfang.queries.committees import committee_of
from xinfang.queries.dossier import Dossier
from xinfang.rules.access.sight import MEDIATION_READERS
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.clocks.limits import CODES
from xinfang.rules.lifecycle.mediating import names_of
from xinfang.rules.matters.events import EventType
from xinfang.rules.mediation.codes import Doubt, MediationPaper, Signer
from xinfang.rules.mediation.file import Agreement, Mediation, last

COURT_RULE, ENFORCE_RULE = "ME-JC30", "ME-ENF2Y"


def enumerate_parties(dossier: Dossier, mediation: Mediation | None = None) -> dict[str, str]:
    """What to call each party of a mediation, of the newest where none is named: by the number that events say."""
    mediation = mediation or last(dossier.state.mediations)
    if mediation is None:
        return {}
    names = names_of(dossier.word("other_parties", mediation.seq) or "")
    others = {
        str(n): names[n - 2] if n - 2 < len(names) else _("对方当事人 %(n)s") % {"n": n - 1}
        for n in mediation.parties[1:]
    }
    return {"1": _("信访人")} | others


def mediations_in_words(dossier: Dossier) -> list[dict[str, Any]]:
    """Every mediation with its dates, the newest first; words as far as the dossier opens them."""
    return [_row(dossier, mediation) for mediation in reversed(dossier.state.mediations)]


def _row(dossier: Dossier, mediation: Mediation) -> dict[str, Any]:
    names = enumerate_parties(dossier, mediation)
    newest = mediation.k == len(dossier.state.mediations)
    return {
        "mediation": mediation,
        "kind": KINDS[mediation.kind],
        "dispute": dossier.word("dispute", mediation.seq),
        "parties": [
            {
                "name": names[str(n)],
                "answer": ANSWERS[mediation.answers[n]] if n in mediation.answers else "",
                "told": n in mediation.rights_told,
            }
            for n in mediation.parties
        ],
        "papers": [(kind.value, PAPERS[kind]) for kind in _papers(dossier, mediation)],
        "mediator": dossier.person(mediation.mediator),
        "committee": committee_of(mediation.committee),
        "within": _until(dossier, mediation),
        "agreement": _agreement(dossier, mediation, names) if mediation.agreement else None,
        "court": COURT[mediation.court] if mediation.court else "",
        "court_until": _due(dossier, COURT_RULE) if newest and mediation.asked_court_on is None else "",
        "enforce_until": _due(dossier, ENFORCE_RULE) if newest else "",
    }


def _papers(dossier: Dossier, mediation: Mediation) -> list[MediationPaper]:
    """What can be printed by now; the record of what was said only by those who mediate."""
    reads = bool(dossier.asked.actor.roles & MEDIATION_READERS)
    return [kind for kind in papers_of(mediation) if reads or kind is not MediationPaper.RECORD]


def _clock(dossier: Dossier, k: int) -> Clock | None:
    limit = next((one for one in dossier.state.limits if one.k == k), None)
    found = (c for c in dossier.asked.clocks if limit is not None and c.k == limit.k and c.code in CODES.values())
    return next(found, None)


def _until(dossier: Dossier, mediation: Mediation) -> str:
    """Until when it should end: the day the parties agreed on, else the law's."""
    if mediation.until:
        return day(mediation.until)
    clock = _clock(dossier, mediation.time_limit)
    return day(clock.due.due) if clock and clock.due else ""


def _due(dossier: Dossier, rule: str) -> str:
    running = [limit.k for limit in dossier.state.limits if limit.rule == rule and limit.runs]
    clock = _clock(dossier, running[-1]) if running else None
    return day(clock.due.due) if clock and clock.due else ""


def _agreement(dossier: Dossier, mediation: Mediation, names: dict[str, str]) -> dict[str, Any]:
    agreement = mediation.agreement or Agreement(form=next(iter(FORMS)), drafted_at=mediation.offered_at, seq=0)
    event = next((e for e in dossier.events if e.seq == agreement.seq), None)
    promised = [e.seq for e in dossier.events if e.type == EventType.PERFORMANCE_PROMISED and e.seq > agreement.seq]
    return {
        "fact": agreement,
        "form": FORMS[agreement.form],
        "number": event.payload.get("document", "") if event else "",
        "content": dossier.word("content", agreement.seq),
        "effect": day(agreement.effect_on) if agreement.effect_on else "",
        "unsigned": [_signer(key, names) for key in mediation.unsigned],
        "doubts": [DOUBTS[Doubt(code)] for code in (event.payload.get("doubts", ()) if event else ())],
        "steps": [
            {
                "who": names.get(str(step.party), ""),
                "due": day(step.due_on),
                "yuan": step.yuan,
                "what": dossier.word("promised", seq),
                "done": PERFORMED[step.done] if step.done else "",
                "done_on": day(step.done_on) if step.done_on else "",
            }
            for step, seq in zip(agreement.steps, promised, strict=False)
        ],
    }


def _signer(key: str, names: dict[str, str]) -> str:
    kind, _colon, party = key.partition(":")
    return names.get(party, "") if kind == Signer.PARTY else str(SIGNERS[Signer(kind)])
