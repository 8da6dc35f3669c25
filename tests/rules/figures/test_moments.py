import pytest

from xinfang.rules.figures.moments import read_moment
from xinfang.rules.refusals import RuleBroken


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-31T24:00", "2026-11-01T00:00:00+08:00"),
        ("2026-10-31 24:00:00", "2026-11-01T00:00:00+08:00"),
        ("2026-10-31", "2026-11-01T00:00:00+08:00"),
        ("２０２６-１０-３１", "2026-11-01T00:00:00+08:00"),
        ("2026-10-31T09:30", "2026-10-31T09:30:00+08:00"),
        ("2026-10-31T09:30:15+00:00", "2026-10-31T17:30:15+08:00"),
        ("2026-12-31T24:00", "2027-01-01T00:00:00+08:00"),
    ],
)
def test_a_moment_is_read_as_people_write_it_in_shanghai(text, moment):
    assert read_moment(text).isoformat() == moment


@pytest.mark.parametrize(
    "text", ["", "now", "yesterday", "2026-13-01", "2026-02-30", "2026-10-31T25:00", "2026-10-31T24:01", "20261031",
             "9999-12-31", "9999-12-31T24:00", "0001-01-01T00:00+14:00", "2026-10-31T", "2026-10-31x"],
)  # fmt: skip
def test_nonsense_is_refused(text):
    with pytest.raises(RuleBroken) as refused:
        read_moment(text)
    assert (refused.value.code, refused.value.field) == ("moment_unreal", "as_of")
