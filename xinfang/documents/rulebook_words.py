"""How do the pages of `rulebook` introduce themselves; when does a clock apply, and what meets it?

The rule itself is `rules/clocks/duties.py`; a test asks that no clock is left without its sentence.
"""

from collections.abc import Mapping

from xinfang.rules.matters.codes import ClockCode

MOVES_INTRO = (
    "One row is one verb of the lifecycle, as `xinfang/rules/lifecycle/*_moves.py` says it. `—` under *to*: it "
    "records a fact and leaves the stage. A field with `?` may stay empty. `words` are encrypted beside the event; "
    "everything else stands in it.\n"
)
LIFECYCLE_INTRO = (
    "Moves that only record a fact and keep the stage are left out; see [moves.md](moves.md). The four closing "
    "facts 办结, 化解, 息访 and 销号 are no stages: they are facts with four different authors.\n"
)
PERMISSIONS_INTRO = (
    "A dot means: this role may ask for the move. Sight comes first (`xinfang/rules/access/sight.py`): who may "
    "not see a matter may do nothing with it, and who is recused sees nothing. The needs of the move come "
    "after ([moves.md](moves.md)).\n"
)
CLOCKS_INTRO = (
    "Worked out anew from the events by `xinfang/rules/clocks/duties.py`; the rows of the table `Deadline` "
    "only say when the watcher must look next. Nothing but the law pauses a clock. How days are counted: "
    "[calendar.md](calendar.md).\n"
)
FIGURES_INTRO = (
    "A matter carries marks (`xinfang/rules/figures/marks.py`); a figure counts those that carry some of them. "
    "The list behind a number asks the same condition, so the two can only agree. Merged and revoked matters "
    "never count. Rounding is half up on the exact ratio.\n"
)
ROOMS_INTRO = (
    "Every file with the sentence at its top. One word finds one subject in every layer: what there is about clocks "
    "stands in `rules/clocks/`, `labels/clocks.py`, `models/clocks.py`, `queries/clocks.py` and `services/clocks.py`. "
    "How they work together: [tour.md](tour.md).\n"
)
ALARMS = (
    "A running clock is yellow from 50 %, orange from 75 %, red from 90 % of its time or on the last working day "
    "before its prudent date, and black after its due date. A breach that lasts three working days is told to the "
    "district leader. A right of the petitioner, and what an authority beside us owes, is spoken of at 15 and at 7 "
    "days left; it is never a breach. Each level is told once: handler, head of the unit, director of the centre, "
    "supervision office, district leader.\n\n"
    "A duty of hours is told by its hours, and to the leader after as long again. `XF-CNTY4` is a hint and no clock; "
    "it brings the yellow of XF-REG15 forward to the end of the fourth day.\n"
)

APPLIES: Mapping[ClockCode, str] = {
    ClockCode.C1: "every matter",
    ClockCode.C3: "nature general or not known yet, and no explicit date",
    ClockCode.C7: "as C-3, and solvable or not known yet",
    ClockCode.CM: "nature complex or major, or not solvable",
    ClockCode.CMF: "from the approval of a plan until strike-off, month after month",
    ClockCode.CP: "each step of an approved plan",
    ClockCode.C0: "every matter",
    ClockCode.EXPLICIT: "an explicit date was entered with its source document; it stands for C-3 and C-7",
    ClockCode.TASK: "a co-unit's task with a date, or an assignment with a date",
    ClockCode.REG15: "petitions received on or after 2022-05-01",
    ClockCode.TELL15: "as XF-REG15, while nobody leads it yet; not where there is no name or address",
    ClockCode.TELL15T: "as XF-REG15, from the day on which the leading unit received it",
    ClockCode.OBJ5: "each leading unit that was given the matter; a right, never breached",
    ClockCode.DO60: "accepted petitions, without an extension; anew when a review annulled the opinion",
    ClockCode.EXT30: "accepted petitions with an approved extension",
    ClockCode.SHADOW60: "claims on which nobody decided within the fifteen days, from the fifteenth on",
    ClockCode.URG: "each mark `urgent_marked`, whatever the matter is; also at night and on days off",
    ClockCode.CALL: "the petitioner gave either organ the worst grade; a better one later does not stop it",
    ClockCode.RULING: "each objection of a unit to its part",
    ClockCode.RESTUDY: "a matter that is major, complex or not solvable now, every twelve months",
    ClockCode.RIGHT: "a right of the petitioner whose first day was noted; 复查 and 复核 by themselves",
    ClockCode.TELL_RIGHT: "each noted right, from the fifteenth day before its prudent date",
    ClockCode.LIMIT: "a limit of the law whose first day was noted, and each 复查 or 复核 by itself from the request",
    ClockCode.OWN_LIMIT: "a limit of the house whose first day was noted",
    ClockCode.ELSEWHERE: "a limit of a court, committee or authority whose first day was noted; never our breach",
}
MET_BY: Mapping[ClockCode, str] = {
    ClockCode.C1: "`triaged`",
    ClockCode.C3: "`prelim_reported`, or `implemented`",
    ClockCode.C7: "`implemented`",
    ClockCode.CM: "`implemented`, or a plan that was filed in the month and approved",
    ClockCode.CMF: "`monthly_reported` of that month",
    ClockCode.CP: "`step_done` of that step",
    ClockCode.C0: "`struck_off`",
    ClockCode.EXPLICIT: "`implemented`, or the matter is closed",
    ClockCode.TASK: "`task_done` by that unit",
    ClockCode.REG15: "`assigned`, told, `accepted`, `implemented`, or the matter is closed",
    ClockCode.TELL15: "the written notice was served, or the matter is closed",
    ClockCode.TELL15T: "the written notice was served, or the matter is closed",
    ClockCode.OBJ5: "`objected`",
    ClockCode.DO60: "the opinion was served, or the matter is closed",
    ClockCode.EXT30: "the opinion was served, or the matter is closed",
    ClockCode.SHADOW60: "the opinion was served, acceptance was refused, or the matter is closed",
    ClockCode.URG: "`urgent_reported` to the own Party committee and government; nothing else ends it",
    ClockCode.CALL: "`called_back`: reached, declined, or missed on two days; the bureau does not call about itself",
    ClockCode.RULING: "`objection_upheld`, `objection_rejected` or `part_ruled`; it ends with the part",
    ClockCode.RESTUDY: "`restudied` in the last month before it or later; it ends when the matter is solved or closed",
    ClockCode.RIGHT: "`limit_met` or `review_asked`; it lapses, it is never breached",
    ClockCode.TELL_RIGHT: "`limit_told` in those days",
    ClockCode.LIMIT: "`limit_met` or `review_served`",
    ClockCode.OWN_LIMIT: "`limit_met`",
    ClockCode.ELSEWHERE: "`limit_met`",
}
NO_DATE: Mapping[ClockCode, str] = {
    ClockCode.C0: "no date: open matters age visibly",
    ClockCode.CP: "the date of the step",
    ClockCode.EXPLICIT: "the explicit date",
    ClockCode.TASK: "the date of the task",
    ClockCode.EXT30: "60 days and the approved extension of at most 30, counted at once",
    ClockCode.SHADOW60: "60 days from the fifteenth day",
    ClockCode.RIGHT: "that of its rule, below",
    ClockCode.TELL_RIGHT: "the prudent date of the right",
    ClockCode.LIMIT: "that of its rule, below",
    ClockCode.OWN_LIMIT: "that of its rule, below",
    ClockCode.ELSEWHERE: "that of its rule, below",
}
