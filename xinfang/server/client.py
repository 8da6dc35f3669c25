"""PostgreSQL's own client programs against our database; a password never shows in the list of processes."""

import os

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from xinfang.server import binaries
from xinfang.server.home import Home


def client(program: str, url: str) -> tuple[list[str], dict[str, str]]:
    parts = conninfo_to_dict(url)
    secret = parts.pop("password", None)
    env = {**os.environ, **({"PGPASSWORD": str(secret)} if secret else {})}
    return [binaries.find(Home.of()).program(program), "--dbname", make_conninfo("", **parts)], env
