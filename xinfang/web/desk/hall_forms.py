"""The forms of the hall at the desk. They take what is typed; the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.labels.hall import LANES
from xinfang.rules.hall.tickets import Lane
from xinfang.web.parts.fields import LineField

LANE_CHOICES = [(lane.value, words) for lane, words in LANES.items()]


class TicketForm(forms.Form):
    """A ticket: what about, and whether the priority lane is wanted. Nothing about the person."""

    lane = forms.ChoiceField(label=_("办什么事"), widget=forms.RadioSelect)
    priority = forms.BooleanField(
        label=_("走优先通道"), required=False, help_text=_("老年人、残疾人等自己选，不问原因，也不登记。")
    )

    def __init__(self, *args: Any, lanes: Iterable[Lane], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lane"].choices = [(lane.value, LANES[lane]) for lane in lanes]  # type: ignore[attr-defined]  # a ChoiceField


class WindowForm(forms.Form):
    """A window of the hall; the number of one that is there changes it."""

    number = LineField(label=_("窗口号"), numeric=True, help_text=_("填已有的窗口号就是修改它。"))
    name = LineField(label=_("窗口名称"), help_text=_("例如“综合受理”。"))
    lanes = forms.MultipleChoiceField(label=_("办哪几类"), choices=LANE_CHOICES, widget=forms.CheckboxSelectMultiple)
    is_open = forms.BooleanField(label=_("在用"), required=False, initial=True)
