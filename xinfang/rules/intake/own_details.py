"""What changes when a petitioner puts name, phone or address right? Only what was given, and differs."""

from collections.abc import Mapping

from xinfang.rules.intake.registration import person
from xinfang.rules.refusals import RuleBroken

CORRECTABLE = ("name", "phone", "address")
PHONE_LEAST = 7


def corrected(before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The new values that differ, cleaned like those of a registration; an empty one leaves what is there."""
    entry = person({name: given.get(name, "") for name in CORRECTABLE})
    after = {name: getattr(entry, name) for name in CORRECTABLE}
    if after["phone"] and (len(after["phone"]) < PHONE_LEAST or not after["phone"].lstrip("+").isdecimal()):
        raise RuleBroken("phone_unreal", field="phone")
    found = {name: text for name, text in after.items() if text and text != before.get(name)}
    if not found:
        raise RuleBroken("nothing_to_correct", field="name")
    return found
