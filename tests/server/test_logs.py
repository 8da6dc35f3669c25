import json
import logging
import sys

import psycopg
import pytest

from xinfang.server.logs import JsonLines


def line_of(**extra):
    logger = logging.getLogger("xinfang.tests")
    record = logger.makeRecord(
        logger.name, logging.ERROR, "file.py", 7, "Not Found: %s", ("/track/",), None, extra=extra
    )
    return json.loads(JsonLines().format(record))


def test_a_happening_is_one_json_line_with_what_and_when():
    line = line_of(status_code=404)
    assert (line["level"], line["logger"], line["said"], line["status_code"]) == (
        "error",
        "xinfang.tests",
        "Not Found: /track/",
        404,
    )
    assert line["at"].endswith("+00:00")


def test_what_is_not_a_listed_fact_stays_out():
    assert "13855550000" not in json.dumps(line_of(phone="13855550000", request="GET /?name=13855550000"))


def test_an_error_is_told_by_its_kind_and_place_and_never_by_its_message():
    try:
        int("张三 13855550000")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "file.py", 1, "failed", (), sys.exc_info())
    text = JsonLines().format(record)
    assert "张三" not in text
    assert json.loads(text)["raised"] == "builtins.ValueError"
    assert json.loads(text)["where"][-1].endswith(
        "test_an_error_is_told_by_its_kind_and_place_and_never_by_its_message"
    )


def test_a_refused_row_is_told_by_its_constraint(cluster):
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TEMPORARY TABLE t (phone text CONSTRAINT one_phone UNIQUE)")
        connection.execute("INSERT INTO t VALUES ('13855550000')")
        with pytest.raises(psycopg.errors.UniqueViolation) as caught:
            connection.execute("INSERT INTO t VALUES ('13855550000')")
    record = logging.LogRecord(
        "x", logging.ERROR, "file.py", 1, "failed", (), (caught.type, caught.value, caught.value.__traceback__)
    )
    line = json.loads(JsonLines().format(record))
    assert (line["sqlstate"], line["constraint"]) == ("23505", "one_phone")
    assert "13855550000" not in json.dumps(line)
