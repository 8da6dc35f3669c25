"""Words for the fields of the catalogue, for what is missing in it, and for routes outside the Regulation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.catalogue.gaps import CatalogueGap
from xinfang.rules.catalogue.lessons import LessonState

Words = str | Promise

CATALOGUE_GAPS: dict[CatalogueGap, Words] = {
    CatalogueGap.FEW_NAMES: _("叫法太少，群众不容易搜到"),
    CatalogueGap.NAME_OF_TWO: _("两个事项用了同一个叫法"),
    CatalogueGap.CLASS_WITHOUT_LINE: _("这一类还没有事项"),
    CatalogueGap.SHELF_WITHOUT_LINE: _("货架是空的"),
    CatalogueGap.LINE_WITHOUT_SHELF: _("没有放上货架，首页找不到"),
    CatalogueGap.NOBODY_THERE: _("这里没有对应的办理单位"),
}
OTHER_ROUTES: dict[str, Words] = {
    "service": _("直接办理，不走信访程序"),
    "accusation": _("不登记，另有专门渠道"),
}
CATALOGUE_FIELDS: dict[str, Words] = {
    "zh": _("群众看到的名字"),
    "en": _("英文名字"),
    "shelf": _("货架"),
    "category": _("内容分类"),
    "route": _("途径"),
    "units": _("可能牵头"),
    "elsewhere": _("也可以找"),
    "synonyms": _("别的叫法"),
    "words": _("常用词"),
    "example": _("例句"),
    "papers": _("要带的材料"),
    "limit": _("多久有结果"),
    "from_on": _("从哪天起用"),
    "until_on": _("用到哪天"),
}
LESSON_STATES: dict[LessonState, Words] = {
    LessonState.WAITING: _("等后台学习"),
    LessonState.LEARNED: _("学好了，没有在用"),
    LessonState.TOO_FEW: _("事项太少，没有学成"),
    LessonState.FAILED: _("没有完成"),
    LessonState.LEFT: _("不用，已删除"),
}
SHELF_FIELDS: dict[str, Words] = {
    "zh": _("货架名字"),
    "en": _("英文名字"),
    "eg": _("一行例子"),
    "shape": _("图形"),
    "place": _("第几个"),
}
SHAPE_NAMES: dict[str, Words] = {
    "work": _("公文包"),
    "land": _("房子"),
    "home": _("两个人"),
    "care": _("爱心和十字"),
    "noise": _("叶子"),
    "village": _("旗子"),
    "trade": _("票据"),
    "any": _("说话"),
}
