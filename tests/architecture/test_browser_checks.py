"""docs/browser-checks.md is true: each check stands there once, and the tests it names exist."""

import re

from tests.architecture.sources import ROOT, text_of

PAPER = text_of(ROOT / "docs/browser-checks.md")
ROWS = re.findall(r"^\| (UX-\d\d) \|([^|]+)\|([^|]*)\|([^|]*)\|$", PAPER, re.MULTILINE)


def test_every_check_stands_there_once():
    assert [row[0] for row in ROWS] == [f"UX-{number:02}" for number in range(1, 31)]


def test_every_test_that_is_named_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAPER)
    assert len(named) > 40
    assert [(path, test) for path, test in named if f"def {test}(" not in text_of(ROOT / path)] == []


def test_what_is_not_held_says_so():
    assert [check for check, _what, held, missing in ROWS if not held.strip() and not missing.strip()] == []
