"""The rows of the staff's desk, of signing in, and of the house itself."""

from tests.web.access_table import ALL, FORM, READ, SEND, Row

ROWS = (
    Row("sign_in", happy="", wrong=None, methods=FORM, anonymous=200),
    Row("password", wrong=None, methods=FORM),
    Row("sign_out", wrong=None, answers=302, methods=SEND),
    Row("set_language", happy="", wrong=None, answers=302, methods=ALL),
    Row("health", happy="", wrong=None, methods=READ, anonymous=200),
    Row("desk:queue", wrong=None),
    Row("desk:view", wrong=None, args=("unit",)),
    Row("desk:search", wrong=None, methods=FORM),
    Row("desk:by_person", wrong="clerk", methods=SEND, posted={"id_number": "1", "reason": ""}),
    Row("desk:duplicate", happy="clerk", wrong="director", methods=SEND, posted={"id_number": ""}),
    Row("desk:notices", wrong=None, methods=FORM),
    Row("desk:supervision", happy="supervisor", wrong="clerk"),
    Row("desk:inbox", happy="supervisor", wrong="clerk", args=("reports",)),
    Row("desk:hard", happy="bureau", wrong="clerk"),
    Row("desk:risk", happy="bureau", wrong="clerk"),
    Row("desk:risk_rules", happy="bureau", wrong="clerk"),
    Row("desk:signal", happy="bureau", wrong="other_director", methods=FORM, args=("signal",)),
    Row("desk:matter", wrong="other_director", args=("number",)),
    Row("desk:clock", wrong="other_director", args=("number", "13710-7")),
    Row("desk:letters", happy="director", wrong="supervisor"),
    Row("desk:letter", happy="director", wrong="supervisor", methods=FORM, args=("letter",)),
    Row("desk:letter_posted", happy="director", wrong="supervisor", methods=SEND, args=("letter",), answers=302),
    Row("desk:outgoing", wrong="supervisor", args=("number",)),
    Row("desk:message_again", wrong="other_director", methods=SEND, args=("number", "0"), answers=302),
    Row("desk:details", happy="clerk", wrong="caller", methods=FORM, args=("number",)),
    Row("desk:leader_sheet", args=("number",)),
    Row("desk:identity", wrong="supervisor", methods=FORM, args=("number",)),
    Row("desk:move", wrong="supervisor", methods=FORM, args=("number", "triage")),
)
