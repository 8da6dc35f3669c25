"""The forms of the window: three questions before any typing, then one form. Nothing typed is ever thrown away."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from xinfang.labels.codes import LEVELS
from xinfang.labels.intake import ID_TYPES, NEEDS
from xinfang.labels.matters import CHANNELS
from xinfang.labels.refusals import word
from xinfang.queries.intake import Colleague
from xinfang.rules.clocks.duties import SHANGHAI
from xinfang.rules.intake.cards import read_card
from xinfang.rules.intake.file_names import MOST_FILES, MOST_MEGABYTES
from xinfang.rules.intake.places import Place
from xinfang.rules.intake.registration import RESIDENT, person, registration
from xinfang.rules.intake.window import Answer
from xinfang.rules.lifecycle.values import parse_day
from xinfang.rules.matters.codes import Channel
from xinfang.rules.refusals import RuleBroken
from xinfang.web.desk.place_field import PlaceField
from xinfang.web.parts.categories import categories
from xinfang.web.parts.fields import FilesField, LineField, WordsField, moment_of
from xinfang.web.parts.limits import rule_choices

OTHERS = 4
A_STORY = {"unit": "", "original_words": "-"}
YES_NO = [(Answer.YES.value, _("是")), (Answer.NO.value, _("否"))]
WINDOW_CHANNELS = (
    Channel.VISIT, Channel.LETTER, Channel.PHONE, Channel.FAX, Channel.LEADER_MAILBOX, Channel.LEADER_RECEPTION,
    Channel.FIELD_VISIT, Channel.OTHER,
)  # fmt: skip


LIMITS = 2  # rows at the window; the file takes more
UNASKED = {
    "own": _("第一句还没有选“是”或“否”。"),
    "accuses": _("第二句还没有选“是”或“否”。"),
    "secret": _("第三句还没有选“是”或“否”。"),
}


class FirstTakesFocus(forms.RadioSelect):
    """`autofocus` on the first answer alone: a page asks for the focus once."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["index"] != "0":
            option["attrs"].pop("autofocus", None)
        return option


