from xinfang.documents.plain_table import plain_table, width


def test_a_chinese_character_is_as_wide_as_two_letters():
    assert (width("办结率"), width("R-1"), width("（）"), width("e\u0301")) == (6, 3, 4, 1)


def test_columns_line_up_and_numbers_end_together():
    rows = [("R-1", "化解率", "71.4 %"), ("R-4O", "x", "7")]
    assert plain_table(rows, right=frozenset({2})) == ["R-1   化解率  71.4 %", "R-4O  x            7"]
    assert plain_table([]) == []
