"""UX-26: what the pages say is short, in Chinese punctuation, names no person by an insult, and promises by date."""

import re

import pytest

from tests.architecture.sources import PACKAGE, text_of
from xinfang.gateways.sentences import of_module, of_template, sentences

HAN = r"[\u4e00-\u9fff]"
# What a petitioner may be called in a drawer of old files, and never here.
INSULTS = (
    "刁民", "缠访", "闹访", "无理取闹", "钉子户", "老上访", "上访户", "上访专业户", "非访", "截访", "稳控", "黑名单",
    "重点人", "精神病", "素质低", "挑事", "闹事",
)  # fmt: skip
# A full stop or comma of another script between Chinese words; "是,否" is a list for a filter, no sentence.
FOREIGN = re.compile(rf"{HAN}\s*[,;:?!()](?!\w*$)|[,;:?!()]\s*{HAN}|{HAN}\.(?:\s|$|{HAN})")
NO_SENTENCE = {"是,否"}
PERIOD = re.compile(r"(?:\d+|[一二三四五六七八九十]+)\s?(?:个工作)?[天日]内")
COUNTED_FROM = re.compile(r"之日起|收到后")
CITIZENS = sorted((PACKAGE / "templates/public").rglob("*.html"))
TOLD = [PACKAGE / "templates/desk/receipt.html", PACKAGE / "labels/tracking.py", PACKAGE / "labels/messages.py"]


def spoken():
    """Every sentence of the product with what stands for its facts taken out."""
    return sorted({said.text for said in sentences()} - NO_SENTENCE)


def parts(text):
    """What somebody reads in one breath."""
    for part in re.split(r"[。！？；\n]|……", re.sub(r"%\(\w+\)[sd]", "", text)):
        if part.strip():
            yield part.strip()


def test_the_linter_knows_what_it_looks_for():
    assert FOREIGN.search("您好,请坐")
    assert FOREIGN.search("请坐. 您好")
    assert not FOREIGN.search("XF-7K3M-92QB，3.5 元")
    assert PERIOD.search("将在15日内答复")
    assert not COUNTED_FROM.search("将在15日内答复")
    assert list(parts("您好。%(name)s 请坐！")) == ["您好", "请坐"]
    assert len(spoken()) > 1000


def test_nobody_is_called_names():
    assert [(word, text) for text in spoken() for word in INSULTS if word in text] == []


def test_chinese_sentences_have_chinese_punctuation():
    assert [text for text in spoken() if FOREIGN.search(text)] == []


def test_a_petitioner_is_told_a_date_and_no_period_unless_it_begins_with_what_is_still_to_come():
    said = [said.text for path in (*CITIZENS, *TOLD) for said in sentences_of(path)]
    assert len(said) > 500
    assert [text for text in said if PERIOD.search(text) and not COUNTED_FROM.search(text)] == []


def sentences_of(path):
    return of_template(text_of(path)) if path.suffix == ".html" else of_module(text_of(path), str(path))


@pytest.mark.parametrize("path", CITIZENS, ids=lambda path: path.name)
def test_what_a_citizen_reads_is_short(path):
    lengths = [len(part) for said in of_template(text_of(path)) for part in parts(said.text)]
    assert all(length <= 50 for length in lengths)
    assert not lengths or sum(lengths) / len(lengths) <= 30
