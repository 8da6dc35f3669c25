"""Words for the closed lists of a matter."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.matters.codes import Channel, Stage

Words = str | Promise

STAGES: dict[Stage, Words] = {
    Stage.REGISTERED: _("已登记"),
    Stage.TRIAGED: _("已研判"),
    Stage.ASSIGNED: _("已转送交办"),
    Stage.OBJECTED: _("单位提出异议"),
    Stage.INFORMED: _("已告知去向"),
    Stage.CHANNELLED: _("已导入法定途径"),
    Stage.ACCEPTED: _("已受理"),
    Stage.NOT_ACCEPTED: _("不予受理"),
    Stage.NO_LONGER: _("不再受理"),
    Stage.HANDLING: _("办理中"),
    Stage.OPINION_SERVED: _("处理意见已送达"),
    Stage.EXECUTING: _("落实中"),
    Stage.AWAITING_EXTERNAL: _("等待法定途径结果"),
    Stage.IMPLEMENTED: _("已落实"),
    Stage.WITHDRAWN: _("信访人撤回"),
    Stage.CLOSED: _("已办结"),
    Stage.STRUCK_OFF: _("已销号"),
    Stage.ARCHIVED: _("已存档"),
}

CHANNELS: dict[Channel, Words] = {
    Channel.VISIT: _("来访"),
    Channel.LETTER: _("来信"),
    Channel.WEB: _("网上信访"),
    Channel.PHONE: _("电话"),
    Channel.FAX: _("传真"),
    Channel.LEADER_MAILBOX: _("领导信箱"),
    Channel.LEADER_RECEPTION: _("领导接访"),
    Channel.FIELD_VISIT: _("领导下访"),
    Channel.ASSIGNED: _("上级交办"),
    Channel.OTHER: _("其他"),
}
