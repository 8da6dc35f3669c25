"""Is what was brought to the counter fit to be registered? It always is; this only refuses what cannot be written down.

Registration needs no identity number and no category (H-04, article 22: registering is a duty).
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from stdnum import numdb
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from xinfang.rules.catalogue.lines import as_keys
from xinfang.rules.lifecycle.values import parse_day, tidy
from xinfang.rules.matters.codes import Channel, Kind, Level
from xinfang.rules.refusals import RuleBroken

RESIDENT, OTHER_PAPER = "111", "other"  # GA/T 517 for the first; other papers are not told apart
NAME_MOST, WORDS_MOST, REPRESENTATIVES_MOST = 50, 20_000, 5


@dataclass(frozen=True)
class PersonEntry:
    """One person as entered: everything may be empty, nothing is refused for being unusual."""

    name: str = ""
    id_type: str = RESIDENT
    id_number: str = ""
    phone: str = ""
    address: str = ""
    part: str = "petitioner"
    accessibility_needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registration:
    """One matter as it comes in. `words` are those of `WORD_FIELDS`; one of them tells the story.

    `limits`: rights and other limits that the petitioner speaks of, as (deadline rule, the day it began).
    `notice`: the version of the notice on personal data that was shown.
    `item`: the line of the catalogue that somebody chose, `items_offered`: those that were suggested; keys alone.
    """

    channel: Channel
    unit: str
    area: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    people: tuple[PersonEntry, ...] = ()
    kind: Kind | None = None
    purpose: str = ""
    category: str = ""
    level: Level | None = None
    addressee: Level | None = None
    present: int = 1
    concerned: int = 1
    anonymous: bool = False
    restricted: bool = False
    concerns_own_people: bool = False
    recused_users: tuple[int, ...] = ()
    recused_units: tuple[str, ...] = ()
    postmarked_on: date | None = None
    limits: tuple[tuple[str, date], ...] = ()
    item: str = ""
    items_offered: str = ""
    notice: str = ""


WORD_FIELDS = ("title", "original_words", "demand", "facts", "wish", "earlier", "proceedings", "papers", "missing")


def _member(kind: type[Enum], value: Any, name: str) -> Any:
    if value in (None, ""):
        return None
    try:
        return kind(getattr(value, "value", value))
    except ValueError:
        raise RuleBroken("choice_unknown", field=name) from None


def _count(value: Any, name: str) -> int:
    if value in (None, ""):
        return 1
    try:
        number = int(unicodedata.normalize("NFKC", str(value)).strip())
    except ValueError:
        raise RuleBroken("number_unreal", field=name) from None
    if not 1 <= number <= 10_000_000:
        raise RuleBroken("number_out_of_range", field=name, least=1, most=10_000_000)
    return number


def tidy_number(text: str) -> str:
    """An identity or phone number as people type it: full width, spaces and dashes folded, x in upper case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum() or c == "+")


def person(entry: Mapping[str, Any]) -> PersonEntry:
    """One person, cleaned; only a text that cannot be a name at all is refused."""
    name = " ".join(tidy(str(entry.get("name") or "")).split())
    if len(name) > NAME_MOST:
        raise RuleBroken("text_too_long", field="name", most=NAME_MOST)
    address = tidy(str(entry.get("address") or ""))
    if len(address) > 200:
        raise RuleBroken("text_too_long", field="address", most=200)
    return PersonEntry(
        name=name,
        id_type=str(entry.get("id_type") or RESIDENT)[:8],
        id_number=tidy_number(str(entry.get("id_number") or ""))[:40],
        phone=tidy_number(str(entry.get("phone") or ""))[:24],
        address=address,
        part=str(entry.get("part") or "petitioner"),
        accessibility_needs=tuple(entry.get("accessibility_needs") or ()),
    )


def id_warning(number: str) -> str:
    """The code of what looks wrong with a resident identity number, or "" ; a warning, never an obstacle."""
    return "" if not number or is_identity_number(number) else "id_number_unusual"


def is_identity_number(number: str) -> bool:
    """Length, check character, a real date and a known area (GB 11643-1999).

    Unlike the library's own `is_valid` this does not ask that the county had its code in the year of birth: numbers
    were given from 1984 on, to people born long before.
    """
    if len(number) != 18 or not number[:-1].isdecimal():
        return False
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    known = any(facts for _part, facts in numdb.get("cn/loc").info(number[:6]))
    return known and str(ric.calc_check_digit(number)) == number[-1]


def registration(values: Mapping[str, Any]) -> Registration:
    """A registration from entered values; refuses only an empty story, an unreal value or too many named people."""
    words = {name: tidy(str(values[name])) for name in WORD_FIELDS if values.get(name)}
    for name, text in words.items():
        if len(text) > WORDS_MOST:
            raise RuleBroken("text_too_long", field=name, most=WORDS_MOST)
    words = {name: text for name, text in words.items() if text}
    if not any(words.get(name) for name in ("original_words", "demand", "facts")):
        raise RuleBroken("field_required", field="original_words")
    words.setdefault("title", _title(words))
    people = tuple(person(entry) for entry in values.get("people") or ())
    people = tuple(p for p in people if p.name or p.id_number or p.phone or p.address)
    if sum(p.part != "agent" for p in people) > REPRESENTATIVES_MOST:
        raise RuleBroken("too_many_representatives", field="people", most=REPRESENTATIVES_MOST)
    return Registration(
        channel=_member(Channel, values.get("channel"), "channel") or Channel.OTHER,
        unit=str(values["unit"]),
        area=str(values.get("area") or ""),
        words=words,
        people=people,
        kind=_member(Kind, values.get("kind"), "kind"),
        purpose=str(values.get("purpose") or "")[:24],
        category=str(values.get("category") or "")[:60],
        level=_member(Level, values.get("level"), "level"),
        addressee=_member(Level, values.get("addressee"), "addressee"),
        present=_count(values.get("present"), "present"),
        concerned=_count(values.get("concerned"), "concerned"),
        anonymous=bool(values.get("anonymous")) or not any(p.address or p.phone for p in people),
        restricted=bool(values.get("restricted")),
        concerns_own_people=bool(values.get("concerns_own_people")),
        recused_users=tuple(values.get("recused_users") or ()),
        recused_units=tuple(values.get("recused_units") or ()),
        postmarked_on=values.get("postmarked_on"),
        limits=_limits(values.get("limits") or ()),
        item=as_keys(str(values.get("item") or "")),
        items_offered=as_keys(str(values.get("items_offered") or "")),
        notice=str(values.get("notice") or ""),
    )


def _limits(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, date], ...]:
    """The limits that were spoken of, each once; half a row is asked for its other half."""
    found: list[tuple[str, date]] = []
    for row in rows:
        rule, began = row.get("rule"), row.get("from_on")
        if not rule and not began:
            continue
        if not rule:
            raise RuleBroken("field_required", field="rule")
        if not began:
            raise RuleBroken("field_required", field="from_on")
        found.append((str(rule), parse_day("from_on", began)))
    return tuple(dict.fromkeys(found))


def _title(words: Mapping[str, str]) -> str:
    text = " ".join((words.get("demand") or words.get("original_words") or words["facts"]).split())
    return text if len(text) <= 40 else text[:39] + "…"
