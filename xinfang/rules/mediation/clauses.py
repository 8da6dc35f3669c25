"""What may not stand in an agreement, and what a court would not confirm as it is worded (domain 3.1, 3.2)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xinfang.rules.mediation.codes import Doubt

# Courts confirm neither rights in things nor ties between persons (民诉法解释 355).
_PROPERTY = re.compile(
    r"确权|所有权|使用权归|(边界|界址|土地|宅基地|房屋|山林|林地)[^，。；]{0,12}归[^，。；]{1,20}(所有|使用)?"
)
_IDENTITY = re.compile(r"(婚姻|离婚|收养|亲子|父子|母子)[^，。；]{0,6}(关系|有效|无效|成立|解除)|解除婚姻")
_WHEN = re.compile(r"\d|[一二三四五六七八九十]+(日|天|个月|年)|当场|当日|立即|即时|长期|今后")


@dataclass(frozen=True)
class Clause:
    """One pattern that is refused in some kinds of text, with the reason that is told."""

    pattern: re.Pattern[str]
    kinds: frozenset[str]
    reason: str


def read_clauses(document: Mapping[str, Any]) -> tuple[Clause, ...]:
    """From the rows of `policies/forbidden_clauses.yaml`."""
    return tuple(Clause(re.compile(row["pattern"]), frozenset(row["in"]), row["reason"]) for row in document["clauses"])


def plain(text: str) -> str:
    """The text as it is searched: composed, and without white space between its characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def refused_by(clauses: Iterable[Clause], kind: str, text: str) -> Clause | None:
    """The first clause that the text holds although it may not."""
    bare = plain(text)
    return next((one for one in clauses if kind in one.kinds and one.pattern.search(bare)), None)


def doubts(content: str) -> tuple[Doubt, ...]:
    """What a person should look at before both apply for judicial confirmation; nothing is refused for it."""
    bare = plain(content)
    found = [Doubt.PROPERTY] if _PROPERTY.search(bare) else []
    if _IDENTITY.search(bare):
        found.append(Doubt.IDENTITY)
    if not _WHEN.search(bare):
        found.append(Doubt.UNCLEAR)
    return tuple(found)
