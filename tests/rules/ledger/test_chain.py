"""The digest of an event: known vectors, and every part of an event counts."""

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from xinfang.rules.ledger.chain import GENESIS, Event, canonical, digest, salted, salted_bytes, stamp

KEY = bytes(range(32))
EVENT = Event(
    chain=UUID("019aaaaa-0000-7000-8000-000000000001"),
    seq=1,
    type="registered",
    occurred_at=datetime(2026, 3, 16, 1, 30, tzinfo=UTC),
    recorded_at=datetime(2026, 3, 16, 1, 31, 0, 5, tzinfo=UTC),
    actor=7,
    role="window_clerk",
    unit="999901001",
    payload={"number": "XF-7K3M-92QB", "kind": "claim", "组": [1, True, None]},
    rule_version="2026.11",
)
KNOWN = "214b0c6525d1173c764e75f1489986490430181fe5226e1f24ddce76a9e533e7"
OTHER = {
    "chain": UUID("019aaaaa-0000-7000-8000-000000000002"),
    "seq": 2,
    "type": "triaged",
    "occurred_at": EVENT.occurred_at + timedelta(microseconds=1),
    "recorded_at": EVENT.recorded_at + timedelta(microseconds=1),
    "actor": None,
    "role": "centre_director",
    "unit": "999901002",
    "payload": {**EVENT.payload, "kind": "suggestion"},
    "rule_version": "2026.12",
}


def test_the_digest_of_a_known_event_never_changes():
    # The independent way: a message written out by hand under the standard library's HMAC.
    message = (
        "019aaaaa-0000-7000-8000-000000000001\n1\nregistered\n2026-03-16T01:30:00.000000Z\n"
        "2026-03-16T01:31:00.000005Z\n7\nwindow_clerk\n999901001\n2026.11\n"
        '{"kind":"claim","number":"XF-7K3M-92QB","组":[1,true,null]}'
    )
    assert digest(EVENT, GENESIS, KEY) == hmac.new(KEY, b"\x00" * 32 + message.encode(), hashlib.sha256).digest()
    assert digest(EVENT, GENESIS, KEY).hex() == KNOWN


@pytest.mark.parametrize("part", OTHER)
def test_every_part_of_an_event_is_in_its_digest(part):
    assert digest(replace(EVENT, **{part: OTHER[part]}), GENESIS, KEY) != digest(EVENT, GENESIS, KEY)


def test_the_event_before_and_the_key_are_in_the_digest():
    assert digest(EVENT, b"\x01" * 32, KEY) != digest(EVENT, GENESIS, KEY)
    assert digest(EVENT, GENESIS, bytes(32)) != digest(EVENT, GENESIS, KEY)


def test_a_moment_is_one_text_in_every_time_zone():
    there = EVENT.occurred_at.astimezone(timezone(timedelta(hours=8)))
    assert stamp(there) == stamp(EVENT.occurred_at) == "2026-03-16T01:30:00.000000Z"
    assert digest(replace(EVENT, occurred_at=there), GENESIS, KEY) == digest(EVENT, GENESIS, KEY)


def test_the_order_of_keys_does_not_count_and_nan_is_no_payload():
    assert canonical({"b": 1, "a": "字"}) == canonical({"a": "字", "b": 1}) == '{"a":"字","b":1}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": float("nan")})


def test_a_salted_hash_says_nothing_without_its_salt():
    assert salted("路灯", b"1") != salted("路灯", b"2")
    assert salted("路灯", b"1") == salted_bytes("路灯".encode(), b"1")
