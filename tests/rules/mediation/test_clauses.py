"""Clauses that bind nobody, and wordings that no court confirms."""

import pytest

from tests.rules.shipped_files import policy
from xinfang.rules.mediation.clauses import doubts, plain, read_clauses, refused_by
from xinfang.rules.mediation.codes import Doubt

CLAUSES = read_clauses(policy("forbidden_clauses"))


@pytest.mark.parametrize(
    "text", ["乙方签字后永不\n上访。", "双方自愿放弃　诉讼的权利", "乙方撤回信访后一次性支付五千元", "乙方不得进京"]
)
def test_an_agreement_takes_nobodys_rights(text):
    assert refused_by(CLAUSES, "agreement", text) is not None


@pytest.mark.parametrize("text", ["双方按现状共用滴水，互不阻碍。", "乙方于2026年2月28日前付两万元。", ""])
def test_what_is_only_agreed_stands(text):
    assert refused_by(CLAUSES, "agreement", text) is None


def test_a_clause_is_refused_in_the_texts_that_it_is_made_for():
    only_plans = read_clauses({"clauses": [{"pattern": "x", "in": ["plan"], "reason": "r"}]})
    found = refused_by(only_plans, "plan", "a x b")
    assert found is not None
    assert found.reason == "r"
    assert refused_by(only_plans, "agreement", "a x b") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("确认边界归李二所有，2026年10月31日前退让半米", (Doubt.PROPERTY,)),
        ("双方按现状共用滴水，10月31日前墙体退让半米", ()),
        ("双方解除婚姻关系，十日内搬出", (Doubt.IDENTITY,)),
        ("乙方尽快把事情处理好", (Doubt.UNCLEAR,)),
        ("宅基地归乙方使用，双方确认亲子关系", (Doubt.PROPERTY, Doubt.IDENTITY, Doubt.UNCLEAR)),
        ("乙方当场付清", ()),
    ],
)
def test_what_a_court_may_doubt_is_said_and_refused_by_nobody(text, expected):
    assert doubts(text) == expected


def test_a_text_is_searched_without_its_white_space():
    assert plain(" ２０２６ 年\n") == "2026年"
