"""Whatever is done to the ledger behind its back is found; what the law removed is not called a loss."""

import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from tests.cast import at, build_cast
from tests.factories import TRIAGE, moved, registered
from xinfang.gateways import checkpoint_files
from xinfang.models import Chain, Event, ProtectedText
from xinfang.queries.verification import verify
from xinfang.rules.ledger import chain as rules
from xinfang.services.checkpoints import checkpoint
from xinfang.services.intake import register

pytestmark = pytest.mark.django_db(transaction=True)
NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")


@pytest.fixture
def folder(tmp_path, settings):
    settings.XINFANG_CHECKPOINTS = tmp_path / "points"
    return tmp_path / "points"


@pytest.fixture
def matters(folder):
    """Two matters of three and two events, under one checkpoint."""
    cast = build_cast()
    first, second = registered(cast, NINE).matter, registered(cast, NINE).matter
    moved(cast, first, TEN, ("director", "triage", TRIAGE), ("director", "record_progress", {"note": "到场看过"}))
    moved(cast, second, TEN, ("director", "triage", TRIAGE))
    checkpoint(at=TEN)
    return first, second


KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND confrelid = 'xinfang_chain'::regclass
"""


def tamper(*statements):
    """SQL with triggers and foreign keys switched off, as the owner of the tables can."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE xinfang_event DISABLE TRIGGER USER")
        cursor.execute(KEYS)
        keys = cursor.fetchall()
        for table, name, _definition in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for statement, *values in statements:
            cursor.execute(statement, values)
        for table, name, definition in keys:
            plain = definition.removesuffix(" NOT VALID")
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {plain} NOT VALID')
        cursor.execute("ALTER TABLE xinfang_event ENABLE TRIGGER USER")


def rechain(chain, change):
    """Rewrite a chain from its first event on, with the key, so that only what lies outside can tell."""
    previous = rules.GENESIS
    for row in Event.objects.filter(chain_id=chain).order_by("seq"):
        event = change(row.plain())
        head = rules.digest(event, previous, settings.XINFANG_KEYS["chain_key"])
        tamper((
            "UPDATE xinfang_event SET payload = %s, previous = %s, hash = %s WHERE chain_id = %s AND seq = %s",
            json.dumps(event.payload), previous, head, chain, row.seq,
        ))  # fmt: skip
        previous = head
    Chain.objects.filter(pk=chain).update(head=previous)


def codes():
    return sorted({finding.code for finding in verify().findings})


def test_an_untouched_ledger_is_clean_and_says_what_is_not_yet_under_a_checkpoint(matters):
    cast = build_cast_again()
    found = verify()
    assert (found.is_clean, found.events, found.uncovered, found.checkpoints) == (True, 5, 0, 1)
    assert (found.chains, found.texts) == (3, 9)
    moved(cast, matters[0], TEN, ("director", "record_progress", {"note": "又去了一次"}))
    assert (verify().is_clean, verify().uncovered) == (True, 1)
    assert checkpoint(at=TEN) == 1
    assert checkpoint(at=TEN) == 0
    assert (verify().uncovered, verify().checkpoints) == (0, 2)


