"""`xinfang <command>`: processes are ours, everything else is a Django command on a database that is there."""

import os
import sys
import warnings
from collections.abc import Callable
from contextlib import nullcontext

from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError
from psycopg.errors import UndefinedColumn, UndefinedTable

import xinfang
from xinfang.server import backup, ground, init, restore, shell, up
from xinfang.server.refusal import RefusedError

SERVER: dict[str, Callable[[list[str]], int]] = {
    "up": up.main,
    "init": init.main,
    "backup": backup.main,
    "restore": restore.main,
    "psql": shell.psql,
    "status": shell.status,
}
# What works on a machine that has no database yet.
OFFLINE = {
    "check",
    "clock",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "docs",
    "help",
    "makemessages",
    "makemigrations",
    "messages",
}
OFFLINE_OPTIONS = {"-h", "--help", "--verbs", "--template"}

WORDS = f"""\
信访超市 xinfang {xinfang.__version__}

运行 running
  up [--demo] [--host H] [--port P]   启动数据库、网站和后台任务         start everything
  init [--area CODE] [--admin NAME]   正式启用：首个管理员、区划、时间   prepare a real centre
  backup FILE [--with-keys]           备份                               back up
  restore FILE [--replace]            恢复                               restore
  status / psql                       运行状况 / 数据库命令行            state / database shell
台账 the ledger
  verify                              核对事件链和检查点                 check chains and checkpoints
  rebuild --check                     由事件重算并比对                   recompute from the events
  stats --as-of TIME [--json]         统计数字                           figures
  importmessages / importbatch FILE   导入来信 / 批次                    import
规则 the rules
  clock [--calendar FILE] [--explain] 期限计算（标准输入，无需数据库）   dates, no database needed
  scenario FILE... [--verbs]          按剧本演练                         play dated stories
其他 everything else
  help                                全部命令                           all commands
"""


def main() -> int:
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(WORDS)  # noqa: T201  # speaking to the terminal is this file's work
        return 0
    if arguments[0] in {"--version", "version"}:
        print(xinfang.__version__)  # noqa: T201  # speaking to the terminal is this file's work
        return 0
    try:
        if command := SERVER.get(arguments[0]):
            return command(arguments[1:])
        with nullcontext() if offline(arguments) else ground.database():
            return _django(arguments)
    except RefusedError as refusal:
        print(f"xinfang: {refusal}", file=sys.stderr)  # noqa: T201  # speaking to the terminal is this file's work
        return 1


def offline(arguments: list[str]) -> bool:
    return arguments[0] in OFFLINE or not OFFLINE_OPTIONS.isdisjoint(arguments)


def _django(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
    # makemigrations asks a database for its history if there is one, and would be loud if there is none.
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    try:
        execute_from_command_line(["xinfang", *arguments])
    except DatabaseError as broken:
        raise _in_one_line(broken) or broken from broken
    return 0


def _in_one_line(broken: DatabaseError) -> RefusedError | None:
    """What whoever runs the house can do about it; None if it is our error, which needs its whole trace."""
    if isinstance(broken.__cause__, UndefinedTable | UndefinedColumn):
        return RefusedError(
            "数据库还没有准备好，或者是旧版本的：请先运行 xinfang migrate（xinfang up 会自动做）。",
            "The database is empty or of an older version: run xinfang migrate first (xinfang up does so by itself).",
        )
    if isinstance(broken, OperationalError):
        return RefusedError(
            "数据库没有应答（没有报告做完的，就没有做完）：请看 xinfang status 和数据库日志。",
            "The database does not answer, and what was not reported was not done: see xinfang status and its log.",
        )
    return None


if __name__ == "__main__":
    sys.exit(main())
