"""The rows of the hall: its people call, its director sets windows, everybody sees numbers."""

from tests.web.access_table import FORM, SEND, Row

CENTRE = "999901001"


def of_the_hall(name, **more):
    return Row(f"desk:{name}", **{"happy": "clerk", "wrong": "labour_officer", **more})


ROWS = (
    of_the_hall("hall"),
    of_the_hall("hall_sit", methods=SEND, answers=302),
    of_the_hall("hall_away", methods=SEND, answers=302),
    of_the_hall("hall_issue", methods=SEND),
    of_the_hall("hall_call", methods=SEND, answers=302, args=("next",)),
    of_the_hall("hall_windows", happy="director", wrong="clerk", methods=FORM),
    of_the_hall("hall_roster", methods=FORM),
    of_the_hall("hall_exchange_ask", methods=SEND, answers=302),
    of_the_hall("hall_exchange_answer", methods=SEND, answers=302, args=("1",)),
    of_the_hall("hall_receptions", methods=FORM),
    of_the_hall("hall_call_off", happy="director", wrong="clerk", methods=SEND, args=("1",)),
    Row("hall_notice", happy="", wrong=None, anonymous=200, args=(CENTRE,)),
    of_the_hall("reception", answers=404, methods=FORM, args=("1",)),
    of_the_hall("reception_back", answers=404, methods=SEND, args=("1",)),
    of_the_hall("hall_sealed"),
    of_the_hall("leading", happy="leader", wrong="clerk"),
    of_the_hall("hall_kiosk", methods=SEND, answers=302),
    Row("kiosk", happy="", wrong=None, anonymous=200),
    Row("kiosk_set_up", happy="", wrong=None, answers=404, anonymous=404, args=("999901001-aaaaaaaa",)),
    Row("kiosk_ticket", happy="", wrong=None, answers=302, methods=SEND),
    Row("hall_board", happy="", wrong=None, anonymous=200, args=(CENTRE,)),
    Row("hall_ticket", happy="", wrong=None, answers=404, anonymous=404, args=(CENTRE, "A001")),
)
