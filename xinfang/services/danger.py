"""Does what somebody brought ask to be read at once? The event says yes, and never what was found (B-07, S26)."""

from collections.abc import Mapping
from functools import cache

from xinfang.policies import shipped
from xinfang.rules.intake.watched_words import WatchedWords
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Actor

_BROUGHT = frozenset({EventType.REGISTERED, EventType.CONTACT_ADDED, EventType.PARTY_ADDED})


@cache
def _danger_words() -> WatchedWords:
    return WatchedWords.of(shipped("danger_words.yaml"))


def asks_for_a_look(event: str, words: Mapping[str, str], speaker: Actor) -> bool:
    """Of what petitioners say or bring; what staff write is not watched."""
    return (speaker.petitioner or event in _BROUGHT) and _danger_words().waits(*words.values())
