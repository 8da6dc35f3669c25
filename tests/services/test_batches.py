"""A batch comes in row by row; what cannot be entered waits, what is here already is linked, and all of it counts."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from tests.cast import at
from tests.factories import moved, registered
from tests.services.batch_files import HEAD, forty_nine, row, write
from xinfang.gateways.batch_book import read_batch
from xinfang.models import Batch, BatchItem, Deadline, Event, Matter, ProtectedText
from xinfang.queries.access import matters_for
from xinfang.queries.figures import figures_as_of
from xinfang.rules.intake.batch_rows import ItemState
from xinfang.rules.matters.codes import Channel, Level
from xinfang.rules.refusals import RuleBroken
from xinfang.services.batches import FileRow, correct_item, revoke_batch, settle_link, take_in

pytestmark = pytest.mark.django_db
NOW = at("2026-03-16 10:00")


def taken(path, by, now=NOW):
    book = read_batch(path)
    rows = [FileRow(r.line, r.cells) for r in book.rows]
    return take_in(head=book.head, rows=rows, file_hash=book.file_hash, file_name=book.file_name, by=by, at=now)


def fates(result):
    return Counter(entered.state.value if entered.state else "known" for entered in result.rows)


@pytest.fixture
def s16(cast, tmp_path):
    known = registered(cast, at("2026-03-02 09:00"), area="999901001201")
    path = write(tmp_path / "batch.xlsx", forty_nine())
    return cast, path, taken(path, cast.bureau), known


def resolution(now=NOW):
    figure = next(f for f in figures_as_of(now) if f.code == "R-1")
    return figure.numerator, figure.denominator


def test_of_forty_nine_items_47_are_new_one_is_suspected_and_one_waits(s16):
    _cast, _path, result, known = s16
    assert fates(result) == {"entered": 47, "suspected": 1, "blocked": 1}
    warned = [e.row for e in result.rows if e.state is ItemState.ENTERED and e.problems]
    assert warned == [8, 19, 41]
    assert Matter.objects.filter(batch=str(result.batch.pk)).count() == 47
    assert BatchItem.objects.get(row=45).suspected == known.matter
    assert [p["code"] for p in BatchItem.objects.get(row=46).problems] == ["due_before_assignment"]
    assert resolution() == (0, 49)


def test_the_letter_sets_unit_and_date_and_the_clocks_of_the_day_run(s16):
    _cast, _path, _result, _known = s16
    item = BatchItem.objects.get(row=1)
    matter = Matter.objects.get(pk=item.matter_id)
    assert (matter.stage, matter.lead, matter.channel, matter.level) == ("assigned", "999901-RS", "letter", "city")
    clocks = {d.code: d for d in Deadline.objects.filter(matter=matter)}
    assert str(clocks["EXPLICIT"].due_on) == "2026-09-15"
    assert str(clocks["13710-1"].due_on) == "2026-03-16"
    assert str(clocks["XF-TELL15T"].due_on) == "2026-03-31"
    assert (clocks["13710-3"].why_not, clocks["13710-7"].why_not) == ("explicit_date", "explicit_date")
    assigned = Event.objects.get(chain_id=matter.pk, type="assigned").payload
    assert (assigned["explicit_source"], assigned["explicit_document"]) == ("assignment_letter", "示信联办〔2026〕3号")


def test_the_same_file_again_enters_nothing(s16):
    cast, path, _result, _known = s16
    again = taken(path, cast.bureau, NOW + timedelta(days=1))
    assert all(entered.known for entered in again.rows)
    assert (Matter.objects.count(), BatchItem.objects.count(), Batch.objects.count()) == (48, 49, 1)


def test_events_of_a_batch_hold_codes_alone(s16):
    _cast, _path, result, _known = s16
    events = Event.objects.filter(chain_id=result.batch.pk).order_by("seq")
    types = Counter(event.type for event in events)
    assert types == {"batch_opened": 1, "item_entered": 48, "item_blocked": 1}
    assert "张" not in str([event.payload for event in events])


def test_a_suspected_item_that_is_the_same_counts_through_the_matter_that_was_there(s16):
    cast, _path, result, known = s16
    settle_link(batch=result.batch.pk, row=45, same=True, by=cast.bureau, at=NOW + timedelta(hours=1))
    item = BatchItem.objects.get(row=45)
    assert (item.state, item.matter_id, item.row_sealed) == ("linked", known.matter, None)
    assert Event.objects.filter(chain_id=known.matter).last().type == "batch_linked"
    assert resolution(NOW + timedelta(hours=2)) == (0, 49)
    with pytest.raises(RuleBroken, match="batch_item_settled"):
        settle_link(batch=result.batch.pk, row=45, same=False, by=cast.bureau, at=NOW + timedelta(hours=2))


def test_a_suspected_item_that_is_another_is_registered_on_its_own(s16):
    cast, _path, result, _known = s16
    settle_link(batch=result.batch.pk, row=45, same=False, by=cast.bureau, at=NOW + timedelta(hours=1))
    matter = Matter.objects.get(pk=BatchItem.objects.get(row=45).matter_id)
    assert (matter.stage, matter.batch) == ("assigned", str(result.batch.pk))


def test_a_blocked_row_is_corrected_and_then_entered(s16):
    cast, _path, result, _known = s16
    later = NOW + timedelta(hours=3)
    still = correct_item(batch=result.batch.pk, row=46, cells={"due_on": "2026-03-15"}, by=cast.bureau, at=later)
    assert (still.state, [p.code for p in still.problems]) == (ItemState.BLOCKED, ["due_before_assignment"])
    done = correct_item(batch=result.batch.pk, row=46, cells={"due_on": "２０２６年9月1日"}, by=cast.bureau, at=later)
    item = BatchItem.objects.get(row=46)
    assert (done.state, item.state, item.due_on, item.row_sealed) == (
        ItemState.ENTERED, "entered", date(2026, 9, 1), None,
    )  # fmt: skip
    assert resolution(later) == (0, 49)


def test_a_corrected_file_enters_only_the_row_that_waited(s16, tmp_path):
    cast, _path, _result, _known = s16
    rows = forty_nine()
    rows[45]["due_on"] = date(2026, 9, 1)
    rows[0]["summary"] = "改过的概况"
    again = taken(write(tmp_path / "again.xlsx", rows), cast.bureau, NOW + timedelta(hours=1))
    assert fates(again) == {"known": 48, "entered": 1}
    assert [p.code for p in again.rows[0].problems] == ["row_changed"]


def test_figures_count_items_as_their_matters_are_resolved(s16):
    cast, _path, _result, _known = s16
    item = BatchItem.objects.get(row=1)
    done = {"result_words": "办好", "result": "supported_done", "petitioner_told": "电话", "evidence": True}
    moved(cast, item.matter_id, at("2026-03-18 10:00"), ("labour_head", "implement", done),
          ("labour_head", "propose_resolved", {"note": "好了"}),
          ("caller", "verify_resolved", {"note": "核实"}))  # fmt: skip
    assert resolution(at("2026-03-17 00:00")) == (0, 49)
    assert resolution(at("2026-03-19 00:00")) == (1, 49)
    assert resolution(NOW - timedelta(seconds=1)) == (0, 0)


@pytest.mark.parametrize(
    "changes",
    [{"purpose": "揭发控告"}, {"summary": "反映村里有人冒领补贴"}, {"note": "另有举报材料"}, {"demand": "查处贪 污"}],
)
def test_an_accusation_is_diverted_and_leaves_only_its_row_number(cast, tmp_path, changes):
    result = taken(write(tmp_path / "b.xlsx", [row(1), row(2, **changes)]), cast.bureau)
    assert fates(result) == {"entered": 1, "diverted": 1}
    item = BatchItem.objects.get(row=2)
    assert (item.matter_id, item.row_sealed, item.unit, item.problems) == (None, None, "", [])
    assert Event.objects.get(chain_id=result.batch.pk, type="item_diverted").payload == {"row": 2}
    assert Matter.objects.count() == 1
    assert resolution() == (0, 2)


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"due_on": date(2026, 3, 15)}, "due_on", "due_before_assignment"),
        ({"due_on": "2026-02-30"}, "due_on", "date_unreal"),
        ({"petitioned_on": date(2026, 3, 17)}, "petitioned_on", "date_in_the_future"),
        ({"petitioned_on": "去年"}, "petitioned_on", "date_unreal"),
        ({"petitioned_on": None}, "petitioned_on", "field_required"),
        ({"name": " "}, "name", "field_required"),
        ({"unit": "区人社"}, "unit", "unit_guess"),
        ({"unit": "某某单位"}, "unit", "unit_guess_no_guess"),
        ({"area": "丙村"}, "area", "area_guess"),
        ({"channel": "飞鸽"}, "channel", "choice_guess_no_guess"),
        ({"purpose": "求觉"}, "purpose", "choice_guess"),
        ({"present": "很多"}, "present", "number_unreal"),
        ({"present": 0}, "present", "number_out_of_range"),
        ({"restricted": "也许"}, "restricted", "yes_or_no"),
        ({"name": "长" * 51}, "name", "text_too_long"),
    ],
)
def test_a_row_that_cannot_be_entered_says_where_and_why(cast, tmp_path, changes, column, code):
    result = taken(write(tmp_path / "b.xlsx", [row(1, **changes), row(2)]), cast.bureau)
    assert fates(result) == {"blocked": 1, "entered": 1}
    assert [(p.column, p.code) for p in result.rows[0].problems] == [(column, code)]


@pytest.mark.parametrize(
    "petitioned",
    [46056, "46056", "2026-02-03", "2026年2月3日", "2026/2/3", "２０２６．２．３", "20260203", date(2026, 2, 3)],
)
def test_dates_are_understood_however_they_were_typed(cast, tmp_path, petitioned):
    taken(write(tmp_path / "b.xlsx", [row(1, petitioned_on=petitioned)]), cast.bureau)
    assert Matter.objects.get().contacts.get().postmarked_on == date(2026, 2, 3)


def test_what_a_row_says_becomes_what_the_matter_is(cast, tmp_path):
    cells = row(
        1, name="匿名", phone=None, channel="领导接访", addressee="省长", unit="区人社局",
        area="999901001201", due_on=None,
        present=5, concerned=12, restricted="是", backlog="是", note="多次反映", leader="秦岭", purpose="意见建议",
        national="GJ-2026-77",
    )  # fmt: skip
    head = {**HEAD, "default_due_on": None}
    result = taken(write(tmp_path / "b.xlsx", [cells], head), cast.bureau)
    matter = Matter.objects.get()
    assert (matter.channel, matter.addressee, matter.level) == (Channel.LEADER_RECEPTION, Level.PROVINCE, Level.CITY)
    assert (matter.present, matter.concerned, matter.restricted, matter.kind) == (5, 12, True, "suggestion")
    assert (matter.nature, matter.area, matter.lead) == ("complex", "999901001201", "999901-RS")
    assert Event.objects.get(chain_id=matter.pk, type="assigned").payload["mode"] == "transfer"
    texts = {t.field: t.text for t in ProtectedText.objects.filter(chain_id=matter.pk, seq=1)}
    assert texts["facts"] == "多次反映\n包案领导：秦岭"
    assert BatchItem.objects.get(batch=result.batch).national == "GJ-2026-77"


def test_the_same_national_number_is_the_same_matter(cast, tmp_path):
    rows = [row(1, national="GJ-1"), row(2, national="GJ-1")]
    result = taken(write(tmp_path / "b.xlsx", rows), cast.bureau)
    assert [e.state for e in result.rows] == [ItemState.ENTERED, ItemState.SUSPECTED]


def test_two_rows_of_one_person_about_one_thing_are_suspected(cast, tmp_path):
    other = {"summary": "退休手续材料不全，社保窗口要补档案。", "demand": "协助查找档案"}
    rows = [row(1), row(1, row=2), row(3, phone=row(1)["phone"], **other)]
    assert [e.state for e in taken(write(tmp_path / "b.xlsx", rows), cast.bureau).rows] == [
        ItemState.ENTERED, ItemState.SUSPECTED, ItemState.ENTERED,
    ]  # fmt: skip


def test_without_number_and_telephone_the_name_and_the_words_tell(cast, tmp_path):
    rows = [row(1, phone=None), row(1, row=2, phone=None), row(1, row=3, phone=None, name="李四")]
    assert [e.state for e in taken(write(tmp_path / "b.xlsx", rows), cast.bureau).rows] == [
        ItemState.ENTERED, ItemState.SUSPECTED, ItemState.ENTERED,
    ]  # fmt: skip


def test_rows_without_a_number_of_their_own_are_not_taken(cast, tmp_path):
    rows = [row(1), row(2, row=None), row(3, row=1), row(4, row="甲"), row(5, row=0), row(6)]
    result = taken(write(tmp_path / "b.xlsx", rows), cast.bureau)
    assert [(e.row, e.state, [p.code for p in e.problems]) for e in result.rows] == [
        (1, ItemState.ENTERED, []), (0, None, ["row_number_missing"]), (1, None, ["row_number_twice"]),
        (0, None, ["row_number_missing"]), (0, None, ["row_number_missing"]), (6, ItemState.ENTERED, []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"number": None}, "number", "field_required"),
        ({"assigned_on": date(2026, 3, 17)}, "assigned_on", "date_in_the_future"),
        ({"default_due_on": date(2026, 3, 1)}, "default_due_on", "due_before_assignment"),
        ({"level": "乡里"}, "level", "choice_guess_no_guess"),
    ],
)
def test_a_batch_whose_head_is_wrong_is_not_opened(cast, tmp_path, changes, column, code):
    result = taken(write(tmp_path / "b.xlsx", [row(1)], {**HEAD, **changes}), cast.bureau)
    assert [(p.column, p.code) for p in result.head_problems] == [(column, code)]
    assert Batch.objects.count() == Matter.objects.count() == 0


def test_another_letter_cannot_take_a_number(cast, tmp_path):
    taken(write(tmp_path / "a.xlsx", [row(1)]), cast.bureau)
    with pytest.raises(RuleBroken, match="batch_number_taken"):
        taken(write(tmp_path / "b.xlsx", [row(1)], {**HEAD, "document": "另一份〔2026〕9号"}), cast.bureau)


def test_only_the_petition_bureau_enters_a_batch(cast, tmp_path):
    with pytest.raises(RuleBroken, match="batch_needs_bureau"):
        taken(write(tmp_path / "a.xlsx", [row(1)]), cast.director)


def test_a_batch_is_taken_back_within_a_day_and_leaves_lists_and_figures(cast, tmp_path):
    path = write(tmp_path / "b.xlsx", [row(1), row(2, purpose="揭发控告")])
    result = taken(path, cast.bureau)
    number = Matter.objects.get().number
    revoke_batch(batch=result.batch.pk, by=cast.bureau, at=NOW + timedelta(hours=23))
    matter = Matter.objects.get()
    assert (matter.number, matter.is_open, matter.stage, matter.closed_at) == (number, False, "closed", None)
    assert not Deadline.objects.filter(matter=matter, met_at__isnull=True, ended_at__isnull=True, look_at__isnull=False)
    assert matters_for(cast.bureau, NOW + timedelta(days=1)).count() == 1
    figures = {f.code: (f.numerator, f.denominator) for f in figures_as_of(NOW + timedelta(days=1))}
    assert (figures["R-1"], figures["R-4"]) == ((0, 0), (0, 0))
    assert resolution(NOW + timedelta(hours=22)) == (0, 2)
    again = taken(path, cast.bureau, NOW + timedelta(days=1))
    assert (fates(again), Batch.objects.count()) == ({"entered": 1, "diverted": 1}, 2)


def test_a_batch_cannot_be_taken_back_late_twice_or_once_somebody_works_on_it(cast, tmp_path):
    batch = taken(write(tmp_path / "b.xlsx", [row(1)]), cast.bureau).batch.pk
    with pytest.raises(RuleBroken, match="batch_not_revocable"):
        revoke_batch(batch=batch, by=cast.bureau, at=NOW + timedelta(hours=24, seconds=1))
    with pytest.raises(RuleBroken, match="batch_needs_bureau"):
        revoke_batch(batch=batch, by=cast.director, at=NOW)
    moved(cast, Matter.objects.get().pk, NOW, ("labour_head", "accept", {"document": "人社信受〔2026〕1号"}))
    with pytest.raises(RuleBroken, match="batch_worked_on"):
        revoke_batch(batch=batch, by=cast.bureau, at=NOW + timedelta(hours=1))


def test_the_command_reports_with_cell_addresses_and_keeps_a_report(cast, tmp_path, capsys):
    path = write(tmp_path / "b.xlsx", [row(1), row(2, due_on=date(2026, 3, 2)), row(3, note='=HYPERLINK("x")')],
                 {**HEAD, "default_due_on": None})  # fmt: skip
    with pytest.raises(SystemExit) as ended:
        call_command("importbatch", str(path), report=str(tmp_path / "out.xlsx"))
    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert "没有写 --by，以 bureau 的账号导入。" in said
    assert "明细!W3  反馈期限早于交办日期。" in said
    cells = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    assert [line[:2] for line in cells] == [["序号", "结果"], ["1", "已登记"], ["2", "待补正"], ["3", "已登记"]]


def test_the_template_is_empty_and_is_read_back_as_one(cast, tmp_path, capsys):
    call_command("importbatch", template=str(tmp_path / "t.xlsx"))
    book = read_batch(tmp_path / "t.xlsx")
    assert (book.rows, set(book.head.values())) == ((), {None})
    assert len(book.letters) == 25
