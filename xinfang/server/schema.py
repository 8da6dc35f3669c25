"""Which shape of the database this code knows, and which one a database or a backup has."""

from collections.abc import Iterable
from pathlib import Path

from xinfang.server.checks import connected
from xinfang.server.refusal import RefusedError

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def known() -> set[str]:
    return {file.stem for file in MIGRATIONS.glob("[0-9]*.py")}


def applied(url: str) -> list[str]:
    with connected(url) as connection:
        found = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
        if not found or found[0] is None:
            return []
        rows = connection.execute("SELECT name FROM django_migrations WHERE app = 'xinfang' ORDER BY name").fetchall()
    return [str(name) for (name,) in rows]


def refuse_newer(names: Iterable[str], where: str) -> None:
    """Old code over a newer schema would write what the newer code cannot read."""
    if newer := sorted(set(names) - known()):
        raise RefusedError(
            f"{where} 由更新版本的程序写成（{newer[-1]}）：请先升级程序。",
            f"{where} was written by a newer version ({newer[-1]}): upgrade the program first.",
        )
