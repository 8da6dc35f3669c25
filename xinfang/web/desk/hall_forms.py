"""The forms of the hall at the desk. They take what is typed; the services decide."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.labels.hall import LANES
from xinfang.models import HallWindow
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
    stand_in = forms.ChoiceField(label=_("B角"), required=False, help_text=_("A角不在时由谁顶岗。A角在值班表里排。"))
    is_open = forms.BooleanField(label=_("在用"), required=False, initial=True)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(pk), name) for pk, name in people]
        self.fields["stand_in"].choices = [("", _("还没有定")), *names]  # type: ignore[attr-defined]  # a ChoiceField


class DutyForm(forms.Form):
    """Somebody at a window from a day to a day; nobody clears what was entered."""

    window = forms.ChoiceField(label=_("窗口"))
    holder = forms.ChoiceField(label=_("谁"), required=False, help_text=_("换人也在这里：新的人顶替原来的人。"))
    from_on = LineField(label=_("从哪天起"), kind="date")
    to_on = LineField(label=_("到哪天止"), kind="date", help_text=_("休息日和停止接待的日子自动跳过。"))

    def __init__(
        self, *args: Any, windows: Iterable[HallWindow], people: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        seats = [(str(row.number), f"{row.number} {row.name}") for row in windows]
        self.fields["window"].choices = seats  # type: ignore[attr-defined]  # a ChoiceField
        names = [(str(pk), name) for pk, name in people]
        self.fields["holder"].choices = [("", _("没有人，清空")), *names]  # type: ignore[attr-defined]  # likewise


class ReceptionForm(forms.Form):
    """A day on which a leader receives."""

    leader = forms.ChoiceField(label=_("接访领导"))
    day = LineField(label=_("哪一天"), kind="date")
    opens = LineField(label=_("开始"), kind="time")
    closes = LineField(label=_("结束"), kind="time")
    place = LineField(label=_("地点"))
    slots = LineField(
        label=_("预约名额"),
        numeric=True,
        required=False,
        initial="6",
        help_text=_("可以不约，当天直接来。填 0 就是不用预约。"),
    )

    def __init__(self, *args: Any, leaders: Mapping[int, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(pk), f"{name}（{title}）") for pk, (name, title) in leaders.items()]
        self.fields["leader"].choices = [("", _("请选择")), *rows]  # type: ignore[attr-defined]  # a ChoiceField


class PlaceForm(forms.Form):
    """The number of a matter that gets a place."""

    number = LineField(label=_("单号"), help_text=_("没有登记过的，先登记，再约。"))


class CallOffForm(forms.Form):
    """Why a day is called off; it is put up where the day stood."""

    why = LineField(label=_("取消的原因"))
