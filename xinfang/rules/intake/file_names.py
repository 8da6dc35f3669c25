"""What may a file that somebody brings be, and what is it called? The allow list and clean names (experience E6)."""

import unicodedata
from dataclasses import dataclass

MOST_FILES = 10
MOST_MEGABYTES = 20
NAME_BYTES = 150


@dataclass(frozen=True)
class FileKind:
    """One kind of file that is taken: its media type, and how it is checked."""

    media_type: str
    family: str


JPEG, PNG, WEBP = (FileKind(f"image/{name}", "image") for name in ("jpeg", "png", "webp"))
PDF = FileKind("application/pdf", "pdf")
DOCX = FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "office")
XLSX = FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "office")
MP4, M4A, MP3 = FileKind("video/mp4", "mp4"), FileKind("audio/mp4", "mp4"), FileKind("audio/mpeg", "mp3")

KINDS: dict[str, FileKind] = {
    "jpg": JPEG, "jpeg": JPEG, "png": PNG, "webp": WEBP, "pdf": PDF, "docx": DOCX, "xlsx": XLSX,
    "mp4": MP4, "m4a": M4A, "mp3": MP3,
}  # fmt: skip


def extension(name: str) -> str:
    """The ending of a name in small letters, without the dot; "" when there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot and stem else ""


def clean_name(name: str) -> str:
    """The name as people see it: no folders, no invisible or direction-changing characters, at most 150 bytes."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Private and unassigned characters stay: rare Chinese characters are among them.
    shown = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    shown = " ".join(shown.split()).rstrip(" .")
    if shown.startswith("."):
        shown = f"材料.{shown.lstrip('. ')}"
    ending = extension(shown)
    stem = shown[: -len(ending) - 1] if ending else shown
    tail = f".{ending}" if ending else ""
    return _cut(stem, NAME_BYTES - len(tail.encode())) + tail if stem else f"材料{tail}"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip()
