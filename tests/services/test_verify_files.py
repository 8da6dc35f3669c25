"""`verify --files`: the bytes of every paper against its event; and older figures after a new calendar."""

import pytest

from tests.cast import FOUNDED, at
from tests.factories import registered
from xinfang.gateways import files
from xinfang.gateways.files import Upload
from xinfang.models import Attachment, CalendarYear, Post, Standing
from xinfang.queries.verification import verify
from xinfang.services.clocks import call_in, recount
from xinfang.services.linking import seal_late
from xinfang.services.masking import mask_file
from xinfang.services.materials import add_material
from xinfang.services.rebuilding import differences, repair

pytestmark = pytest.mark.django_db
NINE, TEN = at("2026-03-16 09:00"), at("2026-03-16 10:00")
PAPER = b"%PDF-1.7 receipt"


@pytest.fixture
def paper(cast, settings, tmp_path):
    """A matter with one paper."""
    settings.XINFANG_CHECKPOINTS, settings.MEDIA_ROOT = tmp_path / "points", tmp_path / "media"
    matter = registered(cast, NINE).matter
    add_material(matter=matter, by=cast.clerk, at=TEN, files=[Upload("收据.pdf", PAPER)])
    return Attachment.objects.get(matter_id=matter)


def found():
    return [(finding.code, finding.seq) for finding in verify(with_files=True).findings]


def test_a_paper_that_is_as_it_came_is_no_finding(paper):
    verdict = verify(with_files=True)
    assert (verdict.is_clean, verdict.files) == (True, 1)


def test_a_paper_that_was_changed_swapped_or_is_gone_is_found(paper):
    path = files.folder() / paper.stored
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert found() == [("file_changed", 2)]
    path.write_bytes(kept)
    Attachment.objects.filter(pk=paper.pk).update(salt=b"x")
    assert found() == [("file_changed", 2)]
    path.unlink()
    assert found() == [("file_missing", 2)]
    Attachment.objects.all().delete()
    assert found() == [("file_missing", 2)]


def test_a_paper_masked_by_law_is_gone_and_no_finding(paper, cast, django_capture_on_commit_callbacks):
    Post.objects.create(unit_id="999901", role="privacy_officer", holder=cast.users["administrator"], from_on=FOUNDED)
    with django_capture_on_commit_callbacks(execute=True):
        mask_file(matter=paper.matter_id, file=paper.pk, basis="PI47", by=cast.administrator, at=TEN)
    assert not (files.folder() / paper.stored).exists()
    assert found() == []
    Attachment.objects.filter(pk=paper.pk).update(masked_by=1)
    assert found() == [("file_missing", 2)]


def test_what_is_sealed_late_hands_its_papers_over(paper, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        handed = seal_late(matter=paper.matter_id, by=cast.bureau, at=TEN)
    assert handed.content.files == (("收据.pdf", PAPER),)
    assert not (files.folder() / paper.stored).exists()
    assert found() == []


def test_after_a_new_calendar_the_older_figures_stand_and_the_newest_is_worked_out(cast):
    CalendarYear.objects.filter(year=2026).delete()
    matter = registered(cast, at("2025-12-30 09:00")).matter
    days = {"off": ["2026-01-01", "2026-01-02", "2026-01-03"], "makeup": ["2026-01-04"]}
    CalendarYear.objects.create(year=2026, notice="通知", document=days, published_at=TEN)
    call_in(2026)
    recount(at("2025-12-30 10:00"))
    before = list(Standing.objects.filter(matter_id=matter).order_by("seq").values())
    assert len(before) == 2
    assert list(differences()) == []
    Standing.objects.filter(matter_id=matter, until__isnull=True).update(marks=0)
    assert [(one.table, one.column) for one in differences()] == [("standing", "marks")]
    repair(matter)
    assert list(Standing.objects.filter(matter_id=matter).order_by("seq").values()) == before
