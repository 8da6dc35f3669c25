"""Sentences for refusals: what is not possible, why, and what to do instead. They never blame who reads them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.labels.house_refusals import HOUSE_REFUSALS
from xinfang.labels.import_refusals import IMPORT_REFUSALS
from xinfang.labels.matters import STAGES
from xinfang.labels.moves import MOVES
from xinfang.rules.matters.codes import Stage
from xinfang.rules.refusals import RuleBroken

Words = str | Promise

REFUSALS: dict[str, Words] = {
    **HOUSE_REFUSALS,
    **IMPORT_REFUSALS,
    "not_found": _("没有找到，请核对单号。"),
    "no_such_move": _("没有这个操作。"),
    "role_may_not": _("您的岗位不能办理“%(move)s”。"),
    "stage_does_not_allow": _("现在是“%(stage)s”，还不能办理“%(move)s”。"),
    "assignment_needs_date": _("交办要写明反馈期限。不要求反馈的请选转送。"),
    "choice_unknown": _("请从列出的选项中选择。"),
    "clock_not_breached": _("这个期限没有超期，或已经说明。"),
    "co_due_after_lead": _("协办期限不能晚于牵头单位的期限。"),
    "date_in_the_future": _("日期不能晚于今天。"),
    "date_in_the_past": _("日期不能早于今天。"),
    "date_unreal": _("请填写真实的日期，例如 2026-11-23。"),
    "explicit_needs_source": _("明确时间节点要写明依据和文件编号。"),
    "field_required": _("请填写这一项。"),
    "field_unknown": _("没有“%(field)s”这一项。"),
    "late_entry_needs_reason": _("事情发生在24小时以前，请写明补录的原因。"),
    "legal_review_required": _("不予支持要先经法制审核，请选择审核人。"),
    "list_expected": _("请逐行填写。"),
    "matter_moved_on": _("刚才有人已办理这个事项，请看清最新情况再提交。"),
    "matter_unknown": _("没有找到这个单号，请核对。"),
    "no_approved_plan": _("还没有已批准的方案，不能作为依据。"),
    "no_such_event": _("没有这条记录，请核对序号。"),
    "no_such_step": _("方案里没有这个未完成的步骤。"),
    "number_out_of_range": _("请填写 %(least)s 到 %(most)s 之间的数。"),
    "number_unreal": _("请填写整数。"),
    "occurs_in_the_future": _("发生时间不能晚于现在。"),
    "reason_too_short": _("请写明查看的原因，至少 %(least)s 个字。"),
    "recorded_before_last": _("记录时间不能早于上一条记录。"),
    "reviewer_unfit": _("请选择另一位有法制审核岗位的人。"),
    "row_incomplete": _("请把每一行的单位和日期填完整。"),
    "station_assigns_upward_only": _("村站只能上报给上级中心。"),
    "sign_in_failed": _("账号或密码不对，请再试一次。"),
    "submission_key_reused": _("这次提交的内容和上次不同，请重新打开页面再提交。"),
    "text_too_long": _("内容太长，请不超过 %(most)s 字。"),
    "too_many_representatives": _("代表最多 %(most)s 人，其他人只计人数，不登记姓名。"),
    "unit_recused": _("这个单位需要回避，请选择其他单位。"),
    "unit_twice": _("同一个单位只能填一次。"),
    "unit_unknown": _("没有找到这个单位，请从列表中选择。"),
    "user_recused": _("这位同志需要回避，请选择其他人。"),
    "user_unknown": _("没有找到合适岗位上的这位同志，请从列表中选择。"),
    "number_or_code_wrong": _("单号或查询码不对，请对照回执再填一次。"),
    "wait_before_trying": _("试错的次数多了，请 %(seconds)s 秒后再试。对的号码到时仍然有效。"),
    "too_many_requests": _("这里提交得太多了，请 %(minutes)s 分钟后再试，或者打电话、到窗口来。"),
    "no_message_gateway": _("这里还没有开通短信，请用密封确认码，或者到窗口填写书面确认书。"),
    "no_phone_on_file": _("登记时没有留手机号，请用密封确认码，或者到窗口填写书面确认书。"),
    "code_sent_just_now": _("验证码刚刚发出，请 %(seconds)s 秒后再要新的。"),
    "proof_wrong": _("验证码不对或者已经过期，请核对，或者重新要一个。"),
    "slip_code_wrong": _("密封确认码不对，请对照纸条再填一次。"),
    "slip_unknown": _("没有这个编号的密封确认码，请核对纸条外面的编号。"),
    "slip_used": _("这张密封确认码已经给过别的事项，请换一张没有拆封的。"),
    "no_slip": _("这件事还没有发过密封确认码。"),
    "urged_today": _("今天已经催过一次，办理单位已经收到，请明天再催。"),
    "nothing_refused": _("这件事没有不予受理，不用提异议。"),
    "occurs_before_registration": _("发生时间不能早于登记收到的时间。"),
    "clock_not_running": _("这个期限没有在计时，或者已经超期，不能再批准延后。"),
    "no_such_report": _("没有这份待阅的报告，请核对期次。"),
    "month_not_begun": _("这一期还没有开始，请在当月反馈。"),
    "document_not_waiting": _("没有等待送达的这种文书。"),
    "merge_into_ended": _("只能并入正在办理的事项。"),
    "merge_into_later": _("只能并入更早登记的事项，期限不能因合并而延后。"),
    "pair_sight_differs": _("两件事项要回避的人、单位或者保密范围不同，不能关联或者合并。"),
    "merge_loses_date": _("并入后会失去这件事项自己的明确时间节点，不能合并。"),
    "no_such_text": _("没有找到要屏蔽的内容，或者已经屏蔽。"),
    "no_such_person": _("没有找到要屏蔽的人，或者已经屏蔽。"),
    "no_such_file": _("没有找到要屏蔽的文件，或者已经屏蔽。"),
    "organ_assigns_within": _("责任单位只能交给本系统的下级单位。要换牵头单位，请提出异议。"),
    "need_leads_or_routes": _("只有牵头单位或者分派的人可以办理。"),
    "need_refused": _("这件事没有不予受理，不用提异议。"),
    "need_own_task_unsigned": _("没有等待您单位签收的任务。"),
    "need_own_lead": _("只有牵头单位可以办理。"),
    "need_own_part": _("只有承担办理任务的单位可以办理。"),
    "need_own_co_task": _("您单位没有未完成的协办任务。"),
    "need_triaged_once": _("请先研究部署。"),
    "need_within_objection_limit": _("异议要在收到后5个工作日内提出，期限已过，请办理或请共同上级决定。"),
    "need_before_running_due": _("期限已过，不能再调整。已发生的超期会保留在记录中。"),
    "need_statutory_limit_runs": _("原办理期限已过，不能再批准延期。"),
    "need_not_extended": _("已经延期过一次。"),
    "need_opinion_signed": _("处理意见书还没有签发。"),
    "need_no_signed_opinion": _("处理意见书已经签发。"),
    "need_no_open_co_task": _("还有协办任务没有办完。"),
    "need_supported": _("处理结论不是支持，没有需要落实的内容。"),
    "need_not_a_claim": _("申诉求决类事项要出具处理意见书，不能直接回复。"),
    "need_not_implemented": _("已经登记落实。"),
    "need_unserved_document": _("没有等待送达的文书。"),
    "need_needs_plan": _("一般且可以解决的事项不需要报方案，或方案已在审批。"),
    "need_plan_waits": _("没有等待审批的方案。"),
    "need_plan_runs": _("还没有已批准的方案。"),
    "need_report_unread": _("没有未阅的报告。"),
    "need_breach_unexplained": _("没有需要说明的超期。"),
    "need_outside_handling": _("要由办理单位以外的人办理。"),
    "need_outside_organ": _("作出决定的机关不能自己审查。"),
    "need_has_result": _("还没有办理结果。"),
    "need_implemented": _("还没有落实，不能提出化解。"),
    "need_not_resolved": _("已经核实化解。"),
    "need_resolved": _("没有已核实的化解。"),
    "need_resolution_proposed": _("办理人还没有提出化解。"),
    "need_not_proposer": _("提出化解的人不能自己核实。"),
    "need_cooled": _("结果送达满3天后才能办理。"),
    "need_not_at_rest": _("已经表示过息访。"),
    "need_at_rest": _("没有息访表示可以撤回。"),
    "need_no_withdrawal": _("已经申请过撤回，正在核实。"),
    "need_withdrawal_asked": _("没有撤回申请。"),
    "need_withdrawal_ripe": _("撤回申请要至少隔一个工作日才能确认。"),
    "need_contest_open": _("没有等待答复的异议。"),
    "need_no_contest": _("异议已经提出，正在等待答复。"),
    "need_told": _("告知书还没有送达。"),
    "need_not_told": _("已经书面告知。"),
    "need_external_done": _("法定途径还没有结果。"),
    "need_nothing_open": _("还有没办完的部分：协办任务、落实措施、异议、撤回申请或没送达的文书。"),
    "need_right_striker": _("重大、复杂和交办事项由督查考核办销号，其他由信访局销号。"),
    "need_strike_off_ready": _("销号的条件还没有全部满足，请看销号审批表。"),
    "need_strong_proof": _("这一步要用本人的手机验证码或密封确认码证明。"),
    "need_merged_away": _("这个事项没有并入其他事项。"),
    "need_not_merged": _("这个事项已经并入其他事项。"),
    "need_rated": _("还没有评价。"),
}
WARNINGS: dict[str, Words] = {
    "id_number_unusual": _("身份证号好像有误，请核对。不核对也可以登记。"),
}


def word(broken: RuleBroken) -> str:
    """The sentence for a refusal, with its facts filled in."""
    facts = dict(broken.facts)
    if "move" in facts:
        facts["move"] = str(MOVES.get(facts["move"], facts["move"]))
    if "stage" in facts:
        facts["stage"] = str(STAGES.get(Stage(facts["stage"]), facts["stage"]))
    facts.setdefault("field", broken.field or "")
    sentence = str(REFUSALS.get(broken.code, REFUSALS["not_found"]))
    return sentence % facts
