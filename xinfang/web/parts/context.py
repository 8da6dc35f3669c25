"""What every page knows: the house, the language, large print; and for staff who they are and where they can go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xinfang.labels.people import ROLES
from xinfang.queries.house import House, house_of
from xinfang.queries.notices import unread_of
from xinfang.queries.risk import VIEWERS as RISK_VIEWERS
from xinfang.rules.hall.tickets import CALLERS
from xinfang.rules.lifecycle import contact_moves
from xinfang.rules.notices.messages import POSTERS
from xinfang.rules.people.administration import OFFICE_ROLES
from xinfang.rules.people.seats import Actor, Role
from xinfang.web.parts import drafts
from xinfang.web.parts.kiosk import kiosk_of
from xinfang.web.parts.requests import NOBODY, actor_from

ELDER_COOKIE = "elder"
BOARD_ROLES = frozenset({Role.SUPERVISOR, Role.PETITION_BUREAU, Role.CENTRE_DIRECTOR})
REGISTRARS = contact_moves.REGISTRARS


@dataclass(frozen=True)
class Place:
    """One entry of the navigation: the name of its page, its words, who has it, its shortcut."""

    page: str
    label: Any
    roles: frozenset[Role] = frozenset()
    shortcut: str = ""


PLACES = (
    Place("desk:queue", _("待办"), shortcut="g q"),
    Place("desk:intake", pgettext_lazy("do", "登记"), REGISTRARS, "g n"),
    Place("desk:search", _("搜索"), shortcut="g s"),
    Place("desk:supervision", _("督办台"), BOARD_ROLES, "g b"),
    Place("desk:risk", _("风险台"), RISK_VIEWERS, "g r"),
    Place("desk:hall", _("大厅"), CALLERS, "g h"),
    Place("desk:leading", _("包案"), frozenset({Role.LEADER})),
    Place("desk:figures", _("统计"), shortcut="g f"),
    Place("desk:letters", _("寄信"), POSTERS, "g l"),
    Place("desk:notices", _("通知"), shortcut="g i"),
    Place("office:home", _("管理"), OFFICE_ROLES),
)


def house(request: HttpRequest) -> dict[str, Any]:
    """For every page. Lazy, so that an error page needs no database."""
    known = _house(request)
    kiosk = kiosk_of(request) != ""
    return {
        "is_demo": SimpleLazyObject(lambda: known.is_demo),
        "centre": known,
        "lang": "en" if (get_language() or "").startswith("en") else "zh-CN",
        "kiosk": kiosk,
        "elder": kiosk or request.COOKIES.get(ELDER_COOKIE) == "1",
    }


def _house(request: HttpRequest) -> House:
    """The house, read once a request and only when a page says something of it."""

    def read() -> House:
        actor: Actor = getattr(request, "actor", NOBODY)
        # Whoever stands before a machine of a hall is in that hall.
        return house_of(actor.seats[0].unit if actor.seats else kiosk_of(request))

    if not hasattr(request, "house"):
        request.house = SimpleLazyObject(read)  # type: ignore[attr-defined]  # ours alone
    found: House = request.house  # type: ignore[attr-defined]  # set above
    return found


def desk(request: HttpRequest) -> dict[str, Any]:
    """For staff who are signed in; nothing for anybody else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    actor = actor_from(request)
    return {
        "viewer": user,
        "viewer_post": SimpleLazyObject(lambda: _post(request, actor)),
        "nav": SimpleLazyObject(lambda: _nav(request, actor)),
        "unread": SimpleLazyObject(lambda: unread_of(actor)),
        "notices_url": _address("desk:notices"),
        "desk_url": _address("desk:queue"),
        "intake_url": _address("desk:intake"),
        "sign_out_url": _address("sign_out"),
        # Lazy: a part of a page that a script asks for must not write the session.
        "draft_clear": SimpleLazyObject(lambda: drafts.to_clear(request)),
    }


def _post(request: HttpRequest, actor: Actor) -> str:
    if not actor.seats:
        return gettext("没有在任岗位")
    return gettext("%(unit)s %(role)s") % {"unit": _house(request).unit, "role": ROLES[actor.seats[0].role]}


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _nav(request: HttpRequest, actor: Actor) -> list[tuple[str, str, bool, str]]:
    here = request.path
    shown = [place for place in PLACES if not place.roles or actor.roles & place.roles]
    places = [(url, place) for place in shown if (url := _address(place.page))]
    best = max((url for url, _place in places if here.startswith(url)), key=len, default="")
    return [(url, str(place.label), url == best, place.shortcut) for url, place in places]
