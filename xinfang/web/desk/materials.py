"""Papers of a matter on the desk: adding them, and opening one as a download."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.labels.refusals import word
from xinfang.queries.dossier import dossier_for
from xinfang.queries.materials import paper_for, papers_of
from xinfang.rules.access.sight import only_mediates
from xinfang.rules.intake.file_names import MOST_FILES, MOST_MEGABYTES
from xinfang.rules.intake.materials import may_add
from xinfang.rules.refusals import RuleBroken
from xinfang.services.materials import add_material
from xinfang.web.desk.intake import plain_number
from xinfang.web.parts.doors import FORM, staff
from xinfang.web.parts.downloads import download
from xinfang.web.parts.fields import FilesField, WordsField
from xinfang.web.parts.requests import StaffRequest


class MaterialForm(forms.Form):
    """Files, or words about papers that lie in the cupboard."""

    uploads = FilesField(
        label=gettext_lazy("文件"),
        required=False,
        help_text=gettext_lazy("图片、PDF、Word、Excel、录音、录像；每个不超过 %(size)s MB，最多 %(count)s 个。")
        % {"size": MOST_MEGABYTES, "count": MOST_FILES},
    )
    note = WordsField(
        label=gettext_lazy("说明"), required=False, rows=2, help_text=gettext_lazy("例如：合同复印件2页，核对过原件。")
    )
    shown = forms.BooleanField(label=gettext_lazy("信访人也能看到"), required=False)


@staff(methods=FORM)
def add(request: StaffRequest, number: str) -> HttpResponse:
    """The papers of a matter, and a form for more where more may come."""
    dossier = dossier_for(request.actor, plain_number(number), request.now)
    if dossier is None or only_mediates(dossier.state, request.actor, request.now):
        raise Http404
    form = MaterialForm(request.POST, request.FILES) if request.method == "POST" else MaterialForm()
    if form.is_valid():
        given = form.cleaned_data
        try:
            add_material(
                matter=dossier.matter.pk,
                by=request.actor,
                at=request.now,
                files=given["uploads"],
                note=given["note"],
                shown=given["shown"],
            )
        except RuleBroken as broken:
            form.add_error("note" if broken.field == "note" else "uploads", word(broken))
        else:
            messages.success(request, _("材料已加入。"))
            return redirect("desk:materials", dossier.matter.number)
    context = {
        "form": form,
        "number": dossier.matter.number,
        "title": dossier.word("title"),
        "papers": papers_of(dossier.matter.pk),
        "may_add": may_add(dossier.state, request.actor),
    }
    return render(request, "desk/materials.html", context)


@staff()
def open_paper(request: StaffRequest, number: str, file: UUID) -> HttpResponse:
    """One file, as a download that no browser renders."""
    paper = paper_for(request.actor, plain_number(number), file, request.now)
    if paper is None:
        raise Http404
    return download(paper)
