"""Naming a unit: a list while it is short, suggestions while one types when it is long."""

import pytest
from django import forms

from xinfang.web.desk.unit_field import LIST_MOST, UnitField

MANY = [
    ("乡镇街道级", [(f"u{n}", f"第{n}镇") for n in range(LIST_MOST)]),
    ("区级", [("top", "区中心"), ("twin", "区中心")]),
]
FEW = [("区级", [("top", "区中心"), ("rs", "区人社局")])]


def form_with(units, data=None, initial=None):
    class Named(forms.Form):
        unit = UnitField(units, label="单位")

    return Named(data, initial=initial)


def test_a_short_list_is_a_list_grouped_by_tier():
    page = str(form_with(FEW)["unit"])
    assert '<optgroup label="区级">' in page
    assert "<datalist" not in page


def test_a_long_list_suggests_names_without_script():
    page = str(form_with(MANY, initial={"unit": "u7"})["unit"])
    assert '<datalist id="id_unit_list">' in page
    assert 'list="id_unit_list"' in page
    assert 'value="第7镇"' in page


@pytest.mark.parametrize("typed", ["u7", "第7镇", " 第7镇 "])
def test_a_unit_is_understood_by_code_and_by_name(typed):
    form = form_with(MANY, {"unit": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"unit": "u7"}


@pytest.mark.parametrize("typed", ["第999镇", "区中心", ""])
def test_an_unknown_or_ambiguous_or_missing_name_is_asked_back(typed):
    assert not form_with(MANY, {"unit": typed}).is_valid()