def build_cast_again():
    from tests.cast import Cast  # noqa: PLC0415  -- the people are already there
    from xinfang.models import User  # noqa: PLC0415  -- same

    return Cast(users={user.username: user for user in User.objects.all()})


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE xinfang_event SET payload = payload || '{\"nature\": \"major\"}' WHERE chain_id = %s AND seq = 2",
         ["event_changed"]),
        ("UPDATE xinfang_event SET occurred_at = occurred_at - interval '1 day' WHERE chain_id = %s AND seq = 3",
         ["event_changed"]),
        ("UPDATE xinfang_event SET previous = hash WHERE chain_id = %s AND seq = 2", ["event_changed"]),
        ("UPDATE xinfang_event SET hash = previous WHERE chain_id = %s AND seq = 3",
         ["event_changed", "head_differs", "rechained"]),
        ("DELETE FROM xinfang_event WHERE chain_id = %s AND seq = 2", ["event_missing", "text_unknown"]),
        ("DELETE FROM xinfang_event WHERE chain_id = %s AND seq = 1", ["event_missing", "text_unknown"]),
        ("DELETE FROM xinfang_event WHERE chain_id = %s AND seq = 3", ["tail_cut", "text_unknown"]),
        ("DELETE FROM xinfang_event WHERE chain_id = %s", ["tail_cut", "text_unknown"]),
        ("DELETE FROM xinfang_chain WHERE id = %s", ["chain_missing"]),
        ("UPDATE xinfang_chain SET seq = 2 WHERE id = %s", ["head_differs"]),
        ("UPDATE xinfang_chain SET head = decode('00', 'hex') WHERE id = %s", ["head_differs"]),
        ("DELETE FROM xinfang_protectedtext WHERE chain_id = %s AND field = 'demand'", ["text_missing"]),
        ("UPDATE xinfang_protectedtext SET sealed = NULL WHERE chain_id = %s AND field = 'demand'", ["text_missing"]),
        ("UPDATE xinfang_protectedtext SET sealed = NULL, masked_by = 2 WHERE chain_id = %s AND field = 'demand'",
         ["text_missing"]),
        ("UPDATE xinfang_protectedtext SET salt = decode('00', 'hex') WHERE chain_id = %s AND field = 'demand'",
         ["text_changed"]),
        ("UPDATE xinfang_protectedtext SET sealed = decode('0011', 'hex') WHERE chain_id = %s AND field = 'demand'",
         ["text_changed"]),
    ],
)  # fmt: skip
def test_what_is_done_to_rows_is_found(matters, statement, expected):
    tamper((statement, matters[0]))
    assert codes() == expected


def test_events_that_change_places_are_found(matters):
    tamper(
        ("UPDATE xinfang_event SET seq = 99 WHERE chain_id = %s AND seq = 2", matters[0]),
        ("UPDATE xinfang_event SET seq = 2 WHERE chain_id = %s AND seq = 3", matters[0]),
        ("UPDATE xinfang_event SET seq = 3 WHERE chain_id = %s AND seq = 99", matters[0]),
    )
    assert "event_changed" in codes()


def test_an_event_put_in_from_another_chain_is_found(matters):
    copy = ("INSERT INTO xinfang_event SELECT %s, 4, type, occurred_at, recorded_at, actor, role, unit, payload, "
            "rule_version, previous, hash FROM xinfang_event WHERE chain_id = %s AND seq = 2")  # fmt: skip
    columns = "chain_id, seq, type, occurred_at, recorded_at, actor, role, unit, payload, rule_version, previous, hash"
    tamper((copy.replace("INSERT INTO xinfang_event", f"INSERT INTO xinfang_event ({columns})"), *matters))
    assert codes() == ["event_changed", "head_differs", "text_missing"]


def test_a_tail_cut_together_with_its_chain_row_is_found_by_the_checkpoint(matters):
    second = Event.objects.get(chain_id=matters[0], seq=2)
    tamper(
        ("DELETE FROM xinfang_event WHERE chain_id = %s AND seq = 3", matters[0]),
        ("DELETE FROM xinfang_protectedtext WHERE chain_id = %s AND seq = 3", matters[0]),
        ("UPDATE xinfang_chain SET seq = 2, checkpointed_seq = 2, head = %s WHERE id = %s", second.hash, matters[0]),
    )
    found = verify().findings
    assert [(f.code, f.chain, f.seq) for f in found] == [("tail_cut", matters[0], 3)]


def test_a_whole_chain_deleted_is_found_by_the_checkpoint(matters):
    tamper(
        ("DELETE FROM xinfang_event WHERE chain_id = %s", matters[1]),
        ("DELETE FROM xinfang_protectedtext WHERE chain_id = %s", matters[1]),
        ("DELETE FROM xinfang_chain WHERE id = %s", matters[1]),
    )
    assert [(f.code, f.chain, f.seq) for f in verify().findings] == [("tail_cut", matters[1], 2)]


