"""Old messages come in with their own dates, each once, and what might be an accusation waits for a person."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import at
from xinfang.gateways.messages_csv import decode, read_file
from xinfang.models import Deadline, Event, Matter, Notice, ProtectedText
from xinfang.queries.access import matters_for
from xinfang.queries.figures import figures_as_of
from xinfang.rules.intake.messages import kind_of
from xinfang.rules.people.seats import SYSTEM
from xinfang.rules.refusals import RuleBroken
from xinfang.services.imports import Fate, import_messages

pytestmark = pytest.mark.django_db
NOW = at("2026-11-23 10:00")
UNIT = "999901001"
ANSWERED = "id,user,subject,sent_at,body,reply,replied_at\n"
ROW = "7,A1,路灯不亮,2019-04-24T16:03:40,村口的路灯坏了。,已经修好。,2019-05-09T09:49:10\n"


def written(tmp_path: Path, content: str | bytes, name: str = "messages.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def taken(file: Path, unit: str = UNIT, by=SYSTEM, now=NOW):
    opened = read_file(file)
    rows = import_messages(rows=opened.rows(), kind=kind_of(opened.columns), unit=unit, by=by, at=now)
    return [(o.line, o.fate.value, o.refusal.code if o.refusal else "") for o in rows]


def test_an_answered_message_is_closed_as_replied_directly_on_its_own_dates(cast, tmp_path):
    assert taken(written(tmp_path, ANSWERED + ROW)) == [(2, "taken", "")]
    matter = Matter.objects.get()
    assert (matter.channel, matter.imported, matter.stage, matter.result) == ("web", True, "closed", "replied_directly")
    assert (matter.resolved_at, matter.holder, matter.restricted) == (None, UNIT, False)
    events = list(Event.objects.filter(chain_id=matter.pk).order_by("seq"))
    assert [e.type for e in events] == ["registered", "replied_directly"]
    assert [e.occurred_at for e in events] == [at("2019-04-24 16:03:40"), at("2019-05-09 09:49:10")]
    assert {e.recorded_at for e in events} == {NOW}
    texts = {(t.seq, t.field): t.text for t in ProtectedText.objects.filter(chain_id=matter.pk)}
    assert texts[(1, "late_reason")] == texts[(2, "late_reason")] == "import"
    assert (texts[(1, "title")], texts[(1, "original_words")]) == ("路灯不亮", "村口的路灯坏了。")
    assert texts[(2, "reply")] == "已经修好。"


def test_an_old_answer_starts_no_clock_and_tells_nobody(cast, tmp_path):
    taken(written(tmp_path, ANSWERED + ROW))
    assert Deadline.objects.count() == 0
    assert Notice.objects.count() == 0
    figures = {f.code: f for f in figures_as_of(NOW)}
    assert (figures["K-7"].denominator, figures["V-3"].denominator, figures["F-1"].numerator) == (0, 0, 0)


def test_the_statistics_say_how_the_old_answers_would_have_stood(cast, tmp_path):
    rows = "".join(
        f"{n},A,题,2019-01-01T00:00:00,内容,答,{(at('2019-01-01 00:00') + timedelta(hours=hours)).isoformat()}\n"
        for n, hours in enumerate((24, 25, 72, 7 * 24, 15 * 24, 15 * 24 + 1, 60 * 24, 61 * 24))
    )
    taken(written(tmp_path, ANSWERED + rows))
    figures = {f.code: (f.numerator, f.denominator) for f in figures_as_of(NOW)}
    found = [figures[f"A-{days}"] for days in (1, 3, 7, 15, 30, 60)]
    assert found == [(1, 8), (3, 8), (4, 8), (5, 8), (6, 8), (7, 8)]


def test_the_same_file_again_takes_in_nothing(cast, tmp_path):
    file = written(tmp_path, ANSWERED + ROW)
    taken(file)
    assert taken(file, now=NOW + timedelta(days=1)) == [(2, "known", "")]
    assert (Matter.objects.count(), Event.objects.count()) == (1, 2)


def test_the_same_id_in_files_of_two_kinds_is_two_messages(cast, tmp_path):
    taken(written(tmp_path, ANSWERED + ROW))
    other = "id,user,subject,sent_at,body,against,likes\n7,A1,路灯不亮,2019-04-24T16:03:40,村口的路灯坏了。,0,3\n"
    assert taken(written(tmp_path, other)) == [(2, "taken", "")]
    assert Matter.objects.count() == 2


def test_the_same_id_with_another_text_is_refused_and_changes_nothing(cast, tmp_path):
    taken(written(tmp_path, ANSWERED + ROW))
    assert taken(written(tmp_path, ANSWERED + ROW.replace("村口", "村尾"))) == [(2, "refused", "submission_key_reused")]
    assert Matter.objects.count() == 1


def test_words_of_accusation_wait_for_a_person_in_restricted_sight(cast, tmp_path):
    row = "8,A2,反映问题,2019-04-24T16:03:40,有人冒领补贴。,已转办。,2019-05-09T09:49:10\n"
    assert taken(written(tmp_path, ANSWERED + row)) == [(2, "waits", "")]
    matter = Matter.objects.get()
    assert (matter.restricted, matter.stage, matter.closed_at) == (True, "registered", None)
    assert [e.type for e in Event.objects.filter(chain_id=matter.pk)] == ["registered"]
    assert ProtectedText.objects.get(chain_id=matter.pk, field="earlier").text == "已转办。"
    assert matters_for(cast.bureau, NOW).count() == 1
    assert matters_for(cast.deputy, NOW).count() == matters_for(cast.supervisor, NOW).count() == 0
    assert taken(written(tmp_path, ANSWERED + row)) == [(2, "known", "")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("1,A,题,2019-02-30T00:00:00,内容,,\n", "date_unreal"),
        ("1,A,题,,内容,,\n", "date_unreal"),
        ("1,A,题,1899-01-01T00:00:00,内容,,\n", "date_unreal"),
        ("1,A,题,2026-11-23T10:00:01,内容,,\n", "date_in_the_future"),
        ("1,A,题,2019-01-01T00:00:00, \u3000 ,,\n", "field_required"),
        (",A,题,2019-01-01T00:00:00,内容,,\n", "field_required"),
        ("1,A,题,2019-01-01T00:00:00,内容\n", "row_cells_differ"),
        ("1,A,题,2019-01-01T00:00:00,内容,,,多\n", "row_cells_differ"),
        ("1,A,题,2019-01-01T00:00:00,内\x00容,,\n", "text_has_nul"),
        ('1,A,题,2019-01-01T00:00:00,"内"容,,\n', "row_unreadable"),
        ("1,A,题,2019-01-01T00:00:00,内容,答,\n", "reply_incomplete"),
        ("1,A,题,2019-01-01T00:00:00,内容,,2019-01-02T00:00:00\n", "reply_incomplete"),
        ("1,A,题,2019-01-02T00:00:00,内容,答,2019-01-01T00:00:00\n", "reply_before_message"),
        ("1,A,题,2019-01-02T00:00:00,内容,答,2027-01-01T00:00:00\n", "date_in_the_future"),
        (f"1,{'长' * 51},题,2019-01-02T00:00:00,内容,,\n", "text_too_long"),
        (f"1,A,题,2019-01-02T00:00:00,{'长' * 20_001},,\n", "text_too_long"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_next_one_comes_in(cast, tmp_path, row, code):
    assert taken(written(tmp_path, ANSWERED + row + ROW)) == [(2, "refused", code), (3, "taken", "")]
    assert Matter.objects.count() == 1


def test_lines_are_counted_as_an_editor_counts_them(cast, tmp_path):
    long = '1,A,题,2019-01-01T00:00:00,"一\n二\n三",,\n'
    assert taken(written(tmp_path, ANSWERED + long + "\n" + ROW.replace("2019-05", "2019-35"))) == [
        (2, "taken", ""), (6, "refused", "date_unreal"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_in_the_usual_encodings_are_read(cast, tmp_path, encoding):
    taken(written(tmp_path, (ANSWERED + ROW).encode(encoding)))
    text = ProtectedText.objects.get(chain_id=Matter.objects.get().pk, seq=1, field="original_words")
    assert text.text == "村口的路灯坏了。"


def test_broken_bytes_refuse_their_own_row_only(cast, tmp_path):
    good, bad = ROW.encode(), ROW.replace("7,", "8,", 1).encode()
    broken = bad.replace("坏".encode(), b"\xe5\x9d")
    assert taken(written(tmp_path, ANSWERED.encode() + good * 1 + broken)) == [
        (2, "taken", ""), (3, "refused", "text_unreadable"),
    ]  # fmt: skip
    assert "坏" in decode((ANSWERED + ROW * 3).encode("gb18030"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xff\xfeI\x00d\x00", "file_not_csv"),
        ("id,user,subject,sent_at\n", "file_columns_missing"),
        ("id,user,subject,sent_at,body,phone\n", "file_columns_unknown"),
        ("id,user,subject,sent_at,body,body\n", "file_columns_twice"),
        ("id,user,subject,sent_at,body,reply\n", "file_columns_mixed"),
        ("id,user,subject,sent_at,body,likes,against,category\n", "file_columns_mixed"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(cast, tmp_path, content, code):
    with pytest.raises(RuleBroken) as refused:
        taken(written(tmp_path, content))
    assert refused.value.code == code


def test_the_command_reports_each_row_on_standard_error_and_ends_with_one(cast, tmp_path, capsys):
    file = written(tmp_path, ANSWERED + ROW + ROW.replace("7,", "9,", 1).replace("2019-04", "2019-44"))
    with pytest.raises(SystemExit) as ended:
        call_command("importmessages", str(file), unit=UNIT)
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.out == "新增 1 件，等人工分辨 0 件，已有 0 件，拒绝 1 行。\n"
    assert said.err == "第 3 行 sent_at：请填写真实的日期，例如 2026-11-23。\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"unit": "nowhere"}, "没有找到这个单位，请从列表中选择。"),
        ({"unit": UNIT, "by": "nobody"}, "没有这个账号：nobody"),
        ({"unit": UNIT, "file": "missing.csv"}, "打不开这个文件，请核对路径和权限。"),
    ],
)
def test_the_command_refuses_in_one_line_with_status_two(cast, tmp_path, arguments, sentence):
    file = written(tmp_path, ANSWERED + ROW)
    name = tmp_path / arguments.pop("file", file.name)
    with pytest.raises(CommandError) as refused:
        call_command("importmessages", str(name), **arguments)
    assert (str(refused.value), refused.value.returncode) == (sentence, 2)
    assert Matter.objects.count() == 0


def real(name: str) -> Path:
    folder = os.environ.get("XINFANG_MESSAGES")
    if not folder:
        pytest.skip("XINFANG_MESSAGES is unset: the real messages are not here")
    return Path(folder) / name


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [("answered.csv", 1463), ("labelled.csv", 244), ("unanswered.csv", 2142)])
def test_the_real_messages_come_in_whole_and_once(cast, name, count):
    fates = [fate for _line, fate, _code in taken(real(name))]
    assert len(fates) == Matter.objects.count() == count
    assert set(fates) <= {Fate.TAKEN.value, Fate.WAITS.value}
    assert fates.count("waits") == Matter.objects.filter(restricted=True).count() > 0
    assert {fate for _line, fate, _code in taken(real(name))} == {"known"}
