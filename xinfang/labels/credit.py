"""Words for how a co-unit's part stands in the unit's own credit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.tasks.credit import Credit

CREDITS: dict[Credit, str | Promise] = {
    Credit.IN_TIME: _("按期办成"),
    Credit.LATE: _("逾期了结"),
    Credit.UNDATED: _("未定期限办成"),
    Credit.OPEN: _("在办"),
    Credit.OVERDUE: _("在办已逾期"),
    Credit.TAKEN_OFF: _("撤下或改派"),
}
