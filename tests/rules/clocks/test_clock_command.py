import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from xinfang.gateways.clock_lines import answer
from xinfang.management.commands.clock import Command

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
GOOD = b'{"rule": "CAL-D", "n": 3, "start": "2025-09-28"}'
ANSWER = {"raw": "2025-10-01", "due": "2025-10-09", "prudent": "2025-09-30", "provisional": False}
ALONE = [
    sys.executable,
    "-c",
    "from xinfang.management.commands.clock import Command as C; C().run_from_argv(['', ''])",
]


def ask(monkeypatch, raw, calendar=None, explain=False):
    """The answers to these bytes and the exit status."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out, status = io.StringIO(), 0
    try:
        Command(stdout=out).handle(calendar=calendar, explain=explain)
    except SystemExit as end:
        status = end.code
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_every_question_is_answered_in_its_order(monkeypatch):
    questions = [json.dumps({key: row[key] for key in ("rule", "n", "start")}) for row in VECTORS]
    answers, status = ask(monkeypatch, "\n".join(questions).encode())
    assert answers == [{key: row[key] for key in ANSWER} for row in VECTORS]
    assert status == 0


def test_nothing_asked_is_nothing_answered(monkeypatch):
    assert ask(monkeypatch, b"") == ([], 0)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"", "the line is empty"),
        (b"  \r", "the line is empty"),
        (b"three days", "this is not JSON: Expecting value at character 1"),
        (b'{"rule": "CAL-D"', "this is not JSON"),
        (GOOD + GOOD, "this is not JSON: Extra data"),
        (b"[1]", "the line must be an object"),
        (b"null", "the line must be an object"),
        (b'{"rule": "CAL-D", "n": 3}', "start is missing"),
        (b'{"n": 3, "start": "2025-09-28"}', "rule is missing"),
        (b'{"rule": "WD", "n": 3, "start": "2025-09-28", "until": 1}', "'until' is not known here"),
        (b'{"rule": "WD", "n": 3, "n": 4, "start": "2025-09-28"}', "the same key twice"),
        (b'{"rule": "CAL-W", "n": 3, "start": "2025-09-28"}', "rule must be one of CAL-D, CAL-M, CAL-Y, WD"),
        (b'{"rule": "cal-d", "n": 3, "start": "2025-09-28"}', "rule must be one of"),
        (b'{"rule": ["WD"], "n": 3, "start": "2025-09-28"}', "rule must be one of"),
        (b'{"rule": "\\ud800", "n": 3, "start": "2025-09-28"}', "rule must be one of"),
        (b'{"rule": "WD", "n": true, "start": "2025-09-28"}', "n must be a whole number"),
        (b'{"rule": "WD", "n": 3.0, "start": "2025-09-28"}', "n must be a whole number"),
        (b'{"rule": "WD", "n": "3", "start": "2025-09-28"}', "n must be a whole number"),
        (b'{"rule": "WD", "n": NaN, "start": "2025-09-28"}', "NaN is not a number in JSON"),
        (b'{"rule": "WD", "n": -Infinity, "start": "2025-09-28"}', "-Infinity is not a number in JSON"),
        (b'{"rule": "WD", "n": 0, "start": "2025-09-28"}', "n must be from 1 to 36525 for WD"),
        (b'{"rule": "CAL-M", "n": -1, "start": "2025-09-28"}', "n must be from 1 to 1200 for CAL-M"),
        (b'{"rule": "CAL-D", "n": 1%s, "start": "2025-09-28"}' % (b"0" * 400), "n must be from 1 to 36525"),
        (b'{"rule": "CAL-Y", "n": 100, "start": "9950-09-28"}', "past the last day"),
        (b'{"rule": "WD", "n": 3, "start": "2025-02-29"}', "start: there is no day 2025-02-29"),
        (b'{"rule": "WD", "n": 3, "start": "20250928"}', "start: '20250928' is not a date of the form YYYY-MM-DD"),
        (b'{"rule": "WD", "n": 3, "start": "2025-9-28"}', "start: '2025-9-28' is not a date"),
        (b'{"rule": "WD", "n": 3, "start": "2025-09-28T00:00"}', "is not a date of the form"),
        (b'{"rule": "WD", "n": 3, "start": null}', "start: a date must be text"),
        (b'{"rule": "WD", "n": 3, "start": "\xd2\xbb\xff"}', "this is not UTF-8 text"),
        (b'{"rule": "HOUR", "n": 1, "start": "2026-05-11"}', "begins at a moment of the form YYYY-MM-DDTHH:MM"),
        (b'{"rule": "HOUR", "n": 1, "start": 5}', "begins at a moment of the form"),
        (b'{"rule": "HOUR", "n": 1, "start": "2026-05-11T24:05"}', "there is no moment 2026-05-11T24:05"),
        (b'{"rule": "HOUR", "n": 0, "start": "2026-05-11T09:05"}', "n must be from 1 to 72 for HOUR"),
        (b'{"rule": "HOUR", "n": 73, "start": "2026-05-11T09:05"}', "n must be from 1 to 72 for HOUR"),
        (b'{"rule": "D1", "n": 2, "start": "2026-05-11T09:05"}', "n must be 1 for D1"),
        (b'{"rule": "D1", "n": 1, "start": "2026-05-11"}', "begins at a moment of the form YYYY-MM-DDTHH:MM"),
        (b"[" * 4000, "this JSON is nested too deeply"),
        (b"9" * 1_000_000, "the line is longer than 4096 bytes"),
    ],
)
def test_a_bad_line_is_answered_with_an_error_in_its_place(line, sentence, monkeypatch):
    answers, status = ask(monkeypatch, b"\n".join([GOOD, line, GOOD]) + b"\n")
    assert [answers[0], answers[2]] == [ANSWER, ANSWER]
    assert list(answers[1]) == ["error"]
    assert sentence in answers[1]["error"]
    assert status == 1


def test_with_explain_each_answer_says_how_it_was_counted(monkeypatch):
    answers, status = ask(monkeypatch, GOOD + b"\n{}\n" + GOOD, explain=True)
    assert (answers[0], list(answers[1]), status) == (answers[2], ["error"], 1)
    assert {key: answers[0][key] for key in ANSWER} == ANSWER
    assert answers[0]["explain"] == [
        "起算日2025年9月28日（星期日），当天不算；从次日起数 3 天，休息日也算在内。",
        "9月28日（星期日）：起算日，当天不算。",
        "9月29日至10月1日：第 1 至 3 天，自然日，休息日也算。",
        "10月2日至8日：放假（国办发明电〔2024〕12号），不算。",
        "10月9日（星期四）：应到日逢休息日，顺延到这一天。",
        "数满，应到日是2025年10月1日（星期三）。",
        (
            "应到日2025年10月1日（星期三）放假，按《民法典》第二百零三条顺延到其后第一个工作日2025年10月9日（星期四），"
            "截止到当天 24 时。"
        ),
        "稳妥日是2025年9月30日（星期二）：应到日之前最后一个工作日；提醒按这一天算，不依赖顺延。",
        "2025 年的日历：按国办发明电〔2024〕12号。",
    ]


def test_an_hour_is_an_hour_over_midnight_and_a_holiday_and_says_so(monkeypatch):
    question = b'{"rule": "HOUR", "n": 1, "start": "2026-09-30T23:30"}'
    answers, status = ask(monkeypatch, question)
    assert (answers, status) == (
        [{"raw": "2026-10-01", "due": "2026-10-01", "prudent": "2026-10-01", "provisional": False,
          "until": "2026-10-01T00:30"}], 0)  # fmt: skip
    assert ask(monkeypatch, question, explain=True)[0][0]["explain"] == [
        "从2026年9月30日（星期三）23:30起数 1 小时，到2026年10月1日（星期四）00:30为止。",
        "夜里、休息日照算，不顺延，也不看工作日历。",
    ]


def test_a_calendar_without_numbers_of_notices_is_explained_without_them(monkeypatch, tmp_path):
    chosen = tmp_path / "calendar.json"
    chosen.write_text('{"covered_years": [2025], "off": ["2025-10-02"], "makeup": ["2025-10-04"], "notices": [1, {}]}')
    question = b'{"rule": "WD", "n": 2, "start": "2025-10-01"}'
    told = ask(monkeypatch, question, chosen, explain=True)[0][0]["explain"]
    assert "10月2日（星期四）：放假，不算。" in told
    assert "10月4日（星期六）：第 2 天，调休上班，算工作日。" in told
    assert "数到2025年10月4日（星期六，调休上班）：应到日、稳妥日、截止日都是这一天，截止到当天 24 时。" in told
    assert told[-1] == "2025 年的日历：按已公布的放假安排，没有登记文号。"


def test_without_explain_the_line_is_what_it_always_was(calendar):
    shown = '{"raw": "2025-10-01", "due": "2025-10-09", "prudent": "2025-09-30", "provisional": false}'
    assert answer(GOOD, calendar) == shown


def test_sentences_come_as_utf8_whatever_the_terminal_speaks():
    spoken = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "xinfang", "clock", "--explain"]
    found = subprocess.run(command, input=GOOD, capture_output=True, check=True, env=spoken)
    assert "起算日2025年9月28日（星期日）" in json.loads(found.stdout.decode("utf-8"))["explain"][0]


def test_a_byte_order_mark_and_foreign_line_ends_are_no_obstacle(monkeypatch):
    assert ask(monkeypatch, b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD) == ([ANSWER, ANSWER], 0)


def test_another_calendar_can_be_chosen(monkeypatch, tmp_path):
    chosen = tmp_path / "calendar.json"
    chosen.write_text('{"covered_years": [2024], "off": [], "makeup": [], "statutory_2025": ["2025-10-06"]}')
    answers, status = ask(monkeypatch, GOOD, chosen)
    assert answers == [{"raw": "2025-10-01", "due": "2025-10-07", "prudent": "2025-09-30", "provisional": True}]
    assert status == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "No such file"),
        (b"", "this is not JSON"),
        (b"\xff\xfe", "this is not UTF-8 text"),
        (b"[]", "a calendar must be an object"),
        (b'{"covered_years": [2026], "off": ["2026-13-01"], "makeup": []}', "off, entry 1: there is no day 2026-13-01"),
    ],
)
def test_a_calendar_that_cannot_be_read_ends_with_one_line_and_status_two(content, sentence, tmp_path, monkeypatch):
    chosen = tmp_path / "calendar.json"
    if content is not None:
        chosen.write_bytes(content)
    with pytest.raises(CommandError, match=sentence) as refused:
        ask(monkeypatch, GOOD, chosen)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_the_command_ends_quietly_when_its_reader_goes_away():
    with subprocess.Popen(ALONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        process.stdin.write(GOOD + b"\n")
        process.stdin.close()
        complaints = process.stderr.read()
    assert complaints == b""
    assert process.returncode == 1


@pytest.mark.parametrize(
    ("start", "day"),
    [("2026-02-14T15:00", "2026-02-14"), ("2026-02-14T17:30", "2026-02-14"), ("2026-02-14T18:30", "2026-02-24"),
     ("2026-03-08T10:00", "2026-03-09")],
)  # fmt: skip
def test_the_first_day_of_13710_is_asked_by_the_moment_of_receipt(monkeypatch, start, day):
    question = json.dumps({"rule": "D1", "n": 1, "start": start}).encode()
    (answer,), status = ask(monkeypatch, question, explain=True)
    assert (answer["raw"], answer["due"], answer["prudent"], answer["provisional"], status) == (day, day, day, False, 0)
    assert "收到，办公时间 08:30 至 17:30" in answer["explain"][0]
