"""The rows of the statistics: staff of every kind see them, each within their own sight."""

from tests.web.access_table import Row

ROWS = (
    Row("desk:figures", wrong=None),
    Row("desk:figure_list", wrong=None, args=("R-4", "denominator")),
)
