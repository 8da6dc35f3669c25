"""Papers come in with a matter or later, are recorded by their hashes, and open for nobody else."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from PIL import Image

from tests.cast import at
from tests.factories import STORY, moved, registered
from xinfang.gateways import files
from xinfang.gateways.files import Upload
from xinfang.models import Attachment, Event, Matter, Notice
from xinfang.queries.materials import paper_for, paper_of_petitioner, papers_of
from xinfang.rules.ledger.chain import salted_bytes
from xinfang.rules.people.seats import PETITIONER
from xinfang.rules.refusals import RuleBroken
from xinfang.services.materials import add_material, register_with_files, sweep_orphans

pytestmark = pytest.mark.django_db

NOW = at("2026-11-23 10:00")
PDF = Upload("合同.pdf", b"%PDF-1.7 contract")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def on_disk():
    return [path for path in files.folder().rglob("*") if path.is_file()]


def number_of(matter):
    return Matter.objects.get(pk=matter).number


def test_a_file_is_recorded_by_its_salted_hash_and_opens_for_who_may_see_the_matter(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    add_material(matter=receipt.matter, by=cast.clerk, at=NOW, files=[PDF], note="合同复印件一份")
    event = Event.objects.get(chain_id=receipt.matter, type="material_added")
    row = Attachment.objects.get()
    (listed,) = event.payload["files"]
    assert listed == {
        "id": str(row.pk),
        "hash": salted_bytes(PDF.content, bytes(row.salt)),
        "type": "application/pdf",
        "size": len(PDF.content),
    }
    assert "合同" not in str(event.payload)
    assert (event.role, row.seq, row.name) == ("window_clerk", event.seq, "合同.pdf")
    opened = paper_for(cast.director, receipt.number, row.pk, NOW)
    assert (opened.name, opened.content) == ("合同.pdf", PDF.content)


def test_a_file_of_a_matter_out_of_sight_is_not_there(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    other = registered(cast, at("2026-11-23 09:05"))
    add_material(matter=receipt.matter, by=cast.clerk, at=NOW, files=[PDF])
    (paper,) = papers_of(receipt.matter)
    assert paper_for(cast.stranger, receipt.number, paper.id, NOW) is None
    assert paper_for(cast.clerk, other.number, paper.id, NOW) is None
    assert paper_for(cast.clerk, receipt.number, uuid4(), NOW) is None


def test_the_petitioner_sees_their_own_papers_and_those_meant_for_them(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    add_material(matter=receipt.matter, by=cast.clerk, at=NOW, files=[Upload("内部.pdf", b"%PDF-1")])
    add_material(matter=receipt.matter, by=cast.clerk, at=NOW, files=[Upload("答复.pdf", b"%PDF-2")], shown=True)
    add_material(matter=receipt.matter, by=PETITIONER, at=NOW, files=[Upload("照片.pdf", b"%PDF-3")])
    inside, answer, photo = papers_of(receipt.matter)
    assert [paper.name for paper in papers_of(receipt.matter, for_petitioner=True)] == ["答复.pdf", "照片.pdf"]
    assert paper_of_petitioner(receipt.matter, inside.id) is None
    assert paper_of_petitioner(receipt.matter, answer.id).content == b"%PDF-2"
    assert photo.by_petitioner
    assert Event.objects.filter(chain_id=receipt.matter, role="petitioner").get().payload["by_petitioner"] is True


def test_papers_of_the_petitioner_reach_who_works_on_the_matter(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    add_material(matter=receipt.matter, by=PETITIONER, at=NOW, files=[PDF])
    told = set(Notice.objects.filter(code="material_added").values_list("user__username", flat=True))
    assert "director" in told


def test_registering_with_files_is_one_act(cast):
    values = {"unit": "999901001", "channel": "visit", **STORY}
    key = uuid4()
    first = register_with_files(values=values, files=[PDF], by=cast.clerk, at=NOW, submission_key=key)
    again = register_with_files(values=values, files=[PDF], by=cast.clerk, at=NOW, submission_key=key)
    assert (again.number, again.repeated, again.code) == (first.number, True, "")
    assert [paper.name for paper in papers_of(first.matter)] == ["合同.pdf"]
    assert len(on_disk()) == 1


def test_a_hostile_file_registers_nothing(cast):
    values = {"unit": "999901001", "channel": "visit", **STORY}
    with pytest.raises(RuleBroken, match="file_name_differs"):
        register_with_files(values=values, files=[PDF, Upload("a.pdf", b"MZ")], by=cast.clerk, at=NOW)
    assert (Matter.objects.count(), on_disk()) == (0, [])


def test_papers_go_with_a_matter_that_its_own_registrar_may_not_see(cast):
    values = {"unit": "999901001", "channel": "visit", "concerns_own_people": True, **STORY}
    receipt = register_with_files(values=values, files=[PDF], by=cast.clerk, at=NOW)
    assert Matter.objects.get(pk=receipt.matter).holder == "999901"
    with pytest.raises(RuleBroken, match="not_found"):
        add_material(matter=receipt.matter, by=cast.clerk, at=NOW, files=[PDF])


@pytest.mark.parametrize(
    ("files_given", "note", "code"),
    [
        ([], "", "no_file"),
        ([], " \x00 ", "no_file"),
        ([PDF] * 11, "", "files_too_many"),
        ([PDF], "字" * 2001, "text_too_long"),
    ],
)
def test_what_cannot_be_added_is_refused_and_leaves_no_event(cast, files_given, note, code):
    receipt = registered(cast, at("2026-11-23 09:00"))
    with pytest.raises(RuleBroken) as broken:
        add_material(matter=receipt.matter, by=cast.clerk, at=NOW, files=files_given, note=note)
    assert broken.value.code == code
    assert Event.objects.filter(chain_id=receipt.matter).count() == 1


def test_supervision_reads_and_adds_nothing(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    with pytest.raises(RuleBroken, match="materials_closed"):
        add_material(matter=receipt.matter, by=cast.supervisor, at=NOW, files=[PDF])


def test_after_the_strike_off_only_the_petitioner_still_adds(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    done = {"result_words": "换了灯泡", "result": "supported_done", "petitioner_told": "当面告诉", "evidence": True}
    triage = {"kind": "claim", "nature": "general", "solvable": True, "lane": "disposal", "first_step": "看一看"}
    moved(
        cast, receipt.matter, at("2026-11-23 15:00"), ("director", "triage", triage),
        ("director", "solve_on_the_spot", done), ("director", "propose_resolved", {"note": "灯亮了"}),
        ("caller", "call_back", {"call_outcome": "reached", "told": True}),
        ("caller", "verify_resolved", {"note": "灯亮了"}), ("director", "close", {}), ("bureau", "strike_off", {}),
    )  # fmt: skip
    later = at("2026-11-24 09:00")
    with pytest.raises(RuleBroken, match="materials_closed"):
        add_material(matter=receipt.matter, by=cast.clerk, at=later, files=[PDF])
    add_material(matter=receipt.matter, by=PETITIONER, at=later, files=[PDF])
    assert len(papers_of(receipt.matter)) == 1


def test_only_files_that_no_matter_knows_are_swept_and_only_after_a_day(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    add_material(matter=receipt.matter, by=cast.clerk, at=NOW, files=[PDF])
    files.store(uuid4(), b"from a transaction that never ended")
    (first, *_rest) = on_disk()
    written = max(moment for _name, moment in files.kept())
    assert first.exists()
    assert sweep_orphans(at=written + timedelta(hours=23)) == 0
    assert sweep_orphans(at=written + timedelta(hours=25)) == 1
    assert [name for name, _moment in files.kept()] == [Attachment.objects.get().stored]


def test_a_photo_is_drawn_anew_before_it_is_kept(cast):
    receipt = registered(cast, at("2026-11-23 09:00"))
    out = io.BytesIO()
    Image.new("RGB", (30, 20)).save(out, format="JPEG")
    add_material(matter=receipt.matter, by=PETITIONER, at=NOW, files=[Upload("a.jpg", out.getvalue() + b"<?php ?>")])
    (paper,) = papers_of(receipt.matter)
    assert b"<?php" not in paper_of_petitioner(receipt.matter, paper.id).content
