"""The staff guide names what stands on the pages: a button or field that was renamed fails the build."""

import re

import polib
import pytest

from tests.architecture.sources import ROOT

GUIDE = sorted((ROOT / "docs/guide").glob("*.md"))
CATALOGUE = polib.pofile(str(ROOT / "xinfang/locale/en/LC_MESSAGES/django.po"))
SENTENCES = [entry.msgid for entry in CATALOGUE if not entry.obsolete]


@pytest.mark.parametrize("paper", GUIDE, ids=lambda path: path.name)
def test_whatever_the_guide_calls_by_name_is_called_so_on_a_page(paper):
    named = re.findall(r"「([^」]+)」", paper.read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not any(name in sentence for sentence in SENTENCES)] == []


@pytest.mark.parametrize("paper", GUIDE, ids=lambda path: path.name)
def test_every_picture_of_the_guide_is_there_and_described(paper):
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", paper.read_text(encoding="utf-8"))
    assert [name for words, name in pictures if not words or not (paper.parent / name).is_file()] == []
