"""What the house suggests on the pages of triage and assignment, and which words caused it? A person decides.

What was offered goes into the event as codes, beside what was decided, so that agreement can be counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xinfang.labels.catalogue import OTHER_ROUTES
from xinfang.labels.codes import word
from xinfang.models import Unit
from xinfang.queries import catalogue
from xinfang.queries.dossier import Dossier
from xinfang.queries.precedents import precedents_for
from xinfang.queries.routes import procedures
from xinfang.queries.units import units_near
from xinfang.rules.catalogue.lines import Line
from xinfang.rules.catalogue.suggesting import OFFERED, Suggestion
from xinfang.rules.lifecycle.move import Move
from xinfang.rules.matters.codes import Route
from xinfang.web.parts.categories import category_word

TOLD = ("original_words", "demand", "facts", "wish")
LEADS_SHOWN = 2
RULINGS = frozenset({"uphold_objection", "rule_on_part"})


@dataclass(frozen=True)
class Offer:
    """One suggestion: `key` is what the event keeps of it, `fills` what its button writes into the form."""

    key: str
    name: str
    rows: tuple[tuple[str, str], ...]
    because: tuple[str, ...]
    fills: dict[str, str] = field(default_factory=dict)


def offers(dossier: Dossier, move: Move) -> list[Offer]:
    """At most three, the likeliest first; none for a move that decides nothing of the kind."""
    if move.name in RULINGS:
        return list(_ruled(dossier, "instead").values())
    if move.name not in {"triage", "assign"}:
        return []
    texts = [dossier.word(name) or "" for name in TOLD]
    found = catalogue.suggestions(dossier.word("title") or "", texts, dossier.asked.today)
    near = units_near(dossier.asked.actor, dossier.asked.today) if found else []
    open_to_all = [unit for unit in near if unit.code not in dossier.state.recused_units]
    if move.name == "assign":
        return _leads(dossier, found, open_to_all)
    names, shelves, area = catalogue.names(), catalogue.shelf_names(), dossier.matter.area
    return [
        _classes(
            one,
            names[one.line.key],
            shelves.get(one.line.shelf, one.line.shelf),
            catalogue.likely_units(one.line.units, open_to_all, area),
        )
        for one in found
    ]


def _classes(one: Suggestion, name: str, shelf: str, units: Iterable[Unit]) -> Offer:
    """A category with its shelf, route and likely lead units."""
    rows = [(_("内容分类"), category_word(one.line.category)), (_("货架"), shelf)]
    leads = "、".join(unit.short_name for unit in list(units)[:LEADS_SHOWN])
    if leads:
        rows.append((_("可能牵头"), leads))
    rows.append((_("途径"), route_word(one.line)))
    fills = {"item": one.line.key, "category": one.line.category}
    if not is_service(one.line):
        fills["route"] = one.line.route
    return Offer(one.line.key, name, tuple(rows), one.because, fills)


def is_service(line: Line) -> bool:
    """Is this simply done for people, without any procedure of the Regulation?"""
    return line.route not in set(Route)


def route_word(line: Line) -> str:
    return str(OTHER_ROUTES.get(line.route) or word(Route(line.route)))


def _leads(dossier: Dossier, found: list[Suggestion], near: list[Unit]) -> list[Offer]:
    """Units that may lead: by rulings on such matters, by what was decided at triage, by what the words alone say."""
    ordered = sorted(found, key=lambda one: one.line.key != dossier.state.item)
    may_lead = {unit.code for unit in near}
    offered = {code: offer for code, offer in _ruled(dossier, "lead").items() if code in may_lead}
    names = catalogue.names()
    for one in ordered:
        for unit in catalogue.likely_units(one.line.units, near, dossier.matter.area)[:LEADS_SHOWN]:
            row = (_("目录事项"), names[one.line.key])
            offered.setdefault(unit.code, Offer(unit.code, unit.short_name, (row,), one.because, {"lead": unit.code}))
    return list(offered.values())[:OFFERED]


def _ruled(dossier: Dossier, field_name: str) -> dict[str, Offer]:
    """Whom earlier rulings on matters of this kind named, the newest first."""
    offered: dict[str, Offer] = {}
    let_off = {task.unit for task in dossier.state.tasks if task.sent_back} | dossier.state.recused_units
    for one in precedents_for(dossier.state):
        if one.unit and one.unit not in let_off:
            words = _("%(day)s %(who)s裁定 %(document)s") % {
                "day": localtime(one.decided_at).date().isoformat(), "who": word(one.ruled_by),
                "document": one.document,
            }  # fmt: skip
            offer = Offer(one.unit, one.unit_name, ((_("先例"), words.strip()),), (), {field_name: one.unit})
            offered.setdefault(one.unit, offer)
    return offered


def keys_of(offered: Iterable[Offer]) -> str:
    """What the event keeps of what was shown."""
    return " ".join(offer.key for offer in offered)


def taken(typed: QueryDict, offered: Iterable[Offer]) -> QueryDict:
    """What was typed, with what the pressed suggestion fills in; a button that nobody offered fills nothing."""
    filled = typed.copy()
    pressed = next((offer for offer in offered if offer.key == typed.get("take")), None)
    for name, value in (pressed.fills if pressed else {}).items():
        filled[name] = value
    return filled


def from_procedure(typed: QueryDict) -> QueryDict:
    """What was typed, with body and way of the chosen procedure; what a person wrote in her own words stays."""
    table = procedures()
    chosen, filled = table.get(typed.get("procedure", "")), typed.copy()
    for name, texts in (("competent_body", {one.body for one in table.values()}),
                        ("how_to_apply", {one.how for one in table.values()})):  # fmt: skip
        if chosen and (not typed.get(name, "").strip() or typed[name] in texts):
            filled[name] = chosen.body if name == "competent_body" else chosen.how
    return filled
