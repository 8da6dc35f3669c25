"""What did people here decide on, to learn from, and how often did they decide as was suggested?

Confirmed is a category that somebody decided on at triage. Matters under restricted sight and sealed ones teach
nothing, names of the people in a matter are cut out, and what was masked by law is not there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from xinfang.models import Event, Matter, Party, Person, ProtectedText
from xinfang.policies import shipped
from xinfang.queries.catalogue import lines
from xinfang.rules.catalogue.lessons import Example
from xinfang.rules.matters.events import EventType

TOLD = ("original_words", "demand", "facts", "wish")
NEWEST, PAGE = 5_000, 200


@dataclass(frozen=True)
class Agreement:
    """Of so many triages with a suggestion: how many took the category of the first one, how many of any."""

    asked: int
    first: int
    any: int


def examples(most: int = NEWEST) -> list[Example]:
    """The newest confirmed matters, the oldest of them first, without the names of their people; read page by page."""
    decided = top_classes()
    rows = Matter.objects.filter(sealed=False, restricted=False, triaged_at__isnull=False).order_by("-received_at")
    waiting = (pk for pk in rows.values_list("pk", flat=True)[:most] if pk in decided)
    found: list[Example] = []
    while page := list(islice(waiting, PAGE)):
        found += _read(page, decided)
    return found[::-1]


def top_classes() -> dict[UUID, str]:
    """The top class of each matter as it was decided last."""
    above = {row["code"]: row["parent"] for row in shipped("categories.yaml")["subcategories"]}
    events = Event.objects.filter(type=EventType.TRIAGED.value).order_by("chain_id", "seq")
    return {
        chain: above.get(payload["category"], payload["category"])
        for chain, payload in events.values_list("chain_id", "payload").iterator()
        if payload.get("category")
    }


def _read(page: list[UUID], decided: dict[UUID, str]) -> list[Example]:
    texts: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in ProtectedText.objects.filter(chain_id__in=page, seq=1, field__in=("title", *TOLD)):
        texts[row.chain_id][row.field] = row.text or ""
    people: dict[UUID, list[Person]] = defaultdict(list)
    for party in Party.objects.filter(matter__in=page).select_related("person"):
        people[party.matter_id].append(party.person)
    return [_example(texts[pk], people[pk], decided[pk]) for pk in page]


def _example(texts: Mapping[str, str], people: Iterable[Person], category: str) -> Example:
    """One matter without names; its people as marks, by whatever may tell that two of them are one."""
    names = [person.opened("name") for person in people]
    marks = {
        str(mark) for person in people for mark in (person.pk, *map(_hex, (person.id_number_index, person.phone_index)))
    }
    return Example(
        _without(names, texts.get("title", "")),
        _without(names, " ".join(texts.get(name, "") for name in TOLD)),
        category,
        frozenset({*marks, *names}) - {""},
    )


def _hex(index: bytes | memoryview | None) -> str:
    return bytes(index).hex() if index else ""


def _without(names: Iterable[str], text: str) -> str:
    for name in names:
        text = text.replace(name, " ") if name else text
    return text


def agreement() -> Agreement:
    """How people decided where something was suggested to them; counts alone, of no unit and no person."""
    events = Event.objects.filter(type=EventType.TRIAGED.value, payload__has_key="offered")
    classes = {line.key: line.category for line in lines().lines}
    asked = first = among = 0
    for payload in events.values_list("payload", flat=True).iterator():
        offered = [classes.get(key, "") for key in payload["offered"].split()]
        asked += 1
        first += payload.get("category") in offered[:1]
        among += payload.get("category") in offered
    return Agreement(asked, first, among)
