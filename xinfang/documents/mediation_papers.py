"""The papers of one mediation, F-M1 to F-M10: what is known is printed, what is signed is left free (domain 5.2).

Sources: 人民调解法 23, 24, 26-29; 人民调解工作若干规定 30, 34, 35; 民事诉讼法 205.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from xinfang.labels.dates import day
from xinfang.labels.mediation import ENDS, KINDS, PAPERS, SOURCES
from xinfang.queries.committees import committee_of
from xinfang.queries.dossier import Dossier
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.ledger.chain import Event
from xinfang.rules.lifecycle.mediating import names_of
from xinfang.rules.matters.events import EventType
from xinfang.rules.mediation.codes import MediationEnd, MediationPaper, MediationSource
from xinfang.rules.mediation.file import Mediation

Line = tuple[str, str]


@dataclass(frozen=True)
class Paper:
    """One printed paper: its form number, lines of name and text, what everybody is told, who signs."""

    kind: MediationPaper
    form: str
    title: str
    lines: tuple[Line, ...] = ()
    told: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Told:
    """One mediation as it stands in its dossier, with the petitioner's name as far as it is open."""

    dossier: Dossier
    mediation: Mediation
    petitioner: str

    @property
    def names(self) -> list[str]:
        return [self.petitioner, *names_of(self.word("other_parties", self.mediation.seq))]

    def name(self, party: int) -> str:
        return self.names[party - 1] if party <= len(self.names) else ""

    def word(self, name: str, seq: int) -> str:
        return self.dossier.word(name, seq) or ""

    def events(self, *kinds: EventType) -> list[Event]:
        """Those of this mediation; the next one begins with its own offer."""
        later = [m.seq for m in self.dossier.state.mediations if m.seq > self.mediation.seq]
        until = min(later, default=self.dossier.state.seq + 1)
        return [e for e in self.dossier.events if e.type in kinds and self.mediation.seq <= e.seq < until]


def papers_of(mediation: Mediation) -> tuple[MediationPaper, ...]:
    """Which papers this mediation has by now, in the order of the dossier."""
    there = {
        MediationPaper.REQUEST: True,
        MediationPaper.RIGHTS: True,
        MediationPaper.RECORD: mediation.sittings > 0,
        MediationPaper.AGREEMENT: mediation.agreement is not None,
        MediationPaper.COURT: mediation.in_effect,
        MediationPaper.VISIT: mediation.in_effect,
        MediationPaper.END: mediation.ended_at is not None,
    }
    return tuple(kind for kind in MediationPaper if there[kind])


def paper_of(kind: MediationPaper, dossier: Dossier, mediation: Mediation, petitioner: str) -> Paper:
    """The paper, filled in and in Chinese whoever prints it; `petitioner`: the name as far as the reader may see it."""
    with translation.override(settings.LANGUAGE_CODE):
        return _filled(kind, _Told(dossier, mediation, petitioner))


def _filled(kind: MediationPaper, told: _Told) -> Paper:
    dossier, mediation = told.dossier, told.mediation
    paper = _MADE[kind](told)
    number = _("%(number)s 第 %(k)s 次调解") % {"number": dossier.matter.number, "k": mediation.k}
    parties: Sequence[Line] = [
        (_("当事人"), name) if n else (_("信访人（当事人）"), name) for n, name in enumerate(told.names)
    ]
    committee = committee_of(mediation.committee)
    kept_by = ((_("调解委员会"), committee.name),) if committee else ()
    head = (*kept_by, (_("单号"), number), (_("种类"), str(KINDS[mediation.kind])), *parties)
    return replace(paper, title=str(PAPERS[kind]), lines=(*head, *paper.lines))


def _request(told: _Told) -> Paper:
    offered = told.events(EventType.MEDIATION_OFFERED)[0]
    source = MediationSource(offered.payload["source"])
    lines = (
        (_("提出日期"), day(local_day(told.mediation.offered_at))),
        (_("来源"), str(SOURCES[source])),
        (_("纠纷的简要情况"), told.word("dispute", told.mediation.seq)),
    )
    said = _("已经知道调解自愿、不收费，自愿申请人民调解。")
    return Paper(MediationPaper.REQUEST, "F-M1", "", lines, (said,), (_("申请人"), _("登记人"), _("日期")))


def rights_in_words() -> tuple[str, ...]:
    """What everybody is told before being mediated (人民调解法 3, 4, 23, 24, 31; 民事诉讼法 205)."""
    return (
        _("人民调解是在调解委员会主持下，由各方当事人自愿协商解决民事纠纷，不收任何费用。"),
        _("您可以选择或者接受调解员，可以要求更换；可以接受、拒绝或者随时终止调解。"),
        _("您可以要求公开或者不公开调解；可以自主表达意愿，自愿达成协议。"),
        _("您应当如实说明事实，遵守现场秩序，尊重调解员和对方。"),
        _("不调解或者调解不成，可以依法仲裁、走行政途径或者起诉。信访事项的期限照常计算。"),
        _("达成的协议有法律约束力，应当履行；各方可以在生效后三十日内共同申请司法确认。"),
    )


def _rights(told: _Told) -> Paper:
    mediator = ((_("调解员"), told.dossier.person(told.mediation.mediator)),) if told.mediation.mediator else ()
    return Paper(MediationPaper.RIGHTS, "F-M2", "", mediator, rights_in_words(), (*told.names, _("告知人"), _("日期")))


