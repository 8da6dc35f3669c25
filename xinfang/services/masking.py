"""Taking words, people and files out of the ledger where the law demands it; the events and their hashes stay (PI§47).

`verify` then says "masked by event n" instead of calling it a loss. Masked salts are gone: the hash in the event no
longer says anything about the text.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from xinfang.gateways import files as shelf
from xinfang.models import Attachment, Contact, Event, Matter, Notice, OutgoingMessage, Party, Person, ProtectedText
from xinfang.models.notices import MessageWish
from xinfang.models.protection import SEARCHED, searchable
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Actor, Role
from xinfang.rules.refusals import RuleBroken
from xinfang.services.ledger import Draft, When
from xinfang.services.turns import Turn, take

MASKING_ROLES = frozenset({Role.PRIVACY_OFFICER})
COLUMNS = ("name", "id_number", "phone", "address")
NOTHING = b""


@dataclass(frozen=True)
class SealedContent:
    """What was in a matter, handed over once: texts by event and field, people by column, files by name."""

    texts: tuple[tuple[int, str, str], ...]
    people: tuple[dict[str, str], ...]
    files: tuple[tuple[str, bytes], ...]


@transaction.atomic
def mask_text(*, matter: UUID, seq: int, field: str, basis: str, by: Actor, at: datetime) -> None:
    """Mask one text of a matter. `basis` is the code of the legal ground; raises `no_such_text`."""
    turn = _allowed(matter, by, basis)
    text = ProtectedText.objects.filter(chain_id=matter, seq=seq, field=field, sealed__isnull=False)
    if not text.exists():
        raise RuleBroken("no_such_text", field="field")
    _record(turn, {"seq": seq, "field": field, "basis": basis}, by, at)
    text.update(sealed=None, salt=NOTHING, masked_by=turn.state.seq)
    _search_words(matter)
    turn.finish()


@transaction.atomic
def mask_person(*, matter: UUID, person: UUID, basis: str, by: Actor, at: datetime) -> None:
    """Mask who somebody is; that there was a person with this part in the matter stays."""
    turn = _allowed(matter, by, basis)
    if not Party.objects.filter(matter_id=matter, person_id=person, person__masked_at__isnull=True).exists():
        raise RuleBroken("no_such_person", field="person")
    _record(turn, {"person": str(person), "basis": basis}, by, at)
    _forget([person], at)
    corrections = Event.objects.filter(chain_id=matter, type=EventType.PARTY_CORRECTED, payload__person=str(person))
    for text in ProtectedText.objects.filter(chain_id=matter, seq__in=corrections.values("seq"), sealed__isnull=False):
        _record(turn, {"seq": text.seq, "field": text.field, "basis": basis}, by, at)
        ProtectedText.objects.filter(pk=text.pk).update(sealed=None, salt=NOTHING, masked_by=turn.state.seq)
    turn.finish()


@transaction.atomic
def mask_file(*, matter: UUID, file: UUID, basis: str, by: Actor, at: datetime) -> None:
    """Mask one file: its name and its bytes are gone once this is committed."""
    turn = _allowed(matter, by, basis)
    row = Attachment.objects.filter(matter_id=matter, pk=file, masked_by__isnull=True).first()
    if row is None:
        raise RuleBroken("no_such_file", field="file")
    _record(turn, {"file": str(file), "basis": basis}, by, at)
    _remove([row], turn.state.seq)
    turn.finish()


def seal(*, matter: UUID, seq: int, at: datetime) -> SealedContent:
    """Empty a matter of everything but its events, under the event `seq` that sealed it, and return what was there."""
    texts = list(ProtectedText.objects.filter(chain_id=matter, sealed__isnull=False).order_by("seq", "field"))
    people = list(Person.objects.filter(parties__matter_id=matter, masked_at__isnull=True).distinct())
    papers = list(Attachment.objects.filter(matter_id=matter, masked_by__isnull=True).order_by("seq", "id"))
    content = SealedContent(
        tuple((text.seq, text.field, text.text or "") for text in texts),
        tuple({name: person.opened(name) for name in COLUMNS} for person in people),
        tuple((paper.name, shelf.read(paper.pk, paper.stored)) for paper in papers),
    )
    ProtectedText.objects.filter(chain_id=matter).update(sealed=None, salt=NOTHING, masked_by=seq)
    _forget([person.pk for person in people], at)
    _remove(papers, seq)
    Matter.objects.filter(pk=matter).update(tokens=[], outline=[], code_hash=None, body_hash=None)
    Contact.objects.filter(matter=matter).update(code_hash=None)
    Notice.objects.filter(matter=matter).delete()
    OutgoingMessage.objects.filter(matter=matter).delete()
    MessageWish.objects.filter(matter=matter).delete()
    return content


def _allowed(matter: UUID, by: Actor, basis: str) -> Turn:
    if not by.roles & MASKING_ROLES:
        raise RuleBroken("role_may_not", move="mask")
    if not basis:
        raise RuleBroken("field_required", field="basis")
    turn = take(matter)
    if turn.state.sealed:
        raise RuleBroken("not_found")
    return turn


def _record(turn: Turn, payload: dict[str, object], by: Actor, at: datetime) -> None:
    turn.record(Draft(EventType.MASKED, payload), When.now(at), by, MASKING_ROLES)


def _forget(people: list[UUID], at: datetime) -> None:
    MessageWish.objects.filter(matter__parties__person__in=people).delete()
    Person.objects.filter(pk__in=people).update(
        **{f"{name}_sealed": None for name in COLUMNS},
        id_number_index=None,
        phone_index=None,
        id_type="",
        accessibility_needs=[],
        masked_at=at,
    )


def _remove(papers: list[Attachment], seq: int) -> None:
    """The bytes go when the transaction is committed; if that fails, the orphan sweep finds them."""
    Attachment.objects.filter(pk__in=[paper.pk for paper in papers]).update(
        masked_by=seq, name_sealed=NOTHING, salt=NOTHING
    )
    for paper in papers:
        transaction.on_commit(partial(shelf.remove, paper.stored))


def _search_words(matter: UUID) -> None:
    """What was masked is found by no search any more."""
    texts = ProtectedText.objects.filter(chain_id=matter, seq=1, field__in=SEARCHED, sealed__isnull=False)
    words = {text.field: text.text or "" for text in texts}
    Matter.objects.filter(pk=matter).update(**searchable(words))
