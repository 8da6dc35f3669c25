import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

from xinfang.server.home import Home
from xinfang.server.postgres import Postgres

CONTROLLER = "PYTEST_XDIST_WORKER" not in os.environ

if CONTROLLER:
    # Before Django reads its settings; the workers of xdist inherit it.
    os.environ["DJANGO_SETTINGS_MODULE"] = "xinfang.settings"
    os.environ["XINFANG_TEST"] = "1"
    os.environ["XINFANG_HOME"] = tempfile.mkdtemp(prefix="xinfang-tests-")
    for outside in ("TLS", "HOSTS", "KEYS_FILE", "CHECKPOINTS", "PROCESS", "SMS", "WEBHOOK", "MAIL"):
        for name in [name for name in os.environ if name.startswith(f"XINFANG_{outside}")]:
            del os.environ[name]

django.setup()


def _cluster():
    return Postgres(Home.of(), durable=False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The first test that needs a database starts the one throw-away cluster, unless DATABASE_URL is given."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    # Held until this worker ends, so that a command which a test runs does not stop the cluster under us.
    with _cluster().running():
        yield


def pytest_unconfigure(config):
    if CONTROLLER:
        cluster = _cluster()
        cluster.stop()
        shutil.rmtree(Path(os.environ["XINFANG_HOME"]), ignore_errors=True)


@pytest.fixture
def cast(db):
    """The people of the district; see `tests/cast.py`."""
    from tests.cast import build_cast  # noqa: PLC0415  -- slow import

    return build_cast()
