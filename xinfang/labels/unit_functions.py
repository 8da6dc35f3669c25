"""Words for what a unit is there for: the functions that the catalogue and the composition refer to (A-14)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

FUNCTIONS: dict[str, Words] = {
    "centre": _("群众工作服务中心"),
    "station": _("群众工作服务站"),
    "petitions": _("信访局"),
    "supervision": _("督查考核"),
    "discipline": _("纪检监察"),
    "government": _("区人民政府"),
    "callback": _("回访"),
    "township_government": _("乡镇政府、街道办事处"),
    "order_office": _("综治办"),
    "petitions_office": _("信访办"),
    "farming_station": _("农综站"),
    "land_office": _("国土所"),
    "police_station": _("派出所"),
    "judicial_office": _("司法所"),
    "civil_affairs_office": _("社会事务办"),
    "labour": _("人力资源和社会保障"),
    "natural_resources": _("自然资源"),
    "housing": _("住房和城乡建设"),
    "environment": _("生态环境"),
    "health": _("卫生健康"),
    "urban_management": _("城市管理"),
    "market": _("市场监管"),
    "education": _("教育"),
    "civil_affairs": _("民政"),
    "transport": _("交通运输"),
    "agriculture": _("农业农村"),
    "police": _("公安"),
    "justice": _("司法行政"),
    "data": _("数据管理"),
}