class QuestionsForm(forms.Form):
    """RC-1: asked aloud, answered before a word is typed; nothing of it is kept."""

    own = forms.ChoiceField(
        label=_("是否反映在本中心（站）工作的人，或者村、镇领导？"), choices=YES_NO, widget=FirstTakesFocus
    )
    accuses = forms.ChoiceField(label=_("是否反映干部违纪违法或职务犯罪？"), choices=YES_NO, widget=forms.RadioSelect)
    secret = forms.ChoiceField(label=_("来访人是否希望保密？"), choices=YES_NO, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in UNASKED.items():
            self.fields[name].error_messages["required"] = words
        if not self.is_bound:
            self.fields["own"].widget.attrs["autofocus"] = True

    def says(self, name: str) -> bool:
        return bool(self.cleaned_data[name] == Answer.YES.value)


class IntakeForm(forms.Form):
    """One matter as it is told at the window; only the story itself is needed."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    visit = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    own = forms.BooleanField(required=False, widget=forms.HiddenInput)
    secret = forms.BooleanField(required=False, widget=forms.HiddenInput)

    id_number = LineField(label=_("身份证号"), required=False, private=True)
    name = LineField(label=_("姓名"), required=False)
    phone = LineField(label=_("电话"), required=False, private=True)
    address = LineField(label=_("住址"), required=False)
    id_type = forms.ChoiceField(label=_("证件种类"), required=False, choices=list(ID_TYPES.items()), initial=RESIDENT)
    needs = forms.MultipleChoiceField(
        label=_("需要的帮助"),
        required=False,
        choices=[(need.value, words) for need, words in NEEDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    original_words = WordsField(
        label=_("原话"),
        required=False,
        rows=3,
        help_text=_("怎么说就怎么记。原话、诉求、事实至少填一项。"),
    )
    demand = WordsField(label=_("诉求"), required=False, rows=2, help_text=_("想要什么，一条一行。"))
    facts = WordsField(label=_("事实和理由"), required=False, rows=2)
    wish = WordsField(label=_("希望先怎么办"), required=False, rows=1)
    area = PlaceField(label=_("事情发生在（名字、拼音首字母、代码都行）"), required=False)
    category = forms.ChoiceField(label=_("内容分类"), required=False)

    channel = forms.ChoiceField(
        label=_("来的方式"), choices=[(c.value, CHANNELS[c]) for c in WINDOW_CHANNELS], initial=Channel.VISIT.value
    )
    postmarked_on = LineField(label=_("来信邮戳日期"), required=False, kind="date")
    addressee = forms.ChoiceField(
        label=_("哪一级领导"),
        required=False,
        choices=[("", _("不是写给领导的")), *((level.value, words) for level, words in LEVELS.items())],
    )
    received_at = LineField(
        label=_("收到时间"),
        required=False,
        kind="datetime-local",
        help_text=_("不填就是现在。24小时以前的要写明原因。"),
    )
    late_reason = LineField(label=_("补录原因"), required=False)
    present = LineField(label=_("来访人数"), required=False, numeric=True)
    concerned = LineField(label=_("涉及人数"), required=False, numeric=True)
    earlier = WordsField(label=_("向哪里反映过、结果怎样"), required=False, rows=1)
    proceedings = WordsField(label=_("是否已诉讼、仲裁、复议"), required=False, rows=1)

    papers = WordsField(
        label=_("收到的纸质材料"), required=False, rows=2, help_text=_("一行一份，写明原件还是复印件，会印在回执上。")
    )
    uploads = FilesField(
        label=_("照片和电子材料"),
        required=False,
        help_text=_("图片、PDF、Word、Excel、录音、录像；每个不超过 %(size)s MB，最多 %(count)s 个。")
        % {"size": MOST_MEGABYTES, "count": MOST_FILES},
    )

    agent_name = LineField(label=_("代办人姓名"), required=False)
    agent_phone = LineField(label=_("代办人电话"), required=False, private=True)
    agent_id_number = LineField(label=_("代办人身份证号"), required=False, private=True)
    whose = forms.ChoiceField(
        label=_("反映的是谁"),
        required=False,
        choices=[("own", _("本村（社区）和本站的人")), ("above", _("镇（街道）领导或镇中心的人"))],
        widget=forms.RadioSelect,
        initial="own",
    )
    recused = forms.MultipleChoiceField(
        label=_("涉及的人"),
        required=False,
        help_text=_("选中的人看不到这件事。本中心（站）整体已经回避。"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        places: Iterable[Place],
        counters: Iterable[tuple[str, str]],
        colleagues: Iterable[Colleague] = (),
        above: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.above = above
        for n in range(1, OTHERS + 1):
            self.fields[f"other{n}_name"] = LineField(label=_("代表姓名"), required=False)
            self.fields[f"other{n}_phone"] = LineField(label=_("代表电话"), required=False, private=True)
        for n in range(1, LIMITS + 1):
            self.fields[f"limit{n}_rule"] = forms.ChoiceField(
                label=_("哪一种期限"), required=False, choices=[("", _("没有或不清楚")), *rule_choices()]
            )
            self.fields[f"limit{n}_from_on"] = LineField(
                label=_("从哪一天起算"), required=False, kind="date", help_text=_("收到决定、知道权利受损害那天。")
            )
        self.fields["unit"] = forms.ChoiceField(label=_("登记单位"), choices=list(counters))
        self.fields["area"].offer(places)  # type: ignore[attr-defined]  # a PlaceField
        self.fields["category"].choices = [("", _("先不分类")), *categories()]  # type: ignore[attr-defined]
        self.fields["recused"].choices = [  # type: ignore[attr-defined]
            (str(one.user), f"{one.name}（{one.unit}）") for one in colleagues
        ]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages |= dict.fromkeys(
                    ("invalid_choice", "required"), word(RuleBroken("choice_unknown"))
                )
        for name in ("id_number", "area"):
            self.fields[name].widget.attrs["data-read"] = name
        if not self.is_bound:
            self.fields["id_number"].widget.attrs["autofocus"] = True

    @property
    def others(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of further representatives: name and telephone."""
        return [(self[f"other{n}_name"], self[f"other{n}_phone"]) for n in range(1, OTHERS + 1)]

    @property
    def limit_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of limits that the petitioner speaks of: which, and since when."""
        return [(self[f"limit{n}_rule"], self[f"limit{n}_from_on"]) for n in range(1, LIMITS + 1)]

    @property
    def opens_limits(self) -> bool:
        """Is anything chosen or wrong among the limits, so that they must not lie hidden?"""
        return any(field.errors or field.value() for row in self.limit_rows for field in row)

    @property
    def opens_people(self) -> bool:
        """Is anything typed or wrong among agent and representatives, so that they must not lie hidden?"""
        names = ["agent_name", "agent_phone", "agent_id_number"]
        names += [f"other{n}_{part}" for n in range(1, OTHERS + 1) for part in ("name", "phone")]
        return any(self[name].errors or self[name].value() for name in names)

    @property
    def opens_times(self) -> bool:
        """Is anything typed or wrong about another time than now?"""
        return any(self[name].errors or self[name].value() for name in ("received_at", "late_reason", "postmarked_on"))

    def clean(self) -> dict[str, Any]:
        """Everything that cannot be written down is said at once, beside its field."""
        self._read_card()
        given = dict(self.cleaned_data)
        for prefix, entry in self._entries():
            self._asked(partial(person, entry), prefix)
        for name in ("present", "concerned"):
            self._asked(partial(registration, {**A_STORY, name: given.get(name)}))
        for name, read in (("postmarked_on", parse_day), ("received_at", received_moment)):
            if given.get(name):
                self._asked(partial(read, name, given[name]))
        for n, row in enumerate(self._limits(), start=1):
            self._asked(partial(registration, {**A_STORY, "limits": [row]}), f"limit{n}_")
        if not any(given.get(name) for name in ("original_words", "demand", "facts")):
            self.add_error("original_words", _("原话、诉求、事实和理由至少写一项。"))
        return self.cleaned_data

    def _read_card(self) -> None:
        """A reader types the whole card into the first field; what else is typed by hand stands."""
        given = self.cleaned_data
        card = read_card(given.get("id_number") or "")
        if card.receipt:
            self.add_error("id_number", _("这是回执上的单号，不是证件号。同一件事请打开原来的事项补充。"))
            return
        given["id_number"] = card.number
        for name, value in (("name", card.name), ("address", card.address)):
            given[name] = given.get(name) or value

    def _asked(self, check: Callable[[], object], prefix: str = "") -> None:
        try:
            check()
        except RuleBroken as broken:
            self.add_error(f"{prefix}{broken.field}", word(broken))

    def _limits(self) -> list[dict[str, str]]:
        given = self.cleaned_data
        return [
            {part: given.get(f"limit{n}_{part}") or "" for part in ("rule", "from_on")} for n in range(1, LIMITS + 1)
        ]

    def _entries(self) -> list[tuple[str, dict[str, Any]]]:
        given = self.cleaned_data

        def entry(prefix: str, part: str, *names: str) -> tuple[str, dict[str, Any]]:
            return prefix, {"part": part, **{name: given.get(f"{prefix}{name}", "") for name in names}}

        first = entry("", "petitioner", "name", "phone", "id_number", "address", "id_type")
        first[1]["accessibility_needs"] = tuple(given.get("needs") or ())
        agent = entry("agent_", "agent", "name", "phone", "id_number")
        return [first, agent, *(entry(f"other{n}_", "representative", "name", "phone") for n in range(1, OTHERS + 1))]

    def values(self) -> dict[str, Any]:
        """What the service takes; raises RuleBroken for a date that is none."""
        given = self.cleaned_data
        plain = (
            "unit", "channel", "area", "category", "addressee", "original_words", "demand", "facts", "wish", "earlier",
            "proceedings", "papers", "present", "concerned",
        )  # fmt: skip
        posted = given.get("postmarked_on")
        return {
            **{name: given.get(name) or "" for name in plain},
            **self._kept_away(),
            "people": [entry for _prefix, entry in self._entries()],
            "postmarked_on": parse_day("postmarked_on", posted) if posted else None,
            "restricted": given["secret"],
            "limits": [row for row in self._limits() if row["rule"]],
        }

    def _kept_away(self) -> dict[str, Any]:
        """Who must not see it, and from where "one tier up" counts: at a station it may be the town above (RC-3)."""
        given = self.cleaned_data
        people = tuple(int(user) for user in given.get("recused") or ())
        away: dict[str, Any] = {"concerns_own_people": given["own"], "recused_users": people}
        if given["own"] and self.above and given.get("whose") == "above":
            away |= {"unit": self.above, "recused_units": (given["unit"],)}
        return away

    def received(self, now: datetime) -> datetime:
        """When it came in; now, where nothing else was entered."""
        text = self.cleaned_data.get("received_at")
        return received_moment("received_at", text) if text else now

    def refuse(self, broken: RuleBroken) -> None:
        """Put a refusal of the services beside the field that it names."""
        field = {
            "occurred_at": "received_at",
            "people": "other1_name",
            "files": "uploads",
            "rule": "limit1_rule",
            "from_on": "limit1_from_on",
        }.get(broken.field or "", broken.field)
        self.add_error(field if field in self.fields else None, word(broken))


def received_moment(name: str, text: str) -> datetime:
    """A moment as typed, on the clock in Shanghai."""
    return moment_of(name, text, SHANGHAI)


def fresh_key() -> UUID:
    return UUID(bytes=uuid7().bytes)
