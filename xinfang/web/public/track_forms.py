"""The forms of the petitioner's own matter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.labels.codes import GRADES, PROOFS, RATED_ORGANS
from xinfang.rules.matters.codes import Proof, RatedOrgan
from xinfang.web.public.person_fields import TOO_LONG, WordsField, address_field, name_field, phone_field
from xinfang.web.public.submit_forms import ACCEPTED, FILES_HELP, ManyFiles, ManyFilesField


class TrackForm(forms.Form):
    """Number and code, however they are typed."""

    number = forms.CharField(
        label=_("单号"),
        max_length=60,
        help_text=_("回执上 XF 开头的那一行，例如 XF-7K3M-92QB。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填单号。"), "max_length": _("单号太长，请核对。")},
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=60,
        help_text=_("12 位数字，空格可有可无。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "data-private": ""}
        ),
        error_messages={"required": _("请填查询码。"), "max_length": _("查询码太长，请核对。")},
    )


class AddForm(forms.Form):
    """More words, more files."""

    words = WordsField(
        label=_("想补充的话"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-count": "20000", "autocomplete": "off"}),
        error_messages=TOO_LONG,
    )
    files = ManyFilesField(  # type: ignore[assignment]  # a field is no attribute of the class
        label=_("照片和材料"),
        required=False,
        help_text=FILES_HELP,
        widget=ManyFiles(attrs={"multiple": True, "accept": ACCEPTED}),
    )


class UrgeForm(forms.Form):
    """Urging needs no words."""

    words = WordsField(
        label=_("想对办理单位说的话"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages=TOO_LONG,
    )


class ReasonForm(forms.Form):
    """Why somebody objects."""

    reason = WordsField(
        label=_("理由"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "data-count": "4000", "autocomplete": "off"}),
        error_messages={"required": _("请写明理由。"), **TOO_LONG},
    )


class ProofForm(forms.Form):
    """What every statement ends with: a proof that it is the petitioner. `ways` are those that there are."""

    way = forms.ChoiceField(
        label=_("用什么证明是您本人？"), widget=forms.RadioSelect, error_messages={"required": _("请选一个。")}
    )
    code = forms.CharField(
        label=_("验证码"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "data-private": ""}
        ),
        error_messages={"required": _("请填验证码。"), "max_length": _("验证码太长，请核对。")},
    )

    def __init__(self, *args: Any, ways: list[Proof], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["way"]
        field.choices = [(way.value, PROOFS[way]) for way in ways]  # type: ignore[attr-defined]  # a choice field
        if len(ways) == 1:
            field.widget = forms.HiddenInput()
            field.initial = ways[0].value
        if ways == [Proof.SEALED_SLIP]:
            self.fields["code"].label = str(PROOFS[Proof.SEALED_SLIP])
        self.order_fields([name for name in self.fields if name not in {"way", "code"}] + ["way", "code"])


class RateForm(ProofForm):
    """Both organs, apart; nothing ticked beforehand; one is enough."""

    def __init__(self, *args: Any, rated: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for organ in RatedOrgan:
            choices = [(grade.value, text) for grade, text in GRADES.items()]
            if organ.value in rated:
                choices.append(("revoke", _("收回我的评价")))
            self.fields[organ.value] = forms.ChoiceField(
                label=str(RATED_ORGANS[organ]), choices=choices, required=False, widget=forms.RadioSelect
            )
        self.fields["words"] = WordsField(
            label=_("还想说的话"),
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            error_messages=TOO_LONG,
        )
        self.order_fields([*(organ.value for organ in RatedOrgan), "words", "way", "code"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not any(given.get(organ.value) for organ in RatedOrgan):
            self.add_error(RatedOrgan.PETITION_BUREAU.value, str(_("请至少评价一个。")))
        return given


class DetailsForm(ProofForm):
    """The petitioner's own name, phone and address, put right; what is left empty stays."""

    name = name_field()
    phone = phone_field(help_text=_("改了以后，验证码就发到新号码。"))
    address = address_field()


class StatementForm(ProofForm):
    """Withdrawing, or putting at rest: words if one likes, and the proof."""

    words = WordsField(
        label=_("想说的话"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages=TOO_LONG,
    )
