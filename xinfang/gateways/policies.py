"""The data that is shipped with the house: calendar years, deadline rules, code tables."""

from functools import cache
from importlib.resources import files
from typing import Any

from xinfang.gateways import strict_json


@cache
def shipped(name: str) -> Any:
    """The content of `policies/<name>`, for example `shipped("calendar_cn.json")`; shared, so not to be changed."""
    return strict_json.parse((files("xinfang") / "policies" / name).read_bytes())
