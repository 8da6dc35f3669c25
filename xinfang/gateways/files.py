"""Files that people bring: checked against the allow list, images drawn anew, kept encrypted outside the web root.

Sources: experience E6 (allow list, sizes, bombs, names), D-rules on durable writes (temp name, fsync, rename).
"""

import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import puremagic
from django.conf import settings
from PIL import Image, ImageOps

from xinfang.gateways.media_traces import without_traces
from xinfang.models.protection import protect, reveal
from xinfang.rules.intake.file_names import KINDS, MOST_MEGABYTES, FileKind, clean_name, extension
from xinfang.rules.refusals import RuleBroken

MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
MOST_PIXELS, MOST_SIDE = 40_000_000, 4096
MOST_JPEG_PIXELS = 200_000_000  # a plain JPEG is decoded reduced, so a large photo costs no more than a small one
MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 1000, 200 * 1024 * 1024, 100
MOST_PART = 4 * 1024 * 1024
Image.MAX_IMAGE_PIXELS = None  # our own limits above are checked before a pixel is decoded

_IMAGE_FORMATS = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",), "image/webp": ("WEBP",)}
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MACROS = re.compile(r"vbaproject|activex|oleobject|\.bin$|\.exe$|\.dll$|\.js$|\.vbs$", re.IGNORECASE)
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFile)\b")


@dataclass(frozen=True)
class Upload:
    """A file as it came: the name that its owner gave it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class CleanFile:
    """A file fit to be kept."""

    name: str
    media_type: str
    content: bytes


def clean(upload: Upload, place: int) -> CleanFile:
    """The file as it is kept; refuses, with its position from 1, what is empty, too large, unknown or unsafe."""
    if not upload.content:
        raise RuleBroken("file_empty", field="files", place=place)
    if len(upload.content) > MOST_BYTES:
        raise RuleBroken("file_too_large", field="files", place=place, most=MOST_MEGABYTES)
    name = clean_name(upload.name)
    ending = extension(name)
    kind = KINDS.get(ending)
    if kind is None:
        raise RuleBroken("file_kind_unknown", field="files", place=place)
    if not _looks_like(upload.content, kind):
        raise RuleBroken("file_name_differs", field="files", place=place)
    content = _cleaned(upload.content, kind, place)
    if kind.family == "pdf" and _PDF_ACTIVE.search(_outside_streams(content)):
        raise RuleBroken("file_unsafe", field="files", place=place)
    if kind.family == "office":
        _check_office(content, ending, place)
    return CleanFile(name, kind.media_type, content)


def _cleaned(content: bytes, kind: FileKind, place: int) -> bytes:
    """Without the place where it was taken, and whatever else a telephone writes beside picture and sound."""
    if kind.family == "image":
        return _image(content, kind, place)
    return without_traces(content) if kind.family == "mp4" else content


def _looks_like(content: bytes, kind: FileKind) -> bool:
    """Do the first bytes agree with the name?"""
    if kind.family == "office":
        return content.startswith(b"PK\x03\x04")
    if kind.family == "pdf":
        return content.startswith(b"%PDF-")
    if kind.family == "mp4":
        return content[4:8] == b"ftyp"
    if kind.family == "mp3":
        return content.startswith(b"ID3") or (content[0] == 0xFF and content[1:2] >= b"\xe0")
    try:
        guesses = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return False
    return any(KINDS.get(guess.extension.lstrip(".").lower()) == kind for guess in guesses)


def _outside_streams(content: bytes) -> bytes:
    """The objects of a PDF without the bytes of their streams, in one pass however it is built."""
    rest, at = [], 0
    while (begin := content.find(b"stream", at)) >= 0:
        rest.append(content[at:begin])
        end = content.find(b"endstream", begin + 6)
        if end < 0:
            return b"".join(rest)
        at = end + 9
    return b"".join([*rest, content[at:]])


def _image(content: bytes, kind: FileKind, place: int) -> bytes:
    """The picture drawn anew: no EXIF, no place, nothing behind the last pixel, at most 4096 pixels a side."""
    try:
        with Image.open(io.BytesIO(content), formats=_IMAGE_FORMATS[kind.media_type]) as picture:
            _limit(picture, kind)
            return _drawn(picture, kind)
    except Exception as broken:  # whatever a parser says of hostile bytes, the person hears one sentence
        raise RuleBroken("file_damaged", field="files", place=place) from broken


def _limit(picture: Image.Image, kind: FileKind) -> None:
    pixels = picture.width * picture.height
    reducible = kind.media_type == "image/jpeg" and not picture.info.get("progressive")
    if pixels > (MOST_JPEG_PIXELS if reducible else MOST_PIXELS):
        raise ValueError("more pixels than can be drawn")
    if pixels > MOST_PIXELS:
        picture.draft("RGB", (MOST_SIDE, MOST_SIDE))


def _drawn(picture: Image.Image, kind: FileKind) -> bytes:
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGB" if kind.media_type == "image/jpeg" or not upright.has_transparency_data else "RGBA")
    plain.info = {}
    plain.thumbnail((MOST_SIDE, MOST_SIDE))
    out = io.BytesIO()
    plain.save(out, format=_IMAGE_FORMATS[kind.media_type][0], quality=88)
    return out.getvalue()


def _check_office(content: bytes, ending: str, place: int) -> None:
    """A Word or Excel file is what it says, no bomb, and carries no macro, object or link that loads something."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            if _is_bomb(entries):
                raise RuleBroken("file_damaged", field="files", place=place)
            if _MAIN_PART[ending] not in {entry.filename for entry in entries}:
                raise RuleBroken("file_name_differs", field="files", place=place)
            if any(_is_unsafe(packed, entry) for entry in entries):
                raise RuleBroken("file_unsafe", field="files", place=place)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as broken:
        raise RuleBroken("file_damaged", field="files", place=place) from broken


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    return len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO


def _is_unsafe(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    if name.startswith("/") or ".." in name.split("/") or "\\" in name or _MACROS.search(name):
        return True
    if not name.endswith((".rels", "[Content_Types].xml")):
        return False
    with packed.open(entry) as part:
        text = part.read(MOST_PART + 1)
    if len(text) > MOST_PART or b"<!DOCTYPE" in text or b"macroEnabled" in text:
        return True
    tags = text.lower().split(b"<")
    return any(b"targetmode" in tag and b"external" in tag and b"/hyperlink" not in tag for tag in tags)


def folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def store(file: UUID, content: bytes) -> str:
    """Write the bytes, encrypted for this file: there after a crash or not at all; returns the stored name."""
    stored = f"{file.hex[:2]}/{file.hex}"
    final = folder() / stored
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = final.with_name(f"new-{uuid4().hex}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(protect(content, _place(file)))
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(final)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync(final.parent)
    return stored


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(file: UUID, stored: str) -> bytes:
    """The bytes of a kept file; raises OSError when it is gone and InvalidTag when it was changed."""
    return reveal((folder() / stored).read_bytes(), _place(file))


def remove(stored: str) -> None:
    (folder() / stored).unlink(missing_ok=True)


def kept() -> Iterator[tuple[str, datetime]]:
    """Every file in the folder, by its stored name, and when it was written."""
    for path in sorted(folder().glob("??/*")):
        if path.is_file():
            yield f"{path.parent.name}/{path.name}", datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _place(file: UUID) -> str:
    return f"file|{file}"
