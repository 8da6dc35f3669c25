"""A text leads to lines of the catalogue by words that it holds as words; every suggestion says which."""

import pytest

from tests.rules.shipped_files import codes_of, policy
from xinfang.rules.catalogue.finding import find
from xinfang.rules.catalogue.learned import NOTHING_LEARNED, Learned, Verdict, pieces_of
from xinfang.rules.catalogue.lines import read
from xinfang.rules.catalogue.reading import Reading, folded, met
from xinfang.rules.catalogue.suggesting import FAINTEST, OFFERED, REASONS, suggest

SHIPPED = read(policy("catalogue")["items"])


def a_line(key, category, synonyms, words=(), route="petition"):
    return {
        "key": key, "shelf": "home", "category": category, "units": ["centre"], "route": route,
        "zh": key, "en": key, "synonyms": synonyms, "words": list(words), "example": {"zh": "例句", "en": "example"},
    }  # fmt: skip


LAMPS = a_line("lamps", "transport", ["路灯"], ["照明", "晚上"])
BUSES = a_line("buses", "transport", ["公交"], ["晚上"])
NOISE = a_line("noise", "environment", ["噪音"], ["晚上"])
DOOR = a_line("door", "discipline", ["举报"], route="accusation")
SMALL = read([LAMPS, BUSES, NOISE, DOOR])


def test_text_is_compared_in_one_form_with_blanks_for_everything_that_is_no_letter():
    assert folded(" ＡＢ，路灯！坏_了 ") == "ab 路灯 坏 了"


def test_a_word_is_met_between_the_borders_of_words_or_inside_one_and_not_across():
    assert Reading.of("有人提出路灯坏了").places_of("路灯") == [4]
    assert Reading.of("有人提出路灯坏了").places_of("出路") == []
    assert Reading.of("坐公交车上班，公交车不来").places_of("公交") == [1, 7]
    assert Reading.of("他说老板不给钱").places_of("老板不给钱") == [2]


def test_a_word_inside_a_longer_one_that_is_met_does_not_count_twice():
    assert met(Reading.of("广场舞太吵，广场也脏"), {"广场舞", "广场"}) == {"广场舞": 1, "广场": 1}


def test_a_suggestion_names_its_words_the_strongest_first_and_only_its_own():
    [first, second] = suggest(SMALL, title="路灯", texts=["晚上没有照明"])
    assert (first.line.key, first.because) == ("lamps", ("路灯", "照明", "晚上"))
    assert (second.line.key, second.because) == ("noise", ("晚上",))
    assert first.share + second.share == pytest.approx(1)
    assert first.share > 0.9


def test_every_suggestion_is_of_another_category_and_there_are_at_most_three():
    everything = " ".join(word for line in SHIPPED.lines for word in line.names)
    found = suggest(SHIPPED, title="", texts=[everything])
    assert len(found) == OFFERED == 3
    assert len({one.line.category for one in found}) == 3
    assert all(len(one.because) <= REASONS for one in found)


def test_nobody_is_suggested_the_door_of_accusations_and_whoever_looks_for_it_finds_it():
    assert suggest(SMALL, title="举报", texts=["举报"]) == []
    assert [line.key for line in find(SMALL, "举报")] == ["door"]


def test_a_text_without_a_known_word_has_no_suggestion():
    assert suggest(SHIPPED, title="", texts=[]) == []
    assert suggest(SHIPPED, title="qqq", texts=["！！！"]) == []


def test_saying_a_word_often_is_not_many_reasons():
    [once] = suggest(SMALL, title="", texts=["路灯"])
    often = suggest(SMALL, title="", texts=["路灯 " * 50 + "噪音"])
    assert once.because == ("路灯",)
    assert [one.line.key for one in often] == ["lamps", "noise"]
    assert often[1].share > FAINTEST * 10


def test_a_line_is_known_by_its_key():
    assert SMALL.line("noise") is SMALL.lines[2]
    assert SMALL.line("gone") is None
    assert SMALL.terms == {"lamps", "buses", "noise", "door", "路灯", "公交", "噪音", "举报", "照明", "晚上"}


