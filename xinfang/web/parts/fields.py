"""Fields that take whatever a person types; cleaning and refusing is the work of the rules."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import ProhibitNullCharactersValidator

from xinfang.gateways.files import MOST_BYTES, Upload
from xinfang.rules.intake.file_names import KINDS
from xinfang.rules.refusals import RuleBroken

MOST_TYPED = 100_000
# A year of four digits: without it the browser waits for six, and a date typed straight on lands in the year 202603.
LAST_DAY = {"date": "9999-12-31", "datetime-local": "9999-12-31T23:59"}


class LineField(forms.CharField):
    """One line. A control character in it is dropped by the rules and no reason to send anybody away.

    `private` keeps it out of the browser's draft; `kind` is the input's type; `numeric` asks for a number pad.
    """

    def __init__(self, *, kind: str = "text", private: bool = False, numeric: bool = False, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"autocomplete": "off"}
        if private:
            attrs["data-private"] = True
        if numeric:
            attrs["inputmode"] = "numeric"
        if kind in LAST_DAY:
            attrs["max"] = LAST_DAY[kind]
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.widget.input_type = kind
        _without_null_check(self)

    def to_python(self, value: Any) -> str:
        return _short(super().to_python(value))


class WordsField(forms.CharField):
    """Several lines as somebody says them."""

    def __init__(self, *, rows: int = 4, count: int = 0, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"rows": rows}
        if count:
            attrs["data-count"] = count
        super().__init__(widget=forms.Textarea(attrs=attrs), **kwargs)
        _without_null_check(self)

    def to_python(self, value: Any) -> str:
        return _short(super().to_python(value))


def _short(text: str | None) -> str:
    """Far beyond what the rules allow, so that they can say so, and still no burden."""
    return (text or "")[:MOST_TYPED]


def _without_null_check(field: forms.CharField) -> None:
    field.validators = [check for check in field.validators if not isinstance(check, ProhibitNullCharactersValidator)]


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files, as name and bytes; too large ones are cut where the rules notice."""

    widget = _ManyFiles

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("allow_empty_file", True)
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in KINDS)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002 -- Django's own
        given: Sequence[UploadedFile[Any]] = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [Upload(str(file.name or ""), file.read(MOST_BYTES + 1)) for file in given if file]


def row_number(text: str | None) -> int:
    """The number of a row as our own page sent it out; 0 for whatever else comes back."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


def moment_of(name: str, text: str, zone: tzinfo) -> datetime:
    """A moment as a browser sends it (`2026-11-23T09:41`) or a person types it; refuses what is none."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("/", "-")
    try:
        return datetime.fromisoformat(plain).replace(tzinfo=zone)
    except ValueError:
        raise RuleBroken("date_unreal", field=name) from None
