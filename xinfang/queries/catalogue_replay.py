"""What would a draft of the catalogue have suggested for what came in lately, and for sentences that people say?

It reads words and writes nothing. It answers in numbers: who runs the house sees no matter by it. Sealed matters and
those under restricted sight are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from xinfang.models import Matter, ProtectedText
from xinfang.queries import lessons
from xinfang.queries.catalogue_versions import Held
from xinfang.queries.learning import TOLD, top_classes
from xinfang.rules.catalogue.learned import Learned
from xinfang.rules.catalogue.lines import Catalogue, Line
from xinfang.rules.catalogue.suggesting import suggest
from xinfang.rules.clocks.duties import local_day

LATELY = timedelta(days=90)
MOST, PAGE = 300, 100  # each is read twice: who waits for a page waits seconds, not minutes


@dataclass
class Tally:
    """Of so many matters: how many would get another first suggestion, other units, none; how often people agreed."""

    matters: int = 0
    first: int = 0
    units: int = 0
    none_before: int = 0
    none_after: int = 0
    decided: int = 0
    right_before: int = 0
    right_after: int = 0
    among_before: int = 0
    among_after: int = 0


@dataclass(frozen=True)
class Sentence:
    """An example sentence of a line, and the key of what is suggested first for it, before and after; "" for none."""

    text: str
    line: str
    before: str
    after: str


@dataclass(frozen=True)
class Replayed:
    """`sentences` are those that are suggested otherwise; `right_before` of `asked` find their own line first."""

    since: datetime
    left_out: int
    tally: Tally
    asked: int = 0
    right_before: int = 0
    right_after: int = 0
    sentences: list[Sentence] = field(default_factory=list)


def replay(before: Held, after: Held, now: datetime) -> Replayed:
    """The newest matters of the last 90 days, and the example sentences, suggested by both catalogues."""
    today = local_day(now)
    old, new = _Suggesting.of(before.catalogue.on(today)), _Suggesting.of(after.catalogue.on(today))
    since, tally = now - LATELY, Tally()
    lately = Matter.objects.filter(received_at__gt=since, received_at__lte=now, sealed=False, restricted=False)
    decided = top_classes()
    for matter, title, text in _told(lately.order_by("-received_at").values_list("pk", flat=True)[:MOST]):
        _count(tally, old.asked(title, text), new.asked(title, text), decided.get(matter, ""))
    sentences = list(_sentences(after, old, new))
    return Replayed(
        since,
        max(lately.count() - tally.matters, 0),
        tally,
        len(sentences),
        sum(one.before == one.line for one in sentences),
        sum(one.after == one.line for one in sentences),
        [one for one in sentences if one.before != one.after],
    )


@dataclass(frozen=True)
class _Suggesting:
    catalogue: Catalogue
    learned: Learned

    @classmethod
    def of(cls, catalogue: Catalogue) -> "_Suggesting":
        return cls(catalogue, lessons.learned())

    def asked(self, title: str, text: str) -> list[Line]:
        return [one.line for one in suggest(self.catalogue, title=title, texts=[text], learned=self.learned)]


def _told(matters: Iterable[UUID]) -> Iterator[tuple[UUID, str, str]]:
    """Title and words of each matter, page by page."""
    waiting = iter(matters)
    while page := list(islice(waiting, PAGE)):
        texts: dict[UUID, dict[str, str]] = defaultdict(dict)
        for row in ProtectedText.objects.filter(chain_id__in=page, seq=1, field__in=("title", *TOLD)):
            texts[row.chain_id][row.field] = row.text or ""
        for pk in page:
            yield pk, texts[pk].get("title", ""), " ".join(texts[pk].get(name, "") for name in TOLD)


def _count(tally: Tally, old: list[Line], new: list[Line], decided: str) -> None:
    """Add one matter: what differs, and, where a person decided, who had it first and who had it at all."""
    tally.matters += 1
    tally.first += [line.key for line in old[:1]] != [line.key for line in new[:1]]
    tally.units += [line.units for line in old[:1]] != [line.units for line in new[:1]]
    tally.none_before += not old
    tally.none_after += not new
    if decided:
        tally.decided += 1
        tally.right_before += decided in [line.category for line in old[:1]]
        tally.right_after += decided in [line.category for line in new[:1]]
        tally.among_before += decided in [line.category for line in old]
        tally.among_after += decided in [line.category for line in new]


def _sentences(after: Held, old: _Suggesting, new: _Suggesting) -> Iterator[Sentence]:
    """The example of every line that may be suggested."""
    for line in new.catalogue.lines:
        item = after.item(line.key)
        if item is not None and not line.is_accusation:
            text = item["example"]["zh"]
            first = [next((one.key for one in asked.asked("", text)), "") for asked in (old, new)]
            yield Sentence(text, line.key, *first)
