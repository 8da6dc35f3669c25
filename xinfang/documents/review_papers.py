"""F-17: the papers of 复查 and 复核: request, notices, hearing, opinion, each from the record of the review.

Source: articles 34 to 36 of the Regulation; domain 2.6. What sits above this house issues its own papers.
"""

from django.utils.translation import gettext as _

from xinfang.documents.official import Body, Counted, Line, Record, counted
from xinfang.labels.codes import OUTCOMES
from xinfang.labels.dates import day
from xinfang.labels.review import DECISIONS, LATENESS, LEVELS
from xinfang.queries.people import reviewer_over
from xinfang.queries.units import holders_near, unit_full_name
from xinfang.rules.clocks.due import Pause
from xinfang.rules.clocks.duties import Clock, local_day
from xinfang.rules.clocks.reviews import BEHIND
from xinfang.rules.ledger.chain import Event
from xinfang.rules.lifecycle.reviewing import Appeal, appealable
from xinfang.rules.matters.codes import ClockCode
from xinfang.rules.matters.events import EventType
from xinfang.rules.people.seats import Role
from xinfang.rules.review.codes import ReviewDecision, ReviewLevel
from xinfang.rules.review.ladder import Review

BLANK = "　"  # a line to write on, no higher than the others


def review_at(told: Record) -> Review:
    """The review that this event belongs to."""
    events = told.dossier.events
    asked = sum(e.type == EventType.REVIEW_ASKED and e.seq <= told.event.seq for e in events)
    return told.dossier.state.reviews[asked - 1]


def request_form(told: Record) -> Body:
    """The form for who wants a review: what is known is filled in, the rest is left free."""
    appeal = appealable(told.dossier.asked)
    if appeal is None:  # the list of papers asked before
        raise LookupError("nothing can be reviewed")
    organ = _organ_above(told, appeal)
    lines = [*_applicant(told), (_("不服的文书"), appeal.document), (_("送达日期"), day(local_day(appeal.since)))]
    lines += [(_("请求事项"), ""), (_("事实和理由"), "")]
    name = str(LEVELS[appeal.level])
    limits = [counted(told.dossier, clock) for clock in told.dossier.asked.clocks if _is_right(clock, told, appeal)]
    return Body(
        title=_("信访事项%(level)s申请书") % {"level": name},
        addressee=organ,
        lines=lines,
        meaning=_("对送达的意见不服，可以用这张表请求%(level)s。请求%(level)s不收费。") % {"level": name},
        can=(
            _("写好签名，交到窗口或者寄给审查机关；也可以用查询码在网上请求。"),
            _("不会写的，可以口头说，由接待人记录。"),
        ),
        latest=[_("最迟 %(day)s 提出；晚了也可以提，请写明原因。") % {"day": day(appeal.until)}],
        limits=limits,
        signs=(_("申请人签名（指印）"), _("代书人、见证人"), _("日期")),
        is_issued=False,
    )


def request_filled(told: Record) -> Body:
    """What was asked for, to be signed."""
    review = review_at(told)
    name = str(LEVELS[review.level])
    lines = [*_applicant(told), *_appealed(review), (_("事实和理由"), told.word("reasons"))]
    return Body(
        title=_("信访事项%(level)s申请书") % {"level": name},
        addressee=_reviewer(review),
        lines=lines,
        meaning=_("这是您请求%(level)s的申请书。请求%(level)s不收费。") % {"level": name},
        can=(_("核对内容，有错的请改正，再签名。"),),
        latest=[_("请求日期：%(day)s。") % {"day": day(review.asked_on)}],
        signs=(_("申请人签名（指印）"), _("登记人"), _("日期")),
        is_issued=False,
    )


def taken_notice(told: Record) -> Body:
    """The review has begun: by whom, until when; a late request is taken as well and says how late it was."""
    review = review_at(told)
    name = str(LEVELS[review.level])
    lines = [*_appealed(review), (_("审查机关"), _reviewer(review))]
    if review.late:
        word = str(LATENESS[review.lateness]) if review.lateness else _("由法制人员说明")
        lines.append((_("超过请求期限"), _("%(n)s 日：%(word)s") % {"n": review.late, "word": word}))
    limits = _deciding(told, review)
    return Body(
        title=_("信访事项%(level)s受理通知书") % {"level": name},
        lines=[*lines, _article(review)],
        meaning=_("您的%(level)s请求已经受理，由与原意见无关的机关审查事实、程序和依据。") % {"level": name},
        can=(
            _("补充事实和证据。"),
            _("要求与事情有利害关系的人回避。"),
            _("重大、复杂、疑难的，可以请求听证。"),
        ),
        latest=[_("审查机关最迟 %(day)s 作出意见。") % {"day": one.until} for one in limits if one.until],
        limits=limits,
        contact=_contact(told, review),
    )


