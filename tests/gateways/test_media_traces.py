"""A video keeps its picture and loses the place where it was taken."""

import pytest

from xinfang.gateways.files import Upload, clean
from xinfang.gateways.media_traces import without_traces

PLACE = b"+33.8712+115.7788/"


def box(kind, *parts, large=False):
    content = b"".join(parts)
    if large:
        return (1).to_bytes(4) + kind + (len(content) + 16).to_bytes(8) + content
    return (len(content) + 8).to_bytes(4) + kind + content


FTYP, MDAT = box(b"ftyp", b"isom" * 3), box(b"mdat", b"picture and sound")
HEADER = box(b"mvhd", b"x" * 20)


@pytest.mark.parametrize(
    "hidden",
    [
        box(b"moov", HEADER, box(b"udta", box(b"\xa9xyz", PLACE))),
        box(b"moov", HEADER, box(b"trak", box(b"meta", PLACE))),
        box(b"moov", box(b"meta", PLACE, large=True), HEADER, large=True),
        box(b"uuid", PLACE),
        (0).to_bytes(4) + b"meta" + PLACE,
    ],
)
def test_the_place_is_gone_and_nothing_has_moved(hidden):
    content = FTYP + MDAT + hidden
    kept = without_traces(content)
    assert PLACE not in kept
    assert len(kept) == len(content)
    assert kept.startswith(FTYP + MDAT)
    assert (HEADER in kept) == (HEADER in content)
    assert without_traces(kept) == kept


def test_a_file_that_is_cut_short_or_deep_beyond_reason_is_left_as_it_is():
    deep = box(b"udta", PLACE)
    for _n in range(9):
        deep = box(b"moov", deep)
    for odd in (FTYP + box(b"moov", HEADER)[:-3], FTYP + (4).to_bytes(4) + b"moov", FTYP + deep, b"short"):
        assert without_traces(odd) == odd


def test_a_video_that_is_handed_in_is_kept_without_its_place():
    content = FTYP + box(b"moov", HEADER, box(b"udta", PLACE)) + MDAT
    kept = clean(Upload("灯.mp4", content), 1).content
    assert PLACE not in kept
    assert MDAT in kept
