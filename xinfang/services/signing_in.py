"""Who signs in with this name and password? Wrong ones make the next try wait, nobody is locked out (E3, S-14)."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction

from xinfang.models import User
from xinfang.rules.access.delays import NUMBER
from xinfang.rules.refusals import RuleBroken
from xinfang.services import attempts


def signed_in(
    *, username: str, password: str, address: str, at: datetime, here: bool = False, known: bool = False
) -> User:
    """The account of this name and password; an unknown name and a wrong password are one refusal.

    `here`: the browser runs on this very machine, the only place for accounts of the demo. `known`: this browser has
    signed in with this name before, so that a stranger who keeps guessing elsewhere does not slow its owner down.
    """
    subjects = attempts.subjects_of(what="sign-in", number=username.casefold(), address=address, at=at)
    if known:
        subjects = {subject: patience for subject, patience in subjects.items() if patience is not NUMBER}
    user = None
    with transaction.atomic():
        rows = attempts.locked(subjects, at=at)
        wait = attempts.seconds_left(subjects, rows, at)
        if not wait:
            user = _proved(username, password, here=here)
            if user is None:
                attempts.failed(rows, at=at)
            else:
                attempts.succeeded(subjects)
    if wait:
        raise RuleBroken("wait_before_trying", seconds=wait)
    if user is None:
        raise RuleBroken("sign_in_failed")
    return user


def _proved(username: str, password: str, *, here: bool) -> User | None:
    user = authenticate(username=username, password=password)
    return user if isinstance(user, User) and (here or not user.is_demo) else None
