"""The public number of a matter and its check character (product "Numbers and proofs")."""

import unicodedata

from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")


def check_character(body: str) -> str:
    """The ISO 7064 hybrid check character of seven Crockford base-32 symbols."""
    return str(mod_37_36.calc_check_digit(body, ALPHABET))


def public_number(seven: bytes) -> str:
    """`XF-7K3M-92QB` from seven random bytes (each taken modulo 32: no bias, 256 is a multiple)."""
    body = "".join(ALPHABET[byte % 32] for byte in seven[:7])
    symbols = body + check_character(body)
    return f"XF-{symbols[:4]}-{symbols[4:]}"


def read_number(text: str) -> str | None:
    """The public number that somebody typed: any case, spaces, dashes, full width, O for 0 and I or L for 1.

    None when it cannot be one (wrong length, wrong symbol, wrong check character).
    """
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    plain = plain.removeprefix("XF")
    plain = plain.translate(_MISREAD)
    if len(plain) != 8 or any(c not in ALPHABET for c in plain):
        return None
    if check_character(plain[:7]) != plain[7]:
        return None
    return f"XF-{plain[:4]}-{plain[4:]}"


def slip_serial(seven: bytes) -> str:
    """The serial outside a sealed slip, `S-7K3M-92QB`, from seven random bytes."""
    return "S-" + public_number(seven).removeprefix("XF-")


def read_slip(text: str) -> str | None:
    """The serial of a sealed slip that somebody typed, as forgiving as `read_number`."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    number = read_number(plain.removeprefix("S") if len(plain) == 9 else plain)
    return "S-" + number.removeprefix("XF-") if number else None


def ledger_of(area: str, *, apart: bool) -> str:
    """The code of the ledger in which a matter is counted: the township's nine digits, a village's as well.

    What somebody of the house must not know of is counted apart, under the same digits with a 9 behind them: in the
    sequence that everybody reads, its number would be a gap that tells (RC-4).
    """
    code9 = area[:9].ljust(9, "0")
    return f"{code9}9" if apart else code9


def ledger_number(code9: str, year: int, sequence: int) -> str:
    """The internal number of a ledger, `341602106-2026-000123`."""
    return f"{code9}-{year}-{sequence:06d}"


def read_code(text: str) -> str | None:
    """Twelve digits out of what somebody typed, or None."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c != "-")
    return digits if len(digits) == 12 and digits.isascii() and digits.isdigit() else None
