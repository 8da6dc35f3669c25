"""Which matters in sight may be the very one that somebody tells of at the window? At most five (9.6, 6.2, H-01).

Outlines find stories that share a passage, whoever told them; an identity or telephone number finds the same person's.
Both only bring forward what `rules.intake.alike` then judges by the story. Nothing that is restricted, that recuses
anybody, or that is out of the clerk's sight is looked at, not even to be counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, Func, IntegerField, Q, QuerySet, Value

from xinfang.models import Contact, Event, Matter, Party
from xinfang.models.protection import SEARCHED, blind_index, searchable, word_tokens
from xinfang.queries.access import matters_for
from xinfang.queries.matters import titles_of
from xinfang.queries.units import unit_names
from xinfang.rules.intake.alike import LEAST_TYPED, OFFERED_MOST, Known, Likeness, Rarity, Why, suggestions, told
from xinfang.rules.intake.registration import PersonEntry
from xinfang.rules.matters.codes import LEDGER_OPEN, UNFINISHED, Channel, Stage
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Actor

# Rows that the pieces asked for may bring, by the database's own estimate; how many are looked at; how many are judged.
AFFORDED, LOOKED_AT, JUDGED = 1500, 2000, 200
LEAST_PIECES, OF_A_PERSON = 8, 50
SUBJECT = 40
_JUDGED_BY = ("number", "tokens", "area", "stage", "holder", "received_at")
_OVER = [stage.value for stage in Stage if stage not in LEDGER_OPEN]


@dataclass(frozen=True)
class Commonness:
    """How many matters there are, about, and which part of them holds each of the commonest pieces and pairs."""

    rows: float = 0.0
    outline: Mapping[int, float] = field(default_factory=dict)
    tokens: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Came:
    """One later contact of a matter: when and how; `joined` says that it brought a petitioner more."""

    seq: int
    received_at: datetime
    channel: Channel
    joined: bool


@dataclass(frozen=True)
class Alike:
    """One matter to choose from: what it is about, where it stands, and why it is offered; nobody's name."""

    matter: UUID
    number: str
    title: str | None
    stage: Stage
    holder: str
    received_at: datetime
    why: tuple[Why, ...]

    @property
    def is_finished(self) -> bool:
        """What is finished takes no more petitioners; a repeat of it becomes a matter of its own, tied to it."""
        return self.stage not in UNFINISHED


def alike_matters(
    actor: Actor,
    *,
    words: Mapping[str, str],
    people: Iterable[PersonEntry],
    area: str,
    now: datetime,
    chosen: str = "",
) -> list[Alike]:
    """The likeliest first; empty while too little is told. Six statements at most.

    The one that was `chosen` already stays among them, as long as it may be.
    """
    if len(told("".join(words.get(name) or "" for name in SEARCHED))) < LEAST_TYPED:
        return []
    mine = searchable(_story(words))
    rows = _offerable(actor, now)
    common = _commonness()
    by_words = _sharing(rows, mine["outline"], common)
    same_person = _brought_by(people)
    asked = Q(pk__in=[*by_words, *same_person])
    asked = asked | Q(number=chosen) if chosen else asked
    found = {row.pk: row for row in rows.filter(asked).only(*_JUDGED_BY)}
    titles = titles_of(list(found))
    known = [
        Known(
            pk,
            frozenset(row.tokens),
            frozenset(word_tokens(titles.get(pk) or "")),
            same_person=pk in same_person,
            same_place=bool(area) and row.area == area,
            age=-row.received_at.timestamp(),
        )
        for pk, row in found.items()
    ]
    offered = suggestions(frozenset(mine["tokens"]), known, Rarity(common.tokens))
    kept = [Likeness(pk, 0, ()) for pk, row in found.items() if row.number == chosen]
    if chosen not in {found[one.matter].number for one in offered}:
        offered = (*offered[: OFFERED_MOST - len(kept)], *kept)
    return _shown(found, titles, offered)


def offerable(actor: Actor, numbers: Iterable[str], now: datetime) -> dict[str, Matter]:
    """The matters of these public numbers that may be offered to this person."""
    return {row.number: row for row in _offerable(actor, now).filter(number__in=list(numbers))}


def contact_of(matter: UUID, seq: int) -> Came | None:
    """The contact that came with this event of a matter, if it was not the one that opened it."""
    row = Contact.objects.filter(matter=matter, seq=seq, seq__gt=1).first()
    if row is None:
        return None
    joined = Event.objects.filter(chain_id=matter, seq=seq, type=EventType.PARTY_ADDED).exists()
    return Came(seq, row.received_at, Channel(row.channel), joined)


