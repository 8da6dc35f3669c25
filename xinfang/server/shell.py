"""`xinfang status` and `xinfang psql`: looking, from a terminal."""

import os
import subprocess

from xinfang.server import ground, schema
from xinfang.server.client import client
from xinfang.server.home import Home
from xinfang.server.postgres import Postgres
from xinfang.server.single import running


def psql(arguments: list[str]) -> int:
    with ground.database() as url:
        command, env = client("psql", url)
        return subprocess.run([*command, *arguments], env=env, check=False).returncode


def status(_arguments: list[str]) -> int:
    """Exit status 0 when the web answers, 3 when it does not, as service managers expect."""
    home = Home.of()
    print(f"数据目录 home      {home.path}")
    if url := os.environ.get("DATABASE_URL"):
        known = schema.applied(url)
        print(f"数据库 database    DATABASE_URL，{known[-1] if known else '空 empty'}")
    else:
        pid = Postgres(home).pid()
        print(f"数据库 database    {f'内嵌 embedded，进程 pid {pid}' if pid else '未运行 not running'}")
    found = running(home)
    if found is None:
        print("xinfang up         未运行 not running")
        return 3
    answers = found.place.answers()
    state = "正常 healthy" if answers else "没有回应 no answer"
    print(f"xinfang up         进程 pid {found.pid}，{found.place.address}，{state}")
    return 0 if answers else 3
