"""What is written about the house is true: made pages are fresh, every term is explained, every command exists."""

import importlib
import pkgutil
import re
from enum import Enum, IntFlag

import pytest
from django.core.management import get_commands

from tests.architecture.sources import PACKAGE, ROOT, name_of, own_files, python_files, text_of
from xinfang import rules
from xinfang.__main__ import SERVER
from xinfang.documents import glossary
from xinfang.documents.rulebook_words import APPLIES, MET_BY
from xinfang.labels.messages import BLANKS, TEXTS
from xinfang.management.commands.docs import pages
from xinfang.rules.lifecycle import needs
from xinfang.rules.lifecycle.move import Need
from xinfang.rules.matters.codes import ClockCode

# Words of the machine room: no term of the field stands behind them.
NOT_OF_THE_FIELD = frozenset({Need})
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(?:sh|bash|console)?\n(.*?)^```", re.DOTALL | re.MULTILINE)


def closed_lists():
    """Every enum that a module of the rules defines."""
    for found in pkgutil.walk_packages(rules.__path__, "xinfang.rules."):
        for member in vars(importlib.import_module(found.name)).values():
            is_ours = isinstance(member, type) and issubclass(member, Enum) and member.__module__ == found.name
            if is_ours and not issubclass(member, IntFlag) and member not in NOT_OF_THE_FIELD:
                yield member


LISTS = sorted(set(closed_lists()), key=lambda enum: (enum.__module__, enum.__name__))


MADE = pages(ROOT)


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_made_page_says_what_the_code_says(name):
    assert (ROOT / name).read_text(encoding="utf-8") == MADE[name], "run: xinfang docs"


@pytest.mark.parametrize("enum", LISTS, ids=lambda enum: f"{enum.__module__.split('.')[-1]}.{enum.__name__}")
def test_every_member_of_a_closed_list_stands_in_the_glossary_with_its_chinese_term(enum):
    words = glossary.lists().get(enum, {})
    assert [member.name for member in enum if not re.search(r"[\u4e00-\u9fff]", str(words.get(member, "")))] == []
    written = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    assert [member.name for member in enum if f"| `{member.name}` | `{member.value}` |" not in written] == []


def test_what_the_written_half_of_the_glossary_names_is_in_the_code():
    written = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").partition(glossary.MARK)[0]
    rows = [line for line in written.splitlines() if line.startswith("| ")]
    named = {token for row in rows for token in re.findall(r"`([\w./]+)`", row.split("|")[3])}
    code = "\n".join(text_of(path) for path in python_files())
    assert sorted(name for name in named if not _is_there(name, code)) == []
    assert len(named) > 50


def _is_there(name, code):
    if name.endswith("/"):
        return (PACKAGE / name).is_dir()
    return re.search(rf"\b{re.escape(name.split('.')[-1])}\b", code) is not None


def test_every_clock_is_explained_and_every_need_has_its_answer():
    assert set(APPLIES) == set(MET_BY) == set(ClockCode)
    assert set(needs.ANSWERS) == set(Need)


def fenced(path):
    for block in FENCE.findall(text_of(path)):
        for line in block.splitlines():
            command = line.strip().removeprefix("$ ")
            if command and not command.startswith(("#", "{", "|", ">")):
                yield command.split("#")[0].strip()


def words_after(program):
    """The first word after a program in every fenced command of every paper."""
    for path in PAPERS:
        for command in fenced(path):
            for found in re.finditer(rf"(?:^|[\s/;&|(]){program}\s+(?:-\S+\s+)*([a-z][a-z-]*)(?![\w=./])", command):
                yield name_of(path), found[1]


def test_every_make_target_that_a_paper_names_exists():
    targets = set(re.findall(r"^([a-z][\w-]*):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert [(paper, target) for paper, target in words_after("make") if target not in targets] == []


def test_every_command_that_a_paper_names_exists():
    known = {*SERVER, *get_commands(), "help", "version"}
    assert [(paper, command) for paper, command in words_after("xinfang") if command not in known] == []


def test_every_link_of_a_paper_leads_somewhere():
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    broken = [
        (name_of(path), target)
        for path in PAPERS
        for target in link.findall(text_of(path))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_room_that_the_tour_names_is_there():
    named = set(re.findall(r"`((?:xinfang|tests|docs|frontend|benchmarks)/[\w./-]*)`", text_of(ROOT / "docs/tour.md")))
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_the_tour_shows_every_room_of_the_package():
    tour = text_of(ROOT / "docs/tour.md")
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert sorted(room for room in rooms if f"`{room}/`" not in tour) == []


def test_notes_of_decisions_are_numbered_without_gaps_and_have_their_parts():
    notes = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(note.name[:4]) for note in notes] == list(range(1, len(notes) + 1))
    assert [note.name for note in notes if not text_of(note).startswith(f"# {int(note.name[:4])}. ")] == []


def test_the_handbook_has_every_text_that_a_provider_must_approve_and_every_setting():
    written = text_of(ROOT / "docs/operate.md")
    for kind, text in TEXTS.items():
        blanks = {name: f"{{{place}}}" for place, name in enumerate(BLANKS.get(kind, ()), start=1)}
        said = re.sub(r"%\((\w+)\)[sd]", lambda found, blanks=blanks: blanks[found[1]], str(text).partition("】")[2])
        assert f"| `{kind.value}` | {said} |" in written
    not_for_hand = {"XINFANG_TEST", "XINFANG_PROCESS"}
    settings = set(re.findall(r'"(XINFANG_[A-Z_]+)"', text_of(PACKAGE / "settings.py"))) - not_for_hand
    assert sorted(name for name in settings if f"`{name}`" not in written) == []


def test_nothing_in_the_tree_names_a_machine_or_a_registry():
    places = re.compile(
        r"(?<![\w.])/(?:root|home/\w+|tmp/(?!x?$)\w|work)/|pypi\.(?:org|python)|files\.pythonhosted|registry\.npmjs|"
        r"index-url\s*=|extra-index|artifactory|nexus",
    )
    found = [
        (name_of(path), found[0])
        for path in own_files()
        if path.parent.name != "architecture" and (found := places.search(text_of(path)))
    ]
    assert found == []
