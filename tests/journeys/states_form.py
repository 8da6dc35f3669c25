"""The form of a state; the states themselves stand in `states.py` and beside it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """One page as somebody sees it; `name` is that of the address, `wrong` says that it must show its errors."""

    name: str
    who: str
    path: str
    send: dict[str, str] | None = None
    wrong: bool = False

    def __str__(self) -> str:
        how = "" if self.send is None else "-wrong" if self.wrong else "-sent"
        return f"{self.name}-{self.who or 'outside'}{how}-{self.path.strip('/').replace('/', '_') or 'top'}"


def wrong(name: str, who: str, path: str, /, **send: str) -> State:
    """The same form with something missing."""
    return State(name, who, path, send, wrong=True)
