"""Papers on the desk: added by who works on the matter, opened as downloads that can do nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import registered
from xinfang.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def url(cast):
    return f"/desk/m/{registered(cast, timezone.now()).number}/materials/"


def pdf(name="合同.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7 <script>alert(1)</script>")


def test_a_paper_is_added_and_opens_only_as_a_download(desk, url):
    clerk = desk("clerk")
    assert clerk.post(url, {"uploads": [pdf()], "note": "原件已还", "shown": "on"}).status_code == 302
    row = Attachment.objects.get()
    assert row.shown_to_petitioner
    page = clerk.get(f"{url}{row.pk}/")
    assert page.content == b"%PDF-1.7 <script>alert(1)</script>"
    assert page["Content-Disposition"] == "attachment; filename*=utf-8''%E5%90%88%E5%90%8C.pdf"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in page["Cache-Control"]
    assert "合同.pdf" in clerk.get(url).content.decode()


def test_a_matter_out_of_sight_has_no_papers(desk, url):
    desk("clerk").post(url, {"uploads": [pdf()]})
    file = Attachment.objects.get().pk
    for who in ("stranger", "other_director", "administrator", "labour_officer"):
        assert desk(who).get(url).status_code == 404
        assert desk(who).get(f"{url}{file}/").status_code == 404
        assert desk(who).post(url, {"uploads": [pdf()]}).status_code == 404
    assert Attachment.objects.count() == 1


def test_who_only_supervises_reads_and_adds_nothing(desk, url):
    page = desk("supervisor").get(url)
    assert (page.status_code, b"<textarea" in page.content) == (200, False)
    refused = desk("supervisor").post(url, {"uploads": [pdf()]})
    assert "这个事项现在不能再加材料" in refused.content.decode()
    assert Attachment.objects.count() == 0


def test_an_empty_form_and_a_wrong_file_are_said_beside_the_field(desk, url):
    assert "请先选择文件" in desk("clerk").post(url, {}).content.decode()
    wrong = SimpleUploadedFile("a.pdf", b"MZ")
    page = desk("clerk").post(url, {"uploads": [wrong], "note": "别忘了我"}).content.decode()
    assert "第 1 个文件的内容和扩展名不一致" in page
    assert "别忘了我" in page
