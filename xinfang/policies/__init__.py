"""The data that is shipped with the house: calendar years, deadline rules, code tables; and the two strict readers."""

from functools import cache
from importlib.resources import files
from typing import Any

from xinfang.policies import strict_json, strict_yaml


@cache
def shipped(name: str) -> Any:
    """The content of `policies/<name>` (JSON or YAML by its ending); shared, so not to be changed."""
    raw = (files("xinfang") / "policies" / name).read_bytes()
    return strict_yaml.parse(raw) if name.endswith(".yaml") else strict_json.parse(raw)
