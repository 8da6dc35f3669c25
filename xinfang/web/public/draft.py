"""A half-written petition in the citizen's session: which questions are answered, and what becomes of the answers."""

from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest

from xinfang.gateways import files as shelf
from xinfang.gateways.files import Upload
from xinfang.queries import catalogue
from xinfang.rules.intake.file_names import MOST_FILES
from xinfang.rules.intake.registration import tidy_number
from xinfang.rules.refusals import RuleBroken
from xinfang.services.materials import checked
from xinfang.web.public import keeping

STEPS = ("questions", "words", "where", "who", "files", "check")


@dataclass(frozen=True)
class Draft:
    """`key` makes any number of presses one matter. `done` names the pages that were answered."""

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
    files: tuple[dict[str, str], ...] = field(default_factory=tuple)

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


def discard(request: HttpRequest) -> None:
    """Throw a draft and its files away."""
    draft = read(request)
    for kept in draft.files if draft else ():
        shelf.remove(kept["stored"])
    keeping.drop(request, keeping.DRAFT)


def stage(draft: Draft, uploads: list[Upload]) -> Draft:
    """Keep more files with the draft, encrypted; refuses the first that cannot be taken."""
    if len(draft.files) + len(uploads) > MOST_FILES:
        raise RuleBroken("files_too_many", field="files", most=MOST_FILES)
    kept = []
    for upload, file in zip(uploads, checked(uploads), strict=True):
        own = uuid4()
        kept.append({"id": str(own), "name": file.name, "stored": shelf.store(own, upload.content)})
    return replace(draft, files=(*draft.files, *kept))


def unstage(draft: Draft, own: str) -> Draft:
    """Take one file away again."""
    for kept in draft.files:
        if kept["id"] == own:
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
        "people": [person],
        "restricted": draft.secrecy,
        "concerns_own_people": draft.own_people,
    }
