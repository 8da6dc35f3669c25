"""Every figure equals a recount of the events by hand, as of any moment, for everybody."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from tests.cast import at
from tests.factories import TRIAGE, moved, registered
from tests.queries.random_world import World
from xinfang.models import Event, Matter, Standing
from xinfang.queries.access import matters_for
from xinfang.queries.clocks import counting
from xinfang.queries.figures import Asked, Period, figures_as_of, standings_behind
from xinfang.rules.clocks.duties import SHANGHAI, clocks_of
from xinfang.rules.figures.definitions import BY_CODE, Counted
from xinfang.rules.figures.marks import versions
from xinfang.rules.matters.apply import fold
from xinfang.services.matters import perform
from xinfang.services.standings import standing_columns

pytestmark = pytest.mark.django_db
NOON = at("2026-11-23 12:00")


def recount(as_of: datetime, visible: set) -> dict[str, tuple[int, int | None]]:
    """The figures counted from the events alone, matter by matter, without marks and standings."""
    chains: dict = {}
    for event in Event.objects.filter(recorded_at__lte=as_of).order_by("chain_id", "seq"):
        chains.setdefault(event.chain_id, []).append(event.plain())
    states = {matter: fold(events) for matter, events in chains.items() if events[0].type == "registered"}
    absorbed: dict = {}
    for matter, state in states.items():
        root, seen = matter, set()
        while states[root].merged_into and root not in seen:
            seen.add(root)
            root = states[root].merged_into
        if root != matter:
            absorbed.setdefault(root, []).append(state)
    found: Counter = Counter()
    for matter, state in states.items():
        if state.merged_into or matter not in visible:
            continue
        families = [state, *absorbed.get(matter, [])]
        origin = next((o for s in families if (o := _origin(s))), "")
        for code in _counts(state, origin, clocks_of(state, counting()), as_of):
            found[code] += 1
    return found


def _origin(state) -> str:
    if not state.addressee or state.addressee.value != "province":
        return ""
    return {"leader_reception": "jf", "letter": "lx", "leader_mailbox": "xx"}.get(state.channel.value, "")


def _counts(state, origin, clocks, as_of):
    yield "registered"
    if state.struck_off_at:
        yield "struck_off"
    if origin:
        yield origin
        if state.closed_at:
            yield f"{origin}_closed"
            if state.at_rest_at:
                yield f"{origin}_closed_rest"
    done = state.implemented_at
    if done and done.astimezone(SHANGHAI).date() == state.received_at.astimezone(SHANGHAI).date():
        yield "same_day"
    for code in ("13710-1", "13710-3", "13710-7", "13710-1M"):
        yield from _on_time(code, [c for c in clocks if c.code == code], as_of)
    yield from _on_time("told", [c for c in clocks if c.code in {"XF-TELL15", "XF-TELL15T"}], as_of)
    yield from _on_time("opinion", [c for c in clocks if c.code in {"XF-DO60", "XF-EXT30"}], as_of)
    if any(c.is_late(as_of) for c in clocks if c.code.startswith("XF-") or c.code == "LIMIT"):
        yield "breach"


def _on_time(name, clocks, as_of):
    due = [c for c in clocks if c.applies and (c.is_late(as_of) or (c.met_at and c.met_at <= (c.ended_at or c.met_at)))]
    if due:
        yield f"{name}_due"
        if not any(c.is_late(as_of) for c in due):
            yield f"{name}_in_time"


EXPECTED = {
    "R-2R": ("jf_closed", "jf"),
    "R-3": ("jf_closed_rest", "jf_closed"),
    "R-3R": ("jf_closed_rest", "jf"),
    "L-1P": ("lx", None),
    "L-1M": ("xx", None),
    "R-4": ("struck_off", "registered"),
    "V-3": ("same_day", "registered"),
    "K-1": ("13710-1_in_time", "13710-1_due"),
    "K-3": ("13710-3_in_time", "13710-3_due"),
    "K-7": ("13710-7_in_time", "13710-7_due"),
    "K-M": ("13710-1M_in_time", "13710-1M_due"),
    "P-1": ("told_in_time", "told_due"),
    "P-2": ("opinion_in_time", "opinion_due"),
    "F-1": ("breach", None),
}


def assert_as_recounted(as_of, viewer=None, now=None):
    visible = set(matters_for(viewer, now) if viewer else Matter.objects.filter(sealed=False))
    found = recount(as_of, {matter.pk for matter in visible})
    figures = {f.code: f for f in figures_as_of(as_of, viewer=viewer, now=now)}
    for code, (numerator, denominator) in EXPECTED.items():
        expected = (found[numerator], found[denominator] if denominator else None)
        assert (figures[code].numerator, figures[code].denominator) == expected, (code, as_of)
    assert figures["L-1"].numerator == found["lx"] + found["xx"]
    assert figures["R-2L"].numerator == found["lx_closed"] + found["xx_closed"]
    assert figures["R-4O"].numerator == found["registered"] - found["struck_off"]
    return figures


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_equal_a_recount_of_random_histories_at_random_moments(cast, seed):
    world = World(cast, seed, at("2026-01-05 09:00"))
    world.register(10)
    world.walk(110)
    moments = Random(seed).sample(world.moments, 5)  # noqa: S311  # a world, not a secret
    for as_of in [*moments, world.now, world.now + timedelta(days=400)]:
        assert_as_recounted(as_of)
        assert_as_recounted(as_of, cast.bureau, world.now)
        assert_as_recounted(as_of, cast.labour_head, world.now)
    for receipt in world.receipts:
        events = [e.plain() for e in Event.objects.filter(chain_id=receipt.matter).order_by("seq")]
        expected = [(event.seq, standing_columns(now)) for event, now in versions(events, counting())]
        columns = list(expected[0][1])
        rows = Standing.objects.filter(matter_id=receipt.matter).order_by("seq").values("seq", *columns)
        assert [(row.pop("seq"), row) for row in rows] == expected


def test_every_number_of_a_figure_is_as_long_as_the_list_behind_it(cast):
    world = World(cast, 7, at("2026-01-05 09:00"))
    world.register(10)
    world.walk(90)
    for who in (None, cast.bureau, cast.labour_head, cast.stranger):
        for as_of in (world.moments[40], world.now):
            asked = Asked(as_of, who, world.now)
            for figure in figures_as_of(as_of, viewer=who, now=world.now):
                assert_listed(figure, asked)


def assert_listed(figure, asked):
    definition = figure.definition
    if definition.counted is Counted.ITEMS:
        return
    assert standings_behind(definition.numerator, asked).count() == figure.numerator, definition.code
    if definition.denominator is not None:
        assert standings_behind(definition.denominator, asked).count() == figure.denominator, definition.code


LETTER = {"channel": "letter", "addressee": "province"}
MAILBOX = {"channel": "leader_mailbox", "addressee": "province"}


def numbers(as_of, **asked):
    return {f.code: (f.numerator, f.denominator) for f in figures_as_of(as_of, **asked)}


def merged_letters(cast):
    """A visit lives on and takes in a letter to the province; a second letter stays alone."""
    visit = registered(cast, at("2026-11-02 09:00"))
    letter = registered(cast, at("2026-11-03 09:00"), **LETTER)
    registered(cast, at("2026-11-03 10:00"), **MAILBOX)
    merge = {"other": visit.number, "reason": "同一件事"}
    moved(cast, letter.matter, at("2026-11-05 09:00"), ("director", "merge", merge))
    return visit, letter


def test_a_merged_letter_counts_once_and_through_the_visit_that_lives_on(cast):
    visit, _letter = merged_letters(cast)
    assert numbers(at("2026-11-04 09:00"))["R-4"] == (0, 3)
    assert numbers(NOON)["R-4"] == (0, 2)
    assert numbers(NOON)["L-1"] == (2, None)
    assert numbers(NOON)["R-2L"] == (0, 2)
    solve = {"result_words": "修好", "result": "supported_done", "petitioner_told": "电话", "evidence": True}
    moved(cast, visit.matter, at("2026-11-06 09:00"), ("director", "triage", TRIAGE),
          ("director", "solve_on_the_spot", solve))  # fmt: skip
    assert numbers(NOON)["R-2L"] == (1, 2)
    behind = standings_behind(BY_CODE["R-2L"].numerator, Asked(NOON))
    assert [row.matter_id for row in behind] == [visit.matter]


def test_two_letters_made_one_do_not_count_in_both_parts(cast):
    letter = registered(cast, at("2026-11-02 09:00"), **LETTER)
    mail = registered(cast, at("2026-11-03 09:00"), **MAILBOX)
    merge = {"other": letter.number, "reason": "同一件事"}
    moved(cast, mail.matter, at("2026-11-05 09:00"), ("director", "merge", merge))
    found = numbers(NOON)
    assert (found["L-1"], found["L-1P"], found["L-1M"]) == ((1, None), (1, None), (0, None))
    moved(cast, mail.matter, at("2026-11-06 09:00"), ("director", "unmerge", {"reason": "不是同一件"}))
    assert numbers(NOON)["L-1"] == (2, None)
    assert numbers(at("2026-11-05 12:00"))["L-1"] == (1, None)


def test_the_period_is_that_of_receipt_and_follows_an_absorbed_matter(cast):
    merged_letters(cast)
    third = Period(at("2026-11-03 00:00").date(), at("2026-11-03 00:00").date())
    assert numbers(NOON, period=third)["R-4"] == (0, 2)
    assert numbers(NOON, period=third)["L-1"] == (2, None)
    second = Period(last=at("2026-11-02 00:00").date())
    assert numbers(NOON, period=second)["R-4"] == (0, 1)
    assert numbers(NOON, period=second)["L-1"] == (0, None)


def test_what_is_entered_late_counts_from_when_it_was_recorded(cast):
    receipt = registered(cast, at("2026-11-02 09:00"), **LETTER)
    moved(cast, receipt.matter, at("2026-11-02 10:00"), ("director", "triage", TRIAGE))
    done = {"result_words": "修好", "result": "supported_done", "petitioner_told": "电话", "evidence": True}
    perform(
        "solve_on_the_spot", matter=receipt.matter, by=cast.director, at=at("2026-11-02 15:00"), values=done,
        recorded_at=at("2026-11-20 15:00"), late_reason="下乡",
    )  # fmt: skip
    assert numbers(at("2026-11-20 14:59"))["R-2L"] == (0, 1)
    assert numbers(at("2026-11-20 15:00"))["R-2L"] == (1, 1)
    assert numbers(at("2026-11-20 15:00"))["V-3"] == (1, 1)


def test_a_reopened_matter_is_closed_no_more_and_the_past_stays(cast):
    receipt = registered(cast, at("2026-11-02 09:00"), **LETTER)
    done = {"result_words": "修好", "result": "supported_done", "petitioner_told": "电话", "evidence": True}
    moved(cast, receipt.matter, at("2026-11-02 10:00"), ("director", "triage", TRIAGE),
          ("director", "solve_on_the_spot", done), ("director", "close", {}))  # fmt: skip
    moved(cast, receipt.matter, at("2026-11-10 10:00"),
          ("director", "reopen", {"ground": "not_executed", "reason": "又坏了"}))  # fmt: skip
    assert numbers(at("2026-11-09 09:00"))["R-2L"] == (1, 1)
    assert numbers(NOON)["R-2L"] == (0, 1)


def test_before_anything_was_recorded_every_figure_is_nothing_of_nothing(cast):
    registered(cast, at("2026-11-02 09:00"), **LETTER)
    figures = figures_as_of(at("2026-11-02 08:59"))
    assert {f.numerator for f in figures} == {0}
    assert {f.value for f in figures if f.denominator is not None} == {None}


def test_the_statistics_take_as_many_statements_for_one_matter_as_for_three(cast, django_assert_num_queries):
    registered(cast, at("2026-11-02 09:00"), **LETTER)
    with django_assert_num_queries(4):
        figures_as_of(NOON, viewer=cast.bureau, now=NOON)
    registered(cast, at("2026-11-02 09:10"))
    registered(cast, at("2026-11-02 09:20"))
    with django_assert_num_queries(4):
        figures_as_of(NOON, viewer=cast.bureau, now=NOON)