def test_a_chain_written_anew_with_the_key_is_found_by_the_checkpoint(matters):
    from dataclasses import replace  # noqa: PLC0415  -- used once

    rechain(matters[0], lambda event: replace(event, payload={**event.payload, "nature": "major"}))
    assert [(f.code, f.chain, f.seq) for f in verify().findings] == [("rechained", matters[0], 3)]


def test_words_that_change_places_are_found(matters):
    swap = """
        UPDATE xinfang_protectedtext AS mine SET sealed = theirs.sealed, salt = theirs.salt
        FROM xinfang_protectedtext AS theirs WHERE mine.chain_id = %s AND theirs.chain_id = %s
        AND mine.seq = 1 AND theirs.seq = 1 AND mine.field = 'demand' AND theirs.field = 'demand'
    """
    tamper((swap, *matters))
    assert [(f.code, f.chain, f.field) for f in verify().findings] == [("text_changed", matters[0], "demand")]


def test_words_that_no_event_names_are_found(matters):
    ProtectedText.objects.create(chain_id=matters[0], seq=1, field="extra", sealed=b"x", salt=b"y")
    stray = uuid4()
    Chain.objects.create(pk=stray, kind="matter", head=rules.GENESIS)
    ProtectedText.objects.create(chain_id=stray, seq=1, field="extra", sealed=b"x", salt=b"y")
    assert [(f.code, f.chain) for f in verify().findings if f.code == "text_unknown"] == [
        ("text_unknown", min(matters[0], stray)), ("text_unknown", max(matters[0], stray)),
    ]  # fmt: skip


def test_an_edited_checkpoint_is_found(matters, folder):
    path = folder / "2026-03.jsonl"
    path.write_text(path.read_text().replace('"events":5', '"events":4'))
    assert codes() == ["checkpoint_changed"]


def test_a_truncated_or_missing_checkpoint_file_is_found(matters, folder):
    cast = build_cast_again()
    path = folder / "2026-03.jsonl"
    first = path.read_text()
    moved(cast, matters[0], TEN, ("director", "record_progress", {"note": "又去了一次"}))
    checkpoint(at=TEN)
    path.write_text(first)
    assert [(f.code, f.chain, f.seq) for f in verify().findings] == [("checkpoint_cut", matters[0], 4)]
    path.unlink()
    assert codes() == ["checkpoint_cut"]


def test_a_crash_between_the_file_and_the_database_only_repeats_heads(matters, monkeypatch):
    cast = build_cast_again()
    moved(cast, matters[0], TEN, ("director", "record_progress", {"note": "又去了一次"}))
    real = checkpoint_files.append

    def dies(month, line):
        real(month, line)
        raise SystemExit

    monkeypatch.setattr(checkpoint_files, "append", dies)
    with pytest.raises(SystemExit):
        checkpoint(at=TEN)
    monkeypatch.setattr(checkpoint_files, "append", real)
    assert Chain.objects.get(pk=matters[0]).checkpointed_seq == 3
    assert verify().is_clean
    assert checkpoint(at=TEN) == 1
    assert (verify().is_clean, verify().checkpoints) == (True, 3)


def test_half_a_line_at_the_end_is_dropped_and_the_next_one_stands_on_the_last_whole_line(matters, folder):
    cast = build_cast_again()
    path = folder / "2026-03.jsonl"
    path.write_bytes(path.read_bytes() + b'{"number":2,"at"')
    moved(cast, matters[0], TEN, ("director", "record_progress", {"note": "又去了一次"}))
    checkpoint(at=TEN)
    assert verify().is_clean
    assert path.read_text().count("\n") == 2


