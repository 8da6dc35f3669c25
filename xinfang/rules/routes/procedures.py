"""Which procedures are there beside a petition, and what must be checked before one is named? (domain 3.3, article 31)

Source: `policies/routes.yaml`; every limit is a rule of `policies/deadline_rules.json`, every row names its articles.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from xinfang.rules.clocks.catalogue import Basis
from xinfang.rules.matters.codes import Route
from xinfang.rules.refusals import RuleBroken

_TEXTS = ("key", "name", "when", "body", "how", "papers")
_FIELDS = {*_TEXTS, "route", "checks", "limits", "after", "basis"}
_CHECK = {"key", "text", "instead", "impossible", "why"}


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must be true for a procedure to fit. `impossible`: the law itself leaves no way, as `why` says.

    `instead`: the key of a procedure that may fit where this is not true.
    """

    key: str
    text: str
    instead: str = ""
    impossible: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One row of the table: words are Chinese, because they are printed for people.

    `limits`: rules that run from the day on which their trigger happened; `after`: those that the result may open.
    """

    key: str
    name: str
    route: Route
    when: str
    checks: tuple[Check, ...]
    limits: tuple[str, ...]
    after: tuple[str, ...]
    body: str
    how: str
    papers: str
    basis: tuple[Basis, ...]


def read(document: Any, rules: Collection[str]) -> dict[str, Procedure]:
    """The procedures by their key; raises ValueError with a sentence about the row at fault."""
    if not isinstance(document, Mapping) or set(document) != {"procedures"}:
        raise ValueError("routes must have exactly the key procedures")
    found: dict[str, Procedure] = {}
    checks: set[str] = set()
    for place, entry in enumerate(document["procedures"], start=1):
        try:
            procedure = _procedure(entry, rules)
        except (KeyError, TypeError, ValueError) as wrong:
            raise ValueError(f"procedure {place}: {wrong}") from wrong
        if procedure.key in found or checks & {check.key for check in procedure.checks}:
            raise ValueError(f"procedure {place}: {procedure.key} or one of its checks is given twice")
        checks |= {check.key for check in procedure.checks}
        found[procedure.key] = procedure
    for procedure in found.values():
        for check in procedure.checks:
            if check.instead and (check.instead not in found or check.instead == procedure.key):
                raise ValueError(f"{check.key}: {check.instead} is no other procedure")
    return found


def _procedure(entry: Mapping[str, Any], rules: Collection[str]) -> Procedure:
    if set(entry) != _FIELDS:
        raise ValueError(f"it must have exactly the fields {', '.join(sorted(_FIELDS))}")
    texts = {name: entry[name] for name in _TEXTS}
    if not all(isinstance(text, str) and text for text in texts.values()):
        raise ValueError("its words must be text")
    route = Route(entry["route"])
    if route is Route.PETITION:
        raise ValueError("a petition is no procedure beside itself")
    unknown = [rule for rule in (*entry["limits"], *entry["after"]) if rule not in rules]
    if unknown:
        raise ValueError(f"unknown limits {', '.join(unknown)}")
    basis = tuple(Basis(row["title"], row["article"]) for row in entry["basis"])
    if not basis or not all(one.title for one in basis):
        raise ValueError("it must name its basis")
    return Procedure(
        **texts, route=route, checks=tuple(_check(row) for row in entry["checks"]),
        limits=tuple(entry["limits"]), after=tuple(entry["after"]), basis=basis,
    )  # fmt: skip


def _check(row: Mapping[str, Any]) -> Check:
    if set(row) - _CHECK or not {"key", "text"} <= set(row):
        raise ValueError(f"a check has a key, a text and perhaps {', '.join(sorted(_CHECK - {'key', 'text'}))}")
    if row.get("impossible") and not row.get("why"):
        raise ValueError(f"{row['key']}: what is impossible says why")
    return Check(**row)


def chosen(procedures: Mapping[str, Procedure], key: str) -> Procedure:
    """The procedure of that key; refused where there is none."""
    found = procedures.get(key)
    if found is None:
        raise RuleBroken("choice_unknown", field="procedure")
    return found


def check_unmet(procedures: Mapping[str, Procedure], procedure: Procedure, unmet: str) -> None:
    """What is not fulfilled stands in the record beside the reason; only where the law leaves no way is it refused.

    The refusal says why, and names the procedure that may fit instead.
    """
    if not unmet:
        return
    check = next((check for check in procedure.checks if check.key == unmet), None)
    if check is None:
        raise RuleBroken("check_of_another", field="unmet", name=procedure.name)
    instead = procedures[check.instead].name if check.instead else "—"
    if check.impossible:
        raise RuleBroken("route_impossible", field="unmet", why=check.why, instead=instead)
