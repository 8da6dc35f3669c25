"""Words for what came of a procedure beside a petition; `policies/routes.yaml` names the procedures themselves."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.routes.codes import ExternalOutcome

Words = str | Promise

OUTCOMES: dict[ExternalOutcome, Words] = {
    ExternalOutcome.GRANTED: _("支持"),
    ExternalOutcome.PARTLY: _("部分支持"),
    ExternalOutcome.REFUSED: _("驳回或者维持"),
    ExternalOutcome.SETTLED: _("调解、和解结案"),
    ExternalOutcome.WITHDRAWN: _("申请人撤回"),
    ExternalOutcome.NOT_TAKEN: _("不予受理"),
}
