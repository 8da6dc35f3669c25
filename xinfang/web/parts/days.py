"""Forms of days above a list: each may be empty, and every one is a day that can be real."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(9998, 12, 31)


def day_field(label: Any) -> forms.DateField:
    """A day that may be left empty."""
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class DaysForm(forms.Form):
    """Nothing but days; a day that cannot be real is said beside its field and asks nothing."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for name in self.fields:
            on = found.get(name)
            if on is not None and not FIRST_DAY <= on <= LAST_DAY:
                self.add_error(name, _("请填写真实的日期，例如 2026-11-23。"))
        return found

    @property
    def kept(self) -> dict[str, str]:
        """What an address keeps of it."""
        return {name: self.cleaned_data[name].isoformat() for name in self.fields if self.cleaned_data.get(name)}
