"""Naming a place by its code, its name or its pinyin: the box suggests, and the server understands without it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinfang.rules.intake.places import OFFERED, Place, find_places
from xinfang.web.desk.unit_field import SuggestingInput


class PlaceField(forms.CharField):
    """Answers the code of one of `places`; several that fit are named, so that the right one can be typed on."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SuggestingInput([]), **kwargs)
        self.places: dict[str, Place] = {}

    def offer(self, places: Iterable[Place]) -> None:
        """The places of this request, with what else they can be found by."""
        self.places = {place.code: place for place in places}
        self.widget.names = [place.full for place in self.places.values()]
        self.widget.hints = [
            f"{place.initials} {place.pinyin.replace(' ', '')} {place.code}" for place in self.places.values()
        ]

    def prepare_value(self, value: Any) -> Any:
        """People read names; what they typed themselves stays as they typed it."""
        place = self.places.get(str(value or ""))
        return place.full if place else value

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if not text:
            return ""
        found = find_places(text, self.places.values())
        if len(found) != 1:
            raise forms.ValidationError(which_one(found))
        return found[0].code


def which_one(found: tuple[Place, ...]) -> str:
    """The sentence for none or several."""
    if not found:
        return _("没有找到这个地方。可以写村（社区）、镇的名字、拼音、拼音首字母或者代码；不清楚就空着。")
    names = "、".join(place.full for place in found[:OFFERED])
    return _("有 %(count)s 个地方对得上：%(names)s。请写全。") % {"count": len(found), "names": names}
