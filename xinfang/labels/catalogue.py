"""Words for what can be missing in the catalogue, and for the routes that are none of the Regulation's."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.catalogue.gaps import CatalogueGap

Words = str | Promise

CATALOGUE_GAPS: dict[CatalogueGap, Words] = {
    CatalogueGap.FEW_NAMES: _("叫法太少，群众不容易搜到"),
    CatalogueGap.NAME_OF_TWO: _("两个事项用了同一个叫法"),
    CatalogueGap.CLASS_WITHOUT_LINE: _("这一类还没有事项"),
    CatalogueGap.SHELF_WITHOUT_LINE: _("货架是空的"),
    CatalogueGap.NOBODY_THERE: _("这里没有对应的办理单位"),
}
OTHER_ROUTES: dict[str, Words] = {
    "service": _("直接办理，不走信访程序"),
    "accusation": _("不登记，另有专门渠道"),
}
