"""English is complete beside Chinese: every sentence has its words, a person looked at them, and none is left over."""

import re
from functools import cache

import pytest

from tests.architecture.sources import PACKAGE, name_of, python_files, text_of
from xinfang.gateways.sentences import (
    NotASentence,
    Sentence,
    is_complete,
    keeps_placeholders,
    of_entry,
    of_module,
    of_template,
    read,
    sentences,
)

CHINESE = re.compile(r"[\u4e00-\u9fff]")
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
# The banner of the demo, names of laws and the like stay Chinese inside English sentences, in quotation marks.
# A language is offered under its own name, and a State Council notice has its number, whatever language the page is in.
OWN_NAMES = re.compile(r"(?:简体)?中文|国办发明电〔[^〕]*〕[^号]*号")
QUOTED = re.compile(r"《[^》]*》|“[^”]*”|\([^)]*\)")


@cache
def catalogue():
    return {of_entry(entry): entry for entry in read()}


@cache
def said_now():
    return frozenset(sentences())


def test_every_sentence_has_its_english():
    waiting = [said.text for said in said_now() if said not in catalogue() or not is_complete(catalogue()[said])]
    assert waiting == [], "run: xinfang messages"


def test_nothing_is_translated_that_is_no_longer_said():
    assert [said.text for said in catalogue() if said not in said_now()] == []


def test_every_translation_fills_in_the_same_facts():
    assert [said.text for said, entry in catalogue().items() if not keeps_placeholders(entry)] == []


def test_a_translation_is_not_chinese():
    left = [
        said.text
        for said, entry in catalogue().items()
        if any(CHINESE.search(QUOTED.sub("", text)) for text in (entry.msgstr, *entry.msgstr_plural.values()))
    ]
    assert left == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE / "templates")))
def test_a_template_says_nothing_that_cannot_be_translated(path):
    text = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", "", text_of(path), flags=re.DOTALL)
    text = re.sub(r"{%\s*blocktrans.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}|<!--.*?-->", "", text, flags=re.DOTALL)
    assert CHINESE.findall(OWN_NAMES.sub("", text)) == []


def test_no_module_says_chinese_to_people_that_cannot_be_translated():
    """Words for people are wrapped where they stand; the ledgers of Excel and the commands speak Chinese by form."""
    found = [f"{name_of(path)}" for path in python_files("web") if _bare(path)]
    assert found == []


def _bare(path):
    said = {text.text for text in of_module(text_of(path), str(path))}
    said |= {text.plural for text in of_module(text_of(path), str(path))}
    code = re.sub(r'"""(?:.|\n)*?"""|#.*', "", text_of(path))
    literals = re.findall(r'"((?:[^"\\\n]|\\.)*)"', code)
    return [text for text in literals if CHINESE.search(text) and not any(text in whole for whole in said)]


def test_sentences_are_found_in_templates_however_they_are_written():
    source = (
        '{% load i18n %}{% translate "甲" %}{% include "x" with title=_("乙") %}{{ _("丙") }}'
        "{% blocktranslate trimmed count n=rows %}\n  {{ n }} 件\n{% plural %}\n  {{ n }} 件们\n{% endblocktranslate %}"
        '{% translate "100%" %}{% blocktranslate with who=person.name %}{{ who }}好{% endblocktranslate %}'
    )
    assert set(of_template(source)) == {
        Sentence("甲"), Sentence("乙"), Sentence("丙"), Sentence("%(n)s 件", plural="%(n)s 件们"), Sentence("100%%"),
        Sentence("%(who)s好"),
    }  # fmt: skip


def test_sentences_are_found_in_modules_under_any_name():
    source = (
        "from django.utils.translation import gettext_lazy as _, ngettext\n"
        "A = _('甲'\n'乙')\nB = ngettext('%(n)s 件', '%(n)s 件们', 2)\nC = _other('丙')\n"
    )
    assert set(of_module(source, "x.py")) == {Sentence("甲乙"), Sentence("%(n)s 件", plural="%(n)s 件们")}


def test_a_sentence_put_together_at_run_time_is_refused():
    source = "from django.utils.translation import gettext\nA = gettext('甲' + name)\n"
    with pytest.raises(NotASentence, match=r"x\.py:2"):
        list(of_module(source, "x.py"))
