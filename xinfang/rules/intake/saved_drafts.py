"""How does somebody come back to a half-written petition, and how long is it kept? By a code that nobody else knows."""

import unicodedata
from datetime import timedelta

from xinfang.rules.matters.numbers import ALPHABET

KEPT_DAYS = 14
KEPT_FOR = timedelta(days=KEPT_DAYS)
SYMBOLS = 16
_MISREAD = str.maketrans("OIL", "011")


def resume_code(random: bytes) -> str:
    """`7K3M-92QB-0F4T-XW8A` from sixteen random bytes (each taken modulo 32): 80 bits, beyond all guessing."""
    plain = "".join(ALPHABET[byte % 32] for byte in random[:SYMBOLS])
    return "-".join(plain[n : n + 4] for n in range(0, SYMBOLS, 4))


def read_resume_code(text: str) -> str | None:
    """The code that somebody typed: any case, spaces, dashes, full width, O for 0 and I or L for 1; or None."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum()).translate(_MISREAD)
    if len(plain) != SYMBOLS or any(c not in ALPHABET for c in plain):
        return None
    return "-".join(plain[n : n + 4] for n in range(0, SYMBOLS, 4))
