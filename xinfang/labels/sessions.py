"""Words of joint sessions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.sessions.calling import LeftOut
from xinfang.rules.sessions.codes import Answer, Attendance, GuestKind, Why

Words = str | Promise

ANSWERS: dict[Answer, Words] = {
    Answer.WAITING: _("待确认"),
    Answer.COMING: _("能来"),
    Answer.NOT_COMING: _("不来"),
    Answer.OTHER_TIME: _("想换个时间"),
}
ATTENDANCE: dict[Attendance, Words] = {
    Attendance.CAME: _("出席"),
    Attendance.EXCUSED: _("请假"),
    Attendance.ABSENT: _("没有来"),
    Attendance.SAT_IN: _("列席"),
}
GUEST_KINDS: dict[GuestKind, Words] = {
    GuestKind.STAFF: _("单位人员"),
    GuestKind.PARTY: _("信访人"),
    GuestKind.OTHER: _("其他人"),
}
REASONS: dict[Why, Words] = {
    Why.BOOKED: _("有会"),
    Why.ON_DUTY: _("窗口值班"),
    Why.RECEIVES: _("领导接访"),
}
LEFT_OUT: dict[LeftOut, Words] = {
    LeftOut.RECUSED: _("本人在这个事项里回避"),
    LeftOut.UNIT_RECUSED: _("所在单位在这个事项里回避"),
    LeftOut.OUT_OF_SIGHT: _("信访人要求保密，这个岗位看不到这个事项"),
}
PARTS: dict[str, Words] = {
    "subject": _("议题"),
    "facts": _("查明的情况"),
    "opinions": _("各方意见"),
    "decisions": _("议定事项"),
}
