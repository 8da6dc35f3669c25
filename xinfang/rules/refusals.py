"""Why the house says no: one exception, a code and the facts that explain it (words are in `labels`)."""

from typing import Any


class RuleBroken(Exception):
    """A rule of the house refuses this step.

    `code` is a stable lower-case word pair that `labels.refusals` puts into a sentence;
    `facts` fill that sentence and never hold personal data; `field` names the input that caused it, if one did.
    """

    def __init__(self, code: str, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code
