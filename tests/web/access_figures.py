"""The rows of the statistics: staff of every kind see them, each within their own sight."""

from tests.web.access_table import Row

ROWS = (
    Row("desk:figures", wrong=None),
    Row("desk:figure_list", wrong=None, args=("R-4", "denominator")),
    Row("desk:credit", wrong=None),
    Row("desk:credit_list", wrong=None, args=("999901-RS", "all")),
)
