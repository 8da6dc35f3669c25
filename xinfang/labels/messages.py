"""Words of messages to petitioners: what they say, how they go, how far they have come, why one did not arrive."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.notices.messages import MessageKind, MessageState, MessageWay

Words = str | Promise

# What is sent. No subject, no organ, no name; `docs/operate.md` shows them to whoever has them approved.
TEXTS: dict[MessageKind, Words] = {
    MessageKind.RECEIPT: _(
        "【群众工作服务中心】您的事项已经登记，单号 %(number)s。凭单号和查询码可以查进度，也可以到窗口或者打电话问。"
    ),
    MessageKind.DOCUMENT: _(
        "【群众工作服务中心】有一份给您的文书。凭回执上的单号和查询码可以看，也可以到窗口领取或者打电话问。"
    ),
    MessageKind.RESULT: _(
        "【群众工作服务中心】您登记的事项有了结果。凭回执上的单号和查询码可以看，也可以到窗口或者打电话问。"
    ),
    MessageKind.PAPERS: _(
        "【群众工作服务中心】您登记的事项还要补材料。缺什么，凭回执上的单号和查询码可以看，在网上就能补；"
        "也可以到窗口或者打电话问。"
    ),
    MessageKind.CODE_RENEWED: _(
        "【群众工作服务中心】您的查询码已经更换，旧的不能再用。不是您本人要求的，请打电话告诉我们。"
    ),
    MessageKind.DETAILS: _(
        "【群众工作服务中心】有一个登记事项的联系方式改过。不是您本人要求的，请打电话告诉我们，或者到窗口说。"
    ),
    MessageKind.RIGHT_NEARING: _(
        "【群众工作服务中心】您登记的事项里，有一项要由您自己办的手续快到期了，最迟%(month)d月%(day)d日办。"
        "凭回执上的编号和查询码可以查是哪一项，也可以到窗口问。"
    ),
    MessageKind.RECEPTION: _(
        "【群众工作服务中心】您预约当面反映的时间是%(month)d月%(day)d日%(time)s，请带上回执。来不了，凭单号和查询码可以取消，也可以打电话说。"
    ),
    MessageKind.RECEPTION_OFF: _(
        "【群众工作服务中心】您预约的%(month)d月%(day)d日%(time)s的接待取消了。可以凭单号和查询码改约别的日子，也可以随时到窗口。"
    ),
    MessageKind.SESSION: _(
        "【群众工作服务中心】请您%(month)d月%(day)d日%(time)s来参加一次会。在哪里开、能不能来，凭回执上的单号和查询码查看和回复，也可以打电话说。"
    ),
    MessageKind.SESSION_CODE: _(
        "【群众工作服务中心】请您%(month)d月%(day)d日%(time)s来参加一次会。在我们网站的“会议回复”里填回复码 %(code)s，"
        "可以看在哪里开、回复能不能来，也可以打电话说。"
    ),
    MessageKind.SESSION_MOVED: _(
        "【群众工作服务中心】请您参加的会改到%(month)d月%(day)d日%(time)s。能不能来，请用原来的码再回复一次，也可以打电话说。"
    ),
    MessageKind.SESSION_OFF: _(
        "【群众工作服务中心】原定%(month)d月%(day)d日%(time)s请您参加的会取消了，不用来。有什么想说的，随时可以打电话或者到窗口。"
    ),
    MessageKind.SESSION_SOON: _(
        "【群众工作服务中心】提醒您：%(month)d月%(day)d日%(time)s有一次请您参加的会。来不了，可以打电话说。"
    ),
    MessageKind.PHONE_CODE: _(
        "【群众工作服务中心】验证码 %(code)s，5 分钟内有效，用来确认是您本人。工作人员不会向您要。"
    ),
}
# The blanks of a text, in the order in which a provider numbers them.
BLANKS: dict[MessageKind, tuple[str, ...]] = {
    MessageKind.RECEIPT: ("number",),
    MessageKind.RIGHT_NEARING: ("month", "day"),
    MessageKind.RECEPTION: ("month", "day", "time"),
    MessageKind.RECEPTION_OFF: ("month", "day", "time"),
    MessageKind.SESSION: ("month", "day", "time"),
    MessageKind.SESSION_CODE: ("month", "day", "time", "code"),
    MessageKind.SESSION_MOVED: ("month", "day", "time"),
    MessageKind.SESSION_OFF: ("month", "day", "time"),
    MessageKind.SESSION_SOON: ("month", "day", "time"),
    MessageKind.PHONE_CODE: ("code",),
}
KINDS: dict[MessageKind, Words] = {
    MessageKind.RECEIPT: _("已登记"),
    MessageKind.DOCUMENT: _("有文书"),
    MessageKind.RESULT: _("有结果"),
    MessageKind.PAPERS: _("要补材料"),
    MessageKind.CODE_RENEWED: _("查询码已更换"),
    MessageKind.DETAILS: _("联系方式已更改"),
    MessageKind.RIGHT_NEARING: _("权利快到期"),
    MessageKind.RECEPTION: _("接待预约"),
    MessageKind.RECEPTION_OFF: _("接待取消"),
    MessageKind.SESSION: _("会议通知"),
    MessageKind.SESSION_CODE: _("会议通知（回复码）"),
    MessageKind.SESSION_MOVED: _("会议改期"),
    MessageKind.SESSION_OFF: _("会议取消"),
    MessageKind.SESSION_SOON: _("会议提醒"),
    MessageKind.PHONE_CODE: _("短信验证码"),
}
STATES: dict[MessageState, Words] = {
    MessageState.WAITING: _("等待发送"),
    MessageState.SENT: _("已发出"),
    MessageState.TO_POST: _("待寄"),
    MessageState.POSTED: _("已寄出"),
    MessageState.FAILED: _("没有发成"),
    MessageState.DROPPED: _("没有发"),
    MessageState.ARRIVED: _("已到手机"),
}
WAYS: dict[MessageWay, Words] = {
    MessageWay.SMS: _("短信"),
    MessageWay.MAIL: _("电子邮件"),
    MessageWay.LETTER: _("信件"),
    MessageWay.NONE: _("不用通知"),
}
REASONS: dict[str, Words] = {
    "unreachable": _("连不上发送服务"),
    "no_answer": _("发送服务没有回音，可能已经发出"),
    "not_set_up": _("发送服务的地址设置不对"),
    "no_sms_gateway": _("没有设置短信服务"),
    "no_mail_gateway": _("没有设置邮件服务"),
    "provider_down": _("发送服务出了故障"),
    "provider_refused": _("发送服务不接收"),
    "keys_refused": _("发送服务不认密钥"),
    "too_many": _("发得太多，被限制"),
    "no_credit": _("短信余额不足"),
    "template_missing": _("这种短信还没有报备模板"),
    "template_refused": _("短信模板或签名没有通过"),
    "number_refused": _("号码不能接收"),
    "address_refused": _("邮箱不能接收"),
    "disk": _("写不进发件文件夹"),
    "no_way": _("没有留下可以通知的方式，或者不愿意接收"),
    "may_not": _("这个事项不对外发通知"),
    "too_late": _("已经过了有效时间"),
    "invented_past": _("演示数据里的过去，没有发"),
    "held_back": _("这个号码当天收到的通知已经够多，第二天早上再发"),
    "said_together": _("和另一条一样的通知合成一条"),
    "not_arrived": _("号码收不到，可能是空号或者停机"),
    "called_back": _("不用发了，事情已经变了"),
}


def text_of(kind: MessageKind, facts: dict[str, object]) -> str:
    """The whole text of a message."""
    return str(TEXTS[kind]) % facts


def values_of(kind: MessageKind, facts: dict[str, object]) -> tuple[str, ...]:
    """What stands in its blanks, in order."""
    return tuple(str(facts[name]) for name in BLANKS.get(kind, ()))


def reason_of(code: str) -> Words:
    """Why a message did not arrive."""
    return REASONS.get(code, code)
