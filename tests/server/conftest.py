import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from xinfang.server.home import Home
from xinfang.server.postgres import Postgres


def home_at(path):
    return Home.of({"XINFANG_HOME": str(path)})


@pytest.fixture(scope="session")
def programs():
    """One copy of the PostgreSQL programs for all homes of this folder."""
    folder = Path(tempfile.mkdtemp(prefix="xf-bin-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_home(programs):
    """Homes on a short path that the database's own user may enter, which pytest's folders are not."""
    made = []

    def make():
        path = Path(tempfile.mkdtemp(prefix="xf-"))
        made.append(path)
        (path / "pgbin").symlink_to(programs)
        return home_at(path)

    yield make
    for path in made:
        Postgres(home_at(path)).stop()
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def home(new_home):
    return new_home()


@pytest.fixture(scope="module")
def cluster(new_home):
    """A real one, as a centre runs it: everything on that keeps data."""
    postgres = Postgres(new_home())
    postgres.start()
    return postgres


@pytest.fixture(scope="session")
def xinfang():
    """Run a command as an operator would, on a home of its own."""

    def run(home, *arguments, **env):
        return subprocess.run(
            [sys.executable, "-P", "-m", "xinfang", *arguments],
            env=operator(home) | env,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


def operator(home):
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("XINFANG_", "DATABASE_URL", "DJANGO_"))
    }
    if chosen := os.environ.get("XINFANG_PG_BIN"):
        kept["XINFANG_PG_BIN"] = chosen
    return kept | {"XINFANG_HOME": str(home.path)}


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def somebody_else():
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    return pwd.getpwnam("nobody")
