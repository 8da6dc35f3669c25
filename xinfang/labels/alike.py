"""Words for what is offered at the window as perhaps the same matter: what a person may decide, and the reasons."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.intake.alike import Choice, Why

Words = str | Promise

CHOICES: dict[Choice, Words] = {
    Choice.NEW: _("新的一件"),
    Choice.AGAIN: _("同一件，登记为再次来访"),
    Choice.JOIN: _("同一件，作为另一位信访人加入"),
}
WHY: dict[Why, Words] = {
    Why.SAME_PERSON: _("证件号或电话相同"),
    Why.SAME_PLACE: _("事发地相同"),
    Why.VERY_ALIKE: _("说的内容很像"),
    Why.SOMEWHAT_ALIKE: _("说的内容有些像"),
}
