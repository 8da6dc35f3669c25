"""A font in which every letter is a bar, so that a picture of a page is the same on every machine.

Written by hand because only a handful of tables is needed. Latin letters are half as wide as they are high, Chinese
ones as wide as high; bold bars are higher, so that weight is seen.
"""

from itertools import pairwise
from pathlib import Path
from struct import pack

EM = 1000
ASCENT, DESCENT = 800, -200
BLANK, HALF, WHOLE, BLANK_WHOLE = 1, 2, 3, 4
ADVANCES = (EM, EM // 2, EM // 2, EM, EM)  # the first one is the glyph of what is not there
# Where another glyph begins, up to the next line of this list.
RUNS = (
    (0x20, BLANK), (0x21, HALF), (0xA0, BLANK), (0xA1, HALF), (0x1100, WHOLE), (0x2002, BLANK), (0x200B, WHOLE),
    (0x3000, BLANK_WHOLE), (0x3001, WHOLE), (0xFF61, HALF), (0xFFE0, WHOLE), (0x30000, 0),
)  # fmt: skip
# What a browser draws with: no hinting, no colours at the edges, and no other font on the whole machine.
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{folder}/cache</cachedir>
  <match target="font">
    <edit name="antialias"><bool>true</bool></edit>
    <edit name="hinting"><bool>false</bool></edit>
    <edit name="autohint"><bool>false</bool></edit>
    <edit name="hintstyle"><const>hintnone</const></edit>
    <edit name="rgba"><const>none</const></edit>
    <edit name="lcdfilter"><const>lcdnone</const></edit>
  </match>
</fontconfig>
"""


def only_font(folder: Path) -> Path:
    """The fontconfig file of a machine that has this font, regular and bold, and nothing else."""
    for bold in (False, True):
        (folder / f"bars-{'bold' if bold else 'regular'}.ttf").write_bytes(font(bold=bold))
    written = folder / "fonts.conf"
    written.write_text(CONFIGURATION.format(folder=folder))
    return written


def font(*, bold: bool) -> bytes:
    """The file: a directory of its tables, then the tables, each on a multiple of four."""
    top = 860 if bold else 700
    drawn = [_bar(EM, top), b"", _bar(EM // 2, top), _bar(EM, top), b""]
    ends = [0]
    for glyph in drawn:
        ends.append(ends[-1] + len(glyph))
    tables = {
        b"OS/2": _os2(bold=bold),
        b"cmap": _cmap(),
        b"glyf": b"".join(drawn),
        b"head": pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, EM, 0, 0, 0, 0, EM, top, int(bold), 8, 2, 1, 0
        ),
        b"hhea": pack(">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, EM, 0, 0, EM, 1, *[0] * 7, len(ADVANCES)),
        b"hmtx": b"".join(pack(">Hh", advance, 0) for advance in ADVANCES),
        b"loca": b"".join(pack(">I", end) for end in ends),
        b"maxp": pack(">I14H", 0x10000, len(drawn), 4, 1, 0, 0, 2, *[0] * 8),
        b"name": _names("Bold" if bold else "Regular"),
        b"post": pack(">IIhhIIIII", 0x30000, 0, -150, 50, 0, 0, 0, 0, 0),
    }
    head, body = pack(">IHHHH", 0x10000, len(tables), 128, 3, len(tables) * 16 - 128), b""
    for tag, table in tables.items():
        padded = table + b"\0" * (-len(table) % 4)
        head += tag + pack(">III", _sum(padded), 12 + 16 * len(tables) + len(body), len(table))
        body += padded
    return head + body


def _sum(table: bytes) -> int:
    return sum(int.from_bytes(table[at : at + 4]) for at in range(0, len(table), 4)) % 2**32


def _bar(width: int, top: int) -> bytes:
    """One outline of four corners standing on the line."""
    corners = pack(">HH4B", 3, 0, 1, 1, 1, 1) + pack(">4h", 0, 0, width, 0) + pack(">4h", 0, top, 0, -top)
    return pack(">hhhhh", 1, 0, 0, width, top) + corners + b"\0" * (-len(corners) % 2)


def _cmap() -> bytes:
    """Format 13: whole stretches of letters have one glyph."""
    groups = b"".join(
        pack(">III", first, end - 1, glyph) for (first, glyph), (end, _next) in pairwise(RUNS)
    )  # fmt: skip
    return pack(">HHHHI", 0, 1, 3, 10, 12) + pack(">HHIII", 13, 0, 16 + len(groups), 0, len(RUNS) - 1) + groups


def _names(style: str) -> bytes:
    words = {1: "Bars", 2: style, 3: f"Bars {style}", 4: f"Bars {style}", 6: f"Bars-{style}"}
    texts = {key: word.encode("utf-16-be") for key, word in words.items()}
    records, at = b"", 0
    for key, text in texts.items():
        records += pack(">HHHHHH", 3, 1, 0x409, key, len(text), at)
        at += len(text)
    return pack(">HHH", 0, len(texts), 6 + len(records)) + records + b"".join(texts.values())


def _os2(*, bold: bool) -> bytes:
    weight, selection = (700, 0x20) if bold else (400, 0x40)
    return (
        pack(">HhHHH", 4, EM // 2, weight, 5, 0)
        + pack(">11h", 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0)
        + bytes(10)
        + pack(">IIII", *[0xFFFFFFFF] * 3, 0)
        + b"NONE"
        + pack(">HHHhhhHH", selection, 0x20, 0xFFFF, ASCENT, DESCENT, 0, ASCENT, -DESCENT)
        + pack(">IIhhHHH", 0xFFFFFFFF, 0xFFFFFFFF, 500, 700, 0, 0x20, 1)
    )