def joined_later(matter: UUID) -> list[Came]:
    """The contacts with which somebody joined a matter, oldest first; nobody's name."""
    joined = Event.objects.filter(chain_id=matter, type=EventType.PARTY_ADDED).values("seq")
    rows = Contact.objects.filter(matter=matter, seq__in=joined).order_by("seq")
    return [Came(row.seq, row.received_at, Channel(row.channel), joined=True) for row in rows]


def _story(words: Mapping[str, str]) -> dict[str, str]:
    """The words as they would be kept; the subject is what registration would make of them."""
    subject = words.get("title") or words.get("demand") or words.get("original_words") or words.get("facts") or ""
    return {**words, "title": subject[:SUBJECT]}


def _offerable(actor: Actor, now: datetime) -> QuerySet[Matter]:
    """In sight, and without any wall of its own; not what went into another matter or was revoked with its batch.

    Nor what somebody brought whose home is not safe: whoever tells the same story may be the one they fear.
    """
    alive = Q(is_open=True) | Q(stage__in=_OVER)
    open_to_all = Q(restricted=False, recused_users=[], recused_units=[], address_kept_at__isnull=True)
    return matters_for(actor, now).filter(alive, open_to_all, merged_into__isnull=True)


def _sharing(rows: QuerySet[Matter], outline: list[int], common: Commonness) -> set[UUID]:
    """The matters that share most pieces with an outline."""
    asked = _affordable(outline, common)
    if not asked:
        return set()
    shared = Func(
        F("outline"),
        Value(asked, output_field=ArrayField(IntegerField())),
        template="(SELECT count(*) FROM unnest(%(expressions)s))",
        arg_joiner=") piece WHERE piece = ANY(",
        output_field=IntegerField(),
    )
    found = rows.filter(outline__overlap=asked).annotate(shared=shared).values("shared", "received_at", "pk")
    sql, params = found[:LOOKED_AT].query.sql_with_params()
    with connection.cursor() as cursor:
        nearest = f"SELECT pk FROM ({sql}) found ORDER BY shared DESC, received_at DESC LIMIT %s"  # noqa: S608  -- Django's own
        cursor.execute(nearest, [*params, JUDGED])
        return {pk for (pk,) in cursor.fetchall()}


def _affordable(outline: list[int], common: Commonness) -> list[int]:
    """The pieces worth asking for, the rarest first: what everybody says finds everything and tells nothing.

    How common a piece is, the database knows from its own sampling of the column; what it does not list is rare.
    """
    spent = 0.0
    chosen: list[int] = []
    for piece in sorted(outline, key=lambda one: (common.outline.get(one, 0.0), one)):
        spent += common.outline.get(piece, 0.0) * common.rows
        if spent > AFFORDED and len(chosen) >= LEAST_PIECES:
            break
        chosen.append(piece)
    return chosen


def _commonness() -> Commonness:
    """What the database knows from its own sampling of the two columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples, attname, most_common_elems::text::int[], most_common_elem_freqs FROM pg_class"
            " LEFT JOIN pg_stats ON tablename = relname AND attname IN ('outline', 'tokens')"
            " AND schemaname = current_schema() WHERE pg_class.oid = %s::regclass",
            [Matter._meta.db_table],  # noqa: SLF001  -- the documented way to a model's table
        )
        sampled = cursor.fetchall()
    parts = {column: dict(zip(pieces or (), found or (), strict=False)) for _rows, column, pieces, found in sampled}
    return Commonness(sampled[0][0], parts.get("outline", {}), parts.get("tokens", {}))


def _brought_by(people: Iterable[PersonEntry]) -> set[UUID]:
    """Matters in which somebody with one of these numbers has a part; only to be judged by their story."""
    people = list(people)
    numbers = [blind_index(one.id_number, "id_number") for one in people if one.id_number]
    phones = [blind_index(one.phone, "phone") for one in people if one.phone]
    if not numbers and not phones:
        return set()
    same = Q(person__id_number_index__in=numbers) | Q(person__phone_index__in=phones)
    return set(Party.objects.filter(same).order_by("-matter_id").values_list("matter_id", flat=True)[:OF_A_PERSON])


def _shown(rows: Mapping[UUID, Matter], titles: Mapping[UUID, str | None], chosen: tuple[Likeness, ...]) -> list[Alike]:
    names = unit_names({rows[one.matter].holder for one in chosen})
    return [
        Alike(
            matter=one.matter,
            number=rows[one.matter].number,
            title=titles.get(one.matter, ""),
            stage=Stage(rows[one.matter].stage),
            holder=names.get(rows[one.matter].holder, rows[one.matter].holder),
            received_at=rows[one.matter].received_at,
            why=one.why,
        )
        for one in chosen
    ]
