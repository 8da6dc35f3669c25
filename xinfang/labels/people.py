"""Words for tiers, units, roles and the roll-out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinfang.rules.people.rollout import RolloutStatus
from xinfang.rules.people.seats import Role, Tier, UnitKind

Words = str | Promise

TIERS: dict[Tier, Words] = {Tier.DISTRICT: _("区级"), Tier.TOWNSHIP: _("乡镇街道级"), Tier.VILLAGE: _("村社区级")}

UNIT_KINDS: dict[UnitKind, Words] = {
    UnitKind.CENTRE: _("群众工作服务中心"),
    UnitKind.STATION: _("群众工作服务站"),
    UnitKind.ORGAN: _("有权处理机关"),
    UnitKind.BUREAU_OF_PETITIONS: _("信访局"),
    UnitKind.SUPERVISION_OFFICE: _("督查考核办"),
    UnitKind.DISCIPLINE: _("纪检监察机关"),
    UnitKind.OFFICE: _("成员站所"),
}

ROLES: dict[Role, Words] = {
    Role.WINDOW_CLERK: _("窗口接待员"),
    Role.CENTRE_DIRECTOR: _("中心主任"),
    Role.CENTRE_DEPUTY: _("中心副主任"),
    Role.MEMBER_OFFICER: _("成员单位人员"),
    Role.STATION_HEAD: _("村站长"),
    Role.STATION_MEMBER: _("村站成员"),
    Role.MEDIATOR: _("调解员"),
    Role.HANDLER: _("承办人"),
    Role.ORGAN_HEAD: _("单位负责人"),
    Role.LEGAL_REVIEWER: _("法制审核人"),
    Role.SUPERVISOR: _("督查考核办人员"),
    Role.PETITION_BUREAU: _("信访局人员"),
    Role.LEADER: _("接访包案领导"),
    Role.REVIEW_ORGAN: _("复查复核机构人员"),
    Role.DISCIPLINE_DESK: _("纪检监察联络员"),
    Role.POLICE_LIAISON: _("公安联络员"),
    Role.ADMINISTRATOR: _("系统管理员"),
    Role.PRIVACY_OFFICER: _("个人信息保护员"),
    Role.ARCHIVIST: _("档案员"),
    Role.CALLER: _("回访员"),
    Role.PETITIONER: _("信访人"),
    Role.SYSTEM: _("系统"),
}

ROLLOUT: dict[RolloutStatus, Words] = {
    RolloutStatus.NOT_STARTED: _("未启动"),
    RolloutStatus.PREPARING: _("筹建"),
    RolloutStatus.ESTABLISHED: _("已成立"),
    RolloutStatus.ACCEPTED: _("已验收"),
}
