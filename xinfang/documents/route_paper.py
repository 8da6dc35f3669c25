"""F-06, the notice of another procedure: which demand, which procedure, where, how, until when and why until then.

Source: articles 22, 31 of the Regulation; the Legal Aid Law, articles 31-44; `policies/routes.yaml`.
"""

from datetime import date

from django.utils.translation import gettext as _

from xinfang.documents.official import Body, Counted, Line, Record, counted
from xinfang.labels.codes import ROUTES
from xinfang.labels.limits import RULES
from xinfang.queries.routes import procedures
from xinfang.rules.clocks.limits import CODES
from xinfang.rules.matters.codes import Route
from xinfang.rules.routes.procedures import Procedure


def route_paper(told: Record) -> Body:
    """The notice of the procedure that this event chose."""
    procedure = procedures().get(told.fact("procedure"))
    route = Route(told.event.payload["route"])
    name = procedure.name if procedure else str(ROUTES[route])
    body = told.word("competent_body")
    limits = _limits(told, procedure)
    return Body(
        title=_("诉访分离告知书") if route is Route.JUDICIAL else _("法定途径告知书"),
        lines=_lines(told, procedure, name, route),
        meaning=_("您反映的事项依法应当通过“%(name)s”处理。这份告知书告诉您到哪里、怎样申请。") % {"name": name},
        can=(
            _("在最迟日期以前向%(body)s申请。") % {"body": body},
            _("需要律师帮助的，申请法律援助（办法在这份告知书上）。"),
            _("认为不应当走这个程序的，可以向本机关说明理由，也可以请上一级机关纠正。"),
        ),
        latest=[_latest(one) for one in limits] or [_("这个程序没有固定的申请期限，请尽早申请。")],
        says=(_aid(told), _("信访事项的办理不影响上述期限，期限照常计算。")),
        limits=limits,
    )


def _lines(told: Record, procedure: Procedure | None, name: str, route: Route) -> list[Line]:
    lines = [
        (_("诉求"), told.demand),
        (_("法定途径"), _("%(name)s（%(route)s）") % {"name": name, "route": ROUTES[route]}),
        (_("为什么"), told.word("reason")),
        (_("受理机关"), told.word("competent_body")),
        (_("怎样申请"), told.word("how_to_apply")),
    ]
    if procedure:
        lines.append((_("要带的材料"), procedure.papers))
    if told.fact("case_number"):
        lines.append((_("案号"), told.fact("case_number")))
    return [*lines, (_("依据"), _basis(procedure))]


def _basis(procedure: Procedure | None) -> str:
    law = [f"《{one.title}》{one.article}" for one in procedure.basis] if procedure else []
    return "；".join(["《信访工作条例》第二十二条、第三十一条", *law])


def _limits(told: Record, procedure: Procedure | None) -> list[Counted]:
    """Those of the procedure: with their days where the first day is known, else with what they count from."""
    began = date.fromisoformat(told.fact("trigger_on")) if told.fact("trigger_on") else None
    return [_limit(told, rule, began) for rule in (procedure.limits if procedure else ())]


def _limit(told: Record, rule: str, began: date | None) -> Counted:
    noted = {limit.k for limit in told.dossier.state.limits if limit.rule == rule and limit.from_on == began}
    asked = told.dossier.asked
    clocks = [clock for clock in asked.clocks if clock.code in CODES.values() and clock.k in noted]
    if clocks:
        return counted(told.dossier, clocks[-1])
    return Counted(str(RULES[rule]), "")


def _latest(one: Counted) -> str:
    if one.until:
        return _("%(name)s：请注意，最迟 %(day)s。") % {"name": one.name, "day": one.until}
    return _("%(name)s：起算的日子还不清楚，请带上文书向受理机关问明，尽早申请。") % {"name": one.name}


def _aid(told: Record) -> str:
    said = _(
        "法律援助：拨打12348，或者到司法局法律援助机构、司法所申请，不收费；请求支付劳动报酬、工伤待遇的农民工不审查"
        "经济困难；离最后一天不到七日的，可以先行提供。"
    )
    offered = _("办理人已经告诉您可以申请法律援助。") if told.event.payload.get("aid_offered") else ""
    return said + offered
