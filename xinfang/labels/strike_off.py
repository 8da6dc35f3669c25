"""Words for the strike-off sheet: its eight conditions and what is missing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

CONDITIONS: dict[str, Words] = {
    "Z-1": _("法定文书已出具并送达"),
    "Z-2": _("支持或承诺的措施已落实，方案已完成"),
    "Z-3": _("已由办理单位以外的人回访"),
    "Z-4": _("已告知结果、救济途径和日期"),
    "Z-5": _("没有未了的异议、任务和申请"),
    "Z-6": _("13710各环节已完成，超期已说明"),
    "Z-7": _("案卷齐全"),
    "Z-8": _("批准人不是办理单位的人，也不是核实化解的人"),
}
MISSING: dict[str, Words] = {
    "opinion_not_served": _("处理意见书还没有送达"),
    "document_unserved": _("有文书还没有送达"),
    "measures_not_executed": _("支持的诉求还没有落实"),
    "plan_not_completed": _("方案还有步骤没有完成"),
    "no_call_back": _("还没有回访，或两次不同日期的回访记录不足"),
    "poor_rating_uncalled": _("信访人评价不满意以后，还没有回访"),
    "result_not_told": _("还没有告知结果"),
    "task_open": _("有协办任务没有办完"),
    "contest_open": _("信访人对不予受理有异议，尚未答复"),
    "review_open": _("复查、复核还没有结束"),
    "mediation_open": _("调解还没有结束"),
    "performance_open": _("调解协议还有没履行的事项"),
    "withdrawal_open": _("撤回申请还没有核实"),
    "breach_unexplained": _("有超期没有说明原因"),
    "report_missing": _("3天初步反馈还没有报"),
    "not_triaged": _("没有研究部署记录"),
    "no_result": _("没有办理结果"),
    "approver_verified": _("您核实过化解，不能再批准销号"),
    "approver_handles": _("销号要由办理单位以外的批准人办理"),
}
