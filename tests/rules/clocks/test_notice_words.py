"""The words of a yearly notice become the days that it means, or a sentence that says what is wrong with them."""

from datetime import date

import pytest

from tests.rules.states import counting
from xinfang.rules.clocks.notice_words import notice_of
from xinfang.rules.refusals import RuleBroken

# Facts of the notices for 2025 and 2026, shortened; brackets, dashes and blanks as people write and paste them.
Y2026 = """元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
春节：2月15日（农历腊月二十八、周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
清明节:4月4日至6日放假,共3天。 劳动节：5月1日—5日放假调休，共5天。5月9日上班；
端午节：6月19日至21日放假。中秋节：2026年9月25日至27日放假
国庆节：10月1-7日放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区要妥善安排值班。2025年11月4日"""
Y2025 = """2025年1月1日放假1天，不调休。
1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日、2月8日上班。
2025-04-04 至 2025-04-06 放假
5月1日至5日放假，共5天。4月27日（周日）上班。5月31日至6月2日放假。
10月1日至8日放假调休，共8天。9月28日、10月11日上班。"""


@pytest.mark.parametrize(("year", "words"), [(2026, Y2026), (2025, Y2025)])
def test_the_words_of_a_notice_are_the_shipped_days(year, words):
    found, shipped = notice_of(year, " 国办发明电〔1〕1号 ", words), counting().calendar
    assert set(found.off) == {day for day in shipped.off if day.year == year}
    assert set(found.makeup) == {day for day in shipped.makeup if day.year == year}
    assert (found.year, found.number) == (year, "国办发明电〔1〕1号")


def test_a_new_year_that_began_with_the_old_one_leaves_the_weekend_to_the_old_one():
    found = notice_of(2023, "", "元旦：2022年12月31日至2023年1月2日放假调休，共3天")
    assert found.off == (date(2023, 1, 1), date(2023, 1, 2))


def test_a_month_is_carried_on_inside_a_sentence_and_not_into_the_next():
    assert notice_of(2026, "", "5月1日、4日、6月1日放假").off == (date(2026, 5, 1), date(2026, 5, 4), date(2026, 6, 1))
    with pytest.raises(RuleBroken, match="notice_day_unreal"):
        notice_of(2026, "", "5月1日放假。2日放假。")


@pytest.mark.parametrize(
    ("words", "code", "facts"),
    [
        ("", "notice_without_days", {}),
        ("9月20日上班", "notice_without_days", {}),
        ("放假", "notice_without_days", {}),
        ("10月1日至7日", "notice_sentence_unclear", {"sentence": "10月1日至7日"}),
        ("10月1日放假10月10日上班", "notice_sentence_unclear", {"sentence": "10月1日放假10月10日上班"}),
        ("2月30日放假", "notice_day_unreal", {"sentence": "2月30日放假"}),
        ("10月1日至7日放假。10月3日上班", "notice_day_both", {"day": "2026-10-03"}),
        ("10月1日放假。10月8日上班", "notice_not_weekend", {"day": "2026-10-08"}),
        ("10月7日至1日放假", "notice_range_wrong", {"first": "2026-10-07", "last": "2026-10-01"}),
        ("1月1日至12月31日放假", "notice_range_wrong", {"first": "2026-01-01", "last": "2026-12-31"}),
        ("2025年10月1日至7日放假", "notice_other_year", {"day": "2025-10-01"}),
    ],
)
def test_what_cannot_be_meant_is_said(words, code, facts):
    with pytest.raises(RuleBroken) as refused:
        notice_of(2026, "", words)
    assert (refused.value.code, refused.value.field, refused.value.facts) == (code, "words", facts)
