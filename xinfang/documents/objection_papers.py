"""F-10: the letter of a unit that says the matter is not its own, and the answer to it (articles 23, 24)."""

from django.utils.translation import gettext as _

from xinfang.documents.official import Body, Line, Record
from xinfang.labels.codes import RULED_BY
from xinfang.labels.dates import day
from xinfang.queries.issuers import issuer_of
from xinfang.queries.materials import papers_of
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import ClockCode, RuledBy
from xinfang.rules.matters.events import EventType

OBJECTED = (EventType.OBJECTED, EventType.PART_OBJECTED)


def objection_letter(told: Record) -> Body:
    """Why, who should have it instead, which papers go back; until when it is ruled upon."""
    given = _given(told)
    lines: list[Line] = [(_("信访人"), told.petitioner), (_("诉求"), told.demand)]
    if given:
        lines.append((_("交办（转送）日期"), day(local_day(given.occurred_at))))
        lines += [(_("交办（转送）文书"), str(given.payload["document"]))] if given.payload.get("document") else []
    lines.append((_("异议理由"), told.word("reason")))
    if told.fact("suggested"):
        lines.append((_("建议承办的机关"), _organ(told, told.fact("suggested"))))
    lines += [(_("退回的材料"), _materials(told)), (_("依据"), "《信访工作条例》第二十三条")]
    until = _ruled_until(told)
    return Body(
        title=_("异议函"),
        addressee=_organ(told, given.unit) if given else "",
        lines=lines,
        meaning=_("收到的信访事项不属于本机关的职权，现提出异议，请核实。核实同意以前，材料不退回，期限照常计算。"),
        can=(_("核实同意的，收回材料，另行确定承办机关；不同意的，写明理由答复本机关。"),),
        latest=[_("请最迟 %(day)s 前裁定。") % {"day": until}] if until else [_("请尽快裁定。")],
    )


def objection_reply(told: Record) -> Body:
    """Agreed or not, by whom and why, who has the matter now."""
    objection = next(one for one in told.dossier.state.objections if one.seq == told.event.seq)
    letter = _letters(told)[objection.k - 1]
    lines: list[Line] = [(_("异议函日期"), day(local_day(objection.at)))]
    if letter.payload.get("document"):
        lines.append((_("异议函编号"), str(letter.payload["document"])))
    decided = _("同意退件") if objection.upheld else _("不同意退件")
    ruled_by = RULED_BY[RuledBy(told.fact("ruled_by") or RuledBy.BUREAU)]
    lines += [(_("信访人"), told.petitioner), (_("诉求"), told.demand), (_("决定"), decided)]
    lines += [(_("由谁决定"), str(ruled_by)), (_("理由"), told.word("reason"))]
    if objection.instead:
        lines.append((_("改由谁承办"), _organ(told, objection.instead)))
    lines.append((_("依据"), "《信访工作条例》第二十三条、第二十四条"))
    again = _("请收回材料的单位继续办理。") if objection.upheld else _("请继续办理；对同一件不能再提异议。")
    return Body(
        title=_("同意退件复函") if objection.upheld else _("不同意退件复函"),
        addressee=_organ(told, letter.unit),
        lines=lines,
        meaning=_("对退件异议的答复：%(decided)s。") % {"decided": decided},
        can=(again,),
        latest=(_("信访事项的各项期限不因异议停止，也不重新计算。"),),
    )


def _given(told: Record) -> Event | None:
    """The event that gave the matter to who objects."""
    unit = told.event.unit
    before = [event for event in told.dossier.events if event.seq < told.event.seq]
    mine = (
        event
        for event in reversed(before)
        if unit in {event.payload.get(name) for name in ("lead", "instead", "ordered")}
        or unit in {row["unit"] for row in event.payload.get("co_units", ())}
    )
    return next(mine, None)


def _letters(told: Record) -> list[Event]:
    """Every objection in the order in which the state numbers them."""
    return [event for event in told.dossier.events if event.type in OBJECTED]


def _ruled_until(told: Record) -> str:
    k = _letters(told).index(told.event) + 1
    clocks = told.dossier.asked.clocks
    mine = [clock for clock in clocks if clock.code is ClockCode.RULING and max(clock.k, 1) == k]
    return day(mine[0].due.due) if mine and mine[0].due else ""


def _materials(told: Record) -> str:
    named = [line.strip() for line in told.word("papers", 1).splitlines() if line.strip()]
    named += [paper.name for paper in papers_of(told.dossier.matter.pk) if not paper.is_masked]
    return "、".join(named) or _("无")


def _organ(told: Record, unit: str) -> str:
    """The organ that answers for a unit; a unit of which none is known is named itself."""
    organ = issuer_of(unit)
    return organ.name if organ else told.dossier.unit(unit)
