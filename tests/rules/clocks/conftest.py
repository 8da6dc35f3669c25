import pytest

from xinfang.policies import shipped
from xinfang.rules.clocks.calendar import Calendar


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar.of(shipped("calendar_cn.json"))
