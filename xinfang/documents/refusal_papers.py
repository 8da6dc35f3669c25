"""F-04 and F-05: why a matter is not accepted, or no longer, which organ is competent, and how to object.

Source: articles 19, 23, 31, 36, 37, 44 of the Regulation; the closed list N-1 to N-5 (domain 2.4).
"""

from datetime import date

from django.utils.translation import gettext as _

from xinfang.documents.official import Body, Line, Record, rights_left
from xinfang.labels.codes import REFUSAL_GROUNDS
from xinfang.labels.dates import day
from xinfang.labels.papers import ARTICLES
from xinfang.queries.people import reviewer_over
from xinfang.queries.units import unit_names
from xinfang.rules.matters.codes import RefusalGround


def non_acceptance(told: Record) -> Body:
    """F-04: the ground with its article, the organ that is competent, and the way to object."""
    ground = RefusalGround(told.event.payload["ground"])
    lines: list[Line] = [
        (_("诉求"), told.demand),
        (_("不予受理的理由"), _("%(ground)s（%(code)s）") % {
            "code": ground_code(ground), "ground": REFUSAL_GROUNDS[ground],
        }),
        (_("依据"), str(ARTICLES[ground])),
        (_("有权处理的机关"), told.word("competent_body")),
    ]  # fmt: skip
    until = told.fact("handled_until")
    if until:
        lines.append((_("该机关办理到"), day(date.fromisoformat(until))))
    return Body(
        title=_("不予受理告知书"),
        lines=lines,
        meaning=_("您反映的事项，本机关依法不予受理。不是说您反映的没有道理，而是应当由别的机关处理。"),
        can=(_("向%(body)s提出。") % {"body": told.word("competent_body")}, *_objecting(told)),
        latest=_latest(told, until),
    )


def no_longer(told: Record) -> Body:
    """F-05: which final review, the statement about the same facts and reasons, what would be new, where help is."""
    lines: list[Line] = [
        (_("诉求"), told.demand),
        (_("复核意见书"), told.fact("final_document")),
        (_("复核意见书日期"), day(date.fromisoformat(told.fact("final_on")))),
        (_("复核机关"), told.fact("final_organ")),
        (_("比对情况"), told.word("comparison")),
        (_("依据"), str(ARTICLES[RefusalGround.N2_REVIEWED_SAME_FACTS])),
    ]
    return Body(
        title=_("不再受理告知书"),
        lines=lines,
        meaning=_("您反映的事项已经有复核意见，这次提出的是同一事实和理由，本机关依法不再受理。"),
        can=(
            _("有新的事实、新的证据或者新的理由，可以作为新的信访事项提出，本机关应当登记。"),
            *_objecting(told),
            _("生活有困难的，可以申请社会救助、司法救助、法律援助（电话12348），联系人帮您办。"),
        ),
        latest=_latest(told, ""),
        says=(
            _("经人工逐项比对，这次提出的诉求、事实和理由与复核意见书已经审查的相同。"),
            _(
                "以下算新的：复核以后才发生的事；复核时没有提出、也没有审查过的证据；复核意见没有答复的诉求；"
                "法律、政策有了变化。"
            ),
            _("不再受理不影响您依法享有的其他权利，也不影响解释疏导和帮扶救助。"),
        ),
    )


def ground_code(ground: RefusalGround) -> str:
    """For example N-1."""
    return f"N-{ground.value[1:]}"


def _objecting(told: Record) -> tuple[str, ...]:
    state = told.dossier.state
    kept_away = {told.event.unit, state.organ} | state.recused_units
    above = reviewer_over(state.holder_path, kept_away, told.dossier.asked.today)
    name = unit_names([above]).get(above) or _("作出本告知的机关的上一级机关")
    return (
        _(
            "对这份告知有异议的，用查询码打开办理进度，按“对不予受理有异议”提出，由%(above)s审查；不会用的，当面或者写信也可以。"
        )
        % {"above": name},
    )


def _latest(told: Record, until: str) -> list[str]:
    said = [_("提出异议没有最迟日期。"), *rights_left(told.dossier)]
    if until:
        where = {"body": told.word("competent_body"), "day": day(date.fromisoformat(until))}
        said.insert(0, _("%(body)s最迟 %(day)s 办结。") % where)
    return said
