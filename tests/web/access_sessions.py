"""The rows of joint sessions: called by directors, answered by whoever is asked, with a code from outside."""

from tests.web.access_table import FORM, SEND, Row

ABSENT = "00000000-0000-4000-8000-000000000000"
K = ("number", "1")

ROWS = (
    Row("desk:sessions", wrong=None, methods=FORM),
    Row("desk:session_address", wrong=None, methods=SEND, answers=302),
    Row("desk:session_rooms", wrong="clerk", methods=FORM),
    Row("desk:session_file", wrong=None, answers=404, args=(ABSENT, "1")),
    Row("desk:session_new", wrong="clerk", methods=FORM, args=("number",)),
    Row("desk:session", answers=404, wrong="other_director", methods=FORM, args=K),
    Row("desk:session_move", answers=404, wrong="clerk", methods=FORM, args=K),
    Row("desk:session_minutes", answers=404, wrong="other_director", methods=FORM, args=K),
    Row("desk:session_sheet", answers=404, wrong="other_director", args=K),
    Row("session_code", happy="", wrong=None, anonymous=200, methods=FORM),
    Row("session_reply", happy="", wrong=None, answers=302, methods=FORM),
    Row("session_reply_file", happy="", wrong=None, answers=302),
    Row("session_feed", happy="", wrong=None, answers=404, anonymous=404, args=("no-such-address",)),
    Row("case_session", happy="", wrong=None, answers=302, methods=FORM, args=("1",)),
    Row("case_mediation", happy="", wrong=None, answers=302, methods=FORM),
    Row("case_session_file", happy="", wrong=None, answers=302, args=("1",)),
)
