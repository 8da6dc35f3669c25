"""Naming a unit: a list while it is short, a box that suggests names when it is long; both without script."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.labels.refusals import REFUSALS

LIST_MOST = 60

Groups = list[tuple[str, list[tuple[str, str]]]] | list[tuple[str, str]]


class UnitField(forms.CharField):
    """Answers the code of a unit out of `groups` (tier -> units), whether it was chosen, typed by name or by code."""

    def __init__(self, groups: Groups, **kwargs: Any) -> None:
        self.units = dict(_flat(groups))
        if len(self.units) <= LIST_MOST:
            kwargs["widget"] = forms.Select(choices=[("", _("请选择")), *groups])
        else:
            kwargs["widget"] = SuggestingInput(list(self.units.values()))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """In a box that suggests, people read names."""
        return self.units.get(value, value) if isinstance(self.widget, SuggestingInput) else value

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if not text or text in self.units:
            return text
        named = [code for code, name in self.units.items() if name == text]
        if len(named) != 1:
            raise forms.ValidationError(str(REFUSALS["unit_unknown"]))
        return named[0]


class SuggestingInput(forms.TextInput):
    """A text box with `names` to choose from; `hints`, one a name, are what else the name can be found by."""

    template_name = "parts/suggesting_input.html"

    def __init__(self, names: list[str], hints: Iterable[str] = ()) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.names = names
        self.hints = list(hints)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["attrs"]["list"] = f"{widget['attrs'].get('id', name)}_list"
        widget["names"] = list(zip_longest(self.names, self.hints, fillvalue=""))
        return context


def _flat(groups: Groups) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for first, second in groups:
        flat += second if isinstance(second, list) else [(first, second)]
    return flat
