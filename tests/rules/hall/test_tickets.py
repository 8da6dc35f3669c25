"""Tickets of the hall as the rules know them: names, lanes, windows, and who sits in which hall."""

import pytest

from xinfang.rules.hall.tickets import (
    CALLERS,
    SETTERS,
    Lane,
    lane_of,
    lanes_of,
    read_name,
    require,
    sits_in,
    ticket_name,
    window_number,
)
from xinfang.rules.people.seats import Actor, Role, Seat, Tier
from xinfang.rules.refusals import RuleBroken

CLERK = Actor(7, (Seat(Role.WINDOW_CLERK, "999901001", "999901.999901001", Tier.TOWNSHIP),))


def test_a_ticket_is_called_by_its_lane_and_three_digits():
    assert ticket_name(Lane.RECEPTION, 17) == "A017"
    assert read_name("B006") == (Lane.MEDIATION, 6)


@pytest.mark.parametrize("text", ["", "A17", "E001", "a001", "A0017", "A００1", "A001\n"])
def test_what_is_no_ticket_is_not_read(text):
    assert read_name(text) is None


def test_a_lane_is_one_of_four_letters():
    assert lane_of("D") is Lane.PROGRESS
    with pytest.raises(RuleBroken, match="choice_unknown"):
        lane_of("Z")


def test_a_window_serves_its_lanes_once_and_in_order():
    assert lanes_of("BAB") == (Lane.RECEPTION, Lane.MEDIATION)


@pytest.mark.parametrize("letters", ["", "AX", "[]"])
def test_a_window_without_real_lanes_is_refused(letters):
    with pytest.raises(RuleBroken, match="window_needs_lanes"):
        lanes_of(letters)


def test_the_number_of_a_window_is_from_one_to_ninety_nine():
    assert (window_number(" 3 "), window_number("99")) == (3, 99)
    for text in ("0", "100", "1234", "三", "-1", "", "²"):
        with pytest.raises(RuleBroken, match="window_number_unreal"):
            window_number(text)


def test_one_sits_in_the_hall_of_ones_own_post_only():
    assert sits_in(CLERK, "999901001", CALLERS) is True
    assert sits_in(CLERK, "999901002", CALLERS) is False
    assert sits_in(CLERK, "999901001", SETTERS) is False
    require(CLERK, "999901001", CALLERS)
    with pytest.raises(RuleBroken, match="not_of_this_hall"):
        require(CLERK, "999901001", SETTERS)
