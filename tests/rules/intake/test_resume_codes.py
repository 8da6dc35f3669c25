"""The code of a half-written petition: sixteen symbols, read back however they are typed."""

import pytest

from xinfang.rules.intake.saved_drafts import read_resume_code, resume_code

CODE = "7K3M-92QB-0F4T-XW8A"


def test_sixteen_bytes_are_sixteen_symbols_in_groups_of_four():
    assert resume_code(bytes(range(16))) == "0123-4567-89AB-CDEF"
    assert resume_code(bytes([31, 32, 255] + [0] * 13)) == "Z0Z0-0000-0000-0000"


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower(), CODE.replace("-", " "), CODE.replace("-", ""), "７K３M92QBOF4TXW8A", f" {CODE}\n"]
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_resume_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "7K3M", CODE + "A", CODE.replace("A", "U"), "码" * 16, "⑨" * 16 + "x"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_resume_code(typed) is None
