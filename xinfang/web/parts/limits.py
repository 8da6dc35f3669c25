"""The limits that somebody may note, as a choice: the petitioner's rights first, each group under its name."""

from xinfang.labels.limits import RULES, WHOSE
from xinfang.queries.clocks import rules


def rule_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (rule id, words), by whom the limit binds."""
    noted = [rule for rule in rules().values() if rule.is_noted]
    return [
        (str(words), [(rule.id, str(RULES[rule.id])) for rule in noted if rule.whose is whose])
        for whose, words in WHOSE.items()
    ]
