"""`xinfang init`: a real centre, without demo: home, keys, database, then the first administrator and the area."""

import os
import subprocess

from xinfang.server import ground, schema
from xinfang.server.home import Home
from xinfang.server.processes import python


def main(arguments: list[str]) -> int:
    """The arguments are those of the command `initialise`, which explains them itself."""
    if not {"-h", "--help"}.isdisjoint(arguments):
        return _step({}, "initialise", "--help")
    ground.refuse_test_mode()
    with ground.database() as url:
        schema.refuse_newer(schema.applied(url), "数据库 The database")
        own = {"DATABASE_URL": url}
        failed = _step(own, "migrate", "--no-input", "--verbosity", "0") or _step(own, "initialise", *arguments)
    if failed:
        return failed
    keys = Home.of().keys
    print(f"请立即把 {keys} 复制到另一处妥善保管：没有它，任何备份都无法解读。")
    print(f"Copy {keys} to a safe place elsewhere now: without it no backup can be read.")
    return 0


def _step(own: dict[str, str], *arguments: str) -> int:
    return subprocess.run([*python("xinfang"), *arguments], env={**os.environ, **own}, check=False).returncode
