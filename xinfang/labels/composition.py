"""Words for the founding composition: duties, origins, elders, places, and the rules that a gap breaks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.people.composition import CompositionRule, Duty, Elder, NamedOffice, Origin, Place

Words = str | Promise

DUTIES: dict[Duty, Words] = {
    Duty.DIRECTOR: _("主任（专职副书记）"),
    Duty.DEPUTY: _("副主任、副站长"),
    Duty.FULL_TIME: _("专职工作人员"),
    Duty.MEMBER: _("成员"),
    Duty.HEAD: _("站长、单位负责人"),
    Duty.MEDIATOR: _("调解员"),
    Duty.OFFICER: _("一般工作人员"),
}
ORIGINS: dict[Origin, Words] = {
    Origin.VILLAGE_COMMITTEE: _("村（社区）“两委”干部"),
    Origin.SELECTED_GRADUATE: _("到村任职选调生"),
    Origin.RESIDENT_TEAM: _("驻村工作队成员"),
    Origin.RESERVE_CADRE: _("村级后备干部"),
    Origin.FIVE_ELDERS: _("“五老”乡贤"),
}
ELDERS: dict[Elder, Words] = {
    Elder.OLD_CADRE: _("老干部"),
    Elder.OLD_SOLDIER: _("老战士"),
    Elder.OLD_EXPERT: _("老专家"),
    Elder.OLD_TEACHER: _("老教师"),
    Elder.OLD_MODEL: _("老模范"),
}
PLACES: dict[Place, Words] = {
    Place.OWN_HALL: _("独立大厅"),
    Place.COMPREHENSIVE_CENTRE: _("村（社区）综治中心"),
    Place.SHARED_ROOM: _("合用场所"),
}
NAMED_OFFICES: dict[NamedOffice, Words] = {
    NamedOffice.ORDER_OFFICE: _("综治办"),
    NamedOffice.PETITIONS_OFFICE: _("信访办"),
    NamedOffice.FARMING_STATION: _("农综站"),
    NamedOffice.LAND_OFFICE: _("国土所"),
    NamedOffice.POLICE_STATION: _("派出所"),
}
RULES: dict[CompositionRule, Words] = {
    CompositionRule.DIRECTOR: _("主任 1 名，由专职副书记担任"),
    CompositionRule.DEPUTY: _("副主任 1 名，由司法所所长担任"),
    CompositionRule.FULL_TIME: _("专职工作人员 2 名"),
    CompositionRule.MEMBERS: _("成员 6 至 10 名，来自综治办、信访办、农综站、国土所、派出所等站所"),
    CompositionRule.HEAD_COUNT: _("合计 10 至 14 人"),
    CompositionRule.PLACE: _("集中办公，登记办公场所"),
    CompositionRule.STATION_HEADS: _("站长 1 名、副站长 1 名（没有驻村工作队的除外）"),
    CompositionRule.STATION_MEMBERS: _("成员 3 至 5 名，来自五类人员"),
}
ABOUT: dict[str, Words] = {
    "place": _("办公场所"),
    "home_unit": _("写明原单位的成员"),
    "origin": _("写明来源的成员"),
}


def about(code: str) -> Words:
    """What a gap is about: a duty, a named office, or something missing."""
    if code in set(Duty):
        return DUTIES[Duty(code)]
    if code in set(NamedOffice):
        return NAMED_OFFICES[NamedOffice(code)]
    return ABOUT.get(code, code)
