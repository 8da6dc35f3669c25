"""What a unit, an account and an hour may be called: codes, names, logins and times, cleaned or refused."""

import re
import unicodedata
from datetime import time

from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.refusals import RuleBroken

_UNIT_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{1,23}")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
PATH_MOST = 160


def plain_name(text: str, field: str, *, most: int = 120) -> str:
    """A name on one line; refused when empty or too long."""
    name = " ".join(tidy(str(text or "")).split())
    if not name:
        raise RuleBroken("name_needed", field=field)
    if len(name) > most:
        raise RuleBroken("text_too_long", field=field, most=most)
    return name


def unit_code(text: str) -> str:
    """A unit's code: digits of its area, or an area and a segment such as `999901-RS`."""
    code = unicodedata.normalize("NFKC", str(text)).strip().upper()
    if not _UNIT_CODE.fullmatch(code):
        raise RuleBroken("unit_code_unreal", field="code")
    return code


def unit_path(above: str, code: str) -> str:
    """The dotted line of codes from the district down to this unit."""
    path = f"{above}.{code}" if above else code
    if len(path) > PATH_MOST:
        raise RuleBroken("unit_too_deep", field="parent")
    return path


def login(text: str) -> str:
    """A login: small letters, digits, dot, dash, underscore."""
    name = unicodedata.normalize("NFKC", str(text)).strip().lower()
    if not _LOGIN.fullmatch(name):
        raise RuleBroken("login_unreal", field="username")
    return name


def clock_time(text: str, field: str) -> time:
    """An hour and minute such as 08:30; full-width digits and colons are understood."""
    try:
        moment = time.fromisoformat(unicodedata.normalize("NFKC", str(text)).strip())
    except ValueError:
        raise RuleBroken("time_unreal", field=field) from None
    if moment.tzinfo is not None:
        raise RuleBroken("time_unreal", field=field)
    return moment
