"""Which room holds what? Every file of the house with the sentence at its top, for docs/rooms.md."""

import ast
from itertools import groupby
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
LAYERS = {
    "rules": "The law of the house: pure Python, no Django, no clock, no files.",
    "labels": "Words for every code, Chinese with English beside.",
    "models": "Tables and what a row can say of itself.",
    "policies": "Shipped data: calendars, limits, catalogue, the demo's district.",
    "gateways": "The outside world: files, messages, readers.",
    "queries": "Reads; `access.py` is the only way to a matter.",
    "documents": "What is printed or exported: facts in, text out.",
    "services": "Verbs; the only writers.",
    "stories": "Dated stories played through the services.",
    "jobs": "What the worker runs.",
    "management/commands": "Commands: thin, each calls a service, a query or a document.",
    "web/public": "The citizen's face.",
    "web/desk": "The staff's face.",
    "web/office": "Running the house: units, posts, accounts, calendar.",
    "web/parts": "What the faces share.",
    "server": "Processes, the embedded PostgreSQL, backup; no Django.",
}


def said_by(path: Path) -> str:
    """The first sentence of a file, empty for one that says nothing."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(doc.split("\n\n")[0].split())


def rooms(package: Path = PACKAGE) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """By layer and by folder in it, every file with what it says; layers in the order of `LAYERS`."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for layer in LAYERS:
        files = [
            path for path in sorted((package / layer).rglob("*.py")) if said_by(path) or path.name != "__init__.py"
        ]
        if files:
            found[layer] = {
                folder: [(path.name, said_by(path)) for path in inside]
                for folder, inside in groupby(files, key=lambda path: path.parent.relative_to(package).as_posix())
            }
    return found
