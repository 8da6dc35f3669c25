"""What a browser is told with every page of the desk."""

import pytest
from django.test import Client

from xinfang.queries.health import judged

pytestmark = pytest.mark.django_db


def test_no_inline_code_no_devices_nothing_kept(cast, desk):
    for answer in (desk("director").get("/desk/"), Client().get("/sign-in/"), desk("director").get("/desk/m/x/")):
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "geolocation=()" in answer["Permissions-Policy"]
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "no-referrer"


def test_health_is_red_when_what_is_acknowledged_could_be_lost():
    sound = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on"}
    assert judged(sound).healthy
    assert judged({**sound, "synchronous_commit": "remote_apply"}).healthy
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert not judged({**sound, name: "off"}).healthy
        assert judged({**sound, name: "off"}).facts[name] == "off"


def test_the_health_page_answers_as_the_database_is(db):
    answer = Client().get("/health/")
    facts = answer.json()
    assert facts["database"] == "ok"
    assert answer.status_code == (200 if facts["healthy"] else 503)
