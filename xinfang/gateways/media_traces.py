"""Sound and video without the place where it was taken: what telephones write beside the picture is blanked (H-08)."""

_INSIDE = frozenset({b"moov", b"trak"})
# Where telephones keep place, device and owner: user data, key-value metadata, XMP.
_BLANKED = frozenset({b"udta", b"meta", b"uuid"})
_MOST_DEPTH = 4


def without_traces(content: bytes) -> bytes:
    """The same file, byte for byte as long, with those boxes turned into empty space; picture and sound stay."""
    own = bytearray(content)
    _blank(own, 0, len(own), 0)
    return bytes(own)


def _blank(own: bytearray, start: int, end: int, depth: int) -> None:
    at = start
    while at + 8 <= end and depth <= _MOST_DEPTH:
        size, head = int.from_bytes(own[at : at + 4]), 8
        if size == 1:
            size, head = int.from_bytes(own[at + 8 : at + 16]), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            return
        kind = bytes(own[at + 4 : at + 8])
        if kind in _BLANKED:
            own[at + 4 : at + 8] = b"free"
            own[at + head : at + size] = bytes(size - head)
        elif kind in _INSIDE:
            _blank(own, at + head, at + size, depth + 1)
        at += size
