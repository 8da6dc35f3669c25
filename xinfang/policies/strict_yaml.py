"""YAML from outside, read without surprises: `on`, `off`, `yes` and `no` are words, and no key may be given twice."""

import re
from typing import Any

import yaml


class _Reader(yaml.SafeLoader):
    """Only `true` and `false` are truth values; a key such as `on:` stays what was written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _value in node.value if key.tag != _MERGE]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                raise yaml.YAMLError(f"the key {key!r} is given twice (line {node.start_mark.line + 1})")
        return super().construct_mapping(node, deep)


_MERGE = "tag:yaml.org,2002:merge"
_BOOL = "tag:yaml.org,2002:bool"
_Reader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Reader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))


def parse(raw: str | bytes) -> Any:
    """The value of a YAML text; raises `yaml.YAMLError` for anything that is none."""
    return yaml.load(raw, Loader=_Reader)  # noqa: S506 -- a SafeLoader with fewer truth values
