"""How people are shown to who need not know the whole."""

import pytest

from xinfang.rules.access.masking import masked_name, masked_number


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张一", "张*"),
        ("欧阳修文", "欧***"),
        ("古丽·买买提", "古*·***"),
        ("李", "*"),
        ("", ""),
        ("John Smith", "J*** *****"),
    ],
)
def test_a_name_keeps_its_first_character_and_its_shape(name, shown):
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("11010518491231002X", "110*************2X"), ("19900000001", "199******01"), ("1234567", "*******"), ("", "")],
)
def test_a_number_shows_too_little_to_be_used(number, shown):
    assert masked_number(number) == shown
    assert len(shown) == len(number)
