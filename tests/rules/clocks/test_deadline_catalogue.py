from datetime import date

import pytest

from xinfang.policies import shipped
from xinfang.rules.clocks.catalogue import Basis, DeadlineRule, Measure, PauseGround, Whose, read
from xinfang.rules.clocks.due import Count

RULES = read(shipped("deadline_rules.json"))

LENGTHS = """
XF-REG15 CAL-D 15, XF-TELL15 CAL-D 15, XF-TELL15T CAL-D 15, XF-OBJ5 WD 5, XF-DO60 CAL-D 60, XF-EXT30 CAL-D 30,
XF-FC-REQ30 CAL-D 30, XF-FC30 CAL-D 30, XF-FH-REQ30 CAL-D 30, XF-FH30 CAL-D 30, XF-SIMPLE3 WD 3, XF-SIMPLE10 WD 10,
XF-SUG30 CAL-D 30, XF-SUG60 CAL-D 60, XF-URG HOUR 1, XF-CNTY4 CAL-D 4,
13710-1 D1 1, 13710-3 CAL-D 3, 13710-7 CAL-D 7, 13710-1M CAL-M 1, 13710-MF CAL-M*k 1,
ME-1M CAL-M 1, ME-JC30 CAL-D 30, ME-MED30W WD 30, ME-LAB15 CAL-D 15, EX-FY60 CAL-D 60, EX-SS6M CAL-M 6,
EX-SS15 CAL-D 15, EX-LAB1Y CAL-M 12, EX-LAND2Y CAL-M 24, EX-TD30 CAL-D 30, EX-CIV3Y CAL-M 36, EX-LS60W WD 60,
EX-FLYZ7 CAL-D 7, ME-COURT3 CAL-D 3, ME-COURT15 CAL-D 15, ME-ENF2Y CAL-Y 2, ME-WSJK5 WD 5, ME-WSJK30 WD 30,
ME-WPTJ30 CAL-D 30, ME-WTTJ15 CAL-D 15, ME-WTTJ7 CAL-D 7, EX-LSTS2Y CAL-Y 2, EX-LABACC5 CAL-D 5, EX-LABAW45 CAL-D 45,
EX-LABSUE15 CAL-D 15, EX-LANDAW60 CAL-D 60, EX-LANDS30 CAL-D 30, EX-FYACC5 WD 5, EX-FYDEC60 CAL-D 60, EX-FY1Y CAL-Y 1,
EX-SSDUTY2M CAL-M 2, EX-INFO20 WD 20, EX-JW15 WD 15, EX-FLASN3 CAL-D 3, HF-BAD1 WD 1, HF-RUL5 WD 5,
HF-RST12 CAL-M*k 12, HF-FUP1 WD 1,
HF-FUP30 CAL-D 30, HF-FUP6M CAL-M 6
"""


def test_the_shipped_rules_have_the_lengths_of_the_law():
    assert ", ".join(f"{rule.id} {rule.rule} {rule.n}" for rule in RULES.values()) == " ".join(LENGTHS.split())


def test_a_rule_quotes_its_title_and_article():
    assert RULES["XF-OBJ5"] == DeadlineRule(
        id="XF-OBJ5",
        name="对转送、交办提出异议",
        trigger="收到转送或者交办",
        rule=Measure.WD,
        n=5,
        basis=Basis("信访工作条例", "第二十三条第三款"),
        valid_from=date(2022, 5, 1),
        confidence="source",
        scope="有权处理的机关、单位",
        note="须详细说明理由，经核实同意后交还相关材料。",
        whose=Whose.ORGAN,
        pauses_for=None,
    )


def test_the_limits_of_the_regulation_begin_with_it_and_13710_has_no_such_day():
    petition = [rule for rule in RULES.values() if rule.id.startswith("XF-")]
    assert len(petition) == 16
    assert not any(rule.applies_on(date(2022, 4, 30)) for rule in petition)
    assert all(rule.applies_on(date(2022, 5, 1)) for rule in petition)
    assert RULES["13710-3"].applies_on(date(2015, 1, 1))


