"""Imports only point down, and what the rules and the writers may touch is what the house says."""

import ast

from importlinter.cli import lint_imports

from tests.architecture.sources import ROOT, calls, imported, name_of, nodes_of, python_files, tree_of

WRITES = frozenset(
    {
        "save",
        "create",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "asave",
        "acreate",
        "adelete",
    },
)
OUTSIDE_RULES = (
    "django",
    "os",
    "pathlib",
    "io",
    "random",
    "secrets",
    "socket",
    "subprocess",
    "time",
    "requests",
    "yaml",
)
CLOCKS_READ = frozenset({"now", "today", "utcnow", "localtime", "monotonic", "perf_counter"})
FOREIGN_FILES = frozenset({"open", "read_text", "read_bytes", "write_text", "write_bytes", "print", "input"})


def test_imports_only_point_down(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def writes_in(path):
    """Calls that write rows: rows are saved without arguments, updated by keywords, deleted with nothing."""
    for call in calls(path):
        if not isinstance(call.func, ast.Attribute):
            continue
        verb = call.func.attr
        as_rows = verb == "update" and call.keywords and not call.args
        whole = verb == "delete" and not call.args and not call.keywords
        is_file = verb == "save" and call.args
        if (verb in WRITES and not is_file) or as_rows or whole:
            yield f"{name_of(path)}:{call.lineno} {verb}"


def test_only_services_write_to_the_database():
    rooms = {name_of(path).split("/")[1] for path in python_files()} - {"services", "server"}
    found = [line for room in sorted(rooms) for path in _files(room) for line in writes_in(path)]
    assert found == []


def _files(room):
    return [path for path in python_files() if name_of(path).split("/")[1] == room]


def test_sql_by_hand_stands_where_tables_are_read_or_written():
    by_hand = {"cursor", "raw", "executemany"}
    rooms = ("rules", "labels", "documents", "stories", "jobs", "web", "management")
    found = [
        f"{name_of(path)}:{call.lineno}"
        for room in rooms
        for path in python_files(room)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in by_hand
    ]
    assert found == []


def test_rules_import_nothing_that_reaches_outside():
    found = [
        f"{name_of(path)}: {name}"
        for path in python_files("rules")
        for name in imported(path)
        if name.split(".")[0] in OUTSIDE_RULES
    ]
    assert found == []


def test_rules_read_no_clock_and_no_file():
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in python_files("rules")
        for call in calls(path)
        if (isinstance(call.func, ast.Attribute) and call.func.attr in CLOCKS_READ | FOREIGN_FILES)
        or (isinstance(call.func, ast.Name) and call.func.id in FOREIGN_FILES)
    ]
    assert found == []


def test_below_the_faces_time_is_passed_in():
    """Only who starts something may ask what time it is: a face, a job, a command."""
    found = [
        f"{name_of(path)}:{call.lineno}"
        for room in ("rules", "labels", "models", "queries", "documents", "gateways", "services", "stories")
        for path in python_files(room)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"now", "today", "utcnow"}
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"datetime", "date", "timezone", "time"}
    ]
    assert found == []


def test_services_are_verbs_with_named_arguments():
    """Whoever acts, and when, is named by keyword; and a service that knows who acts knows when."""
    found = []
    for path in python_files("services"):
        for node in tree_of(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            positional = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            named = {argument.arg for argument in node.args.kwonlyargs}
            if "by" in positional or ("at" in positional and "by" in named) or ("by" in named and len(positional) > 2):
                found.append(f"{name_of(path)}:{node.lineno} {node.name}({', '.join(positional)})")
            if "by" in named and not named & {"at", "when", "occurred_at"}:
                found.append(f"{name_of(path)}:{node.lineno} {node.name}: by, but when?")
    assert found == []


CONTENT = frozenset(
    {"Matter", "Event", "ProtectedText", "Person", "Party", "Contact", "Attachment", "Task", "Deadline", "Standing"},
)
# Every other way to the table of matters is written down here with its reason.
DOORS = {
    "access.py": "the door itself",
    "catalogue_replay.py": "for how many matters a draft would suggest something else, never for which",
    "duplicates.py": "suggests to whoever enters a batch; a person decides",
    "figure_lists.py": "the list behind a number, out of what figures.py found in sight",
    "figures.py": "counts; the list behind a number goes through the door",
    "intake.py": "how many this clerk registered today",
    "learning.py": "what confirmed matters teach about words, without their names, for the holder of the machine",
    "notices.py": "hides notices of matters that are out of sight",
    "policies.py": "how many clocks a draft would move, never which matter",
    "reaching.py": "whom a message of one matter is for; asked by the worker, and after a noted look",
    "risk_facts.py": "counts for the worker; the evidence behind a signal goes through the door",
    "search.py": "yes or no to one ID number at the window, logged",
    "verification.py": "public numbers for what verify found",
}


def managers_in(path):
    """The models whose rows a file asks for, each with its line."""
    for node in nodes_of(path):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            yield node.value.id, node.lineno


def test_faces_jobs_and_documents_never_read_a_matter_past_the_queries():
    found = [
        f"{name_of(path)}:{line} {model}"
        for room in ("web", "documents", "jobs")
        for path in python_files(room)
        for model, line in managers_in(path)
        if model in CONTENT
    ]
    assert found == []


def test_there_is_one_door_to_matters_and_every_other_use_is_known():
    used = {path.name for path in python_files("queries") for model, _ in managers_in(path) if model == "Matter"}
    assert sorted(used - set(DOORS)) == []
