"""Does the petitioner hear in time that a right of their own will lapse? (domain 3.3, alarm rule)

To their own phone, where there is a carrier. The message names neither the matter nor the right: others may read it.
"""

from django.utils.translation import gettext as _

from xinfang.gateways.messages import SMS
from xinfang.queries.reaching import own_phone
from xinfang.rules.clocks.alarms import Level
from xinfang.rules.clocks.duties import Clock
from xinfang.rules.ledger.chain import Event
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.state import MatterState
from xinfang.services.outbox import carrier, enqueue

SPOKEN_OF = frozenset({Level.ORANGE, Level.RED})


def remind_petitioner(event: Event, clock: Clock, level: Level, state: MatterState) -> None:
    """Write the message for one reminder of the watcher, in its transaction; nothing for anything else.

    Whoever asked for secrecy gets none: the message itself would say that they were here.
    """
    if clock.code is not ClockCode.RIGHT or level not in SPOKEN_OF or clock.due is None:
        return
    if state.restricted or state.sealed or state.imported or not carrier().is_there:
        return
    phone = own_phone(state.id)
    if not phone:
        return
    day = clock.due.prudent
    words = _("【群众工作服务中心】您登记的事项里，有一项要由您自己办的手续快到期了，最迟%(month)d月%(day)d日办。"
              "凭回执上的编号和查询码可以查是哪一项，也可以到窗口问。")  # fmt: skip
    enqueue(
        effect_key=f"right:{event.chain}:{event.seq}",
        matter=state.id,
        channel=SMS,
        address=phone,
        text=words % {"month": day.month, "day": day.day},
        at=event.recorded_at,
    )
