"""JSON from outside, read without mercy: what two readers could understand differently is refused."""

import json
from typing import Any, NoReturn


def parse(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8, with or without a byte order mark.

    Raises ValueError with one sentence for anything else, also for a key that is given twice and for NaN and Infinity.
    """
    try:
        return _READER.decode(raw.decode().removeprefix("\ufeff"))
    except UnicodeDecodeError as wrong:
        raise ValueError("this is not UTF-8 text") from wrong
    except json.JSONDecodeError as wrong:
        raise ValueError(f"this is not JSON: {wrong.msg} at character {wrong.pos + 1}") from wrong
    except RecursionError as deep:
        raise ValueError("this JSON is nested too deeply") from deep


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("this JSON gives the same key twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


_READER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_number)
