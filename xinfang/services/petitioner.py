"""What may a petitioner do from home? Submit, look up, add, urge, object, withdraw, rate, put at rest (promise 7)."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from xinfang.gateways.files import Upload
from xinfang.models import Contact, Event, Matter
from xinfang.models.protection import code_hash
from xinfang.rules.access.petitioner_sight import whose
from xinfang.rules.access.sight import may_see
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.intake.materials import require_adding
from xinfang.rules.intake.privacy_notice import VERSION
from xinfang.rules.intake.window import CODE_GIVERS
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.matters.codes import Channel
from xinfang.rules.matters.events import EventType
from xinfang.rules.matters.numbers import read_code, read_number
from xinfang.rules.matters.state import MatterState
from xinfang.rules.mediation.codes import AnsweredHow
from xinfang.rules.mediation.file import PETITIONER as FIRST_PARTY
from xinfang.rules.people.seats import PETITIONER, Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services import attempts, proofs
from xinfang.services.intake import Receipt, new_code
from xinfang.services.ledger import Draft, When
from xinfang.services.materials import add_material, register_with_files
from xinfang.services.matters import perform
from xinfang.services.turns import take

WORDS_MOST = 20_000


@transaction.atomic
def submit(*, values: Mapping[str, Any], key: UUID, at: datetime, files: Sequence[Upload] = ()) -> Receipt:
    """Register what a citizen wrote on the web; any number of presses with one key is one matter.

    The query code follows from the key, which the citizen's own session alone holds, and from a key outside the
    database. So an answer that was lost can be given again, word for word, to the session that asked first. `code` is
    "" when another code took its place since.
    """
    receipt = register_with_files(
        values={**values, "channel": Channel.WEB.value, "notice": VERSION},
        files=files,
        by=PETITIONER,
        at=at,
        submission_key=key,
    )
    code = _first_code(key)
    hashed = code_hash(code, receipt.number)
    if not receipt.repeated:
        Matter.objects.filter(pk=receipt.matter).update(code_hash=hashed)
        return Receipt(receipt.matter, receipt.number, code)
    same = Matter.objects.filter(pk=receipt.matter, code_hash=hashed).exists()
    return Receipt(receipt.matter, receipt.number, code if same else "", repeated=True)


def _first_code(key: UUID) -> str:
    mac = hmac.new(settings.XINFANG_KEYS["code_key"], b"first code|" + key.bytes, hashlib.sha256).digest()
    return f"{int.from_bytes(mac) % 10**12:012d}"


class Opened(NamedTuple):
    """A matter, and the event with which those came into it whose code it was; 1: whoever brought it."""

    matter: UUID
    came_with: int = 1


def open_by_code(*, number: str, code: str, address: str, at: datetime) -> Opened:
    """The matter of this number and query code, as anybody types them.

    A wrong number and a wrong code are one refusal, found by the same work. Failures make the next try wait.
    """
    read = read_number(number) or ""
    subjects = attempts.subjects_of(what="query", number=read or number[:40], address=address, at=at)
    with transaction.atomic():
        rows = attempts.locked(subjects, at=at)
        wait = attempts.seconds_left(subjects, rows, at)
        matter = _matching(read, read_code(code) or "")
        if not wait and matter is not None:
            attempts.succeeded(subjects)
        elif not wait:
            attempts.failed(rows, at=at)
    if wait:
        raise RuleBroken("wait_before_trying", seconds=wait)
    if matter is None:
        raise RuleBroken("number_or_code_wrong")
    return matter


def _matching(number: str, code: str) -> Opened | None:
    """Whose code it is. The same is asked and compared for a number that is not there."""
    tried = code_hash(code, number)
    first = Matter.objects.filter(number=number, sealed=False).values_list("pk", "code_hash")
    # Out of a matter that is kept secret, or whose first petitioner is not safe at home, whoever joined it is out too.
    open_to_all = Contact.objects.filter(matter__number=number, matter__sealed=False, matter__restricted=False)
    joined = open_to_all.filter(matter__address_kept_at__isnull=True, code_hash__isnull=False)
    known: list[tuple[Opened | None, Any]] = [(Opened(pk), kept) for pk, kept in first]
    rows = joined.order_by("seq").values_list("matter", "seq", "code_hash")
    known += [(Opened(pk, seq), kept) for pk, seq, kept in rows]
    known = known or [(None, b"\x00" * 32)]
    right = [opened for opened, kept in known if hmac.compare_digest(bytes(kept or b""), tried)]
    return right[0] if right else None


@transaction.atomic
def renew_code(*, matter: UUID, by: Actor, at: datetime, came_with: int = 1) -> str:
    """Give the petitioner a new query code; the old one dies at once and they are told of it.

    `came_with`: the event with which somebody joined whose code it is; 1: whoever brought the matter.
    """
    turn = take(matter)
    if not may_see(turn.state, by, at):
        raise RuleBroken("not_found")
    if not by.roles & CODE_GIVERS:
        raise RuleBroken("code_at_the_window_only")
    code = new_code()
    hashed = code_hash(code, turn.state.number)
    if came_with == 1:
        Matter.objects.filter(pk=matter).update(code_hash=hashed)
    elif not _with_code(matter, came_with).update(code_hash=hashed):
        raise RuleBroken("not_found")
    turn.record(Draft(EventType.CODE_RENEWED), When.now(at), by.on_part_of(came_with))
    turn.finish()
    return code


def _with_code(matter: UUID, came_with: int) -> QuerySet[Contact]:
    """The contact with which somebody joined, if somebody did."""
    joined = Event.objects.filter(chain_id=matter, type=EventType.PARTY_ADDED, seq=came_with)
    return Contact.objects.filter(matter_id=matter, seq__in=joined.values("seq"))


@transaction.atomic
def add(*, matter: UUID, words: str, files: Sequence[Upload], at: datetime, by: Actor = PETITIONER) -> MatterState:
    """More words or files from the petitioner, at any time; whoever handles the matter is told."""
    text = tidy(words)
    if not text and not files:
        raise RuleBroken("field_required", field="words")
    if len(text) > WORDS_MOST:
        raise RuleBroken("text_too_long", field="words", most=WORDS_MOST)
    if files:
        add_material(matter=matter, by=by, at=at, files=files)
    turn = take(matter)
    if not may_see(turn.state, by, at):
        raise RuleBroken("not_found")
    require_adding(turn.state, by)
    if text:
        turn.record(Draft(EventType.MATERIAL_ADDED, {"by_petitioner": True}, {"words": text}), When.now(at), by)
    return turn.finish()


@transaction.atomic
def urge(*, matter: UUID, words: str, at: datetime, by: Actor = PETITIONER) -> MatterState:
    """Urge whoever handles it; once a day, so that the next one is read as well. Who joined urges beside the others."""
    take(matter)
    urged = Event.objects.filter(chain_id=matter, type=EventType.URGED)
    own = [event.occurred_at for event in urged if whose(event.plain()) == by.came_with]
    if any(local_day(moment) == local_day(at) for moment in own):
        raise RuleBroken("urged_today")
    return perform("urge", matter=matter, by=by, at=at, values={"words": words})


def answer_mediation(*, matter: UUID, answer: str, at: datetime) -> MatterState:
    """Consent to being mediated, or decline: no reason is asked, and nothing else follows from it (人民调解法 17)."""
    said = {
        "party": FIRST_PARTY,
        "party_answer": answer,
        "answered_how": AnsweredHow.ONLINE.value,
        "answered_on": local_day(at),
    }
    return perform("answer_mediation", matter=matter, by=PETITIONER, at=at, values=said)


@transaction.atomic
def contest_refusal(*, matter: UUID, reason: str, at: datetime, by: Actor = PETITIONER) -> MatterState:
    """Object to not being accepted; another organ than the refusing one decides (domain 2.4 e)."""
    if take(matter).state.refusal_ground is None:
        raise RuleBroken("nothing_refused")
    return perform("contest_refusal", matter=matter, by=by, at=at, values={"reason": reason})


def declare(
    *,
    matter: UUID,
    acts: Sequence[tuple[str, Mapping[str, Any]]],
    way: str,
    code: str,
    address: str,
    at: datetime,
) -> MatterState:
    """Make statements that only the petitioner can make, all under one proof, all or none."""
    proved = proofs.prove(matter=matter, way=way, code=code, address=address, at=at)
    with transaction.atomic():
        proofs.use_up(proved, at=at)
        for move, values in acts:
            state = perform(move, matter=matter, by=proved.actor, at=at, values=values)
    return state
