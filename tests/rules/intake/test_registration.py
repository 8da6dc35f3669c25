"""What cannot be written down is refused beside its field; everything else is registered as it was said."""

from datetime import date

import pytest

from xinfang.rules.intake.registration import id_warning, registration
from xinfang.rules.matters.codes import Channel, Level
from xinfang.rules.refusals import RuleBroken

STORY = {"unit": "999901001", "original_words": "路灯坏了"}


def named(count, **more):
    return [{"name": f"张{n}", "phone": f"1990000000{n}", **more} for n in range(count)]


def test_words_of_closed_lists_and_numbers_are_read_as_typed():
    entry = registration({**STORY, "channel": "letter", "level": Level.CITY, "present": "５", "concerned": ""})
    assert (entry.channel, entry.level, entry.addressee) == (Channel.LETTER, Level.CITY, None)
    assert (entry.present, entry.concerned) == (5, 1)


@pytest.mark.parametrize(
    ("values", "code", "facts"),
    [
        ({"channel": "pigeon"}, "choice_unknown", {}),
        ({"kind": "accusation"}, "choice_unknown", {}),
        ({"present": "很多"}, "number_unreal", {}),
        ({"present": 0}, "number_out_of_range", {"least": 1, "most": 10_000_000}),
        ({"concerned": 10_000_001}, "number_out_of_range", {"least": 1, "most": 10_000_000}),
        ({"people": named(6)}, "too_many_representatives", {"most": 5}),
    ],
)
def test_a_value_that_cannot_be_is_refused_beside_its_field(values, code, facts):
    with pytest.raises(RuleBroken) as broken:
        registration({**STORY, **values})
    assert (broken.value.code, broken.value.field, broken.value.facts) == (code, next(iter(values)), facts)


def test_five_persons_are_named_and_whoever_speaks_for_them_is_not_counted():
    entry = registration({**STORY, "people": [*named(5), *named(1, part="agent")]})
    assert [person.part for person in entry.people] == ["petitioner"] * 5 + ["agent"]


def test_a_limit_is_spoken_of_whole_and_counts_once():
    spoken = {"rule": "EX-FY60", "from_on": "2026-03-02"}
    entry = registration({**STORY, "limits": [spoken, spoken, {"rule": "", "from_on": ""}]})
    assert entry.limits == (("EX-FY60", date(2026, 3, 2)),)
    for half, field in (({"rule": "EX-FY60"}, "from_on"), ({"from_on": "2026-03-02"}, "rule")):
        with pytest.raises(RuleBroken, match="field_required") as broken:
            registration({**STORY, "limits": [half]})
        assert broken.value.field == field


@pytest.mark.parametrize(
    ("number", "warning"),
    [
        ("", ""),
        ("341602189001010013", ""),
        ("11010519491231002X", ""),
        ("341602189002310021", "id_number_unusual"),
        ("341602189001010019", "id_number_unusual"),
        ("999999189001010013", "id_number_unusual"),
        ("12345", "id_number_unusual"),
    ],
)
def test_a_number_is_looked_at_for_date_area_and_check_digit_not_for_when_the_county_got_its_code(number, warning):
    assert id_warning(number) == warning
