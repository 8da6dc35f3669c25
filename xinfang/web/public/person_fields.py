"""The fields by which people say who they are; the same questions wherever a citizen is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.rules.intake.registration import NAME_MOST
from xinfang.rules.lifecycle.values import tidy

TOO_LONG = {"max_length": _("内容太长，请不超过 %(limit_value)d 字。")}
NAME, PHONE = _("姓名"), _("手机或电话")


class WordsField(forms.CharField):
    """Text as people meant it: composed Unicode, one kind of line end, no control characters; then it is counted."""

    def to_python(self, value: Any) -> str:
        return tidy(str(value)) if value is not None else ""


def name_field(label: Any = NAME, autocomplete: str = "name", **kwargs: Any) -> WordsField:
    """A name of one to fifty characters of any script, or none."""
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    errors = {"max_length": _("姓名最多 %(limit_value)d 个字。")}
    return WordsField(label=label, max_length=NAME_MOST, required=False, widget=widget, error_messages=errors, **kwargs)


def phone_field(label: Any = PHONE, autocomplete: str = "tel", **kwargs: Any) -> WordsField:
    """A telephone number; it is not kept in the browser."""
    widget = forms.TextInput(attrs={"autocomplete": autocomplete, "inputmode": "tel", "data-private": ""})
    errors = {"max_length": _("号码太长，请核对。")}
    return WordsField(label=label, max_length=40, required=False, widget=widget, error_messages=errors, **kwargs)


def address_field() -> WordsField:
    """Where letters go."""
    widget = forms.TextInput(attrs={"autocomplete": "address-line1"})
    hint = _("书面告知会寄到这里。")
    return WordsField(
        label=_("住址"), max_length=200, required=False, help_text=hint, widget=widget, error_messages=TOO_LONG
    )
