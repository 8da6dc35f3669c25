"""`xinfang restore FILE`: into a fresh database beside the old one, swapped in when it is complete."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from xinfang.server import checks, ground, keys, schema
from xinfang.server.backup import DUMP, FORMAT, KEYS, MANIFEST, TREES
from xinfang.server.client import client
from xinfang.server.home import Home
from xinfang.server.processes import python
from xinfang.server.refusal import RefusedError
from xinfang.server.single import refuse_running
from xinfang.server.twin import Twin

BLOCK = 1 << 20


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="xinfang restore", description="恢复备份；旧版本的备份会随即升级。")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help="替换现有数据")
    chosen = parser.parse_args(arguments)
    ground.refuse_test_mode()
    home = Home.of()
    home.prepare()
    refuse_running(home)
    with opened(chosen.file) as archive:
        archive.verify()
        schema.refuse_newer(archive.manifest["schema"], f"备份 The backup {chosen.file.name}")
        return _restore(archive, home, replace=chosen.replace)


class Archive:
    def __init__(self, tar: tarfile.TarFile, name: str) -> None:
        self.tar, self.name = tar, name
        self.members = {member.name: member for member in tar.getmembers() if member.isfile()}
        self.manifest: dict[str, Any] = json.loads(self._read(MANIFEST))
        if self.manifest.get("format") != FORMAT:
            raise ValueError(self.manifest.get("format"))

    def verify(self) -> None:
        """Every part is there, none is more, and each has the bytes that were backed up."""
        parts: dict[str, dict[str, Any]] = self.manifest["parts"]
        if set(parts) != set(self.members) - {MANIFEST}:
            raise _damaged(self.name, "manifest")
        for name, part in parts.items():
            digest = hashlib.sha256()
            for block in self._blocks(name):
                digest.update(block)
            if digest.hexdigest() != part["sha256"]:
                raise _damaged(self.name, name)

    def extract(self, name: str, target: Path) -> None:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for block in self._blocks(name):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())

    def extract_tree(self, name: str, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True)
        for member in self.members:
            path = PurePosixPath(member)
            if path.parts[0] == name and len(path.parts) > 1:
                if ".." in path.parts:
                    raise _damaged(self.name, member)
                self.extract(member, folder.joinpath(*path.parts[1:]))

    def keys(self) -> dict[str, bytes] | None:
        if KEYS not in self.members:
            return None
        document = json.loads(self._read(KEYS))
        return {name: bytes.fromhex(document["keys"][name]) for name in keys.NAMES}

    def _read(self, name: str) -> bytes:
        return b"".join(self._blocks(name))

    def _blocks(self, name: str) -> Iterator[bytes]:
        file = self.tar.extractfile(self.members[name])
        while file and (block := file.read(BLOCK)):
            yield block


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    try:
        tar = tarfile.open(file, "r:")  # noqa: SIM115  # closed below, after what may refuse it
    except (OSError, tarfile.TarError) as error:
        raise RefusedError(f"不能读取备份 {file}：{error}", f"Cannot read the backup {file}.") from error
    with tar:
        try:
            archive = Archive(tar, file.name)
        except (KeyError, ValueError, tarfile.TarError) as error:
            raise _damaged(file.name, MANIFEST) from error
        yield archive


def _restore(archive: Archive, home: Home, *, replace: bool) -> int:
    wanted = _keys_for(archive, home, replace=replace)
    stamp = datetime.now().astimezone().strftime("%Y%m%d%H%M%S")
    aside = home.path / f"replaced-{stamp}"
    with ground.answering() as url:
        if checks.has_tables(url) and not replace:
            raise RefusedError(
                "这里已有数据：确实要用备份替换它，请加 --replace。",
                "There is data here already: add --replace if the backup shall take its place.",
            )
        twin = Twin(url, stamp)
        files = Files(home, aside)
        try:
            twin.create()
            _load(archive, twin.url, aside)
            files.unpack(archive)
        except BaseException:
            twin.drop()
            shutil.rmtree(aside, ignore_errors=True)
            raise
        if wanted:
            _put_keys(home, wanted, aside)
        twin.swap()
        files.swap()
        if _step(url, "migrate", "--no-input", "--verbosity", "0"):
            twin.swap_back()
            files.swap_back()
            raise RefusedError(
                "升级备份的结构没有成功，原有数据已放回。", "Migrating the backup failed; what was there is back."
            )
        sound = _step(url, "checkpoint", "--restored") == 0 and _step(url, "verify", "--files") == 0
        _conclude(twin, aside, sound=sound)
    return 0 if sound else 1


def _conclude(twin: Twin, aside: Path, *, sound: bool) -> None:
    if sound:
        twin.drop_replaced()
        shutil.rmtree(aside, ignore_errors=True)
        print("已恢复，并通过核对。Restored and verified.")
        return
    print(f"已恢复，但核对发现问题（见上）。原有数据仍保留：数据库 {twin.replaced}，文件 {aside}。")
    print(
        f"Restored, but verify found faults (above). What was there is kept: database {twin.replaced}, files {aside}."
    )


class Files:
    """Uploads and checkpoints trade places with what lay there; contents move, for a folder may be a mount."""

    def __init__(self, home: Home, aside: Path) -> None:
        self.places = {"media": home.media, "checkpoints": home.checkpoints}
        self.aside = aside

    def unpack(self, archive: Archive) -> None:
        for tree in TREES:
            archive.extract_tree(tree, self.aside / "new" / tree)

    def swap(self) -> None:
        for tree, place in self.places.items():
            _move(place, self.aside / "old" / tree)
            _move(self.aside / "new" / tree, place)

    def swap_back(self) -> None:
        for tree, place in self.places.items():
            _move(place, self.aside / "new" / tree)
            _move(self.aside / "old" / tree, place)


def _move(source: Path, target: Path) -> None:
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in list(source.iterdir()):
        shutil.move(path, target / path.name)


def _load(archive: Archive, url: str, aside: Path) -> None:
    dump = aside / DUMP
    aside.mkdir(mode=0o700)
    archive.extract(DUMP, dump)
    command, env = client("pg_restore", url)
    options = ["--no-owner", "--no-privileges", "--exit-on-error", str(dump)]
    done = subprocess.run([*command, *options], env=env, capture_output=True, text=True, check=False)
    dump.unlink()
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["?"]
        raise RefusedError(f"pg_restore 失败：{said[0]}", f"pg_restore failed: {said[0]}")


def _keys_for(archive: Archive, home: Home, *, replace: bool) -> dict[str, bytes] | None:
    """Keys to install, None when those that are here fit; without fitting keys nothing is touched."""
    here = keys.read(home.keys) if home.keys.exists() else None
    if here and keys.fingerprint(here) == archive.manifest["keys"]:
        return None
    inside = archive.keys()
    if inside and keys.fingerprint(inside) == archive.manifest["keys"] and (here is None or replace):
        return inside
    raise RefusedError(
        f"{home.keys} 不是这个备份的密钥：请先把当时另存的 keys.json 放到那里（权限 600），再恢复。",
        f"{home.keys} does not hold this backup's keys: put the keys.json kept with it there first (mode 600).",
    )


def _put_keys(home: Home, wanted: dict[str, bytes], aside: Path) -> None:
    if home.keys.exists():
        kept = aside.with_name(f"keys.json.{aside.name}")
        home.keys.rename(kept)
        print(f"原密钥已移到 {kept}。The former keys are now {kept}.")
    keys.write(home.keys, wanted)


def _step(url: str, *arguments: str) -> int:
    env = {**os.environ, "DATABASE_URL": url}
    return subprocess.run([*python("xinfang"), *arguments], env=env, check=False).returncode


def _damaged(name: str, part: str) -> RefusedError:
    return RefusedError(
        f"备份 {name} 已损坏（{part}）：请改用另一份备份。", f"The backup {name} is damaged ({part}): use another one."
    )
