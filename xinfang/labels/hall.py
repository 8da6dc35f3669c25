"""Words of the hall: lanes, states of a ticket, and why the hall says no."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinfang.rules.hall.exchange import ExchangeState
from xinfang.rules.hall.tickets import Lane, TicketState
from xinfang.rules.hall.waits import LONGEST_SAID, STEP

Words = str | Promise

LANES: dict[Lane, Words] = {
    Lane.RECEPTION: _("反映问题"),
    Lane.MEDIATION: _("请求调解"),
    Lane.LAW: _("法律服务"),
    Lane.PROGRESS: _("查进度、交材料"),
}
EXCHANGE_STATES: dict[ExchangeState, Words] = {
    ExchangeState.ASKED: _("等对方答复"),
    ExchangeState.AGREED: _("已同意"),
    ExchangeState.DECLINED: _("对方没有同意"),
    ExchangeState.TAKEN_BACK: _("已撤回"),
}
TICKET_STATES: dict[TicketState, Words] = {
    TicketState.WAITING: _("等候中"),
    TicketState.CALLED: _("正在办"),
    TicketState.SKIPPED: _("已过号"),
    TicketState.DONE: _("已办完"),
}


def about(minutes: int | None) -> str:
    """How long one will wait, in words; "" when nothing honest can be said."""
    if minutes is None:
        return ""
    if minutes > LONGEST_SAID:
        return gettext("1 小时以上")
    return gettext("%(n)s 分钟以内") % {"n": minutes} if minutes <= STEP else gettext("约 %(n)s 分钟") % {"n": minutes}


HALL_REFUSALS: dict[str, Words] = {
    "duty_in_the_past": _("排班从今天起，不能改过去的。"),
    "exchange_moved_on": _("排班刚才变了，或者对方已经答复过，请看最新的值班表。"),
    "exchange_with_oneself": _("请选别人，不能自己顶自己的班。"),
    "holds_no_post_then": _("这些日子里没有他在岗的工作日，请核对人和日期。"),
    "lane_not_served": _("今天没有窗口办这一类，请直接到任何一个窗口说。"),
    "no_day_to_sit": _("这些日子里没有接待日，请核对日期。"),
    "not_of_this_hall": _("只有本中心在岗的人能这样做。"),
    "receives_nobody_here": _("请从列表中选择接访的领导。"),
    "receives_that_day": _("他 %(day)s 要接访，不能同时坐窗口，请换一个人。"),
    "sits_at_window_then": _("这位领导这一天排在 %(window)s 号窗口，请先换人，再公布接访。"),
    "reception_is_published": _("这位领导这一天的接访已经公布。"),
    "reception_needs_notice": _("接访日要提前公布，最早填明天。"),
    "slots_unreal": _("预约名额请填 0 到 %(most)s 的数字。"),
    "no_place_for_this_matter": _("这个事项不能约这一天：它不归这个中心，或者已经办完。"),
    "come_today": _("就在今天，直接来就行，不用预约。"),
    "place_is_taken": _("这个事项已经约好了，先取消，再改约。"),
    "no_place_left": _("这一天的名额刚刚约满，请换一天；当天也可以直接来。"),
    "reception_unknown": _("没有这个接访日，或者它已经取消、已经过去。"),
    "sits_elsewhere": _("他 %(day)s 已排在 %(window)s 号窗口，请换一个人。"),
    "ticket_moved_on": _("这个号刚才已经变了，请看最新的情况再按。"),
    "tickets_run_out": _("今天这一类的号已经发完，请直接到窗口说。"),
    "window_needs_lanes": _("请至少选一类业务。"),
    "window_number_unreal": _("窗口号请填 1 到 %(most)s 的数字。"),
    "window_unknown": _("没有这个窗口，或者它今天不用。"),
}
