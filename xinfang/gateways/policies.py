"""The data that is shipped with the house: calendar years, deadline rules, code tables."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from xinfang.gateways import strict_json


@cache
def shipped(name: str) -> Any:
    """The content of `policies/<name>` (JSON or YAML by its ending); shared, so not to be changed."""
    raw = (files("xinfang") / "policies" / name).read_bytes()
    return yaml.safe_load(raw) if name.endswith(".yaml") else strict_json.parse(raw)
