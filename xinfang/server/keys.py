"""keys.json: the secrets that never lie in the database nor, unless asked for, in a backup."""

import hashlib
import json
import os
import secrets
from pathlib import Path

from xinfang.server.home import settle
from xinfang.server.refusal import RefusedError

NAMES = ("django_secret", "chain_key", "field_key", "index_key", "code_key")
VERSION = 1
BYTES = 32


def ensure(path: Path, *, data_exists: bool = False) -> None:
    """Create the keys once. New keys over old data would make that data unreadable, so that is refused."""
    if path.exists():
        read(path)
        return
    if data_exists:
        raise RefusedError(
            f"数据库已存在，但密钥文件 {path} 不见了：请先放回当初另行保管的 keys.json，否则旧数据无法解读。",
            f"There is a database, but {path} is gone: put back your copy of keys.json, or the data cannot be read.",
        )
    write(path, {name: secrets.token_bytes(BYTES) for name in NAMES})


def read(path: Path) -> dict[str, bytes]:
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise RefusedError(
            f"密钥文件 {path} 对他人开放（{mode:o}）：请执行 chmod 600 {path}，并考虑其内容是否已经泄露。",
            f"{path} is open to others ({mode:o}): run chmod 600 {path}, and ask yourself who may have read it.",
        )
    try:
        document = json.loads(path.read_text("utf-8"))
        keys = {name: bytes.fromhex(document["keys"][name]) for name in NAMES}
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(path) from error
    if document.get("version") != VERSION or any(len(key) != BYTES for key in keys.values()):
        raise _broken(path)
    return keys


def write(path: Path, keys: dict[str, bytes]) -> None:
    """Appear whole or not at all, and never over a file that another start has just written."""
    document = {"version": VERSION, "keys": {name: key.hex() for name, key in keys.items()}}
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(document, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        read(path)
    finally:
        draft.unlink()
    settle(path.parent)


def fingerprint(keys: dict[str, bytes]) -> str:
    """Tells two sets of keys apart without telling anything about them."""
    whole = b"".join(keys[name] for name in NAMES)
    return hashlib.sha256(b"xinfang keys\0" + whole).hexdigest()[:16]


def _broken(path: Path) -> RefusedError:
    return RefusedError(
        f"密钥文件 {path} 已损坏：请放回当初另行保管的 keys.json。",
        f"{path} is damaged: put back your copy of keys.json.",
    )
