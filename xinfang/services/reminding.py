"""What of a matter is said to its petitioner outside the house, written in the transaction of the event itself.

The event says it (`rules.notices.messages`), or a right of the petitioner's own that will lapse (domain 3.3, alarm
rule). A message names neither the matter's subject nor the right: others may read it.
"""

from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import MatterState
from xinfang.rules.notices.messages import MessageKind, due_at, kind_of, may_speak
from xinfang.services.outbox import write

SPOKEN_OF = frozenset({Level.ORANGE, Level.RED})


def speak_of(event: Event, after: MatterState) -> None:
    """Write the message that an event causes, if it causes one."""
    kind = kind_of(event, after)
    if kind is not None:
        key = f"{kind.value}:{event.chain}:{event.seq}"
        write(kind=kind, matter=after.id, effect_key=key, at=event.recorded_at, due_at=due_at(event, after), facts={})


def remind_petitioner(event: Event, clock: Clock, level: Level, state: MatterState) -> None:
    """Write the message for one reminder of the watcher, in its transaction; nothing for anything else."""
    if clock.code is not ClockCode.RIGHT or level not in SPOKEN_OF or clock.due is None or not may_speak(state):
        return
    day = clock.due.prudent
    write(
        kind=MessageKind.RIGHT_NEARING,
        matter=state.id,
        effect_key=f"right:{event.chain}:{event.seq}",
        at=event.recorded_at,
        due_at=event.recorded_at,
        facts={"month": day.month, "day": day.day},
    )
