"""Which matter is meant: by number, by words in the story, or exactly by identity number (6.2 "search by person")?

Never a history of a person: hits are matters in one's own sight, capped. Tokens only narrow; the opened text decides.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xinfang.models import Matter, Party, ProtectedText
from xinfang.models.protection import blind_index, word_tokens
from xinfang.queries.access import below, kept_away, matters_for
from xinfang.queries.matters import Line, lines
from xinfang.rules.intake.registration import tidy_number
from xinfang.rules.matters.numbers import read_number
from xinfang.rules.people.seats import Actor, Role

SHOWN, LOOKED_AT = 50, 200
SEARCHED_FIELDS = ("title", "original_words", "demand", "facts")
_LEDGER = re.compile(r"\d{6,12}-\d{4}-\d{6}")
_AROUND = 24


@dataclass(frozen=True)
class Snippet:
    """The words around a hit."""

    before: str
    hit: str
    after: str


@dataclass(frozen=True)
class Hit:
    """One matter that a search found; `snippet` None when it was not found by words."""

    line: Line
    snippet: Snippet | None = None


def by_number(actor: Actor, text: str, now: datetime) -> Matter | None:
    """The matter whose public or ledger number this is, however it was typed."""
    seen = matters_for(actor, now)
    number = read_number(text)
    if number is not None and (matter := seen.filter(number=number).first()):
        return matter
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return seen.filter(ledger_number=plain).first() if _LEDGER.fullmatch(plain) else None


def folded(text: str) -> str:
    """Text as it is compared: one form of every character, no blanks, no difference of case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def by_words(actor: Actor, text: str, now: datetime) -> list[Hit]:
    """The latest matters in sight whose story holds these words, at most fifty; two characters at least."""
    wanted = folded(text)
    if len(wanted) < 2:
        return []
    rows = matters_for(actor, now).filter(tokens__contains=word_tokens(wanted)).order_by("-received_at", "-pk")
    candidates = {row.pk: row for row in rows[:LOOKED_AT]}
    snippets = _found_in(list(candidates), wanted)
    kept = [row for pk, row in candidates.items() if pk in snippets][:SHOWN]
    return [Hit(line, snippets[line.matter.pk]) for line in lines(kept)]


def _found_in(ids: list[UUID], wanted: str) -> dict[UUID, Snippet]:
    texts = ProtectedText.objects.filter(chain_id__in=ids, seq=1, field__in=SEARCHED_FIELDS)
    found: dict[UUID, Snippet] = {}
    for text in sorted(texts, key=lambda t: SEARCHED_FIELDS.index(t.field), reverse=True):
        snippet = snippet_of(text.text or "", wanted)
        if snippet is not None:
            found[text.chain_id] = snippet
    return found


def snippet_of(text: str, wanted: str) -> Snippet | None:
    """The place in a text where folded words stand, with a few characters around; None when they do not."""
    places = [(place, c) for place, raw in enumerate(text) for c in folded(raw)]
    start = "".join(c for _place, c in places).find(wanted)
    if start < 0:
        return None
    first, last = places[start][0], places[start + len(wanted) - 1][0] + 1
    before = ("…" if first > _AROUND else "") + text[max(0, first - _AROUND) : first]
    after = text[last : last + _AROUND] + ("…" if last + _AROUND < len(text) else "")
    return Snippet(before, text[first:last], after)


def by_id_number(actor: Actor, number: str, now: datetime) -> list[UUID]:
    """The matters in sight in which exactly this identity number has a part, the latest first."""
    people = Party.objects.filter(person__id_number_index=_index(number)).values("matter_id")
    rows = matters_for(actor, now).filter(pk__in=people).order_by("-received_at", "-pk")
    return list(rows.values_list("pk", flat=True)[:SHOWN])


def _index(number: str) -> bytes:
    return blind_index(tidy_number(number), "id_number")


def hits_of(actor: Actor, ids: list[UUID], now: datetime) -> list[Hit]:
    """Matters that a search found a moment ago, as far as this person still sees them."""
    rows = {row.pk: row for row in matters_for(actor, now).filter(pk__in=ids)}
    return [Hit(line) for line in lines([rows[pk] for pk in ids if pk in rows])]


def is_open_here(actor: Actor, number: str) -> bool:
    """Has somebody with this identity number an open matter at the window's own centre? Yes or no, nothing else.

    What is restricted, or recuses this centre or this clerk, does not count: it must not be guessed from the answer.
    """
    seat = actor.seat_for(frozenset({Role.WINDOW_CLERK}))
    if seat is None:
        return False
    people = Party.objects.filter(person__id_number_index=_index(number)).values("matter_id")
    rows = Matter.objects.filter(below("origin_path", seat.path), pk__in=people, is_open=True)
    return rows.filter(restricted=False).exclude(kept_away(actor)).exists()
