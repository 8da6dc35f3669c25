"""Receipts F-02 and registration forms F-01: shown, printed, and a new query code where the old one was lost."""

import io
from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from xinfang.documents.receipt import Centre, Papers, receipt_sheet
from xinfang.documents.visit_form import PersonLine, VisitForm, visit_form
from xinfang.labels.matters import CHANNELS
from xinfang.labels.refusals import word
from xinfang.models import Party
from xinfang.queries.access import matter_id_for
from xinfang.queries.alike import contact_of, joined_later
from xinfang.queries.dossier import Dossier, dossier_for
from xinfang.queries.intake import receipt_facts
from xinfang.queries.materials import papers_of
from xinfang.queries.reaching import asks_large_print
from xinfang.rules.access.safety import reads_address
from xinfang.rules.access.sight import may_open_identity
from xinfang.rules.intake.window import CODE_GIVERS, goes_on
from xinfang.rules.matters.codes import Channel
from xinfang.rules.refusals import RuleBroken
from xinfang.services.intake import Receipt
from xinfang.services.looks import open_identity
from xinfang.services.petitioner import renew_code
from xinfang.web.desk.intake import code_key, plain_number, put_code
from xinfang.web.parts import once
from xinfang.web.parts.doors import FORM, SEND, staff
from xinfang.web.parts.requests import StaffRequest


class NewCodeForm(forms.Form):
    """The old code dies with it, so somebody must have looked who is asking."""

    checked = forms.BooleanField(
        label=_("已核对来人就是信访人本人（证件、原回执，或答对登记时的信息）"),
        error_messages={"required": _("请先核对来人是不是信访人本人，再勾选。")},
    )


@staff()
def show(request: StaffRequest, number: str) -> HttpResponse:
    """The receipt. Straight after registering, or after a new code was given, it carries the code: once."""
    plain = plain_number(number)
    shown = once.take(request, code_key(plain))
    seen = matter_id_for(request.actor, plain, request.now)
    matter = seen or (UUID(shown["matter"]) if shown else None)
    if matter is None:
        raise Http404
    facts = receipt_facts(matter)
    centre = Centre(facts.centre.name, facts.centre.phone, facts.centre.address)
    context = {
        "sheet": receipt_sheet(facts.state, facts.clocks, centre, request.today, Papers(facts.papers, facts.missing)),
        "code": shown["code"] if shown else "",
        "in_sight": seen is not None,
        "may_renew": seen is not None and bool(request.actor.roles & CODE_GIVERS),
        "may_print_form": seen is not None and may_open_identity(facts.state, request.actor, request.now),
        "large": asks_large_print(matter),
        "joined": joined_later(matter) if seen is not None else [],
        "goes_on": seen is not None and goes_on(facts.state, request.actor, request.now),
        "form": NewCodeForm(),
    }
    return render(request, "desk/receipt.html", context)


@staff()
def contact(request: StaffRequest, number: str, seq: int) -> HttpResponse:
    """What somebody takes away who came again, or joined: the number, this visit, and what comes next.

    Whoever joined has a code of their own, shown once like that of any receipt.
    """
    plain = plain_number(number)
    matter = matter_id_for(request.actor, plain, request.now)
    came = contact_of(matter, seq) if matter else None
    if matter is None or came is None:
        raise Http404
    shown = once.take(request, code_key(plain, seq))
    facts = receipt_facts(matter, seq if came.joined else 1)
    centre = Centre(facts.centre.name, facts.centre.phone, facts.centre.address)
    papers = Papers(facts.papers, facts.missing)
    of = seq if came.joined else 1
    context = {
        "sheet": receipt_sheet(facts.state, facts.clocks, centre, request.today, papers, of),
        "contact": came,
        "channel": CHANNELS[came.channel],
        "code": shown["code"] if shown else "",
        "seq": seq,
        "may_renew": came.joined and bool(request.actor.roles & CODE_GIVERS),
        "large": asks_large_print(matter),
        "form": NewCodeForm(),
    }
    return render(request, "desk/contact.html", context)


@staff(*sorted(CODE_GIVERS), methods=SEND)
def new_code(request: StaffRequest, number: str, seq: int = 1) -> HttpResponse:
    """Give a new query code to the petitioner who stands here; the old one dies and the petitioner is told.

    `seq`: the event with which this petitioner joined a matter that others had brought.
    """
    plain = plain_number(number)
    matter = matter_id_for(request.actor, plain, request.now)
    if matter is None or (seq > 1 and not _joined(matter, seq)):
        raise Http404
    back = ("desk:receipt", plain) if seq == 1 else ("desk:contact", plain, seq)
    form = NewCodeForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.fields["checked"].error_messages["required"])
        return redirect(*back)
    code = renew_code(matter=matter, by=request.actor, at=request.now, came_with=seq)
    put_code(request, Receipt(matter, plain, code), seq)
    return redirect(*back)


def _joined(matter: UUID, seq: int) -> bool:
    came = contact_of(matter, seq)
    return came is not None and came.joined


@staff()
def qr(_request: StaffRequest, number: str) -> HttpResponse:
    """The number as a QR code, and nothing but the number: the code is typed, never scanned."""
    out = io.BytesIO()
    segno.make(plain_number(number), error="m", micro=False).save(out, kind="svg", border=2, scale=8)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@staff(methods=FORM)
def visit(request: StaffRequest, number: str) -> HttpResponse:
    """F-01 for signing. It shows who came in the clear, so printing it is noted like any other look."""
    dossier = dossier_for(request.actor, plain_number(number), request.now)
    if dossier is None or not may_open_identity(dossier.state, request.actor, request.now):
        raise Http404
    context: dict[str, object] = {"number": dossier.matter.number, "is_visit": dossier.state.channel is Channel.VISIT}
    if request.method == "POST":
        try:
            open_identity(matter=dossier.matter.pk, by=request.actor, reason=str(_("打印来访登记表")), at=request.now)
        except RuleBroken as broken:
            messages.error(request, word(broken))
        else:
            context["sheet"], context["large"] = _sheet(dossier), asks_large_print(dossier.matter.pk)
    return render(request, "desk/visit_form.html", context)


def _sheet(dossier: Dossier) -> VisitForm:
    reachable = reads_address(dossier.state, dossier.asked.actor, dossier.asked.at)
    people = [_line(party, reachable=reachable) for party in dossier.parties]
    words = {name: text or "" for name, text in dossier.texts.get(1, {}).items()}
    listed = [line for line in words.get("papers", "").splitlines() if line.strip()]
    papers = [*listed, *(paper.name for paper in papers_of(dossier.matter.pk) if not paper.is_masked)]
    return visit_form(
        dossier.state,
        people=people,
        words=words,
        papers=papers,
        place=dossier.unit(dossier.state.origin_unit),
        receptionist=dossier.person(dossier.state.registered_by),
    )


def _line(party: Party, *, reachable: bool) -> PersonLine:
    person = party.person
    return PersonLine(
        part=party.part,
        name=person.opened("name"),
        id_number=person.opened("id_number"),
        phone=person.opened("phone") if reachable else "",
        address=person.opened("address") if reachable else "",
        needs=tuple(person.accessibility_needs),
    )
