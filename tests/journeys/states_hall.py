"""The states of the hall: two windows, one ticket called, two that wait; see `town_hall`."""

from tests.journeys.states_form import State, wrong

CENTRE = "999901001"

HALL = (
    State("kiosk", "", "/kiosk/"),
    State("hall_board", "", f"/hall/{CENTRE}/board/"),
    State("hall_board", "", "/hall/999901002/board/"),
    State("hall_ticket", "", f"/hall/{CENTRE}/ticket/A002/"),
    State("desk:hall", "clerk", "/desk/hall/"),
    State("desk:hall", "other_director", "/desk/hall/"),
    State("desk:hall", "sitting", "/desk/hall/"),
    State("hall_notice", "", f"/hall/{CENTRE}/notice/"),
    State("hall_notice", "", "/hall/999901/notice/"),
    State("desk:hall_roster", "director", "/desk/hall/roster/"),
    State("desk:hall_roster", "clerk", "/desk/hall/roster/"),
    wrong("desk:hall_roster", "director", "/desk/hall/roster/", from_on="2020-01-01"),
    State("desk:hall_receptions", "director", "/desk/hall/receptions/"),
    State("desk:hall_receptions", "clerk", "/desk/hall/receptions/"),
    State("desk:reception", "director", "/desk/hall/receptions/1/"),
    State("desk:reception", "clerk", "/desk/hall/receptions/2/"),
    wrong("desk:reception", "director", "/desk/hall/receptions/1/", number="1"),
    State("desk:hall_sealed", "clerk", "/desk/hall/sealed/"),
    State("desk:leading", "leader", "/desk/leading/"),
    State("desk:leading", "director", "/desk/leading/"),
    State("case_meeting", "with:served", "/track/case/meeting/"),
    State("desk:hall_windows", "director", "/desk/hall/windows/"),
    wrong("desk:hall_windows", "director", "/desk/hall/windows/", number="0", name="查询"),
)
HALL_WITHOUT_PAGES = frozenset(
    {
        "desk:hall_sit",
        "desk:hall_away",
        "desk:hall_issue",
        "desk:hall_exchange_ask",
        "desk:hall_exchange_answer",
        "desk:hall_call",
        "desk:hall_call_off",
        "desk:hall_kiosk",
        "kiosk_set_up",
        "kiosk_ticket",
        "desk:reception_back",
    }
)
