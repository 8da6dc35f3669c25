"""One form for every move, built from its fields; what is entered is judged by the very rules of the move."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinfang.labels.codes import word as word_of
from xinfang.labels.moves import FIELDS, OWN_FIELDS
from xinfang.labels.refusals import REFUSALS, word
from xinfang.rules.lifecycle.move import Field, FieldKind, Move
from xinfang.rules.lifecycle.values import WHAT_MOST, entered
from xinfang.rules.refusals import RuleBroken
from xinfang.web.desk.options import Offers
from xinfang.web.desk.unit_field import UnitField
from xinfang.web.parts.fields import LAST_DAY, LineField, WordsField

ROWS, MOST_ROWS = 3, 60
RADIOS = 7
ROW_LENGTH = 36
YES, NO = "yes", "no"
_ROW_KINDS = frozenset({FieldKind.TASKS, FieldKind.STEPS})
_ASKED_PLAINLY = frozenset({"solvable"})  # an empty box must not decide it
_CARRIED = frozenset({"offered"})  # what was suggested goes along, unseen, to stand beside what is decided
_TICKED = frozenset({"compared"})  # each one is looked at and ticked by itself
_UNREAL: Any = {"invalid": REFUSALS["date_unreal"]}


@dataclass(frozen=True)
class Group:
    """A field, or a table of rows, as the template walks through the form."""

    field: BoundField | None = None
    is_short: bool = False
    name: str = ""
    label: Any = ""
    rows: tuple[tuple[BoundField, ...], ...] = ()
    errors: tuple[str, ...] = ()
    must_have_date: bool = False


def _said(label: Any) -> Any:
    """What is said of a field: by its name, since the same words stand in the summary."""
    return {"required": missing(label), "invalid_choice": REFUSALS["choice_unknown"]}


def missing(label: Any) -> str:
    return gettext("请填写“%(name)s”。") % {"name": label}


class MoveForm(forms.Form):
    """The values of one move. `seq` is the newest record that whoever fills it in has read."""

    seq = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, move: Move, offers: Offers, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.move, self.row_errors = move, dict[str, list[str]]()
        self.row_counts = {spec.name: self._rows(spec.name) for spec in move.fields if spec.kind in _ROW_KINDS}
        for spec in move.fields:
            if spec.kind in _ROW_KINDS:
                self._add_rows(spec, offers.get(spec.name, []))
            else:
                label = OWN_FIELDS.get((move.name, spec.name), FIELDS.get(spec.name, spec.name))
                self.fields[spec.name] = _field(spec, label, offers.get(spec.name), self.initial)
        self.fields["occurred_at"] = forms.DateTimeField(
            label=_("实际发生时间"),
            required=False,
            help_text=_("刚刚发生的不用填。"),
            widget=forms.DateTimeInput(
                attrs={"type": "datetime-local", "max": LAST_DAY["datetime-local"]}, format="%Y-%m-%dT%H:%M"
            ),
            error_messages=_UNREAL,
        )
        self.fields["late_reason"] = forms.CharField(
            label=_("补录原因"), required=False, max_length=200, help_text=_("发生在 24 小时以前的要写。")
        )

    def _rows(self, name: str) -> int:
        source = self.data if self.is_bound else self.initial
        try:
            count = int(source.get(f"{name}-count", ROWS))
        except (TypeError, ValueError):
            count = ROWS
        return min(max(count + (ROWS if source.get("add") == name else 0), ROWS), MOST_ROWS)

    def _add_rows(self, spec: Field, units: list[Any]) -> None:
        for row in range(self.row_counts[spec.name]):
            self.fields[f"{spec.name}-{row}-unit"] = UnitField(units, label=_("单位"), required=False)
            self.fields[f"{spec.name}-{row}-due_on"] = _date(_("期限"), required=False)
            if spec.kind is FieldKind.TASKS:
                self.fields[f"{spec.name}-{row}-what"] = LineField(
                    label=_("请它做什么"), required=False, max_length=WHAT_MOST
                )

    def groups(self) -> list[Group]:
        """The fields of the move in its order, rows gathered."""
        return [
            self._row_group(spec)
            if spec.kind in _ROW_KINDS
            else Group(self[spec.name], is_short=is_short(self.fields[spec.name]))
            for spec in self.move.fields
        ]

    def _row_group(self, spec: Field) -> Group:
        rows = tuple(
            tuple(self[f"{spec.name}-{row}-{name}"] for name in row_fields(spec))
            for row in range(self.row_counts[spec.name])
        )
        errors = tuple(self.row_errors.get(spec.name, ()))
        return Group(
            name=spec.name, label=FIELDS[spec.name], rows=rows, errors=errors,
            must_have_date=spec.kind is FieldKind.STEPS,
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What was entered, by the names of the move."""
        return {spec.name: self._value(spec) for spec in self.move.fields}

    def _value(self, spec: Field) -> Any:
        if spec.name in _TICKED:
            return " ".join(self.cleaned_data.get(spec.name) or ())
        if spec.kind not in _ROW_KINDS:
            return self.cleaned_data.get(spec.name)
        filled = []
        for row in range(self.row_counts[spec.name]):
            typed = {name: self.cleaned_data.get(f"{spec.name}-{row}-{name}") or "" for name in row_fields(spec)}
            if any(typed.values()):
                filled.append(typed)
        return filled

    def clean(self) -> dict[str, Any]:
        """Every field on its own, so that all that is wrong is said at once."""
        cleaned = super().clean() or self.cleaned_data
        for spec in self.move.fields:
            if spec.name in self.errors:
                continue
            try:
                entered(replace(self.move, fields=(spec,)), {spec.name: self._value(spec)})
            except RuleBroken as broken:
                self.refuse(broken)
        return cleaned

    def refuse(self, broken: RuleBroken) -> None:
        """Put a refusal beside the field that caused it."""
        said = missing(FIELDS[broken.field]) if broken.code == "field_required" and broken.field else word(broken)
        if broken.field in self.row_counts:
            self.row_errors.setdefault(str(broken.field), []).append(said)
            return
        self.add_error(broken.field if broken.field in self.fields else None, said)

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong in rows, for the summary: where to go and what it says."""
        return [(f"#{name}", text) for name, texts in self.row_errors.items() for text in texts]

    def is_sound(self) -> bool:
        return self.is_valid() and not self.row_errors

    def occurred_at(self, now: datetime) -> datetime:
        """When it happened: as entered, otherwise now."""
        moment: datetime | None = self.cleaned_data.get("occurred_at")
        if moment is None:
            return now
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def row_fields(spec: Field) -> tuple[str, ...]:
    """What one row asks for: a task says what its unit is to do, a step has its date alone."""
    return ("unit", "due_on", "what") if spec.kind is FieldKind.TASKS else ("unit", "due_on")


def is_short(field: forms.Field) -> bool:
    """Do all the choices fit into one row?"""
    if not isinstance(field, forms.ChoiceField) or not isinstance(field.widget, forms.RadioSelect):
        return False
    choices: Any = field.choices
    return sum(len(str(words)) + 3 for _value, words in choices) <= ROW_LENGTH


def _date(label: Any, *, required: bool) -> forms.Field:
    field = forms.CharField(
        label=label,
        required=required,
        max_length=20,
        error_messages=_said(label),
        widget=forms.TextInput(attrs={"type": "date", "max": LAST_DAY["date"]}),
    )
    # A date has no length that a browser could hold to.
    del field.widget.attrs["maxlength"]
    return field


def _field(spec: Field, label: Any, offered: list[Any] | None, initial: Mapping[str, Any]) -> forms.Field:
    if spec.name in _CARRIED | _TICKED:
        return _by_name(spec, label, offered or [])
    if spec.kind is FieldKind.UNIT:
        return UnitField(offered or [], label=label, required=spec.required, error_messages=_said(label))
    if spec.kind is FieldKind.CHOICE and offered is None:
        offered = _members(spec)
    if spec.kind is FieldKind.YES_NO:
        return _yes_no(spec, label)
    if offered is not None:
        return _select(label, offered, required=spec.required, initial=initial.get(spec.name))
    if spec.kind is FieldKind.DATE:
        return _date(label, required=spec.required)
    return _text(spec, label)


def _by_name(spec: Field, label: Any, offered: list[Any]) -> forms.Field:
    """A code that nobody types: carried along, or put together from what is ticked."""
    if spec.name in _CARRIED:
        return forms.CharField(required=False, max_length=spec.most, widget=forms.HiddenInput)
    return forms.MultipleChoiceField(
        label=label, choices=offered, widget=forms.CheckboxSelectMultiple, error_messages=_said(label)
    )


def _members(spec: Field) -> list[Any]:
    members: Any = spec.only or tuple(spec.choices or ())
    return [(member.value, word_of(member)) for member in members]


def _yes_no(spec: Field, label: Any) -> forms.Field:
    if spec.name in _ASKED_PLAINLY:
        return _select(label, [(YES, _("是")), (NO, _("否"))], required=True)
    return forms.BooleanField(label=label, required=False)


def _select(label: Any, choices: list[Any], *, required: bool, initial: Any = None) -> forms.Field:
    """Radios while they fit on a glance, a list otherwise; a single choice is chosen already."""
    few = len(choices) <= RADIOS
    empty = [] if few and required else [("", _("不填") if not required else _("请选择"))]
    only = choices[0][0] if len(choices) == 1 and required else initial
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[*empty, *choices],
        initial=only if only is not None else "",
        widget=forms.RadioSelect if few else forms.Select,
        error_messages=_said(label),
    )


def _text(spec: Field, label: Any) -> forms.Field:
    said: dict[str, Any] = {"label": label, "required": spec.required, "error_messages": _said(label)}
    if spec.kind is FieldKind.WORDS:
        return WordsField(rows=4, count=spec.most, **said)
    return LineField(numeric=spec.kind is FieldKind.NUMBER, **said)
