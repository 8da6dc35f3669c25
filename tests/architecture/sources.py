"""The tree as the architecture tests read it: parsed once, without a database."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "xinfang"
LAYERS = ("rules", "labels", "models", "queries", "documents", "gateways", "services", "stories", "jobs", "web")
SUBJECTS = (
    "intake", "matters", "clocks", "tasks", "sessions", "mediation", "review", "figures", "supervision", "people",
    "access", "notices", "catalogue",
)  # fmt: skip


@cache
def python_files(room: str = "") -> tuple[Path, ...]:
    """Every Python file of the package, or of one room of it; migrations are generated and left out."""
    return tuple(path for path in sorted((PACKAGE / room).rglob("*.py")) if "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def own_files() -> tuple[Path, ...]:
    """Every file that is in the repository or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode().split("\0")  # fmt: skip
    return tuple(ROOT / name for name in listed if name and (ROOT / name).is_file())


@cache
def text_of(path: Path) -> str:
    """The text of a file, empty for one that is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


@cache
def functions(path: Path) -> tuple[ast.FunctionDef, ...]:
    return tuple(node for node in nodes_of(path) if isinstance(node, ast.FunctionDef))


@cache
def calls(path: Path) -> tuple[ast.Call, ...]:
    return tuple(node for node in nodes_of(path) if isinstance(node, ast.Call))


def imported(path: Path) -> set[str]:
    """The full names of everything that a module imports, wherever in it."""
    names = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names
