"""How the tests read the shipped data files, and two oracles that know no library."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from xinfang.policies import shipped
from xinfang.stories.ledger_rows import LedgerRow, rows_of

POLICIES = Path(__file__).parents[2] / "xinfang" / "policies"
NAMES = sorted(path.name for path in POLICIES.glob("*.yaml"))
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def policy(name: str) -> Any:
    return shipped(f"{name}.yaml")


def codes_of(table: str) -> list[str]:
    return [entry["code"] for entry in policy("categories")[table]]


def units() -> dict[str, dict[str, Any]]:
    return {unit["code"]: unit for unit in policy("demo_district")["units"]}


def posts() -> list[tuple[str, dict[str, Any]]]:
    return [(person["name"], post) for person in policy("demo_people")["people"] for post in person["posts"]]


def matters() -> list[dict[str, Any]]:
    return policy("samples")["matters"]


def places() -> dict[str, str]:
    return {area["code"]: area["name"] for area in policy("demo_district")["areas"] if len(area["code"]) == 12}


@cache
def all_rows() -> tuple[LedgerRow, ...]:
    return rows_of(policy("ledgers"), places())


def rows(*ledgers: str) -> list[LedgerRow]:
    return [row for row in all_rows() if not ledgers or row.ledger in ledgers]


def check_digit(number: str) -> str:
    """GB 11643 by the formula, without any library."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True)) % 11]


def in_both_languages(value: Any) -> list[Any]:
    """Every mapping below `value` that has a Chinese text."""
    if isinstance(value, dict):
        own = [value] if "zh" in value else []
        return own + [found for child in value.values() for found in in_both_languages(child)]
    if isinstance(value, list):
        return [found for child in value for found in in_both_languages(child)]
    return []


def waits_for_a_person(text: str) -> bool:
    """The reading rule that accusation_words.yaml states at its head."""
    words = policy("accusation_words")
    for phrase in sorted((entry["phrase"] for entry in words["look_alikes"]), key=len, reverse=True):
        text = text.replace(phrase, "")
    return any(entry["word"] in text for entry in words["words"])


def forbidden(text: str) -> list[str]:
    bare = re.sub(r"\s", "", text)
    return [
        clause["pattern"] for clause in policy("forbidden_clauses")["clauses"] if re.search(clause["pattern"], bare)
    ]
