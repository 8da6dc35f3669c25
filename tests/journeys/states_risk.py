"""The states of the risk board and of the register of hard matters; see `town_risk`."""

from tests.journeys.states_form import State, wrong

RISK = (
    State("desk:risk", "bureau", "/desk/risk/"),
    State("desk:risk", "other_director", "/desk/risk/"),
    State("desk:risk_rules", "bureau", "/desk/risk/rules/"),
    State("desk:signal", "director", "/desk/risk/{signal}/"),
    wrong("desk:signal", "director", "/desk/risk/{signal}/"),
    State("desk:hard", "bureau", "/desk/risk/hard/"),
    State("desk:hard", "other_director", "/desk/risk/hard/"),
)
