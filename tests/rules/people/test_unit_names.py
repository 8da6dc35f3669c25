"""What a unit may be called, and how far down it may sit."""

import pytest

from xinfang.rules.people.units import unit_path
from xinfang.rules.refusals import RuleBroken


def test_the_line_of_codes_above_a_unit_ends_where_its_column_ends():
    above = "9" * 149
    assert unit_path(above, "9" * 10) == f"{above}.{'9' * 10}"
    with pytest.raises(RuleBroken) as broken:
        unit_path(above, "9" * 11)
    assert (broken.value.code, broken.value.field) == ("unit_too_deep", "parent")
