"""What belongs to the petitioner alone: putting their own data right, taking everything home; each under a proof."""

from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinfang.documents import own_record
from xinfang.gateways import files as shelf
from xinfang.labels.codes import GRADES, RATED_ORGANS
from xinfang.labels.dates import moment
from xinfang.labels.messages import KINDS, STATES, WAYS
from xinfang.labels.tracking import DETAILS
from xinfang.models import OutgoingMessage
from xinfang.queries.messages import messages_of
from xinfang.queries.own_details import own_details
from xinfang.queries.tracking import Tracked
from xinfang.rules.matters.codes import Grade, RatedOrgan
from xinfang.rules.notices.messages import MessageKind, MessageState, MessageWay
from xinfang.services import own_details as services
from xinfang.web.parts.requests import moment_of
from xinfang.web.public import keeping, story
from xinfang.web.public.case import own_words
from xinfang.web.public.confirm import proved, ways_of
from xinfang.web.public.frame import page, sent, too_many
from xinfang.web.public.track import case_view
from xinfang.web.public.track_forms import DetailsForm, ProofForm

RECORDS = 20


@case_view("POST")
def details(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Name, phone and address; what is left empty stays as it is."""

    def act(given: dict[str, Any], proof: dict[str, Any]) -> HttpResponse:
        changed = services.correct(given={name: given[name] for name in DETAILS}, **proof)
        names = _("、").join(str(DETAILS[name]) for name in changed)
        messages.success(request, _("已经改好：%(names)s。办理单位看得到改过。") % {"names": names})
        return redirect("case")

    form = DetailsForm(sent(request), ways=ways_of(matter))
    return proved(request, "case_details", matter, form, act)


@case_view("POST")
def record(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Everything on one page, after the proof; it is asked for again twenty minutes later."""
    if request.method != "POST" and _is_open(request, matter):
        content = record_of(matter, moment_of(request))
        return page(request, "case_record", {"matter": matter, "record": content, "is_open": True})

    def act(_given: dict[str, Any], proof: dict[str, Any]) -> HttpResponse:
        services.take_record(**proof)
        keeping.put(request, keeping.RECORD, {"matter": str(matter.state.id)})
        return redirect("case_record")

    return proved(request, "case_record", matter, ProofForm(sent(request), ways=ways_of(matter)), act)


def _is_open(request: HttpRequest, matter: Tracked) -> bool:
    kept = keeping.get(request, keeping.RECORD)
    return kept is not None and kept["matter"] == str(matter.state.id)


@case_view()
def record_file(request: HttpRequest, matter: Tracked) -> HttpResponseBase:
    """The same as one archive: a page, JSON, and every file that is theirs to read."""
    if not _is_open(request, matter):
        return redirect("case_record")
    stopped = too_many(request, "record", RECORDS)
    if stopped:
        return stopped
    content = record_of(matter, moment_of(request))
    lang = "en" if get_language() == "en" else "zh-CN"
    text = render_to_string("public/record_page.html", {"record": content, "lang": lang})
    own = [file for file in matter.files if file.by_petitioner or file.shown_to_petitioner]
    into = TemporaryFile()  # noqa: SIM115  -- the answer closes it
    own_record.pack(into, page=text, record=content, papers=((f.name, shelf.read(f.pk, f.stored)) for f in own))
    into.seek(0)
    answer = FileResponse(into, as_attachment=True, filename=f"{matter.state.number}.zip")
    answer["Cache-Control"] = "no-store, private"
    return answer


def record_of(matter: Tracked, now: datetime) -> dict[str, Any]:
    """The whole record in words, section by section: what was said, who it is, what happened, who looked."""
    return {
        "number": matter.state.number,
        "title": matter.title,
        "taken_at": moment(now),
        "sections": [
            {"name": _("现在怎样"), "rows": _now(matter)},
            {"name": _("我说的话"), "rows": [{"name": n, "text": text} for n, text in own_words(matter)]},
            {"name": _("我的信息"), "rows": _details(matter)},
            {"name": _("已经做了什么"), "rows": _entries(matter)},
            {"name": _("处理意见"), "rows": [{"name": "", "text": t} for t in story.opinion(matter).values() if t]},
            {"name": _("给您的文书"), "rows": _papers(matter)},
            {"name": _("照片和材料"), "rows": _files(matter)},
            {"name": _("我的评价"), "rows": _ratings(matter)},
            {"name": _("发给我的通知"), "rows": _messages(matter)},
            {"name": _("谁看过我的个人信息"), "rows": _looks(matter)},
        ],
    }


def _now(matter: Tracked) -> list[dict[str, str]]:
    answers = story.answers(matter)
    rows = [(_("进度"), answers["state"]), (_("谁在办"), answers["who"]), (_("从何时起"), answers["since"]),
            (_("下一步"), answers["next"]), (_("要您做的"), answers["todo"])]  # fmt: skip
    dates = [(p.text, _("%(day)s前") % {"day": p.on}) for p in story.promises(matter)]
    return [{"name": str(name), "text": str(text)} for name, text in [*rows, *dates]]


def _details(matter: Tracked) -> list[dict[str, str]]:
    found = own_details(matter.state.id)
    names = {**DETAILS, "id_number": _("身份证号")}
    return [{"name": str(names[name]), "text": text} for person in found for name, text in person.items() if text]


def _entries(matter: Tracked) -> list[dict[str, str]]:
    return [
        {"name": moment(entry.at), "text": "\n".join(part for part in (entry.title, entry.who, entry.body) if part)}
        for entry in story.entries(matter)
    ]


def _papers(matter: Tracked) -> list[dict[str, str]]:
    return [
        {"name": f"{paper.name} {paper.number}".strip(), "text": f"{paper.issuer} {paper.issued} / {paper.served}"}
        for paper in story.papers(matter)
    ]


def _files(matter: Tracked) -> list[dict[str, str]]:
    own = [file for file in matter.files if file.by_petitioner or file.shown_to_petitioner]
    return [{"name": file.name, "text": ""} for file in own]


def _ratings(matter: Tracked) -> list[dict[str, str]]:
    given = matter.state.ratings
    rows = [(RATED_ORGANS[o], GRADES[Grade(given[o.value])]) for o in RatedOrgan if o.value in given]
    if matter.state.at_rest_at:
        rows.append((_("不再反映"), moment(matter.state.at_rest_at)))
    return [{"name": str(name), "text": str(text)} for name, text in rows]


def _messages(matter: Tracked) -> list[dict[str, str]]:
    rows = messages_of(matter.state.id)
    return [{"name": moment(row.at), "text": " ".join(_sent(row))} for row in rows]


def _sent(row: OutgoingMessage) -> list[str]:
    """What it was about, how and where it went, and how far it came."""
    way = WAYS[MessageWay(row.channel)] if row.channel in set(MessageWay) else ""
    said = (KINDS[MessageKind(row.kind)], way, row.reached, STATES[MessageState(row.state)])
    return [str(part) for part in said if part]


def _looks(matter: Tracked) -> list[dict[str, str]]:
    return [
        {"name": moment(look.at), "text": "\n".join(part for part in (look.who, look.what, look.reason) if part)}
        for look in story.looks(matter)
    ]
