"""The rows of the window: registering, receipts, papers."""

from tests.web.access_table import FORM, SEND, Row

ABSENT = "00000000-0000-4000-8000-000000000000"
ROWS = (
    Row("desk:intake", happy="clerk", methods=FORM),
    Row("desk:intake_form", happy="clerk", methods=FORM),
    Row("desk:intake_draft", happy="clerk", answers=204, methods=SEND),
    Row("desk:intake_draft_away", happy="clerk", answers=302, methods=SEND),
    Row("desk:intake_read", happy="clerk", methods=SEND),
    Row("desk:suggest", happy="clerk", methods=SEND),
    Row("desk:alike", happy="clerk", methods=SEND),
    Row("desk:contact", happy="clerk", answers=404, args=("number", "2")),
    Row("desk:renew_joined_code", happy="clerk", wrong="supervisor", answers=404, methods=SEND, args=("number", "2")),
    Row("desk:receipt", happy="clerk", args=("number",)),
    Row("desk:receipt_qr", happy="clerk", wrong=None, args=("number",)),
    Row("desk:renew_code", happy="clerk", wrong="supervisor", answers=302, methods=SEND, args=("number",)),
    Row("desk:visit_form", happy="clerk", methods=FORM, args=("number",)),
    Row("desk:materials", happy="clerk", methods=FORM, args=("number",)),
    Row("desk:paper", happy="clerk", answers=404, args=("number", ABSENT)),
)
