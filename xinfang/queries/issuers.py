"""In whose name is a paper issued? The organ with power: never a centre, a station or an inner office (domain 5)."""

from dataclasses import dataclass

from xinfang.models import Unit
from xinfang.rules.people.seats import UnitKind

# The organ that stands for the level itself, where an office or a centre of that level acts.
_GOVERNMENTS = ("government", "township_government")


@dataclass(frozen=True)
class Issuer:
    """The organ as a paper names it; `phone` and `address` are its own, or those of the centre that prints for it."""

    code: str
    name: str
    phone: str = ""
    address: str = ""


def issuer_of(code: str) -> Issuer | None:
    """The organ that answers for what this unit decided; None where nobody in this house may issue it."""
    unit = Unit.objects.filter(pk=code).select_related("parent").first()
    if unit is None:
        return None
    organ = unit if unit.is_organ else _government_over(unit)
    if organ is None:
        return None
    near = unit if unit.phone else unit.parent
    said = organ if organ.phone else near
    return Issuer(organ.code, organ.name, said.phone if said else "", said.address if said else "")


def _government_over(unit: Unit) -> Unit | None:
    """The government of the nearest level at which this centre or office works."""
    for code in reversed(unit.path.split(".")):
        beside = Unit.objects.filter(parent_id=code, is_organ=True, kind=UnitKind.ORGAN.value).order_by("code")
        organs = list(beside)
        named = [organ for organ in organs if organ.function in _GOVERNMENTS]
        if named or len(organs) == 1:
            return (named or organs)[0]
    return None
