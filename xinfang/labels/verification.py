"""Sentences for what `verify` finds."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FINDINGS: dict[str, str | Promise] = {
    "event_changed": _("事件与写下时不同，或者不是本系统写下的"),
    "event_missing": _("事件缺失，编号不连续"),
    "tail_cut": _("链的末尾被截去"),
    "head_differs": _("链头与最后一个事件不符"),
    "chain_missing": _("有事件，但链的记录不见了"),
    "rechained": _("与检查点不符：事件被改写后重新连成链"),
    "text_changed": _("文字与事件中的摘要不符"),
    "text_missing": _("文字不见了，也没有依法屏蔽的事件"),
    "text_unknown": _("多出一段没有事件提到的文字"),
    "file_changed": _("文件与事件中的摘要不符"),
    "file_missing": _("文件不见了，也没有依法屏蔽的事件"),
    "checkpoint_unreadable": _("检查点文件中这一行无法读取"),
    "checkpoint_missing": _("检查点文件缺少这一号"),
    "checkpoint_changed": _("检查点与写下时不同"),
    "checkpoint_cut": _("已写过检查点，但检查点文件中没有：文件被截短或丢失"),
}
