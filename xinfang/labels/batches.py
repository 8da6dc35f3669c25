"""Words for the items of a batch."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.labels.import_refusals import IMPORT_REFUSALS
from xinfang.labels.refusals import REFUSALS
from xinfang.rules.intake.batch_rows import ItemState, Problem

Words = str | Promise

ITEM_STATES: dict[ItemState, Words] = {
    ItemState.ENTERED: _("已登记"),
    ItemState.SUSPECTED: _("疑似已有事项，等人工确认"),
    ItemState.LINKED: _("已关联"),
    ItemState.BLOCKED: _("待补正"),
    ItemState.DIVERTED: _("转检举控告程序"),
}
KNOWN: Words = _("以前已导入")
REFUSED: Words = _("没有导入")


def problem_words(problem: Problem) -> str:
    """The sentence for a problem in a cell."""
    sentence = IMPORT_REFUSALS.get(problem.code) or REFUSALS[problem.code]
    return str(sentence) % {"field": problem.column, **problem.facts}
