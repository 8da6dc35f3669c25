"""Does the database answer, and would it lose what it has acknowledged? (promises D2: fsync, full pages, commits.)"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import DatabaseError, connection

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
WATCHED = (*DURABLE, "data_checksums")


@dataclass(frozen=True)
class Health:
    """What was found; `facts` maps `database` and each setting to a word."""

    healthy: bool
    facts: Mapping[str, str] = field(default_factory=dict)


def health_of() -> Health:
    """Ask the database. One statement."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(WATCHED)])
            return judged(dict(cursor.fetchall()))
    except DatabaseError:
        return Health(healthy=False, facts={"database": "unreachable"})


def judged(settings: Mapping[str, str]) -> Health:
    """Healthy unless a setting that keeps acknowledged writes is off; missing checksums are only said."""
    facts = {"database": "ok", **{name: settings.get(name, "unknown") for name in WATCHED}}
    return Health(healthy=all(facts[name] != "off" for name in DURABLE), facts=facts)
