"""Is it the petitioner? One-time codes to their own phone and sealed slips: proofs that staff never see (product).

Only keyed hashes stay here. Withdrawing, rating and 息访 need one of them; reading needs the query code alone.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.db import transaction
from django.db.models import F

from xinfang.models import Chain, PhoneCode, SealedSlip
from xinfang.models.protection import code_hash
from xinfang.queries.reaching import own_phone
from xinfang.rules.clocks.duties import local_day
from xinfang.rules.matters.codes import Proof
from xinfang.rules.matters.events import HouseEvent
from xinfang.rules.matters.numbers import read_code, slip_serial
from xinfang.rules.people import administration as may
from xinfang.rules.people.seats import Actor
from xinfang.rules.refusals import RuleBroken
from xinfang.services import attempts
from xinfang.services.house import record
from xinfang.services.ledger import lock_chain
from xinfang.services.outbox import codes_to, enqueue_code, texts_go_out

VALID_FOR = timedelta(minutes=5)
SEND_AGAIN_AFTER = timedelta(seconds=60)
MOST_FAILURES = 5
MOST_A_DAY = 10


@dataclass(frozen=True)
class Proved:
    """A proof that was right, and the one-time code that it uses up, if it is one."""

    way: Proof
    phone_code: int | None = None

    @property
    def actor(self) -> Actor:
        return Actor(user_id=None, petitioner=True, proof=self.way.value)


@transaction.atomic
def send_phone_code(*, matter: UUID, at: datetime) -> datetime:
    """Send six digits to the petitioner's own phone and return when they expire.

    Raises `no_message_gateway`, `no_phone_on_file`, `phone_proves_later` while a phone that staff wrote down proves
    nothing, `code_sent_just_now` within a minute of the last one, and `codes_too_many` after ten in a day.
    """
    _lock(matter)
    if not texts_go_out():
        raise RuleBroken("no_message_gateway")
    phone = own_phone(matter)
    if not phone.number:
        raise RuleBroken("no_phone_on_file")
    if not phone.proves(at):
        raise RuleBroken("phone_proves_later", day=local_day(phone.paused_until or at))
    last = PhoneCode.objects.filter(matter_id=matter).order_by("-sent_at").first()
    if last is not None and at - last.sent_at < SEND_AGAIN_AFTER:
        raise RuleBroken("code_sent_just_now", seconds=60 - int((at - last.sent_at).total_seconds()))
    since = at - timedelta(days=1)
    of_this = PhoneCode.objects.filter(matter_id=matter, sent_at__gt=since).count()
    if max(of_this, codes_to(phone.number, since)) >= MOST_A_DAY:
        raise RuleBroken("codes_too_many", most=MOST_A_DAY)
    code = f"{secrets.randbelow(10**6):06d}"
    row = PhoneCode.objects.create(
        matter_id=matter, code_hash=code_hash(code, str(matter)), sent_at=at, expires_at=at + VALID_FOR
    )
    key = f"phone-code:{row.pk}"
    enqueue_code(effect_key=key, matter=matter, phone=phone.number, code=code, at=at, until=row.expires_at)
    return row.expires_at


def forget_codes(matter: UUID, at: datetime) -> None:
    """What was sent to a phone that is the petitioner's no more proves nothing from now on."""
    PhoneCode.objects.filter(matter_id=matter, used_at__isnull=True, expires_at__gt=at).update(expires_at=at)


def _lock(matter: UUID) -> None:
    try:
        lock_chain(matter)
    except Chain.DoesNotExist:
        raise RuleBroken("not_found") from None


def prove(*, matter: UUID, way: str, code: str, address: str, at: datetime) -> Proved:
    """Check a proof and return it; a wrong one is counted and refused beside the field `code`."""
    if way == Proof.PHONE_CODE:
        return _by_phone(matter, code, at)
    if way == Proof.SEALED_SLIP:
        return _by_slip(matter, code, address, at)
    raise RuleBroken("choice_unknown", field="way")


def _by_phone(matter: UUID, code: str, at: datetime) -> Proved:
    tried = code_hash("".join(code.split()), str(matter))
    with transaction.atomic():
        _lock(matter)
        live = PhoneCode.objects.filter(
            matter_id=matter, used_at__isnull=True, expires_at__gt=at, failures__lt=MOST_FAILURES
        )
        right = [row.pk for row in live if compare_digest(bytes(row.code_hash), tried)]
        if not right:
            live.update(failures=F("failures") + 1)
    if not right:
        raise RuleBroken("proof_wrong", field="code")
    return Proved(Proof.PHONE_CODE, right[0])


def _by_slip(matter: UUID, code: str, address: str, at: datetime) -> Proved:
    slips = list(SealedSlip.objects.filter(matter_id=matter))
    if not slips:
        raise RuleBroken("no_slip", field="code")
    subjects = attempts.subjects_of(what="slip", number=str(matter), address=address, at=at)
    typed = read_code(code) or ""
    with transaction.atomic():
        rows = attempts.locked(subjects, at=at)
        wait = attempts.seconds_left(subjects, rows, at)
        right = any(compare_digest(bytes(slip.code_hash), code_hash(typed, slip.serial)) for slip in slips)
        if not wait and right:
            attempts.succeeded(subjects)
        elif not wait:
            attempts.failed(rows, at=at)
    if wait:
        raise RuleBroken("wait_before_trying", field="code", seconds=wait)
    if not right:
        raise RuleBroken("slip_code_wrong", field="code")
    return Proved(Proof.SEALED_SLIP)


def use_up(proved: Proved, *, at: datetime) -> None:
    """Spend a one-time code inside the transaction of what it proves; two presses cannot spend it twice."""
    if proved.phone_code is None:
        return
    if not PhoneCode.objects.filter(pk=proved.phone_code, used_at__isnull=True).update(used_at=at):
        raise RuleBroken("proof_wrong", field="code")


@transaction.atomic
def issue_slips(*, count: int, by: Actor, at: datetime) -> list[tuple[str, str]]:
    """New slips as (serial, code) for the printer that seals them; only hashes of the codes stay here."""
    may.require(may.may_administer(by))
    if not 1 <= count <= 10_000:
        raise RuleBroken("number_out_of_range", field="count", least=1, most=10_000)
    slips: dict[str, str] = {}
    while len(slips) < count:
        slips[slip_serial(secrets.token_bytes(7))] = f"{secrets.randbelow(10**12):012d}"
    SealedSlip.objects.bulk_create(
        SealedSlip(serial=serial, code_hash=code_hash(code, serial), issued_at=at) for serial, code in slips.items()
    )
    record(HouseEvent.SLIPS_ISSUED, {"count": count}, by=by, at=at)
    return list(slips.items())
