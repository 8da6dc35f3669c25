"""How does the petitioner of a matter want to be told? Their own word, kept for this matter alone, changed any time."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from xinfang.models.notices import MessageWish
from xinfang.models.protection import protect
from xinfang.rules.lifecycle.values import tidy
from xinfang.rules.notices.messages import MessageWay
from xinfang.rules.refusals import RuleBroken
from xinfang.services.turns import take

LONGEST_MAIL = 254


@transaction.atomic
def wish(*, matter: UUID, way: str, mail: str, at: datetime) -> None:
    """Keep the wish in the place of an older one; an e-mail address is asked for only where it is of use."""
    if way not in set(MessageWay):
        raise RuleBroken("choice_unknown", field="way")
    take(matter)
    row = MessageWish(matter_id=matter, way=way, at=at)
    if way == MessageWay.MAIL:
        row.mail_sealed = protect(_real(mail).encode(), row.place)
    row.save()


def _real(mail: str) -> str:
    plain = tidy(mail)
    try:
        validate_email(plain)
    except ValidationError as unreal:
        raise RuleBroken("mail_unreal", field="mail") from unreal
    if len(plain) > LONGEST_MAIL:
        raise RuleBroken("mail_unreal", field="mail")
    return plain
