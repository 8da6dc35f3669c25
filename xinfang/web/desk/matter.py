"""The page of one matter: what it is, where it stands, what happened, and what this person may do next."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xinfang.labels.moves import MEANING, MOVES
from xinfang.labels.refusals import word
from xinfang.models import Party
from xinfang.queries.dossier import Dossier, dossier_for
from xinfang.queries.looks import looks_at, open_look
from xinfang.queries.materials import papers_of
from xinfang.queries.people import user_names
from xinfang.queries.units import unit_names
from xinfang.rules.access.masking import masked_name, masked_number
from xinfang.rules.access.petitioner_sight import shown
from xinfang.rules.access.safety import reads_address, reads_safety
from xinfang.rules.access.sight import may_open_identity, only_mediates
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.clocks.lateness import level_of
from xinfang.rules.intake.materials import may_add
from xinfang.rules.intake.window import CODE_GIVERS
from xinfang.rules.lifecycle.allowed import allowed_moves
from xinfang.rules.lifecycle.likely import is_rare, likeliest_first
from xinfang.rules.lifecycle.move import Move
from xinfang.rules.people.seats import Role
from xinfang.rules.refusals import RuleBroken
from xinfang.rules.sessions.calling import may_convene
from xinfang.services.looks import IDENTITY, REASON_MOST, open_identity
from xinfang.web.desk import sheets
from xinfang.web.desk.pressing import pressing_rights, routes_in_words
from xinfang.web.desk.sessions_words import session_lines
from xinfang.web.desk.timeline import entries_of
from xinfang.web.parts.clocks import ClockView, anchor, clock_view, five
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.mediation import mediations_in_words
from xinfang.web.parts.printable import printable
from xinfang.web.parts.requests import StaffRequest
from xinfang.web.parts.reviews import reviews_in_words

WATCHERS = frozenset({Role.CENTRE_DIRECTOR, Role.PETITION_BUREAU})


def found(request: StaffRequest, number: str) -> Dossier:
    """The dossier of that number, or the 404 of what is not there."""
    dossier = dossier_for(request.actor, number, request.now)
    if dossier is None:
        raise Http404
    return dossier


@staff()
def show(request: StaffRequest, number: str) -> HttpResponse:
    """Everything about one matter."""
    dossier = found(request, number)
    clocks = clocks_in_words(dossier)
    rows = sheets.clock_rows(dossier, clocks)
    seen = {event.seq: shown(event) for event in dossier.events}
    reachable = may_reach(dossier, request)
    context: dict[str, Any] = {
        "dossier": dossier,
        "matter": dossier.matter,
        "state": dossier.state,
        "title": dossier.word("title"),
        "in_charge": dossier.person(dossier.state.in_charge),
        "story": sheets.story(dossier),
        "clocks": five(clocks),
        "clock_rows": rows,
        "entries": entries_of(dossier, seen),
        "statutory": [row for row in rows if row["is_law"] and row["clock"].is_running],
        "mediations": mediations_in_words(dossier),
        "reviews": reviews_in_words(dossier.state, dossier.events, dossier.texts, dossier.unit),
        "pressing": pressing_rights(dossier),
        "routes": routes_in_words(dossier),
        "printable": printable(dossier),
        "papers": [] if only_mediates(dossier.state, request.actor, request.now) else papers_of(dossier.matter.pk),
        "may_add": may_add(dossier.state, request.actor),
        "parties": [party_in_words(party, reachable=reachable) for party in dossier.parties],
        "safety_until": dossier.state.safety_until if may_read_safety(dossier, request) else None,
        "may_correct": reachable and bool(request.actor.roles & CODE_GIVERS),
        "may_open": may_open_identity(dossier.state, request.actor, request.now),
        "session_lines": session_lines(dossier),
        "may_convene": may_convene(dossier.state, request.actor),
        **moves_in_words(dossier),
        **sheets.all_of(dossier),
        **_looks(request, dossier),
    }
    return render(request, "desk/matter.html", context)


def may_reach(dossier: Dossier, request: StaffRequest) -> bool:
    """May this person know address and phone, once identity may be opened?"""
    return reads_address(dossier.state, request.actor, request.now)


def may_read_safety(dossier: Dossier, request: StaffRequest) -> bool:
    """Is a safety concern open that this person may read?"""
    return reads_safety(dossier.state, request.actor, request.now)


def clocks_in_words(dossier: Dossier) -> list[ClockView]:
    """Every clock, each leading to the line that met it or to how its date was counted."""
    lines = {event.occurred_at: event.seq for event in reversed(dossier.events)}

    def href(clock: Clock) -> str:
        met = lines.get(clock.met_at) if clock.met_at else None
        return f"#line-{met}" if met else reverse("desk:clock", args=[dossier.matter.number, anchor(clock)])

    asked = dossier.asked
    return [
        clock_view(clock, asked.at, level_of(asked.state, clock, asked.at, asked.counting), href=href)
        for clock in asked.clocks
    ]


def moves_in_words(dossier: Dossier) -> dict[str, Any]:
    """What this person may do now, the likeliest first; what is rarely meant stands apart."""
    moves = likeliest_first(allowed_moves(dossier.asked), dossier.state)

    def words(move: Move) -> dict[str, Any]:
        return {"name": move.name, "words": MOVES[move.name], "meaning": MEANING.get(move.name, "")}

    return {
        "moves": [words(move) for move in moves if not is_rare(move, dossier.state)],
        "rare_moves": [words(move) for move in moves if is_rare(move, dossier.state)],
    }


def party_in_words(party: Party, *, opened: bool = False, reachable: bool = True) -> dict[str, Any]:
    """One person with a part in the matter; masked unless opened. Not `reachable`: address and phone are kept (S28)."""
    person = party.person
    name, number = person.opened("name"), person.opened("id_number")
    phone = person.opened("phone") if reachable else ""
    whole = opened or person.is_organisation
    return {
        "part": PARTS[Party.Part(party.part)],
        "name": name if whole else masked_name(name),
        "id_number": number if opened else masked_number(number),
        "phone": phone if opened else masked_number(phone),
        "address": person.opened("address") if opened and reachable else "",
        "has_address": bool(person.address_sealed),
        "is_kept": not reachable,
        "is_masked": person.masked_at is not None,
    }


PARTS = {
    Party.Part.PETITIONER: _("信访人"),
    Party.Part.AGENT: _("代办人"),
    Party.Part.REPRESENTATIVE: _("代表"),
}


def _looks(request: StaffRequest, dossier: Dossier) -> dict[str, Any]:
    """Who opened the identity data: for those who answer for it."""
    if not request.actor.roles & WATCHERS:
        return {}
    looks = looks_at(dossier.matter.pk)
    people = user_names({look.user for look in looks})
    units = unit_names({look.unit for look in looks})
    return {
        "looks": [
            {"at": look.at, "who": people.get(look.user, ""), "unit": units.get(look.unit, ""), "reason": look.reason}
            for look in looks
        ]
    }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("查看原因"),
        max_length=REASON_MOST,
        error_messages={"required": _("请写查看原因。")},
        help_text=_("会记录在案，信访人可以看到谁在什么时候看过。例如：电话联系核实情况。"),
        widget=forms.Textarea(attrs={"rows": 3, "data-count": str(REASON_MOST)}),
    )


@staff(methods=FORM)
def identity(request: StaffRequest, number: str) -> HttpResponse:
    """The identity data, for ten minutes after a reason was given."""
    dossier = found(request, number)
    if not may_open_identity(dossier.state, request.actor, request.now):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            open_identity(matter=dossier.matter.pk, by=request.actor, reason=reason, at=request.now)
        except RuleBroken as broken:
            if broken.field != "reason":
                raise
            form.add_error("reason", word(broken))
        else:
            return redirect("desk:identity", number=dossier.matter.number)
    look = open_look(dossier.matter.pk, request.user.pk, IDENTITY, request.now)
    reachable = may_reach(dossier, request)
    opened = [party_in_words(party, opened=True, reachable=reachable) for party in dossier.parties] if look else []
    context = {"matter": dossier.matter, "title": dossier.word("title"), "form": form, "look": look, "opened": opened}
    return render(request, "desk/identity.html", context)
