"""`xinfang backup FILE`: database, uploads and checkpoints in one file; the keys only when asked for."""

import argparse
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import xinfang
from xinfang.server import ground, keys, schema
from xinfang.server.client import client
from xinfang.server.home import Home, settle
from xinfang.server.refusal import RefusedError

FORMAT = 1
MANIFEST, DUMP, KEYS = "manifest.json", "database.dump", "keys.json"
TREES = ("checkpoints", "media")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="xinfang backup", description="备份：数据库、附件、检查点，合成一个文件。")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--with-keys", action="store_true", help="把密钥也放进去：此文件从此等于全部数据")
    chosen = parser.parse_args(arguments)
    target: Path = chosen.file.absolute()
    if target.exists():
        raise RefusedError(f"{target} 已存在：请换一个文件名。", f"{target} exists: choose another name.")
    if not target.parent.is_dir():
        raise RefusedError(
            f"没有目录 {target.parent}：请先创建。", f"There is no folder {target.parent}: create it first."
        )
    home = Home.of()
    with ground.database() as url:
        back_up(home, url, target, with_keys=chosen.with_keys)
    print(f"已备份 backed up: {target}（{target.stat().st_size / 1e6:.1f} MB）")
    _about_keys(home, with_keys=chosen.with_keys)
    return 0


def back_up(home: Home, url: str, target: Path, *, with_keys: bool) -> None:
    """Under another name until it is whole and on disk: a file with the name asked for is always a good backup."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                _fill(Parts(tar), home, url, with_keys=with_keys)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    settle(target.parent)


class Parts:
    """Files on their way into the archive, with the hash of exactly the bytes that went in."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.listed: dict[str, dict[str, Any]] = {}

    def add(self, path: Path, name: str) -> None:
        with path.open("rb") as file:
            info = tarfile.TarInfo(name)
            # What is appended while we read belongs to the next backup.
            info.size = os.fstat(file.fileno()).st_size
            info.mode, info.mtime = 0o600, int(path.stat().st_mtime)
            hashing = Hashing(file)
            self.tar.addfile(info, hashing)
        self.listed[name] = {"sha256": hashing.digest.hexdigest(), "size": info.size}

    def add_tree(self, folder: Path, name: str) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                self.add(path, f"{name}/{path.relative_to(folder).as_posix()}")

    def close(self, manifest: dict[str, Any]) -> None:
        text = json.dumps(manifest | {"parts": self.listed}, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self.tar.addfile(info, io.BytesIO(text))


class Hashing(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block


def _fill(parts: Parts, home: Home, url: str, *, with_keys: bool) -> None:
    # In this order: no checkpoint is newer than the database beside it, and no row lacks its file.
    parts.add_tree(home.checkpoints, "checkpoints")
    with tempfile.TemporaryDirectory(prefix="backup-", dir=home.path) as folder:
        dump = Path(folder) / DUMP
        command, env = client("pg_dump", url)
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"]
        done = subprocess.run([*command, *options], env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["?"]
            raise RefusedError(f"pg_dump 失败：{said[0]}", f"pg_dump failed: {said[0]}")
        parts.add(dump, DUMP)
    parts.add_tree(home.media, "media")
    if with_keys:
        parts.add(home.keys, KEYS)
    parts.close(
        {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "program": xinfang.__version__,
            "schema": schema.applied(url),
            "keys": keys.fingerprint(keys.read(home.keys)),
        }
    )


def _about_keys(home: Home, *, with_keys: bool) -> None:
    if with_keys:
        print("注意！此文件含有密钥，拿到它就能读取全部姓名、电话和内容：请加密保管，不要与普通备份放在一起。")
        print("ATTENTION: this file holds the keys; whoever has it can read everything. Lock it away.")
    else:
        print(f"注意！备份中没有密钥。没有 {home.keys}，这个备份无法解读：请把它另存一份，与备份分开放置。")
        print(f"ATTENTION: without {home.keys} this backup cannot be read. Keep a copy of it, apart from the backups.")
