"""What did the card reader, the scanner or the person type into the first field: a number, a whole card, a receipt?

Readers of identity cards act as keyboards; how they separate what they read is set on the device, so any separator is
understood. Number and name are told apart by shape alone (GB 11643-1999 for the number).
"""

import re
import unicodedata
from dataclasses import dataclass

from xinfang.rules.intake.registration import is_identity_number
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.matters.numbers import read_number

_SEPARATORS = re.compile(r"[\t\n|,;^，；、]+")
_NUMBER = re.compile(r"\d{17}[\dX]")
_LABEL = re.compile(r"^(姓名|住址|地址|公民身份号码|身份证号码?|证件号码?)[::：\s]*")
_KNOWN = re.compile(r"男|女|未知|\d{4}[-.年/]?\d{1,2}[-.月/]?\d{0,2}日?(-.*)?|长期|.*(公安局|分局|派出所)|[^\d]{1,5}族")
PLACE_LEAST = 6


@dataclass(frozen=True)
class Card:
    """What was read: `number` the identity number, `receipt` the public number of a matter; "" where nothing was."""

    number: str = ""
    name: str = ""
    address: str = ""
    receipt: str = ""


def read_card(text: str) -> Card:
    """The parts of what was typed or read; a plain number stays a plain number."""
    plain = unicodedata.normalize("NFKC", tidy(text))
    # Without its XF a passport of eight characters could be taken for a receipt.
    receipt = read_number(plain) if plain.upper().startswith("XF") else None
    if receipt is not None:
        return Card(receipt=receipt)
    parts = [_LABEL.sub("", part).strip() for part in _SEPARATORS.split(plain)]
    numbers = [folded for part in parts if _NUMBER.fullmatch(folded := "".join(part.upper().split()))]
    if len(parts) < 2 or not numbers:
        return Card(number=plain)
    rest = [part for part in parts if part and not any(c.isdigit() for c in part) and not _KNOWN.fullmatch(part)]
    longer = [part for part in parts if len(part) >= PLACE_LEAST and not _is_number(part)]
    address = max((part for part in longer if not _KNOWN.fullmatch(part)), key=len, default="")
    name = next((part for part in rest if part != address), "")
    valid = [number for number in numbers if is_identity_number(number)]
    return Card(number=(valid or numbers)[0], name=name, address=address)


def _is_number(part: str) -> bool:
    return part.replace(" ", "").replace("-", "").upper().strip("X").isdigit()
