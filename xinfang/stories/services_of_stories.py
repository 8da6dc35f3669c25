"""The services that are no move, as stories call them: registering, entering a batch, splitting, sealing late."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xinfang.rules.intake.registration import WORD_FIELDS
from xinfang.services import linking
from xinfang.services.intake import register
from xinfang.stories.story import NotAStory
from xinfang.stories.verbs import Doing, Verb

REGISTER_FIELDS = (
    "unit: unit (code, name or short name)",
    "channel: visit|letter|web|phone|fax|leader_mailbox|leader_reception|field_visit|assigned|other",
    *(f"{name}?: words" for name in WORD_FIELDS),
    "name?: words    id_number?: words    phone?: words    address?: words",
    "people?: list of {name, id_number, phone, address, part: petitioner|agent|representative}",
    "kind?: claim|suggestion|enquiry    category?: code    purpose?: code",
    "level?: state|province|city|county|township    addressee?: the same",
    "present?: 1..    concerned?: 1..    anonymous?: yes_no    restricted?: yes_no    concerns_own_people?: yes_no",
    "late_reason?: words (when at is more than 24 hours before recorded_at)",
)
PERSON_FIELDS = ("name", "id_number", "phone", "address")


def registration_values(given: Mapping[str, Any]) -> dict[str, Any]:
    """What `services.intake.register` takes, from what a story writes; a single person may stand without a list."""
    values = dict(given)
    person = {name: str(values.pop(name)) for name in PERSON_FIELDS if name in values}
    if person:
        values["people"] = [person, *values.get("people", ())]
    if not any(values.get(name) for name in ("original_words", "demand", "facts")):
        values["original_words"] = values.get("title", "请帮助解决")
    values.setdefault("channel", "visit")
    return values


def _register(doing: Doing) -> list[UUID]:
    if "unit" not in doing.values:
        raise NotAStory("register: 'unit' is missing")
    receipt = register(
        values=registration_values(doing.values),
        by=doing.by,
        at=doing.at,
        recorded_at=doing.recorded_at,
        late_reason=doing.late_reason,
    )
    return [receipt.matter]


def _split(doing: Doing) -> list[UUID]:
    if doing.matter is None:
        raise NotAStory("split: 'on' is missing")
    receipts = linking.split(
        matter=doing.matter,
        by=doing.by,
        at=doing.at,
        recorded_at=doing.recorded_at,
        parts=doing.values.get("parts", []),
    )
    return [receipt.matter for receipt in receipts]


def _seal_late(doing: Doing) -> list[UUID]:
    if doing.matter is None:
        raise NotAStory("seal_late: 'on' is missing")
    linking.seal_late(matter=doing.matter, by=doing.by, at=doing.at)
    return []


def _watch(_doing: Doing) -> list[UUID]:
    """Nothing happens: the watcher looks before every step, this only lets time pass up to it."""
    return []


OTHERS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("register", REGISTER_FIELDS, True, _register),
        Verb("split", ("parts: list of {title?, original_words, demand?}",), True, _split),
        Verb("seal_late", (), False, _seal_late),
        Verb("watch", (), False, _watch),
    )
}
