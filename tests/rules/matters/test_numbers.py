"""Public numbers: any way of writing one down is read, any single slip of the pen is noticed."""

from itertools import product

import pytest

from xinfang.rules.matters.numbers import (
    ALPHABET,
    check_character,
    ledger_number,
    ledger_of,
    public_number,
    read_code,
    read_number,
)

NUMBER = public_number(bytes([7, 3, 75, 12, 200, 31, 0]))


def test_a_number_has_seven_symbols_and_a_check_character():
    assert f"XF-{NUMBER[3:7]}-{NUMBER[8:]}" == NUMBER
    assert check_character(NUMBER[3:7] + NUMBER[8:11]) == NUMBER[11]
    assert set(NUMBER[3:].replace("-", "")) <= set(ALPHABET)


@pytest.mark.parametrize("write", [
    str.lower, lambda n: n.replace("-", ""), lambda n: n.replace("-", " "), lambda n: n[3:], lambda n: f"  {n}\n",
    lambda n: "".join(chr(ord(c) + 0xFEE0) if c != "-" else "－" for c in n),
    lambda n: n.replace("0", "O"), lambda n: n.replace("1", "l"),
])  # fmt: skip
def test_a_number_is_read_however_it_was_typed(write):
    assert read_number(write(NUMBER)) == NUMBER


def test_every_single_wrong_symbol_and_every_swap_of_neighbours_is_noticed():
    symbols = NUMBER[3:].replace("-", "")
    for place, symbol in product(range(8), ALPHABET):
        wrong = symbols[:place] + symbol + symbols[place + 1 :]
        assert (read_number(wrong) is not None) == (wrong == symbols)


@pytest.mark.parametrize(
    "text", ["", "XF-", "XF-7K3M-92Q", "XF-7K3M-92QBB", "XF-7K3U-92QB", "字字字字字字字字", NUMBER + "!x"]
)
def test_what_cannot_be_a_number_is_none(text):
    assert read_number(text) is None


def test_a_village_is_counted_with_its_township_and_what_nobody_may_notice_apart():
    assert [ledger_of(area, apart=False) for area in ("341602106201", "341602106", "341602")] == [
        "341602106", "341602106", "341602000",
    ]  # fmt: skip
    assert ledger_of("341602106201", apart=True) == "3416021069"


def test_the_ledger_number_counts_in_its_centre_and_year():
    assert ledger_number("341602106", 2026, 123) == "341602106-2026-000123"


@pytest.mark.parametrize(("typed", "code"), [
    ("123456789012", "123456789012"), (" 1234 5678-9012 ", "123456789012"),
    ("１２３４５６７８９０１２", "123456789012"),
    ("12345678901", None), ("1234567890123", None), ("12345678901a", None), ("", None),
])  # fmt: skip
def test_a_query_code_is_twelve_digits(typed, code):
    assert read_code(typed) == code