OWN_EXAMPLES = [(item["key"], item["example"]["zh"]) for item in policy("catalogue")["items"]]


@pytest.mark.parametrize(("key", "example"), OWN_EXAMPLES, ids=[key for key, _ in OWN_EXAMPLES])
def test_the_example_of_every_line_can_be_searched_for(key, example):
    assert key in {line.key for line in find(SHIPPED, example)}


@pytest.mark.parametrize(
    ("told", "category"),
    [
        ("包工头跑了，二十几个人的工钱没有结", "labour"),
        ("村口三盏路灯不亮，老人夜里不敢出门", "transport"),
        ("楼下烧烤摊油烟呛人，半夜还放音响", "environment"),
        ("电梯坏了半个月，物业不管", "housing"),
        ("买的奶粉是过期食品，超市不给退款", "market"),
        ("孩子到年龄了，学区里的小学说没有学位", "education"),
        ("手术以后一直疼，医院说不是误诊", "health"),
        ("征地补偿款三年没有发下来", "construction"),
    ],
)  # fmt: skip
def test_invented_stories_lead_to_their_category_first(told, category):
    assert suggest(SHIPPED, title="", texts=[told])[0].line.category == category


MODEL = Learned(
    matters=400,
    categories=("environment", "transport"),
    bias=(0.0, 0.0),
    rarity={"水泵": 1.0, "夜里": 1.0},
    weights={"水泵": (3.0, -3.0), "夜里": (0.5, 0.0)},
)


def test_without_a_model_the_words_alone_decide():
    assert NOTHING_LEARNED.trust == 0.0
    assert NOTHING_LEARNED.read(Reading.of("路灯"), Reading.of("")) == Verdict()


def test_a_model_is_trusted_the_more_the_more_it_saw_and_never_wholly():
    assert MODEL.trust == pytest.approx(0.7)
    assert Learned(matters=100, categories=("a", "b")).trust == pytest.approx(0.35)
    assert Learned(matters=40_000, categories=("a", "b")).trust == pytest.approx(0.7)


def test_what_was_learned_is_weighed_beside_the_words_and_names_its_own():
    [first] = suggest(SMALL, title="", texts=["夜里水泵一直响"], learned=MODEL)
    assert (first.line.key, first.because) == ("noise", ("水泵", "夜里"))
    assert first.share == pytest.approx(0.7 * 0.99, abs=0.01)
    assert suggest(SMALL, title="", texts=["夜里水泵一直响"]) == []


def test_the_words_of_the_catalogue_come_before_learned_ones():
    [first, *_others] = suggest(SMALL, title="", texts=["噪音，水泵"], learned=MODEL)
    assert first.because == ("噪音", "水泵")
    both = Learned(400, MODEL.categories, MODEL.bias, {"噪音": 1.0}, {"噪音": (3.0, -3.0)})
    assert suggest(SMALL, title="", texts=["噪音"], learned=both)[0].because == ("噪音",)


def test_a_text_of_which_nothing_was_learned_has_the_shares_of_no_word_at_all():
    assert MODEL.read(Reading.of(""), Reading.of("路灯")).shares == {"environment": 0.5, "transport": 0.5}


def test_pieces_are_of_chinese_characters_alone_so_that_no_number_is_ever_learned():
    pieces = pieces_of(Reading.of("路灯"), Reading.of("电话13800000000，AB路灯坏"))
    assert pieces == {"路灯": 3, "电话": 1, "灯坏": 1, "路灯坏": 1}


def test_every_category_that_a_district_can_be_asked_about_has_a_line():
    covered = {line.category for line in SHIPPED.lines}
    assert set(codes_of("categories")) == covered


@pytest.mark.parametrize("words", ["", "！！！", "qqqqzzz"])
def test_a_search_for_nothing_finds_nothing(words):
    assert find(SHIPPED, words) == []


def test_a_search_finds_names_before_words_and_at_most_five():
    assert [line.key for line in find(SMALL, "晚上")] == ["lamps", "buses", "noise"]
    assert find(SMALL, "噪音 晚上")[0].key == "noise"
    assert len(find(SHIPPED, "工资医院学校物业路灯公交")) == 5
