"""The questions of a submission, one page each. Only an empty story is refused; everything else may be left out."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from xinfang.rules.intake.file_names import MOST_FILES
from xinfang.rules.intake.registration import WORDS_MOST
from xinfang.web.public.person_fields import TOO_LONG, WordsField, address_field, name_field, phone_field

# Kinds by name, not `image/*`: then an iPhone hands its photos over as JPEG. No `capture`: older photos count as well.
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,video/mp4,audio/mp4,audio/mpeg"
FILES_HELP = _("照片、PDF、Word、Excel、录音、录像都可以。每个不超过 20 MB，最多 10 个。照片和录像里的拍摄地点会去掉。")
YES_NO = (("no", _("不是")), ("yes", _("是")))


class QuestionsForm(forms.Form):
    """Three questions before any typing (product, "Accusations, at the window and on the web")."""

    accusation = forms.ChoiceField(
        label=_("您是要检举、控告干部或者单位违纪、违法、失职吗？"),
        help_text=_("比如贪污、受贿、滥用职权、严重失职。这类事有专门的、保密的去处，这里不收内容。"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选是不是要检举、控告。")},
    )
    own_people = forms.ChoiceField(
        label=_("事情和群众工作服务中心或村站自己的人有关吗？"),
        help_text=_("比如窗口态度差、办得慢。选“是”，就由上一级登记和办理，有关的人回避。"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选和中心自己的人有没有关。")},
    )
    secrecy = forms.ChoiceField(
        label=_("您要求保密吗？"),
        help_text=_("选“是”，只有必须办这件事的少数人看得到。"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选要不要保密。")},
    )


class WordsForm(forms.Form):
    """What happened, in free words."""

    words = WordsField(
        label=_("发生了什么事？"),
        help_text=_("什么时候、在哪里、和谁、现在怎样。写不全也没关系，以后可以补。"),
        max_length=WORDS_MOST,
        widget=forms.Textarea(attrs={"rows": 8, "data-count": str(WORDS_MOST), "autocomplete": "off"}),
        error_messages={
            "required": _("请写几句发生了什么事。"),
            "max_length": _("内容太长，请不超过 %(limit_value)d 字。"),
        },
    )
    demand = WordsField(
        label=_("您希望怎么解决？"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages=TOO_LONG,
    )
    earlier = WordsField(
        label=_("以前向哪里反映过？"),
        max_length=2000,
        required=False,
        help_text=_("没有就空着。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=TOO_LONG,
    )


class PlaceForm(forms.Form):
    """One place out of a list, or not sure."""

    area = forms.ChoiceField(label="", required=False, widget=forms.Select)

    def __init__(self, *args: Any, label: object, unsure: object, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        field.label = str(label)
        field.widget.choices = field.choices = [("", unsure), *places]  # type: ignore[attr-defined]  # a select
        field.error_messages["invalid_choice"] = str(_("请从列表里选一个。"))


class PersonForm(forms.Form):
    """Who it is. Everything may be left out; nothing is refused for being unusual."""

    name = name_field()
    phone = phone_field(help_text=_("用来告诉您进展，也用来证明是您本人。"))
    address = address_field()
    id_number = WordsField(
        label=_("身份证号"),
        max_length=60,
        required=False,
        help_text=_("可以暂不提供，不影响登记。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": ""}),
        error_messages={"max_length": _("号码太长，请核对。")},
    )

    agent_name = name_field(
        _("代办人姓名"), autocomplete="off", help_text=_("您是替别人填的，这里写您自己，上面写他本人。")
    )
    agent_phone = phone_field(
        _("代办人电话"), autocomplete="off", help_text=_("有事也可以打给您。评价、撤回的验证码只发给本人。")
    )

    @property
    def has_agent(self) -> bool:
        """Is anything typed or wrong of somebody who writes for another, so that it must not lie hidden?"""
        names = ("agent_name", "agent_phone")
        return any(self[name].value() or self[name].errors for name in names)


class ManyFiles(forms.ClearableFileInput):
    """One control for several files, as the browser offers it."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    """Several files in one field; whether each is fit to be kept is asked where files are kept."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":  # noqa: ARG002  -- Django calls it so
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        return [upload for upload in uploads if isinstance(upload, UploadedFile)]


class FilesForm(forms.Form):
    """Photos and papers, if there are any."""

    files = ManyFilesField(  # type: ignore[assignment]  # a field is no attribute of the class
        label=_("照片和材料"),
        required=False,
        help_text=FILES_HELP,
        widget=ManyFiles(attrs={"multiple": True, "accept": ACCEPTED}),
    )
    most = MOST_FILES