def supplement_notice(told: Record) -> Body:
    """What is still to be brought, filled in by hand; nothing is refused for want of it."""
    review = review_at(told)
    name = str(LEVELS[review.level])
    return Body(
        title=_("信访事项%(level)s补正通知书") % {"level": name},
        lines=[*_appealed(review), (_("请补充的材料"), ""), (_("补到哪天、交给谁"), BLANK), _article(review)],
        meaning=_("审查您的%(level)s请求，还需要下面写的材料。") % {"level": name},
        can=(_("把材料交到窗口，或者寄给审查机关。"), _("没有材料的，请说明；按现有材料审查，不会因此不予审查。")),
        latest=[_("补充材料不停止审查的期限。")],
        contact=_contact(told, review),
    )


def hearing_notice(told: Record) -> Body:
    """When and where, who presides, which rights everybody has there."""
    review = review_at(told)
    lines = [(_("听证日期"), day(_pause(told, review).since)), (_("时间和地点"), BLANK), *_hearing(told, told.event)]
    return Body(
        title=_("信访事项听证通知书"),
        lines=[*lines, (_("听证的事项"), told.demand), *_appealed(review), _article(review)],
        meaning=_("为了查清您的事项，决定举行听证。听证不收费。"),
        can=(
            _("可以委托代理人参加，可以申请主持人、听证员回避。"),
            _("可以陈述、举证、质证和辩论，可以核对并更正笔录。"),
            _("需要手语、方言翻译或者代书的，请提前告诉联系人。"),
        ),
        latest=[_("请按听证日期到场；不能到的，提前告诉联系人改期。")],
        contact=_contact(told, review),
    )


def hearing_record(told: Record) -> Body:
    """What was said, to be read and signed."""
    review = review_at(told)
    pause, opened = _pause(told, review), told.last(EventType.HEARING_OPENED)
    until = day(pause.until) if pause.until else ""
    lines = [
        (_("听证日期"), _("%(since)s至%(until)s") % {"since": day(pause.since), "until": until}),
        *(_hearing(told, opened) if opened else ()),
        (_("听证的事项"), told.demand),
        (_("笔录"), told.word("record")),
    ]
    return Body(
        title=_("信访事项听证笔录"),
        lines=lines,
        meaning=_("这是听证的记录，作为作出意见的依据。"),
        can=(_("核对笔录，记错的可以要求更正，再签名。"),),
        latest=[_("当场核对、签名。")],
        signs=(_("主持人"), _("听证员"), _("信访人"), _("原办理机关"), _("记录人"), _("日期")),
        contact=_contact(told, review),
    )


def review_opinion(told: Record) -> Body:
    """复查意见书 or 复核意见书: what was examined, decided and why; the next step, or that there is none."""
    review = review_at(told)
    asked = told.last(EventType.REVIEW_ASKED)
    lines = [*_appealed(review), (_("诉求"), told.demand)]
    lines += [(_("申请理由"), told.word("reasons", asked.seq))] if asked else []
    lines += [
        (_("查明的事实"), told.word("findings")),
        (_("依据"), told.word("legal_basis")),
        (_("决定"), str(DECISIONS[ReviewDecision(told.fact("decision"))])),
    ]
    if review.outcome:
        lines.append((_("变更为"), str(OUTCOMES[review.outcome])))
    if told.fact("execute_by"):
        lines.append((_("落实期限"), told.fact("execute_by")))
    lines.append((_("审查意见"), told.word("opinion")))
    return _first_opinion(told, review, lines) if review.level is ReviewLevel.FIRST else _final(told, review, lines)


def _first_opinion(told: Record, review: Review, lines: list[Line]) -> Body:
    if review.decision is ReviewDecision.ANNULLED:
        can = _("等待原办理机关重新办理，六十日以内答复；对新的处理意见不服，还可以请求复查。")
        latest, limits = [_("重新办理的期限从送达之日起算。")], list[Counted]()
    else:
        can = _("不服的，自收到之日起30日内向%(organ)s请求复核。") % {"organ": _next_organ(told, review)}
        limits = _second(told, review)
        said = [_("请求复核：请注意，最迟 %(day)s。") % {"day": one.until} for one in limits if one.until]
        latest = said or [_("请求复核：自收到之日起30日内。")]
    return Body(
        title=_("信访事项复查意见书"), lines=[*lines, _article(review)],
        meaning=_("这是上一级机关对原处理意见的复查结果。"), can=(can,), latest=latest, limits=limits,
        contact=_contact(told, review),
    )  # fmt: skip


