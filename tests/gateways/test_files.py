"""Files of strangers: taken when they are what they say, refused in one sentence otherwise, never executed."""

import io
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from PIL import Image

from xinfang.gateways import files
from xinfang.gateways.files import Upload, clean
from xinfang.rules.intake.file_names import clean_name
from xinfang.rules.refusals import RuleBroken

TEMPLATE = '<R Type="x/attachedTemplate" TargetMode="External"/>'
TYPES = '<Types><Override ContentType="application/x"/></Types>'


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def picture(kind="JPEG", size=(40, 30), mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(out, format=kind, **more)
    return out.getvalue()


def office(ending="docx", parts=None):
    out = io.BytesIO()
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[ending]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in {"[Content_Types].xml": TYPES, main: "<w/>", **(parts or {})}.items():
            packed.writestr(name, text)
    return out.getvalue()


def refused(name, content):
    with pytest.raises(RuleBroken) as broken:
        clean(Upload(name, content), 2)
    assert (broken.value.field, broken.value.facts["place"]) == ("files", 2)
    return broken.value.code


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("照片.JPG", picture(), "image/jpeg"),
        ("a.png", picture("PNG", mode="RGBA"), "image/png"),
        ("a.png", picture("PNG", mode="P"), "image/png"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("合同.pdf", b"%PDF-1.7\n1 0 obj <<>> endobj", "application/pdf"),
        ("a.docx", office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", office("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.mp4", b"\x00\x00\x00\x20ftypisom" + b"\x00" * 40, "video/mp4"),
        ("a.m4a", b"\x00\x00\x00\x20ftypM4A " + b"\x00" * 40, "audio/mp4"),
        ("a.mp3", b"ID3\x03" + b"\x00" * 40, "audio/mpeg"),
        ("a.mp3", b"\xff\xfb\x90" + b"\x00" * 40, "audio/mpeg"),
    ],
)
def test_what_is_what_it_says_is_taken(name, content, media_type):
    assert clean(Upload(name, content), 1).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jpg", b"", "file_empty"),
        ("a.exe", b"MZ", "file_kind_unknown"),
        ("a.svg", b"<svg onload='alert(1)'/>", "file_kind_unknown"),
        ("a.html", b"<html>", "file_kind_unknown"),
        ("无扩展名", b"%PDF-1.7", "file_kind_unknown"),
        ("a.pdf", b"<html>%PDF-1.7", "file_name_differs"),
        ("a.jpg", b"GIF89a" + picture(), "file_name_differs"),
        ("a.png", picture("JPEG"), "file_name_differs"),
        ("a.jpg", picture()[:200], "file_damaged"),
        ("a.docx", b"PK\x03\x04not a zip", "file_damaged"),
        ("a.docx", office("xlsx"), "file_name_differs"),
        ("a.docx", b"\xd0\xcf\x11\xe0 password protected", "file_name_differs"),
        ("a.pdf", b"%PDF-1.7 1 0 obj <</S /JavaScript /JS (x)>>", "file_unsafe"),
        ("a.pdf", b"%PDF-1.7 1 0 obj <</S /Launch>>", "file_unsafe"),
        ("a.docx", office(parts={"word/vbaProject.bin": "x"}), "file_unsafe"),
        ("a.docx", office(parts={"../../etc/x": "x"}), "file_unsafe"),
        ("a.docx", office(parts={"_rels/a.rels": '<!DOCTYPE x [<!ENTITY a "a">]>'}), "file_unsafe"),
        ("a.docx", office(parts={"_rels/a.rels": TEMPLATE}), "file_unsafe"),
        ("a.docx", office(parts={"big.xml": "0" * 30_000_000}), "file_damaged"),
        ("a.docx", office(parts={f"p{n}.xml": "x" for n in range(1001)}), "file_damaged"),
    ],
)  # fmt: skip
def test_what_is_not_is_refused_with_its_place(name, content, code):
    assert refused(name, content) == code


def test_a_hyperlink_in_a_document_is_harmless_and_bytes_of_a_pdf_stream_are_no_script():
    link = '<R Type="http://x/relationships/hyperlink" TargetMode="External"/>'
    clean(Upload("a.docx", office(parts={"_rels/a.rels": link})), 1)
    clean(Upload("a.pdf", b"%PDF-1.7 stream\n/JS /Launch \nendstream endobj"), 1)


def test_a_file_that_is_too_large_says_how_large_it_may_be():
    assert refused("a.pdf", b"%PDF-" + b"0" * files.MOST_BYTES) == "file_too_large"


def test_a_picture_loses_its_place_and_whatever_hangs_behind_it():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (32.0, 59.0, 0.0)}
    exif[0x010F] = "camera of the petitioner"
    kept = clean(Upload("a.jpg", picture(exif=exif) + b"<script>alert(1)</script>"), 1)
    assert b"camera" not in kept.content
    assert b"script" not in kept.content
    with Image.open(io.BytesIO(kept.content)) as again:
        assert dict(again.getexif()) == {}


def test_a_turned_photo_stands_upright_and_a_large_one_is_made_smaller():
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = clean(Upload("a.jpg", picture(size=(6000, 3000), exif=exif)), 1)
    with Image.open(io.BytesIO(kept.content)) as again:
        assert again.size == (2048, 4096)


def test_a_pixel_bomb_is_refused_before_it_is_drawn():
    header = picture("PNG", size=(1, 1))
    bomb = header[:16] + (65_000).to_bytes(4, "big") * 2 + header[24:]
    assert refused("a.png", bomb) == "file_damaged"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\张三\\合同.pdf", "合同.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("合同\u202efdp.exe.pdf", "合同fdp.exe.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        (".pdf", "材料.pdf"),
        ("  .. ", "材料"),
        ("𠀀𪚥.jpg", "𠀀𪚥.jpg"),
        ("长" * 200 + ".pdf", "长" * 48 + ".pdf"),
    ],
)
def test_a_name_is_shown_as_people_see_it(given, kept):
    assert clean_name(given) == kept
    assert len(clean_name(given).encode()) <= 150


def test_bytes_lie_encrypted_and_open_only_as_the_file_they_belong_to():
    file = uuid4()
    stored = files.store(file, b"secret words")
    raw = (files.folder() / stored).read_bytes()
    assert b"secret" not in raw
    assert files.read(file, stored) == b"secret words"
    assert (files.folder() / stored).stat().st_mode & 0o777 == 0o600
    with pytest.raises(InvalidTag):
        files.read(uuid4(), stored)


def test_a_write_that_fails_leaves_nothing(monkeypatch):
    def full(_handle):
        raise OSError(28, "no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space left"):
        files.store(uuid4(), b"x")
    assert [path for path in Path(files.folder()).rglob("*") if path.is_file()] == []
