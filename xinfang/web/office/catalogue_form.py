"""The form of one line of the catalogue. It takes what is typed; the rules decide, and every fault is said at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.labels.catalogue import OTHER_ROUTES
from xinfang.labels.codes import word as code_word
from xinfang.labels.refusals import word
from xinfang.labels.unit_functions import FUNCTIONS
from xinfang.queries import catalogue
from xinfang.queries.catalogue_versions import codes
from xinfang.rules.catalogue.editing import ROUTES, UNITS, checked, typed
from xinfang.rules.catalogue.lines import ACCUSATION
from xinfang.rules.catalogue.versions import Item
from xinfang.rules.matters.codes import Route
from xinfang.web.office.forms import OfficeForm, choices
from xinfang.web.parts.categories import categories
from xinfang.web.parts.fields import LineField, WordsField

ENGLISH = ("en", "example_en", "papers_en", "limit_en")
_APART = _("用顿号、逗号或换行隔开。")


class LineForm(OfficeForm):
    """One thing that people come for, and what follows from it."""

    zh = LineField(label=_("群众看到的名字"), help_text=_("用群众的话，不用部门的名字，最多 20 个字。"))
    synonyms = WordsField(label=_("别的叫法"), required=False, rows=2, help_text=_APART)
    words = WordsField(
        label=_("常用词"), required=False, rows=2,
        help_text=_("说这件事常用的词，搜索和建议都看它，比叫法分量轻。用顿号、逗号或换行隔开。"),
    )  # fmt: skip
    example = LineField(label=_("例句"), help_text=_("群众会怎么说。自己编一句，不抄真人真事。"))
    shelf = forms.ChoiceField(label=_("货架"))
    category = forms.ChoiceField(label=_("内容分类"))
    route = forms.ChoiceField(label=_("途径"))
    unit1 = forms.ChoiceField(label=_("最可能牵头"))
    unit2 = forms.ChoiceField(label=_("其次"), required=False)
    unit3 = forms.ChoiceField(label=_("再次"), required=False)
    papers = WordsField(
        label=_("要带的材料"), required=False, rows=3, help_text=_("一行一样，窗口一次告知清楚。没有材料也能登记。")
    )
    limit = WordsField(label=_("多久有结果"), rows=2)
    elsewhere = forms.MultipleChoiceField(label=_("也可以找"), required=False, widget=forms.CheckboxSelectMultiple)
    from_on = LineField(label=_("从哪天起用"), required=False, kind="date", help_text=_("不填就是发布后马上用。"))
    until_on = LineField(
        label=_("用到哪天"), required=False, kind="date",
        help_text=_("不再用就填最后一天。事项不会删除，以前按它办的还看得到名字。"),
    )  # fmt: skip
    en = LineField(label=_("英文名字"), required=False, help_text=_("英文可以不填，英文页面就显示中文。"))
    example_en = LineField(label=_("英文例句"), required=False)
    papers_en = WordsField(label=_("英文材料"), required=False, rows=2, help_text=_("一行一样，和上面的中文同样次序。"))
    limit_en = WordsField(label=_("英文的多久有结果"), required=False, rows=2)

    def __init__(self, *args: Any, accusing: bool = False, shelves: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accusing, self.codes = accusing, codes(shelves)
        nothing, choose = ("", _("没有")), ("", _("请选择"))
        routes = (ACCUSATION,) if accusing else ROUTES
        lists: dict[str, list[tuple[str, Any]]] = {
            "shelf": [choose, *((shelf["key"], catalogue.in_words(shelf)) for shelf in shelves)],
            "category": [choose, *((code, name) for code, name in categories() if code in self.codes.categories)],
            "route": [choose, *((code, OTHER_ROUTES.get(code) or code_word(Route(code))) for code in routes)],
            "elsewhere": list(catalogue.elsewhere_names().items()),
            **{name: choices(FUNCTIONS, empty=choose if name == UNITS[0] else nothing) for name in UNITS},
        }
        for name, offered in lists.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chinese(self) -> list[forms.BoundField]:
        """What everybody fills in."""
        return [field for field in self if field.name not in ENGLISH]

    @property
    def english(self) -> list[forms.BoundField]:
        """What English pages say; it may stay empty."""
        return [self[name] for name in ENGLISH]

    @property
    def opens_english(self) -> bool:
        """Is anything wrong there, so that it must not lie hidden?"""
        return any(field.errors for field in self.english)

    def clean(self) -> dict[str, Any]:
        for refused in checked(self.cleaned_data, self.codes, key="", accusing=self.accusing).refusals:
            if refused.field is not None and refused.field not in self.errors:
                self.add_error(refused.field, word(refused))
        return self.cleaned_data


def initial(item: Item | None) -> dict[str, Any]:
    """A line as its form shows it; English that only repeats the Chinese stays empty."""
    if item is None:
        return {}
    values = typed(item)
    for name, own in (("en", "zh"), ("example_en", "example"), ("papers_en", "papers"), ("limit_en", "limit")):
        if values[name] == values[own]:
            values[name] = ""
    return values