def test_a_spoilt_last_line_is_reported_and_does_not_stop_the_next(matters, folder):
    cast = build_cast_again()
    path = folder / "2026-03.jsonl"
    path.write_text("spoilt\n")
    moved(cast, matters[0], TEN, ("director", "record_progress", {"note": "又去了一次"}))
    assert checkpoint(at=TEN) == 1
    assert codes() == ["checkpoint_cut", "checkpoint_missing", "checkpoint_unreadable"]


def test_a_restored_database_that_is_newer_than_its_checkpoints_is_brought_to_them(matters, folder):
    """A backup copies the files before the database; what was marked in between is no cut."""
    cast = build_cast_again()
    path = folder / "2026-03.jsonl"
    first = path.read_text()
    moved(cast, matters[0], TEN, ("director", "record_progress", {"note": "又去了一次"}))
    checkpoint(at=TEN)
    path.write_text(first)
    assert codes() == ["checkpoint_cut"]
    call_command("checkpoint", "--restored")
    assert (verify().is_clean, verify().uncovered) == (True, 1)
    call_command("checkpoint")
    assert (verify().is_clean, verify().uncovered) == (True, 0)


def test_more_heads_than_one_line_holds_become_more_lines(folder, monkeypatch):
    monkeypatch.setattr("xinfang.services.checkpoints.HEADS_IN_A_LINE", 2)
    cast = build_cast()
    for _ in range(5):
        registered(cast, NINE)
    assert checkpoint(at=TEN) == 5
    assert (verify().is_clean, verify().checkpoints, verify().uncovered) == (True, 3, 0)


def test_checkpoints_of_a_new_month_stand_on_those_of_the_old_one(matters, folder):
    cast = build_cast_again()
    moved(cast, matters[0], at("2026-03-17 09:00"), ("director", "record_progress", {"note": "又去了一次"}))
    checkpoint(at=at("2026-04-01 00:00"))
    moved(cast, matters[0], at("2026-03-17 09:01"), ("director", "record_progress", {"note": "第三次"}))
    checkpoint(at=at("2026-03-31 23:59"))
    assert [path.name for path in checkpoint_files.files()] == ["2026-03.jsonl", "2026-04.jsonl"]
    assert (verify().is_clean, verify().checkpoints) == (True, 3)
    (folder / "2026-03.jsonl").unlink()
    assert "checkpoint_missing" in codes()


def test_the_command_prints_numbers_and_codes_and_ends_with_1(matters, capsys):
    call_command("verify")
    assert "发现问题 0 处" in capsys.readouterr().out
    number = Event.objects.get(chain_id=matters[0], seq=1).payload["number"]
    tamper(("UPDATE xinfang_event SET unit = 'x' WHERE chain_id = %s AND seq = 2", matters[0]))
    with pytest.raises(SystemExit) as ended:
        call_command("verify")
    said = capsys.readouterr().out
    assert (ended.value.code, said.splitlines()[0]) == (1, f"{number}#2: 事件与写下时不同，或者不是本系统写下的")
    with pytest.raises(SystemExit):
        call_command("verify", "--json")
    document = json.loads(capsys.readouterr().out)
    assert document["findings"] == [{"code": "event_changed", "chain": str(matters[0]), "seq": 2, "field": ""}]
    assert (document["clean"], document["events"], document["uncovered"]) == (False, 5, 0)


def test_no_finding_carries_a_word_of_the_matter(folder, capsys):
    cast = build_cast()
    secret = "王小二的低保被停了"
    person = {"name": "王小二", "phone": "19912345678"}
    values = {"unit": "999901001", "channel": "visit", "people": [person], "original_words": secret}
    matter = register(values=values, by=cast.clerk, at=NINE).matter
    checkpoint(at=TEN)
    tamper(("UPDATE xinfang_protectedtext SET salt = '' WHERE chain_id = %s", matter))
    with pytest.raises(SystemExit):
        call_command("verify")
    said = capsys.readouterr().out
    assert "text" not in said
    assert all(word not in said for word in (secret, "王小二", "19912345678"))
