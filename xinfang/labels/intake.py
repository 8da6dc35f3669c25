"""Words for the window: what a visitor needs, and the steps that a receipt announces."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.intake.registration import OTHER_PAPER, RESIDENT
from xinfang.rules.intake.window import AccessNeed
from xinfang.rules.matters.codes import ClockCode

Words = str | Promise

NEEDS: dict[AccessNeed, Words] = {
    AccessNeed.SIGN_LANGUAGE: _("手语"),
    AccessNeed.SCRIBE: _("代写"),
    AccessNeed.READ_ALOUD: _("读给本人听"),
    AccessNeed.LARGE_PRINT: _("大字"),
    AccessNeed.INTERPRETER: _("方言或民族语言翻译"),
    AccessNeed.STEP_FREE: _("无障碍通道"),
}

ID_TYPES: dict[str, Words] = {
    RESIDENT: _("居民身份证"),
    OTHER_PAPER: _("别的证件"),
}

NEXT_STEPS: dict[ClockCode, Words] = {
    ClockCode.C1: _("研究定下由谁办理"),
    ClockCode.C7: _("一般的、能解决的事，原则上办好"),
    ClockCode.REG15: _("登记转送到有权处理的机关"),
    ClockCode.TELL15: _("书面告诉您收到的情况和办理途径"),
}
