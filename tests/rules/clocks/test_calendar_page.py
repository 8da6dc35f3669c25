import json
import re
from datetime import date
from pathlib import Path

from xinfang.gateways.clock_lines import answer
from xinfang.policies import shipped
from xinfang.rules.clocks.due import Count, Due, due
from xinfang.rules.clocks.year_notices import notice_numbers

PAGE = Path(__file__).parents[3].joinpath("docs/rules/calendar.md").read_text("utf-8")
ROW = re.compile(r"^\| (\S+) \| (\d+) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \| (yes|no) \|", re.MULTILINE)


def test_the_page_about_the_calendar_works_its_examples_out_rightly(calendar):
    rows = ROW.findall(PAGE)
    assert {row[0] for row in rows} == set(Count)
    for rule, n, start, *ends, provisional in rows:
        found = due(Count(rule), int(n), date.fromisoformat(start), calendar)
        assert found == Due(*map(date.fromisoformat, ends), provisional=provisional == "yes")


def test_the_page_shows_the_command_as_it_answers(calendar):
    question, shown = re.search(r"echo '(.*)' \| xinfang clock\n(.*)", PAGE).groups()
    assert json.loads(answer(question.encode(), calendar)) == json.loads(shown)


def test_the_page_shows_how_the_command_explains_itself(calendar):
    question, shown = re.search(r"echo '(.*)' \| xinfang clock --explain\n(.*)", PAGE).groups()
    assert answer(question.encode(), calendar, notice_numbers(shipped("calendar_cn.json"))) == shown
