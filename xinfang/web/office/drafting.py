"""Writing into the draft of the catalogue, whatever is written: what one edits, and what is said when it is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from xinfang.queries import catalogue_versions
from xinfang.web.office.forms import OfficeForm
from xinfang.web.parts.requests import StaffRequest


def edited() -> tuple[catalogue_versions.Held, int]:
    """What one edits, the draft or else what holds; and the number of the draft that will have the change."""
    row = catalogue_versions.draft()
    if row:
        return catalogue_versions.held(row), row.pk
    holds = catalogue_versions.in_force()
    return holds, holds.number + 1


def written(request: StaffRequest, form: OfficeForm, act: Callable[[], Any]) -> bool:
    """Write it into the draft and say so, or say in the form why not."""
    done = form.carried_out(act) is not None
    if done:
        messages.success(request, _("已写进草案，还没有生效。改好以后由信访局另一个人发布。"))
    return done
