"""`make bench`: how fast pages, clocks and the watcher are beside many synthetic matters, with numbers of statements.

Everything runs on loopback in a folder of its own that is removed afterwards. Figures are medians of one run on one
machine: compare ratios, not machines. `python -m benchmarks --matters 5000 --seconds 5 --deadlines 100000` is a
quick look.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def ground(folder: Path) -> Iterator[str]:
    """An embedded PostgreSQL as durable as in use, migrated, for the length of the block."""
    os.environ["XINFANG_HOME"] = str(folder)
    os.environ.pop("XINFANG_TEST", None)
    from xinfang.server.home import Home  # noqa: PLC0415  -- reads the folder that was just named
    from xinfang.server.postgres import Postgres  # noqa: PLC0415

    home = Home.of()
    home.prepare()
    with Postgres(home).running() as url:
        os.environ["DATABASE_URL"] = url
        os.environ["DJANGO_SETTINGS_MODULE"] = "xinfang.settings"
        migrate = [sys.executable, "-m", "xinfang", "migrate", "--no-input", "--verbosity", "0"]
        subprocess.run(migrate, check=True)
        yield url


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--matters", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=20, help="how long registrations are sent")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--deadlines", type=int, default=1_000_000, help="how many the watcher's index holds")
    parser.add_argument("--stories", type=int, default=1_000_000, help="among how many the same matter is looked for")
    parser.add_argument("--recount-seconds", type=int, default=600, help="when the recount is broken off")
    parser.add_argument("--port", type=int, default=8137)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="xinfang-bench-"))
    try:
        with ground(folder):
            import django  # noqa: PLC0415  -- settings follow the folder

            django.setup()
            from benchmarks.run import run  # noqa: PLC0415

            run(chosen)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