def _record(told: _Told) -> Paper:
    lines: list[Line] = []
    names = {
        "place": _("地点"), "present_people": _("参加人"), "statements": _("各方怎么说"), "checked": _("核实了什么"),
        "danger_measures": _("采取了什么措施"), "outcome_words": _("结果"),
    }  # fmt: skip
    for event in told.events(EventType.MEDIATION_HELD):
        lines.append((_("调解日期"), event.payload["held_on"]))
        lines += [(label, text) for name, label in names.items() if (text := told.word(name, event.seq))]
    return Paper(
        MediationPaper.RECORD, "F-M6", "", tuple(lines), (), (*told.names, _("调解员"), _("记录人"), _("印章"))
    )


def _agreement(told: _Told) -> Paper:
    agreement = told.mediation.agreement
    if agreement is None:
        return Paper(MediationPaper.AGREEMENT, "F-M7", "")
    event = next(e for e in told.events(EventType.AGREEMENT_DRAFTED) if e.seq == agreement.seq)
    names = {
        "agreed_facts": _("主要事实、争议事项"), "responsibility": _("各方的责任"), "content": _("协议内容"),
        "performed_how": _("怎样履行"), "performed_where": _("在哪里履行"),
    }  # fmt: skip
    lines = [(_("协议编号"), event.payload["document"])]
    lines += [(label, told.word(name, agreement.seq)) for name, label in names.items()]
    lines += _promises(told)
    copies = _("本协议一式 %(n)s 份，当事人各一份，调解委员会存一份。") % {"n": len(told.names) + 1}
    if agreement.effect_on:
        lines.append((_("生效日期"), day(agreement.effect_on)))
    oral = told.mediation.agreement is not None and not told.mediation.agreement.signed and told.mediation.in_effect
    form = "F-M7b" if oral else "F-M7"
    signs = (_("调解员"), _("日期")) if oral else (*told.names, _("调解员"), _("记录人"), _("印章"), _("日期"))
    said = (_("当事人认为无需制作书面协议。"),) if oral else (copies,)
    return Paper(MediationPaper.AGREEMENT, form, "", tuple(lines), said, signs)


def _promises(told: _Told) -> list[Line]:
    agreement = told.mediation.agreement
    steps = agreement.steps if agreement else ()
    events = [e for e in told.events(EventType.PERFORMANCE_PROMISED) if agreement and e.seq > agreement.seq]
    lines = []
    for step, event in zip(steps, events, strict=True):
        money = _("%(n)s 元，") % {"n": step.yuan} if step.yuan else ""
        text = _("%(who)s，最迟 %(day)s：%(money)s%(what)s") % {
            "who": told.name(step.party), "day": day(step.due_on), "money": money,
            "what": told.word("promised", event.seq),
        }  # fmt: skip
        lines.append((_("第 %(k)s 件") % {"k": step.k}, text))
    return lines


def _court(told: _Told) -> Paper:
    """F-M8: both apply together; what the committee certifies stands on the same sheet."""
    lines = [line for line in _agreement(told).lines if line[0] in {_("协议编号"), _("协议内容"), _("生效日期")}]
    said = (
        _("各方共同请求人民法院确认上述调解协议的效力。"),
        _("各方出于自愿达成协议，没有恶意串通、规避法律的行为，没有损害国家、集体和他人的合法权益。"),
        _("调解委员会证明：上述协议由本委员会主持调解达成。"),
    )
    signs = (_("人民法院"), *told.names, _("送达地址和电话"), _("印章"), _("日期"))
    return Paper(MediationPaper.COURT, "F-M8", "", tuple(lines), said, signs)


def _visit(told: _Told) -> Paper:
    lines = [line for line in _agreement(told).lines if line[0] in {_("协议编号"), _("生效日期")}] + _promises(told)
    for event in told.events(EventType.PARTIES_VISITED):
        lines.append((_("回访 %(day)s") % {"day": event.payload["visited_on"]}, told.word("found", event.seq)))
    said = (_("回访看协议履行了没有、各方有没有不同意见、有没有激化的苗头，如实记录。"),)
    return Paper(MediationPaper.VISIT, "F-M9", "", tuple(lines), said, (*told.names, _("回访人"), _("日期")))


def _end(told: _Told) -> Paper:
    """F-M10: why it ended, as far as that is anybody's business, and the ways that stay open."""
    ended = told.events(EventType.MEDIATION_ENDED)
    lines: tuple[Line, ...] = (
        ((_("终止日期"), day(local_day(told.mediation.ended_at))),) if told.mediation.ended_at else ()
    )
    for event in ended:
        lines += (
            (_("原因"), str(ENDS[MediationEnd(event.payload["mediation_end"])])),
            (_("可以走的途径"), told.word("routes_told", event.seq)),
        )
    said = (_("调解终止后，各方可以依法通过仲裁、行政、司法等途径维护权利；参加不参加调解，对信访事项没有影响。"),)
    return Paper(MediationPaper.END, "F-M10", "", lines, said, (*told.names, _("调解员"), _("日期")))


_MADE: dict[MediationPaper, Callable[[_Told], Paper]] = {
    MediationPaper.REQUEST: _request,
    MediationPaper.RIGHTS: _rights,
    MediationPaper.RECORD: _record,
    MediationPaper.AGREEMENT: _agreement,
    MediationPaper.COURT: _court,
    MediationPaper.VISIT: _visit,
    MediationPaper.END: _end,
}
