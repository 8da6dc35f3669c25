"""Which units and areas may a row of a file name? By code, by name, and by short name where only one has it."""

from collections import Counter
from collections.abc import Iterable

from xinfang.models import Area, Unit
from xinfang.rules.intake.batch_cells import folded
from xinfang.rules.intake.batch_rows import Places


def places() -> Places:
    """Every code and every unmistakable name, folded as cells are."""
    units = Unit.objects.values_list("code", "name", "short_name")
    areas = Area.objects.values_list("code", "name")
    return Places(
        units=_by_name((code, (name, short)) for code, name, short in units),
        areas=_by_name((code, (name,)) for code, name in areas),
    )


def _by_name(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    named = [(code, {folded(name) for name in names if name}) for code, names in rows]
    uses = Counter(name for _code, names in named for name in names)
    found = {name: code for code, names in named for name in names if uses[name] == 1}
    return found | {folded(code): code for code, _names in named}
