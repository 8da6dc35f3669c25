"""What a reader types like a keyboard is taken apart by shape, whatever separates it."""

import pytest

from xinfang.rules.intake.cards import Card, read_card

NUMBER, X = "341602189001010013", "34160218900101003X"


def test_a_plain_number_stays_what_it_is():
    assert read_card(f" {NUMBER} ") == Card(number=NUMBER)
    assert read_card("E12345678") == Card(number="E12345678")
    assert read_card("") == Card()


@pytest.mark.parametrize("separator", ["|", "\t", "\n", ",", "；", " | "])
def test_a_whole_card_is_number_name_and_address(separator):
    read = separator.join(["古丽·买买提", "女", "维吾尔族", "18900101", "示范区河湾镇桥东村12号", X, "示范区公安局"])
    assert read_card(read) == Card(number=X, name="古丽·买买提", address="示范区河湾镇桥东村12号")


def test_labels_before_the_parts_are_not_part_of_them():
    read = f"姓名：张一|住址：示范区河湾镇一号|公民身份号码：{NUMBER}|2010.01.01-长期"
    assert read_card(read) == Card(number=NUMBER, name="张一", address="示范区河湾镇一号")


def test_full_width_digits_are_understood():
    assert read_card(f"张一|{NUMBER}".translate(str.maketrans("0123456789", "０１２３４５６７８９"))).number == NUMBER


def test_of_two_numbers_the_one_with_a_right_check_digit_is_the_persons():
    wrong = NUMBER[:17] + "9"
    assert read_card(f"张一|{wrong}|{NUMBER}").number == NUMBER
    assert read_card(f"张一|{wrong}").number == wrong, "a wrong number is warned about later, never refused"


def test_several_parts_without_a_number_are_left_as_they_were_typed():
    assert read_card("张一|河湾镇") == Card(number="张一|河湾镇")


def test_a_name_of_one_character_and_no_address():
    assert read_card(f"丁|{NUMBER}") == Card(number=NUMBER, name="丁")


def test_a_receipt_held_under_the_scanner_is_a_receipt():
    assert read_card("xf-0000-0000").receipt in {"", "00000000"}
    assert read_card("XF-7K3M-92QB").number in {"", "XF-7K3M-92QB"}
