"""A half-written petition in the citizen's session: which questions are answered, and what becomes of the answers."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest

from xinfang.gateways import files as shelf
from xinfang.gateways.files import Upload
from xinfang.queries import catalogue
from xinfang.rules.intake.registration import tidy_number
from xinfang.rules.refusals import RuleBroken
from xinfang.services import saved_drafts as saved
from xinfang.services.materials import sort_out
from xinfang.web.parts.requests import moment_of
from xinfang.web.public import keeping

STEPS = ("questions", "words", "where", "who", "files", "check")


@dataclass(frozen=True)
class Draft:
    """`key` makes any number of presses one matter. `done` names the pages that were answered.

    `resume` is the code under which it was put aside as well; its files then stay until that copy goes.
    """

    key: str
    since: str = ""
    done: tuple[str, ...] = ()
    item: str = ""
    own_people: bool = False
    secrecy: bool = False
    words: str = ""
    demand: str = ""
    earlier: str = ""
    township: str = ""
    village: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    id_number: str = ""
    agent_name: str = ""
    agent_phone: str = ""
    files: tuple[dict[str, str], ...] = field(default_factory=tuple)
    resume: str = ""

    @property
    def next_page(self) -> str:
        """The first page that is not answered yet."""
        return next((step for step in STEPS if step not in self.done), "check")

    @property
    def area(self) -> str:
        return self.village or self.township

    def with_step(self, step: str, **answers: Any) -> "Draft":
        return replace(self, done=tuple(dict.fromkeys([*self.done, step])), **answers)


def read(request: HttpRequest) -> Draft | None:
    """The draft of this session, if there is one."""
    kept = keeping.get(request, keeping.DRAFT)
    if kept is None:
        return None
    return draft_of(kept)


def draft_of(kept: Mapping[str, Any]) -> Draft:
    """A draft out of what was kept of it."""
    known = {name: kept[name] for name in Draft.__dataclass_fields__ if name in kept}
    return Draft(**{**known, "done": tuple(kept["done"]), "files": tuple(kept["files"])})


def write(request: HttpRequest, draft: Draft) -> None:
    content = asdict(draft)
    if not content["since"]:
        del content["since"]
    keeping.put(request, keeping.DRAFT, content)


def fresh(item: str = "") -> Draft:
    """A new draft with a key of its own."""
    known = catalogue.item(item)
    return Draft(key=str(uuid4()), item=known.key if known else "")


def put_aside(request: HttpRequest, draft: Draft) -> None:
    """Keep the draft under a code as well, so that it can be gone on with on another telephone."""
    content = {name: value for name, value in asdict(draft).items() if name not in {"since", "resume"}}
    stored = [kept["stored"] for kept in draft.files]
    code = saved.put_aside(content=content, files=stored, code=draft.resume, at=moment_of(request))
    write(request, replace(draft, resume=code))


def discard(request: HttpRequest, *, copy_too: bool) -> None:
    """Forget the draft of this session and its files. What was put aside under a code stays, but for `copy_too`."""
    draft = read(request)
    if draft and draft.resume and copy_too:
        saved.drop(code=draft.resume)
    for kept in draft.files if draft and not draft.resume else ():
        shelf.remove(kept["stored"])
    keeping.drop(request, keeping.DRAFT)


def stage(draft: Draft, uploads: list[Upload]) -> tuple[Draft, list[tuple[str, RuleBroken]]]:
    """Keep more files with the draft, encrypted; those that cannot be taken by name, and why. The others are kept."""
    taken, refused = sort_out(uploads, have=len(draft.files))
    kept = list(draft.files)
    for file in taken:
        own = uuid4()
        kept.append({"id": str(own), "name": file.name, "stored": shelf.store(own, file.content)})
    return replace(draft, files=tuple(kept)), refused


def unstage(draft: Draft, own: str) -> Draft:
    """Take one file away again."""
    for kept in draft.files:
        if kept["id"] == own and not draft.resume:
            shelf.remove(kept["stored"])
    return replace(draft, files=tuple(kept for kept in draft.files if kept["id"] != own))


def uploads_of(draft: Draft) -> list[Upload]:
    """The files of a draft as they came. One that is gone went with a submission that has already been taken in."""
    uploads = []
    for kept in draft.files:
        with suppress(FileNotFoundError):
            uploads.append(Upload(kept["name"], shelf.read(UUID(kept["id"]), kept["stored"])))
    return uploads


def values_of(draft: Draft) -> dict[str, Any]:
    """What a draft says, as a registration."""
    item = catalogue.item(draft.item)
    centre = catalogue.receiving_centre(draft.area)
    person = {"name": draft.name, "phone": tidy_number(draft.phone), "address": draft.address,
              "id_number": tidy_number(draft.id_number)}  # fmt: skip
    return {
        "unit": centre.code if centre else "",
        "area": draft.area,
        "title": item.name if item else "",
        "original_words": draft.words,
        "demand": draft.demand,
        "earlier": draft.earlier,
        "category": item.category if item else "",
        "item": draft.item,
        "people": [person, {"name": draft.agent_name, "phone": tidy_number(draft.agent_phone), "part": "agent"}],
        "restricted": draft.secrecy,
        "concerns_own_people": draft.own_people,
    }
