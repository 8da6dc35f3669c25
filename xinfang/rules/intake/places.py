"""Which place is meant by what was typed: its code, its name or part of it, its pinyin, the first letters of that?

The best kind of match decides; several of one kind are offered, never guessed.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

OFFERED = 8


@dataclass(frozen=True)
class Place:
    """One area to choose from: code, name, the township under which it is listed, pinyin (`he wan zhen`)."""

    code: str
    name: str
    group: str
    pinyin: str = ""

    @property
    def full(self) -> str:
        """How it is written out, so that two villages of one name stay two."""
        return f"{self.name}（{self.group}）" if self.group else self.name

    @property
    def initials(self) -> str:
        """The first letters of its pinyin."""
        return "".join(syllable[0] for syllable in self.pinyin.split())


Match = Callable[[Place, str], bool]
_MATCHES: tuple[Match, ...] = (
    lambda place, text: text in (place.code, _folded(place.full)),
    lambda place, text: text == _folded(place.name),
    lambda place, text: text in (_folded(place.pinyin), place.initials),
    lambda place, text: _folded(place.name).startswith(text) or _folded(place.full).startswith(text),
    lambda place, text: _folded(place.pinyin).startswith(text) or place.initials.startswith(text),
    lambda place, text: text in _folded(place.group + place.name),
    lambda place, text: text in _folded(place.pinyin) or (text.isdigit() and place.code.endswith(text)),
)


def find_places(text: str, places: Iterable[Place]) -> tuple[Place, ...]:
    """The places that the text may mean, all by the same, best kind of match; none for an empty text."""
    wanted = _folded(text)
    known = list(places)
    for matches in _MATCHES if wanted else ():
        found = tuple(place for place in known if matches(place, wanted))
        if found:
            return found
    return ()


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if not c.isspace() and c not in "'’")
