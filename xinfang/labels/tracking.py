"""Words for the petitioner: where a matter stands, what happened, what comes next; never the words of an office."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.matters.codes import ClockCode, Stage
from xinfang.rules.matters.events import EventType

Words = str | Promise

STATES: dict[Stage, Words] = {
    Stage.REGISTERED: _("已经登记，正在研究由谁来办"),
    Stage.TRIAGED: _("已经研究，正在安排单位"),
    Stage.ASSIGNED: _("已经交给承办单位"),
    Stage.OBJECTED: _("承办单位有不同意见，正在核定由谁办"),
    Stage.INFORMED: _("已经告诉您该找哪个机关"),
    Stage.CHANNELLED: _("要走法定途径"),
    Stage.ACCEPTED: _("已经受理"),
    Stage.NOT_ACCEPTED: _("不予受理"),
    Stage.NO_LONGER: _("不再受理"),
    Stage.HANDLING: _("正在办理"),
    Stage.OPINION_SERVED: _("处理意见已经送达"),
    Stage.EXECUTING: _("正在落实"),
    Stage.AWAITING_EXTERNAL: _("正在等法定途径的结果"),
    Stage.IMPLEMENTED: _("已经落实"),
    Stage.WITHDRAWN: _("您已经撤回"),
    Stage.CLOSED: _("已经办结"),
    Stage.STRUCK_OFF: _("已经销号"),
    Stage.ARCHIVED: _("已经存档"),
}
# What petitioners can have put right at home.
CORRECTED_BY_US = _("工作人员按您说的更正了信息")
DETAILS: dict[str, Words] = {"name": _("姓名"), "phone": _("电话"), "address": _("住址")}
STEPS: tuple[Words, ...] = (_("登记"), _("研究"), _("受理"), _("办理"), _("答复"), _("销号"))
STEP_OF: dict[Stage, int] = {
    Stage.REGISTERED: 0,
    **dict.fromkeys((Stage.TRIAGED, Stage.ASSIGNED, Stage.OBJECTED), 1),
    **dict.fromkeys((Stage.ACCEPTED, Stage.NOT_ACCEPTED, Stage.NO_LONGER, Stage.INFORMED, Stage.CHANNELLED), 2),
    **dict.fromkeys((Stage.HANDLING, Stage.AWAITING_EXTERNAL), 3),
    **dict.fromkeys((Stage.OPINION_SERVED, Stage.EXECUTING, Stage.IMPLEMENTED, Stage.WITHDRAWN, Stage.CLOSED), 4),
    **dict.fromkeys((Stage.STRUCK_OFF, Stage.ARCHIVED), 5),
}
# What a clock means for the person who waits.
NEXT: dict[ClockCode, Words] = {
    ClockCode.C1: _("研究，定下由谁来办"),
    ClockCode.C3: _("办理单位报清初步情况"),
    ClockCode.C7: _("能解决的，原则上办好"),
    ClockCode.CM: _("原则上办好；办不好的，给出方案和日期"),
    ClockCode.CMF: _("报告这个月的进展"),
    ClockCode.CP: _("完成方案里的一步"),
    ClockCode.EXPLICIT: _("在定好的日期前办好"),
    ClockCode.REG15: _("转给有权处理的机关"),
    ClockCode.TELL15: _("书面告诉您是否受理、由谁办"),
    ClockCode.TELL15T: _("书面告诉您是否受理"),
    ClockCode.DO60: _("给您书面处理意见"),
    ClockCode.EXT30: _("延期后，给您书面处理意见"),
    ClockCode.SHADOW60: _("最迟给您书面处理意见"),
    ClockCode.LIMIT: _("复查复核机关给您意见"),
    ClockCode.CALL: _("由办理单位以外的人打电话问您哪里不满意"),
    ClockCode.RULING: _("定下由哪个单位办"),
}
# The same for somebody who joined a matter that others had brought: nothing was handed to them yet.
STATES_JOINED: dict[Stage, Words] = {
    **STATES,
    Stage.INFORMED: _("不归这里办，已经告知该找哪个机关"),
    Stage.OPINION_SERVED: _("处理意见已经作出"),
    Stage.WITHDRAWN: _("这件事已经撤回"),
}
AFTERWARDS: dict[Stage, Words] = {
    Stage.OPINION_SERVED: _("由办理单位以外的人回访您，再办结"),
    Stage.EXECUTING: _("办理单位落实处理意见"),
    Stage.IMPLEMENTED: _("由办理单位以外的人回访您，再办结"),
    Stage.INFORMED: _("请到告知书写明的机关提出"),
    Stage.CHANNELLED: _("请按告知书写明的途径办理"),
    Stage.AWAITING_EXTERNAL: _("法定途径有了结果，会登记在这里"),
    Stage.NOT_ACCEPTED: _("不同意可以提出异议，由别的机关审查"),
    Stage.NO_LONGER: _("不同意可以提出异议，由别的机关审查"),
    Stage.WITHDRAWN: _("没有了。想再提，随时可以"),
    Stage.CLOSED: _("由办理单位以外的人回访您，再销号"),
    Stage.STRUCK_OFF: _("没有了。有新情况随时可以再提"),
    Stage.ARCHIVED: _("没有了。有新情况随时可以再提"),
}
SEEN: dict[EventType, Words] = {
    EventType.REGISTERED: _("收到并登记，给了您单号"),
    EventType.CONTACT_ADDED: _("您又来反映，已经记上"),
    EventType.PARTY_ADDED: _("您加入这件事，给了您单号和查询码"),
    EventType.MATERIAL_ADDED: _("补充了材料"),
    EventType.URGED: _("您催了一次"),
    EventType.TRIAGED: _("研究过了，定下怎么办"),
    EventType.EXPLICIT_DATE_SET: _("定了办好的日期"),
    EventType.ASSIGNED: _("交给承办单位"),
    EventType.ESCALATED: _("交给上一级中心接着办"),
    EventType.RECEIPT_SIGNED: _("承办单位签收"),
    EventType.OBJECTED: _("承办单位认为不归它办"),
    EventType.OBJECTION_UPHELD: _("核定不归它办，重新安排单位"),
    EventType.OBJECTION_REJECTED: _("核定仍由它办"),
    EventType.INFORMED: _("告诉您该找哪个机关"),
    EventType.CHANNELLED: _("决定走法定途径"),
    EventType.CHANNELLING_TOLD: _("把法定途径告知书交给您"),
    EventType.EXTERNAL_RESULT_RECORDED: _("法定途径有了结果"),
    EventType.ACCEPTED: _("决定受理"),
    EventType.NOT_ACCEPTED: _("决定不予受理"),
    EventType.NO_LONGER_ACCEPTED: _("决定不再受理"),
    EventType.REFUSAL_CONTESTED: _("您对不受理提出异议"),
    EventType.REFUSAL_UPHELD: _("审查后维持不受理"),
    EventType.REFUSAL_OVERTURNED: _("审查后撤销不受理，重新办理"),
    EventType.DOCUMENT_SERVED: _("文书送达给您"),
    EventType.HANDLING_STARTED: _("开始办理"),
    EventType.PROGRESS_RECORDED: _("办理进展"),
    EventType.EXTENDED: _("延长了办理期限"),
    EventType.OPINION_SERVED: _("处理意见送达给您"),
    EventType.EXECUTION_STARTED: _("开始落实处理意见"),
    EventType.IMPLEMENTED: _("已经落实"),
    EventType.REPLIED_DIRECTLY: _("答复了您"),
    EventType.PLAN_APPROVED: _("定了解决方案和日期"),
    EventType.STEP_DONE: _("完成了方案里的一步"),
    EventType.MONTHLY_REPORTED: _("报告了这个月的进展"),
    EventType.SAFETY_NOTED: _("为安全记下一条关切，三天后自动失效，只有中心主任和公安联络员看得到"),
    EventType.SAFETY_RENEWED: _("安全关切延长三天"),
    EventType.SAFETY_ENDED: _("安全关切已经解除"),
    EventType.ADDRESS_SHOWN: _("您的住址和电话不再另外保密"),
    EventType.PAPERS_ASKED: _("请您补材料"),
    EventType.LEADER_RECEIVED: _("领导接访，听了您的诉求"),
    EventType.RESULT_TOLD: _("把结果告诉了您"),
    EventType.CALLED_BACK: _("回访"),
    EventType.RESOLUTION_VERIFIED: _("核实过，问题已经解决"),
    EventType.RESOLUTION_WITHDRAWN: _("“已经解决”的认定撤销了"),
    EventType.PUT_AT_REST: _("您自愿表示不再反映这件事"),
    EventType.REST_REVOKED: _("您收回了“不再反映”的表示"),
    EventType.RATED: _("您作了评价"),
    EventType.RATING_REVOKED: _("您收回了评价"),
    EventType.WITHDRAWAL_ASKED: _("您申请撤回"),
    EventType.WITHDRAWAL_REVOKED: _("您取消了撤回"),
    EventType.WITHDRAWAL_CONFIRMED: _("核实后，撤回生效"),
    EventType.CLOSED: _("办结"),
    EventType.STRUCK_OFF: _("销号"),
    EventType.REOPENED: _("重新办理"),
    EventType.ARCHIVED: _("存档"),
    EventType.SPLIT: _("拆成几件分开办"),
    EventType.MERGED: _("和另一件同样的事合在一起办"),
    EventType.UNMERGED: _("又分开单独办"),
    EventType.RECUSED: _("有人或单位回避了这件事"),
    EventType.RECUSAL_ASKED: _("您申请有关人员回避"),
    EventType.CODE_RENEWED: _("查询码换了新的"),
    EventType.PARTY_CORRECTED: _("您更正了自己的信息"),
    EventType.RECORD_TAKEN: _("您取走了全部记录"),
    EventType.SLIP_BOUND: _("把一张密封确认码交给您"),
    EventType.MASKED: _("依法遮住了一部分内容"),
    EventType.BREACHED: _("我们超过了期限"),
}
SEEN_JOINED: dict[EventType, Words] = {
    EventType.INFORMED: _("告知该找哪个机关"),
    EventType.OPINION_SERVED: _("作出了处理意见"),
    EventType.REPLIED_DIRECTLY: _("作出了答复"),
}
LOOKED: dict[str, Words] = {
    "identity": _("看了您的姓名、电话、住址"),
    "id_search": _("用身份证号查到了这件事"),
}