def _final(told: Record, review: Review, lines: list[Line]) -> Body:
    again = (
        _("等待原办理机关重新办理，六十日以内答复；对新的处理意见不服，还可以请求复查。")
        if review.decision is ReviewDecision.ANNULLED
        else _("以同一事实和理由再提出的，各级机关不再受理；有新的事实和理由，可以作为新的信访事项提出。")
    )
    return Body(
        title=_("信访事项复核意见书"), lines=[*lines, _article(review)],
        meaning=_("这是信访程序的最后一步审查。"),
        can=(again, _("依法可以走诉讼、仲裁、行政复议等途径的，仍然可以走，请注意那些途径自己的期限。")),
        latest=[_("复核以后没有下一步审查。")], contact=_contact(told, review),
    )  # fmt: skip


def _article(review: Review) -> Line:
    number = _("第三十五条") if review.level is ReviewLevel.FIRST else _("第三十六条")
    return (_("程序依据"), _("《信访工作条例》%(article)s") % {"article": number})


def _applicant(told: Record) -> list[Line]:
    return [(_("申请人"), told.petitioner), (_("电话、住址"), BLANK), (_("诉求"), told.demand)]


def _appealed(review: Review) -> list[Line]:
    return [(_("不服的文书"), review.appealed), (_("请求日期"), day(review.asked_on))]


def _reviewer(review: Review) -> str:
    return unit_full_name(review.organ) if review.organ else _("上一级机关")


def _organ_above(told: Record, appeal: Appeal) -> str:
    """The organ of this house that would review, else the one that the opinion itself names."""
    state = told.dossier.state
    code = reviewer_over(state.holder_path, appeal.of | state.recused_units, told.dossier.asked.today)
    signed = [event for event in told.dossier.events if event.type == EventType.OPINION_SIGNED]
    if code:
        return unit_full_name(code)
    if appeal.level is ReviewLevel.FIRST and signed:
        return told.word("review_organ", signed[-1].seq)
    return _("复查机关的上一级机关")


def _next_organ(told: Record, review: Review) -> str:
    """Who would hear the final review."""
    state = told.dossier.state
    kept_away = {*review.of, review.organ} | state.recused_units
    code = reviewer_over(state.holder_path, kept_away, told.dossier.asked.today)
    return unit_full_name(code) if code else _("复查机关的上一级机关")


def _is_right(clock: Clock, told: Record, appeal: Appeal) -> bool:
    k = 0 if appeal.level is ReviewLevel.FIRST else BEHIND + told.dossier.state.reviews[-1].k
    return clock.code is ClockCode.RIGHT and clock.k == k and clock.trigger_at == appeal.since


def _deciding(told: Record, review: Review) -> list[Counted]:
    codes = (ClockCode.LIMIT, ClockCode.ELSEWHERE)
    mine = [c for c in told.dossier.asked.clocks if c.code in codes and c.k == BEHIND + review.k]
    return [counted(told.dossier, clock) for clock in mine]


def _second(told: Record, review: Review) -> list[Counted]:
    """The right to 复核, once this opinion was served."""
    clocks = told.dossier.asked.clocks
    return [counted(told.dossier, c) for c in clocks if c.code is ClockCode.RIGHT and c.k == BEHIND + review.k]


def _pause(told: Record, review: Review) -> Pause:
    """The hearing of this event among those of its review."""
    events = [e for e in told.dossier.events if e.type == EventType.HEARING_OPENED and e.seq <= told.event.seq]
    first = next(e.seq for e in told.dossier.events if e.type == EventType.REVIEW_ASKED and _k(told, e) == review.k)
    return review.hearing[len([e for e in events if e.seq > first]) - 1]


def _k(told: Record, event: Event) -> int:
    return sum(e.type == EventType.REVIEW_ASKED and e.seq <= event.seq for e in told.dossier.events)


def _hearing(told: Record, opened: Event) -> list[Line]:
    names = {"chair": _("主持人"), "members": _("听证员"), "participants": _("参加人")}
    return [(label, told.word(name, opened.seq)) for name, label in names.items()]


def _contact(told: Record, review: Review) -> str:
    """Somebody of the reviewing organ: who made the entry, else who holds its review seat."""
    if told.event.unit == review.organ:
        return told.dossier.person(told.event.actor)
    held = holders_near([review.organ], (Role.REVIEW_ORGAN,), told.dossier.asked.today)
    return held[0].name if held else ""
