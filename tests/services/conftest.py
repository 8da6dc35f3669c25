import psycopg
import pytest
from django.db import connection


@pytest.fixture
def second_session():
    """Another connection to the same database, as another process has one."""
    parts = connection.get_connection_params()
    known = {name: parts[name] for name in ("dbname", "user", "password", "host", "port") if parts.get(name)}
    with psycopg.connect(**known) as session:
        yield session
