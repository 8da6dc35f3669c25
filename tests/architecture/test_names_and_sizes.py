"""Names say what a thing is, files stay readable, and one word finds one subject in every layer."""

import ast
import re

import pytest

from tests.architecture.sources import (
    LAYERS,
    PACKAGE,
    ROOT,
    SUBJECTS,
    functions,
    name_of,
    nodes_of,
    own_files,
    python_files,
    tree_of,
)

EMPTY_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "manager", "managers", "data", "info"},
)
EMPTY_PREFIXES = ("handle_", "process_")
DJANGO_SAYS = frozenset({"process_view", "process_exception", "process_template_response"})
MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_FUNCTION = 400, 40
OTHER_NAMES = {
    "petitions": "intake or matters", "cases": "matters", "registrations": "intake", "deadlines": "clocks",
    "timers": "clocks", "assignments": "tasks", "statistics": "figures", "reports": "figures", "metrics": "figures",
    "oversight": "supervision", "users": "people", "staff": "people", "accounts": "people", "persons": "people",
    "permissions": "access", "rights": "access", "alerts": "notices", "notifications": "notices",
}  # fmt: skip
SAYING_ROOMS = ("rules", "services", "queries", "documents")
CODE = [path for path in own_files() if path.suffix == ".py" and "migrations" not in path.parts]


def test_no_file_or_folder_has_a_name_that_says_nothing():
    found = {
        part
        for path in own_files()
        for part in path.relative_to(ROOT).with_suffix("").parts
        if part in EMPTY_NAMES and path.suffix != ".html"
    }
    assert found == set()


def test_no_function_has_a_name_that_says_nothing():
    found = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and node.name not in DJANGO_SAYS
        and (node.name.lower().startswith(EMPTY_PREFIXES) or node.name.lower().strip("_") in EMPTY_NAMES)
    ]
    assert found == []


def test_no_python_file_is_longer_than_four_hundred_lines():
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FILE} == {}


def table_lines(node):
    """The lines of a literal that a function returns: a table is data, however many rows it has."""
    last = node.body[-1]
    if isinstance(last, ast.Return) and isinstance(last.value, ast.Dict | ast.List | ast.Tuple):
        return (last.end_lineno or last.lineno) - last.lineno
    return 0


def test_no_function_is_longer_than_forty_lines():
    found = {}
    for path in CODE:
        for node in functions(path):
            size = (node.end_lineno or node.lineno) - node.lineno + 1 - table_lines(node)
            if size > MOST_LINES_OF_A_FUNCTION:
                found[f"{name_of(path)}:{node.lineno} {node.name}"] = size
    assert found == {}


@pytest.mark.parametrize("room", SAYING_ROOMS)
def test_every_file_says_at_its_top_which_question_it_answers(room):
    silent = [
        name_of(path)
        for path in python_files(room)
        if path.name != "__init__.py" and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_a_subject_has_one_name_in_every_layer():
    """Whoever looks for clocks must not have to think of deadlines."""
    rooms = [path for layer in LAYERS for path in (PACKAGE / layer).rglob("*") if path.suffix in {".py", ""}]
    assert sorted(f"{name_of(path)}: {OTHER_NAMES[path.stem]}" for path in rooms if path.stem in OTHER_NAMES) == []


def test_every_subject_that_exists_has_a_rule_and_one_look_for_its_word_finds_it():
    """A subject that has a service or a query has rules under the same word."""
    rooms = {layer: {path.stem for path in (PACKAGE / layer).iterdir()} for layer in LAYERS}
    built = {subject for subject in SUBJECTS if subject in rooms["services"] | rooms["queries"]}
    assert sorted(subject for subject in built if subject not in rooms["rules"]) == []
    assert {"intake", "matters", "clocks", "people", "notices"} <= built


def test_no_comment_defers_work_or_names_a_ticket():
    deferred = re.compile(r"#.*\b(?:TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{name_of(path)}:{n}"
        for path in CODE
        if path.parent.name != "architecture"
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if deferred.search(line)
    ]
    assert found == []


EXEMPTION = re.compile(r"#\s*(?:noqa:\s*([A-Z]+\d+(?:,\s*[A-Z]+\d+)*)|type:\s*ignore\[([^]]+)\])(.*)")


def bare_exemptions(path):
    """Exemptions without a reason, neither here nor at another one of the same check in the same file."""
    found, explained = {}, set()
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match = EXEMPTION.search(line)
        codes = set(re.split(r",\s*", match[1] or match[2])) if match else set()
        if match and match[3].strip(" #-"):
            explained |= codes
        elif match or re.search(r"#\s*(?:noqa|type:\s*ignore)\b", line):
            found[n] = codes or {"everything"}
    return [f"{name_of(path)}:{n}" for n, codes in found.items() if not codes <= explained]


def test_every_exemption_from_a_check_carries_its_reason():
    assert [line for path in CODE if path.parent.name != "architecture" for line in bare_exemptions(path)] == []
