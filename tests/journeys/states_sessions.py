"""The states of joint sessions; see `town_sessions`."""

from tests.journeys.states_form import State, wrong

WHO, MATTER = "other_director", "/desk/m/{meeting}/sessions/"

SESSIONS = (
    State("desk:sessions", WHO, "/desk/sessions/"),
    State("desk:sessions", "clerk", "/desk/sessions/"),
    State("desk:session_rooms", WHO, "/desk/sessions/rooms/"),
    State("desk:session_rooms", "director", "/desk/sessions/rooms/"),
    wrong("desk:session_rooms", WHO, "/desk/sessions/rooms/", name="乙室", places="0"),
    State("desk:session_new", WHO, f"{MATTER}new/"),
    State("desk:session", WHO, f"{MATTER}2/"),
    State("desk:session_move", WHO, f"{MATTER}2/move/"),
    State("desk:session_minutes", WHO, f"{MATTER}1/minutes/"),
    wrong("desk:session_minutes", WHO, f"{MATTER}1/minutes/", subject="油烟"),
    State("desk:session_sheet", WHO, f"{MATTER}2/sheet/"),
    State("session_code", "", "/s/"),
    wrong("session_code", "", "/s/", code="123"),
    State("session_reply", "invited", "/s/reply/"),
    wrong("session_reply", "invited", "/s/reply/", wish="四点以后"),
    State("case_session", "with:meeting", "/track/case/session/2/"),
)
SESSIONS_WITHOUT_PAGES = frozenset(
    {"desk:session_address", "desk:session_file", "session_reply_file", "session_feed", "case_session_file"}
)
