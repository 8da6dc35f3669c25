"""Which house is this: its centre with telephone, hours and address, and is it a demo?"""

from dataclasses import dataclass
from typing import Any

from xinfang.models import Installation, Unit
from xinfang.rules.people.seats import UnitKind

_OWN_NAME = frozenset({UnitKind.CENTRE.value, UnitKind.STATION.value})


@dataclass(frozen=True)
class House:
    """The centre that a page speaks for; `unit` is the short name of the unit that was asked about."""

    name: str = ""
    phone: str = ""
    hours: str = ""
    address: str = ""
    is_demo: bool = False
    unit: str = ""


def house_of(unit: str = "") -> House:
    """The centre of the district, or the viewer's own centre or station. Two statements."""
    row = Installation.objects.filter(pk=1).values("is_demo", "district", "settings").first()
    if row is None:
        return House()
    units = {found.code: found for found in Unit.objects.filter(code__in={row["district"], unit})}
    own = units.get(unit)
    shown = own if own is not None and own.kind in _OWN_NAME else units.get(row["district"])
    settings = {"opens": "08:30", "closes": "17:30", **row["settings"]}
    return House(
        name=shown.name if shown else "",
        phone=(shown.phone if shown else "") or str(settings.get("helpline", "")),
        hours=_hours(shown, settings),
        address=shown.address if shown else "",
        is_demo=row["is_demo"],
        unit=own.short_name if own else "",
    )


def _hours(unit: Unit | None, settings: dict[str, Any]) -> str:
    own = unit.opening_hours if unit is not None and unit.opening_hours else settings
    return f"{own.get('opens', settings['opens'])}–{own.get('closes', settings['closes'])}"
