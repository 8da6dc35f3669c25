"""What is offered as the same matter: an oracle that counts pairs by hand, and the limits on both sides."""

from itertools import product
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xinfang.rules.intake.alike import (
    ALIKE,
    ALIKE_OF_SAME_PERSON,
    FROM_SUBJECT,
    OFFERED_MOST,
    PIECES,
    Known,
    Rarity,
    Why,
    closeness,
    outline,
    pieces,
    shares_most,
    suggestions,
    told,
    told_of,
)

SETS = st.frozensets(st.integers(-50, 50), max_size=12)


def matter(n: int) -> UUID:
    return UUID(int=n)


def known(n: int, shared: int, own: int = 0, **facts: object) -> Known:
    """A matter that shares so many of the numbers 0..99 and has so many of its own."""
    return Known(matter(n), frozenset(range(shared)) | frozenset(range(1000, 1000 + own)), **facts)


MINE = frozenset(range(100))


def by_hand(one: frozenset[int], other: frozenset[int]) -> float:
    """The same measure counted over the cross product, squared and rooted another way."""
    shared = sum(a == b for a, b in product(one, other))
    if shared == 0:
        return 0.0
    both = (shared * shared / len(one) / len(other)) ** 0.5
    return both / 2 + shared / min(len(one), len(other)) / 2


@given(SETS, SETS)
def test_closeness_is_what_counting_by_hand_gives(one, other):
    assert closeness(one, other) == pytest.approx(by_hand(one, other))
    assert closeness(one, other) == pytest.approx(closeness(other, one))
    assert 0 <= closeness(one, other) <= 1.0000001


COUNTS = st.tuples(st.integers(0, 100), st.integers(0, 60), st.integers(0, 20), st.integers(0, 20))


@given(st.lists(st.tuples(COUNTS, st.booleans(), st.booleans()), max_size=12))
def test_the_offered_are_the_best_of_all_that_are_alike_enough(rows):
    matters, scores = [], {}
    for n, ((shared, own, named, other), person, place) in enumerate(rows):
        subject = frozenset(range(named)) | frozenset(range(2000, 2000 + other))
        one = known(n, shared, own, subject=subject, same_person=person, same_place=place, age=n)
        matters.append(one)
        near = by_hand(MINE, one.pairs) + (0.3 * named / (named + other) if named else 0)
        least = 0.1 if person else 0.15
        assume(abs(near - least) > 1e-9)
        if near > least:
            scores[one.matter] = near + 0.3 * person + 0.05 * place
    wanted = sorted(scores, key=lambda pk: (-round(scores[pk], 9), pk.int))[:5]
    assert [round(scores[one.matter], 9) for one in suggestions(MINE, matters)] == [
        round(scores[pk], 9) for pk in wanted
    ]


def test_at_most_five_are_offered_and_the_newer_comes_first_among_equals():
    offered = suggestions(MINE, [known(n, 50, age=float(9 - n)) for n in range(9)])
    assert [one.matter.int for one in offered] == [8, 7, 6, 5, 4]
    assert len(offered) == OFFERED_MOST


def test_the_same_person_is_no_reason_without_a_story_that_is_alike():
    little, enough = known(1, 2, 90, same_person=True), known(2, 12, 90, same_person=True)
    assert closeness(MINE, little.pairs) < ALIKE_OF_SAME_PERSON
    assert ALIKE_OF_SAME_PERSON <= closeness(MINE, enough.pairs) < ALIKE
    assert [one.matter for one in suggestions(MINE, [little, enough])] == [matter(2)]
    assert suggestions(MINE, [known(2, 12, 90)]) == ()


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (known(1, 90), (Why.VERY_ALIKE,)),
        (known(1, 20, 80), (Why.SOMEWHAT_ALIKE,)),
        (known(1, 90, same_place=True), (Why.SAME_PLACE, Why.VERY_ALIKE)),
        (known(1, 20, 80, same_person=True), (Why.SAME_PERSON, Why.SOMEWHAT_ALIKE)),
        (
            known(1, 20, 80, same_person=True, same_place=True),
            (Why.SAME_PERSON, Why.SAME_PLACE, Why.SOMEWHAT_ALIKE),
        ),
    ],
)
def test_every_offer_says_why(one, why):
    [offer] = suggestions(MINE, [one])
    assert offer.why == why


def test_what_names_the_place_and_the_thing_brings_a_matter_forward():
    told, untold = known(1, 12, 90, subject=frozenset(range(8))), known(2, 12, 90, subject=frozenset(range(500, 508)))
    assert [one.matter for one in suggestions(MINE, [told, untold])] == [matter(1)]
    common = Rarity({0: 0.5, 500: 0.001})
    assert told_of(MINE, [0, 500]) == pytest.approx(0.5)
    assert told_of(MINE, [0, 500], common) == pytest.approx(1.0986 / (1.0986 + 6.9088), abs=1e-4)
    assert told_of(MINE, []) == 0.0


def test_a_rare_pair_is_worth_more_than_one_that_everybody_says():
    common = Rarity(dict.fromkeys(range(50), 0.5) | {99: 0.01})
    said_by_all, named = frozenset(range(10)) | {1000}, frozenset(range(50, 60)) | {1000}
    assert closeness(MINE, said_by_all) == closeness(MINE, named)
    assert closeness(MINE, said_by_all, common) < closeness(MINE, named, common)
    assert common.of([0]) == pytest.approx(1.0986, abs=1e-4)
    assert common.of([77]) == common.of([99]) == pytest.approx(4.6151, abs=1e-4)


def test_nothing_is_alike_to_nothing():
    assert suggestions(frozenset(), [known(1, 90)]) == ()
    assert suggestions(MINE, []) == ()
    assert closeness(MINE, frozenset()) == 0.0


def test_text_is_compared_without_case_width_marks_and_blanks():
    assert told("Ａ市 “路灯”，不亮！KTV_扰民\n") == "a市路灯不亮ktv扰民"
    assert pieces("路灯，不亮了") == {"路灯不", "灯不亮", "不亮了"}
    assert pieces("路灯") == frozenset()


def test_an_outline_takes_the_smallest_those_of_the_subject_first():
    rest = range(1000, 1200)
    assert outline([], rest) == list(range(1000, 1000 + PIECES))
    assert outline(range(5000, 5100), rest) == [
        *range(5000, 5000 + FROM_SUBJECT), *range(1000, 1000 + PIECES - FROM_SUBJECT),
    ]  # fmt: skip
    assert outline([7, 7, 3], [3, 7, 9]) == [3, 7, 9]


@given(st.frozensets(st.integers(0, 10_000), min_size=1, max_size=40), st.frozensets(st.integers(0, 10_000)))
def test_a_passage_leaves_the_same_pieces_in_a_longer_text_as_long_as_they_are_among_its_smallest(passage, rest):
    longer = outline([], passage | rest)
    border = max(longer) if len(longer) == PIECES else 10_001
    assert {one for one in passage if one < border} <= set(longer)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [(range(10), range(4, 40), True), (range(10), range(5, 40), False), ([], [], False), ([], [1], False)],
)
def test_an_import_takes_for_the_same_what_shares_six_tenths_of_the_shorter(one, other, answer):
    assert shares_most(frozenset(one), frozenset(other)) is answer
