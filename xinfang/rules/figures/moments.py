"""Which moment did somebody mean? `2026-10-31` is the end of that day, `2026-10-31T24:00` as well, in Shanghai."""

import re
import unicodedata
from datetime import date, datetime

from xinfang.rules.clocks.duties import SHANGHAI, midnight_after
from xinfang.rules.refusals import RuleBroken

_MIDNIGHT = re.compile(r"[T ]24:00(:00)?$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_moment(text: str) -> datetime:
    """An aware moment from a date or a date with a time; raises `moment_unreal` for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _DAY.match(plain):
        raise RuleBroken("moment_unreal", field="as_of")
    try:
        if _DAY.fullmatch(plain) or _MIDNIGHT.search(plain):
            return midnight_after(date.fromisoformat(_MIDNIGHT.sub("", plain)))
        moment = datetime.fromisoformat(plain)
        return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        raise RuleBroken("moment_unreal", field="as_of") from None
