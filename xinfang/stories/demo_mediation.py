"""The mediation committees of the demo's centres, and three matters of each that are being mediated, or were."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from xinfang.models import Committee, Event, Matter, Post, Unit
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.lifecycle.allowed import BY_NAME
from xinfang.rules.matters.codes import Kind, Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.mediation.committee import KEEPERS, CommitteeKind
from xinfang.rules.people.seats import Role, Tier
from xinfang.services.committees import CommitteeEntry, set_committee
from xinfang.services.matters import perform
from xinfang.stories.demo_troupe import Troupe

ELECTED_AGO, REGISTERED_AGO = timedelta(days=400), timedelta(days=380)
FIRST_DUE, SECOND_DUE = timedelta(days=10), timedelta(days=40)
_ENDING = re.compile(r"(群众工作服务)?(中心|站)$")
_GOING_ON = (Stage.TRIAGED, Stage.ASSIGNED, Stage.ACCEPTED, Stage.HANDLING)
OTHER = "房后邻居刘某"
OFFER = {
    "mediation_kind": "people", "source": "applied", "other_parties": OTHER,
    "dispute": "相邻双方对滴水、通行和修缮费用有争议，愿意坐下来谈。", "civil": True,
}  # fmt: skip
SITTING = {
    "place": "调解室1", "open_doors": True, "statements": "双方各说了经过，都愿意让一步。",
    "checked": "到现场量过，照片附后。", "outcome_words": "同意分两期负担修缮费用。",
}  # fmt: skip
DRAFT = {
    "agreement_form": "written", "agreed_facts": "双方房屋相邻，屋檐滴水损坏了墙面。",
    "responsibility": "刘某负担修缮费用的大部分，信访人自行粉刷。",
    "performed_how": "银行转账，写明用途。", "performed_where": "镇调解委员会",
}  # fmt: skip


def mediate_some(*, centres: tuple[str, ...], troupe: Troupe, now: datetime) -> None:
    """Register the committees; offer, agree and end a mediation in the first matters that may be mediated."""
    for centre in Unit.objects.filter(pk__in=centres).order_by("pk"):
        with transaction.atomic():
            _register(centre, troupe, now)
            acts = (_waiting, _agreed, _ended)
            if not _mediators().filter(unit=centre).exists() or Matter.objects.filter(pk__in=_offered()).exists():
                continue
            for act, matter in zip(acts, _fit(centre), strict=False):
                act(_Stage(troupe, centre.pk, matter, now))


def _register(centre: Unit, troupe: Troupe, now: datetime) -> None:
    """One committee for the centre and for every station under it that has a mediator."""
    today, by = local_day(now), troupe.player(centre.pk, KEEPERS)
    posted = _mediators().values("unit")
    near = Unit.objects.filter(Q(pk=centre.pk) | Q(parent=centre), pk__in=posted, committee__isnull=True)
    for unit in near.order_by("path"):
        town = unit.tier != Tier.VILLAGE
        name = _ENDING.sub("", unit.short_name)
        entry = CommitteeEntry(
            unit.pk, f"{name}人民调解委员会", (CommitteeKind.TOWNSHIP if town else CommitteeKind.VILLAGE).value,
            f"{name}人调", today - ELECTED_AGO, "7" if town else "5", "2" if town else "1",
            today - REGISTERED_AGO if town else None,
        )  # fmt: skip
        set_committee(entry, by=by, at=now)


def _mediators() -> QuerySet[Post]:
    return Post.objects.filter(role=Role.MEDIATOR.value, to_on__isnull=True)


def _offered() -> QuerySet[Event, UUID]:
    return Event.objects.filter(type=EventType.MEDIATION_OFFERED).values_list("chain_id", flat=True)


def _fit(centre: Unit) -> list[UUID]:
    """Open claims of the centre and its stations, those that nobody has solved yet."""
    stations = Unit.objects.filter(parent=centre).values("pk")
    rows = Matter.objects.filter(kind=Kind.CLAIM.value, restricted=False, is_open=True, stage__in=_GOING_ON)
    rows = rows.filter(Q(holder=centre.pk) | Q(holder__in=stations))
    return list(rows.order_by("-received_at", "pk").values_list("pk", flat=True)[:3])


class _Stage:
    """One matter of one centre at one moment; every move is made by somebody of the centre who may."""

    def __init__(self, troupe: Troupe, centre: str, matter: UUID, now: datetime) -> None:
        self.troupe, self.centre, self.matter, self.now = troupe, centre, matter, now
        self.today = local_day(now)

    def do(self, move: str, **values: Any) -> None:
        by = self.troupe.player(self.centre, BY_NAME[move].roles)
        perform(move, matter=self.matter, by=by, at=self.now, values=values)

    def answer(self, party: int, said: str) -> None:
        self.do("answer_mediation", party=party, party_answer=said, answered_how="in_person", answered_on=self.today)


def _waiting(stage: _Stage) -> None:
    """The petitioner agrees; the other side has not answered."""
    stage.do("offer_mediation", **OFFER)
    stage.answer(1, "consents")


def _ended(stage: _Stage) -> None:
    """The other side does not want to; the matter goes on as before."""
    stage.do("offer_mediation", **OFFER)
    stage.answer(1, "consents")
    stage.answer(2, "declines")


def _agreed(stage: _Stage) -> None:
    """From the offer to an agreement in two instalments that is in effect today."""
    stage.do("offer_mediation", **OFFER)
    for party in (1, 2):
        stage.answer(party, "consents")
        stage.do("tell_mediation_rights", party=party, told_on=stage.today)
    mediator = stage.troupe.player(stage.centre, frozenset({Role.MEDIATOR}))
    stage.do("name_mediator", mediator=mediator.user_id, mediator_why="chosen", no_conflict=True)
    stage.do("hold_mediation", held_on=stage.today, **SITTING)
    first, second = stage.today + FIRST_DUE, stage.today + SECOND_DUE
    mark = Committee.objects.get(pk=stage.centre).mark
    content = f"刘某于{first.isoformat()}前付1200元，{second.isoformat()}前付800元，信访人收款后十日内修好墙面。"
    stage.do("draft_agreement", content=content, document=f"（{stage.today.year}）{mark}字第1号", **DRAFT)
    stage.do("add_performance", party=2, due_on=first, yuan=1200, promised="第一期修缮费用")
    stage.do("add_performance", party=2, due_on=second, yuan=800, promised="第二期修缮费用")
    for party in (1, 2):
        stage.do("sign_agreement", signer="party", party=party, signed_on=stage.today)
    stage.do("sign_agreement", signer="mediator", signed_on=stage.today)
    stage.do("sign_agreement", signer="committee", signed_on=stage.today)
