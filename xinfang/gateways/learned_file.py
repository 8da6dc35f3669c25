"""Where what was learned lies: one sealed file of plain numbers in XINFANG_HOME, opened only with the key of the house.

It is JSON under AES-GCM: nothing in it can run, nobody without the key can read the words in it or put another there.
"""

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings

from xinfang.models.protection import protect, reveal
from xinfang.rules.catalogue.learned import NOTHING_LEARNED, Learned

_PLACE = "file|learned|1"


def path() -> Path:
    return Path(settings.XINFANG_HOME) / "learned.sealed"


def keep(learned: Learned) -> str:
    """Write it in place of the one before, whole or not at all; answers the SHA-256 of the file."""
    document = {
        "matters": learned.matters,
        "categories": learned.categories,
        "bias": learned.bias,
        "rarity": dict(learned.rarity),
        "weights": dict(learned.weights),
    }
    sealed = protect(json.dumps(document, ensure_ascii=False).encode(), _PLACE)
    fresh = path().with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path())
    return hashlib.sha256(sealed).hexdigest()


def kept() -> Learned:
    """What was learned last; nothing where there is no file or this house's key does not open it."""
    try:
        found = path().stat()
    except OSError:
        return NOTHING_LEARNED
    return _opened(path(), found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)
def _opened(file: Path, _changed: int, _size: int) -> Learned:
    try:
        document = json.loads(reveal(file.read_bytes(), _PLACE))
    except InvalidTag:
        return NOTHING_LEARNED
    return Learned(
        matters=document["matters"],
        categories=tuple(document["categories"]),
        bias=tuple(document["bias"]),
        rarity=document["rarity"],
        weights={piece: tuple(weights) for piece, weights in document["weights"].items()},
    )
