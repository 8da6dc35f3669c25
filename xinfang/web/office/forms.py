"""The forms of the administration. They take what is typed; the services decide."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.labels.codes import DAY_MODES
from xinfang.labels.composition import DUTIES, ELDERS, ORIGINS, PLACES, RULES
from xinfang.labels.people import ROLES, ROLLOUT, TIERS, UNIT_KINDS
from xinfang.labels.policies import EXPLAINED, PARAMETERS
from xinfang.labels.refusals import word
from xinfang.labels.unit_functions import FUNCTIONS
from xinfang.models import Unit
from xinfang.rules.clocks.notice_words import notice_of, year_of
from xinfang.rules.clocks.policy_versions import checked
from xinfang.rules.clocks.year_notices import YearNotice
from xinfang.rules.lifecycle.values import parse_day
from xinfang.rules.people.administration import NO_POST
from xinfang.rules.people.seats import Role, Tier, UnitKind
from xinfang.rules.refusals import RuleBroken
from xinfang.services.house import UnitEntry
from xinfang.services.people import PostEntry
from xinfang.web.parts.fields import LineField, WordsField

NOTHING = ("", _("不填"))
POSTED = {role: words for role, words in ROLES.items() if role not in NO_POST}


def choices(words: Any, *, empty: Any = None) -> list[tuple[str, Any]]:
    """The members of a closed list with their words."""
    rows = [(str(getattr(member, "value", member)), label) for member, label in words.items()]
    return [empty, *rows] if empty else rows


def unit_choices(units: Iterable[Unit], *, empty: Any = None) -> list[tuple[str, Any]]:
    """Units as a tree in one list."""
    rows = [(unit.code, "　" * unit.path.count(".") + unit.short_name) for unit in units]
    return [empty, *rows] if empty else rows


class OfficeForm(forms.Form):
    """A form that carries out one act, or says beside the field why not."""

    def carried_out(self, act: Callable[[], Any]) -> Any | None:
        """The answer of the act; None, with the refusal in the form, when a rule forbids it."""
        try:
            return act() or True
        except RuleBroken as broken:
            self.add_error(broken.field if broken.field in self.fields else None, word(broken))
            return None

    def day(self, name: str) -> date | None:
        """A day that was entered; raises RuleBroken for one that is none."""
        text = self.cleaned_data.get(name)
        return parse_day(name, text) if text else None

    def must_day(self, name: str) -> date:
        day = self.day(name)
        if day is None:
            raise RuleBroken("field_required", field=name)
        return day


class UnitForm(OfficeForm):
    """A new unit."""

    parent = forms.ChoiceField(label=_("上级单位"), required=False)
    code = LineField(label=_("单位编码"), help_text=_("例如 999901-RS；中心和站用区划代码。以后不能改。"))
    name = LineField(label=_("全称"))
    short_name = LineField(label=_("简称"), required=False)
    tier = forms.ChoiceField(label=_("层级"), choices=choices(TIERS))
    kind = forms.ChoiceField(label=_("类型"), choices=choices(UNIT_KINDS))
    is_organ = forms.BooleanField(label=_("是有权处理机关，可以出具法定文书"), required=False)
    area = forms.ChoiceField(label=_("区划"))
    function = forms.ChoiceField(label=_("职能"), required=False, choices=choices(FUNCTIONS, empty=NOTHING))
    place = forms.ChoiceField(label=_("办公场所"), required=False, choices=choices(PLACES, empty=NOTHING))
    address = LineField(label=_("地址"), required=False)
    phone = LineField(label=_("电话"), required=False)
    open_from = LineField(label=_("设立日期"), required=False, kind="date")

    def __init__(self, *args: Any, units: Iterable[Unit], areas: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = unit_choices(units, empty=("", _("没有，最上级")))  # type: ignore[attr-defined]
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]  # a ChoiceField

    def entry(self) -> UnitEntry:
        given = self.cleaned_data
        texts = ("code", "name", "short_name", "area", "parent", "function", "place", "address", "phone")
        return UnitEntry(
            **{name: given[name] for name in texts},
            tier=Tier(given["tier"]),
            kind=UnitKind(given["kind"]),
            is_organ=given["is_organ"],
        )


class RenameForm(OfficeForm):
    """Another name from a day on."""

    name = LineField(label=_("新的全称"))
    short_name = LineField(label=_("新的简称"))
    from_on = LineField(label=_("从哪天起"), kind="date")


class DetailsForm(OfficeForm):
    """Where a unit works and what for."""

    address = LineField(label=_("地址"), required=False)
    phone = LineField(label=_("电话"), required=False)
    place = forms.ChoiceField(label=_("办公场所"), required=False, choices=choices(PLACES, empty=NOTHING))
    function = forms.ChoiceField(label=_("职能"), required=False, choices=choices(FUNCTIONS, empty=NOTHING))
    team_resident = forms.BooleanField(label=_("有驻村工作队"), required=False)


class LastDayForm(OfficeForm):
    """The last day of a unit or of a post."""

    last_on = LineField(label=_("最后一天"), kind="date")


class AccountForm(OfficeForm):
    """A new account; it has no rights until it holds a post."""

    name = LineField(label=_("姓名"))
    username = LineField(label=_("账号名"), help_text=_("小写字母、数字、点、横线，例如 wangfang。"))


class PostForm(OfficeForm):
    """A person on a post from a day on."""

    holder = forms.ChoiceField(label=_("谁"))
    unit = forms.ChoiceField(label=_("单位"))
    role = forms.ChoiceField(label=_("岗位"), choices=choices(POSTED, empty=("", _("请选择"))))
    title = LineField(label=_("职务名称"), required=False)
    duty = forms.ChoiceField(
        label=_("在中心（站）编制里算"), required=False, choices=choices(DUTIES, empty=("", _("不算")))
    )
    home_unit = forms.ChoiceField(label=_("原单位"), required=False)
    origin = forms.ChoiceField(label=_("村站成员来源"), required=False, choices=choices(ORIGINS, empty=NOTHING))
    elder = forms.ChoiceField(label=_("五老"), required=False, choices=choices(ELDERS, empty=NOTHING))
    from_on = LineField(label=_("从哪天起"), kind="date")
    to_on = LineField(label=_("到哪天止"), required=False, kind="date")

    def __init__(
        self, *args: Any, units: list[Unit], people: list[tuple[int, str]], without: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose = ("", _("请选择"))
        self.fields["unit"].choices = unit_choices(units, empty=choose)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["home_unit"].choices = unit_choices(units, empty=NOTHING)  # type: ignore[attr-defined]
        self.fields["holder"].choices = [choose, *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]
        if without:
            del self.fields[without]

    def entry(self, unit: str = "") -> PostEntry:
        given = self.cleaned_data
        texts = ("title", "duty", "home_unit", "origin", "elder")
        return PostEntry(unit=unit or given["unit"], role=Role(given["role"]), **{name: given[name] for name in texts})


class HoursForm(OfficeForm):
    """When the centres receive people."""

    opens = LineField(label=_("开门"), kind="time")
    closes = LineField(label=_("关门"), kind="time")


class ClosingDaysForm(OfficeForm):
    """Days on which the centres stay closed though the country works."""

    days = WordsField(
        label=_("停止接待的日子"), required=False, rows=3, help_text=_("一行一天，例如 2026-12-31。过去的会自动去掉。")
    )


class HelplineForm(OfficeForm):
    """The number on receipts and pages."""

    helpline = LineField(label=_("咨询电话"), required=False)


class UnattendedForm(OfficeForm):
    """After how long the directors of a hall are told of an empty window."""

    minutes = LineField(label=_("几分钟没有人就提醒"), numeric=True, help_text=_("1 到 120 之间的数。"))


def _count(name: str) -> LineField:
    return LineField(label=PARAMETERS[name], help_text=EXPLAINED[name], numeric=True)


class PolicyForm(OfficeForm):
    """The draft of a version; everything that is wrong with its parameters is said at once."""

    report_days = _count("report_days")
    solve_days = _count("solve_days")
    day_mode = forms.ChoiceField(
        label=_("怎样数天"),
        help_text=_("反馈和解决的天数怎样数。法律规定的期限不受影响。"),
        choices=choices(DAY_MODES),
        widget=forms.RadioSelect,
    )
    hard_months = _count("hard_months")
    report_months = _count("report_months")
    warn_yellow = _count("warn_yellow")
    warn_orange = _count("warn_orange")
    warn_red = _count("warn_red")
    leader_after = _count("leader_after")
    effective_on = LineField(
        label=_("从哪天起"), kind="date", help_text=_("这一天起收到的事项用新版本，最早填明天。以前收到的不变。")
    )
    note = LineField(label=_("依据什么改"), help_text=_("例如会议纪要或文件的名称和文号，不写个人信息。"))

    def clean(self) -> dict[str, Any]:
        for refusal in checked(self.cleaned_data).refusals:
            if refusal.field is not None and refusal.field not in self.errors:
                self.add_error(refusal.field, word(refusal))
        return self.cleaned_data


class CalendarWordsForm(OfficeForm):
    """A calendar year in the words of its notice."""

    year = LineField(label=_("年份"), numeric=True)
    number = LineField(label=_("通知文号"), help_text=_("例如“国办发明电〔2025〕7号”。"))
    words = WordsField(
        label=_("放假和上班的日子"), rows=4,
        help_text=_("把通知里写放假、上班的几段贴进来就行，例如“10月1日至7日放假。10月10日上班。”"),
    )  # fmt: skip

    def notice(self) -> YearNotice:
        """What was entered, as the rules read it."""
        return notice_of(year_of(self.cleaned_data["year"]), self.cleaned_data["number"], self.cleaned_data["words"])


class CalendarFileForm(OfficeForm):
    """A calendar file in the form of the shipped ones."""

    file = forms.FileField(label=_("日历文件"), help_text=_("JSON 格式，写明年份、放假日和调休上班日。"))


class RolloutForm(OfficeForm):
    """One step of the roll-out."""

    area = forms.ChoiceField(label=_("乡镇（街道）"))
    status = forms.ChoiceField(label=_("进度"), choices=choices(ROLLOUT))
    on = LineField(label=_("日期"), kind="date")
    note = LineField(label=_("说明"), required=False)

    def __init__(self, *args: Any, areas: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]  # a ChoiceField


class ExemptionForm(OfficeForm):
    """A dated note that explains a gap."""

    unit = forms.CharField(widget=forms.HiddenInput)
    rule = forms.ChoiceField(choices=choices(RULES), widget=forms.HiddenInput)
    about = forms.CharField(widget=forms.HiddenInput, required=False)
    note = LineField(label=_("为什么缺"))
    from_on = LineField(label=_("从哪天起"), kind="date")
    until_on = LineField(label=_("到哪天止"), required=False, kind="date")