def test_a_hint_is_no_limit_and_nobody_notes_it():
    assert {rule.id: rule.hint_of for rule in RULES.values() if rule.hint_of} == {"XF-CNTY4": "XF-REG15"}
    assert not RULES["XF-CNTY4"].is_noted
    assert not RULES["XF-URG"].is_noted


def test_each_measure_says_how_it_is_counted():
    assert (RULES["13710-1"].count, RULES["XF-URG"].count) == (None, None)
    assert RULES["13710-MF"].count is Count.CAL_M
    assert [rule.id for rule in RULES.values() if rule.repeats] == ["13710-MF", "HF-RST12"]
    assert [rule.id for rule in RULES.values() if rule.count is Count.WD] == [
        "XF-OBJ5",
        "XF-SIMPLE3",
        "XF-SIMPLE10",
        "ME-MED30W",
        "EX-LS60W",
        "ME-WSJK5",
        "ME-WSJK30",
        "EX-FYACC5",
        "EX-INFO20",
        "EX-JW15",
        "HF-BAD1",
        "HF-RUL5",
        "HF-FUP1",
    ]


def test_only_a_hearing_and_an_expertise_take_days_out_of_a_period():
    paused = {rule.id: rule.pauses_for for rule in RULES.values() if rule.pauses_for}
    assert paused == {
        "XF-FH30": PauseGround.HEARING,
        "ME-MED30W": PauseGround.EXPERTISE,
        "ME-WSJK30": PauseGround.EXPERTISE,
    }


def test_every_rule_says_whom_it_binds_and_quotes_the_law_or_the_house():
    rights = [rule.id for rule in RULES.values() if rule.whose is Whose.PETITIONER]
    assert rights == [
        "XF-FC-REQ30", "XF-FH-REQ30", "ME-JC30", "EX-FY60", "EX-SS6M", "EX-SS15", "EX-LAB1Y", "EX-LAND2Y", "EX-TD30",
        "EX-CIV3Y", "ME-ENF2Y", "EX-LSTS2Y", "EX-LABSUE15", "EX-LANDS30", "EX-FY1Y",
    ]  # fmt: skip
    assert all(rule.basis.title for rule in RULES.values())


GOOD = shipped("deadline_rules.json")[0]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({}, "must be a list"),
        (["XF"], "deadline rule 1: it must have exactly the fields"),
        ([{**GOOD, "unit": "x"}], "it must have exactly the fields"),
        ([GOOD, GOOD], "deadline rule 2: XF-REG15 is given twice"),
        ([{**GOOD, "rule": "D2"}], "rule must be one of D1, CAL-D"),
        ([{**GOOD, "rule": 1}], "rule must be one of"),
        ([{**GOOD, "n": 0}], "n must be a whole number from 1 to 36525"),
        ([{**GOOD, "n": True}], "n must be a whole number"),
        ([{**GOOD, "rule": "D1", "n": 2}], "n must be a whole number from 1 to 1"),
        ([{**GOOD, "name": ""}], "name must be text"),
        ([{**GOOD, "scope": None}], "scope must be text"),
        ([{**GOOD, "confidence": "sure"}], "confidence must be one of source"),
        ([{**GOOD, "basis": "第22条"}], "basis must have exactly title and article"),
        ([{**GOOD, "basis": {"title": "", "article": ""}}], "basis must give its title"),
        ([{**GOOD, "whose": "nobody"}], "whose must be one of house"),
        ([{**GOOD, "pauses_for": "lunch"}], "pauses_for must be one of hearing"),
        ([{**GOOD, "rule": "CAL-M", "n": 1, "pauses_for": "hearing"}], "only a period of days can be paused"),
        ([{**GOOD, "valid_from": "2022-05-32"}], "there is no day 2022-05-32"),
        ([{**GOOD, "rule": "HOUR", "n": 73}], "n must be a whole number from 1 to 72"),
        ([{**GOOD, "hint_of": ""}], "hint_of must be text"),
        ([{**GOOD, "hint_of": "XF-NONE"}], "deadline rule 1: a hint is counted in days or months and names"),
        ([GOOD, {**GOOD, "id": "X", "rule": "HOUR", "n": 1, "hint_of": "XF-REG15"}], "deadline rule 2: a hint is"),
    ],
)
def test_a_rule_that_cannot_be_read_says_which_and_why(document, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(document)
