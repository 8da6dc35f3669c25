"""Which rows do the demo's ledgers hold? What policies/ledgers.yaml defines, written out, the same ones every time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class LedgerRow:
    """One line of a ledger. `item` is matter, linked (to the row `links_to`) or pending (to be corrected first)."""

    key: str
    ledger: str
    line: int
    item: str
    links_to: str | None
    petitioner: str
    phone: str
    id_number: str | None
    channel: str
    level: str
    village: str
    lead: str
    catalogue_item: str
    category: str
    purpose: str
    route: str
    summary: str
    demand: str
    received_on: date
    due_on: date | None
    stage: str | None
    result: str | None
    closed_on: date | None
    resolved_on: date | None
    at_rest_on: date | None
    struck_off_on: date | None


def rows_of(ledgers: Mapping[str, Any], places: Mapping[str, str]) -> tuple[LedgerRow, ...]:
    """All rows of all ledgers in the order of the file; `places` maps the 12-digit codes of villages to their names."""
    rows: list[LedgerRow] = []
    for ledger in ledgers["ledgers"]:
        rows.extend(_rows(ledgers, ledger, sorted(places.items()), first=len(rows)))
    by_key = {row.key: row for row in rows}
    return tuple(_as_linked(row, by_key[row.links_to]) if row.links_to else row for row in rows)


def _rows(
    ledgers: Mapping[str, Any],
    ledger: Mapping[str, Any],
    places: Sequence[tuple[str, str]],
    *,
    first: int,
) -> Iterator[LedgerRow]:
    states = _end_to_end(ledger["states"])
    days = _end_to_end(ledger["days"])
    for line in range(1, ledger["count"] + 1):
        state = states[(line - 1) * ledger["stride"] % ledger["count"]]
        row = first + line - 1
        item = state.get("item", "matter")
        yield LedgerRow(
            key=f"{ledger['prefix']}-{line:03d}",
            ledger=ledger["key"],
            line=line,
            item=item,
            links_to=state.get("to"),
            id_number=ledger.get("failing_ids", {}).get(line),
            channel=ledger["channel"],
            level=ledger["level"],
            due_on=state.get("due_on", ledger.get("batch", {}).get("due_on")),
            **_person(ledgers, row),
            **_content(ledgers, row, places),
            **_course(state if item == "matter" else {}, days[line - 1], line),
        )


def _end_to_end(runs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [run for run in runs for _ in range(run["count"])]


def _in_turn(values: Sequence[Any], n: int) -> Any:
    return values[n % len(values)] if values else None


def _person(ledgers: Mapping[str, Any], row: int) -> dict[str, Any]:
    names = ledgers["petitioners"]
    name = _in_turn(names["surnames"], row) + _in_turn(names["given"], row * 7)
    return {"petitioner": name, "phone": str(ledgers["phone_from"] + row)}


def _content(ledgers: Mapping[str, Any], row: int, places: Sequence[tuple[str, str]]) -> dict[str, Any]:
    subjects = ledgers["subjects"]
    subject, turn = subjects[row % len(subjects)], row // len(subjects)
    village, village_name = _in_turn(_fitting(places, subject["places"]), row * 5 + turn)
    fillers = {
        "village": village_name,
        "thing": _in_turn(subject["things"], turn),
        "since": _in_turn(ledgers["since"], row + turn),
    }
    about = subject["about"]
    return {
        "village": village,
        "lead": f"{village[:9]}-ZF" if subject["lead"] == "township" else subject["lead"],
        "catalogue_item": about["item"],
        "category": about["category"],
        "purpose": about["purpose"],
        "route": about["route"],
        "summary": _in_turn(subject["patterns"], turn).format(**fillers),
        "demand": _in_turn(subject["demands"], turn),
    }


def _fitting(places: Sequence[tuple[str, str]], kind: str) -> list[tuple[str, str]]:
    """Communities are numbered 001 to 199 within their township, villages from 200 on."""
    if kind == "any":
        return list(places)
    return [place for place in places if (place[0][9:] < "200") == (kind == "communities")]


def _course(state: Mapping[str, Any], day: Mapping[str, Any], line: int) -> dict[str, Any]:
    closed = bool(state.get("results"))
    return {
        "received_on": day["received_on"],
        "stage": state.get("stage"),
        "result": _in_turn(state.get("results", ()), line),
        "closed_on": _in_turn(day["closed_on"], line) if closed else None,
        "resolved_on": day["resolved_on"] if state.get("resolved") else None,
        "at_rest_on": _in_turn(day["at_rest_on"], line) if state.get("at_rest") else None,
        "struck_off_on": day["struck_off_on"] if state.get("stage") == "struck_off" else None,
    }


def _as_linked(row: LedgerRow, target: LedgerRow) -> LedgerRow:
    """A linked item is the same person with the same matter, so it says what the earlier row said."""
    return replace(
        row,
        petitioner=target.petitioner,
        phone=target.phone,
        village=target.village,
        lead=target.lead,
        catalogue_item=target.catalogue_item,
        category=target.category,
        purpose=target.purpose,
        route=target.route,
        summary=target.summary,
        demand=target.demand,
    )
