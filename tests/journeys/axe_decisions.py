"""What axe cannot tell and a person has looked at: the answer, once, with its reason (UX-01).

An open question without a decision fails the page. Each decision names a state where the question arises: when it does
not arise there any more, that page fails until the decision is struck or has another example.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """`why` is axe's own key for what hinders it, `where` a selector of the part of the page, or of what holds it."""

    rule: str
    why: str
    where: str
    example: str
    reason: str
    media: str = "all"


DECISIONS = (
    Decision(
        "color-contrast", "bgImage", "select", "desk:queue-director-desk",
        "The arrow at the end of a list is an image on the list's own ground; the words end before it.",
    ),
    Decision(
        "color-contrast", "pseudoContent", ".timeline", "desk:matter-clerk-desk_m_{triaged}",
        "The line of the timeline is a pseudo-element beside the words, not behind them; their colours stand on the "
        "same ground elsewhere on the page, where axe measures them.",
    ),
    Decision(
        "color-contrast", "bgOverlap", ".intake", "desk:intake_form-clerk-desk_intake_new",
        "The bar with the button lies over whatever is just scrolled under it; the colours are those of the fields "
        "beside, and that the focus is never under the bar is asked with Tab.",
    ),
    Decision(
        "color-contrast", "elmPartiallyObscuring", "table.cards", "office:catalogue-bureau-desk_office_catalogue",
        "A name of two lines reaches a hair beyond the line box of its cell; cell and row have one ground.",
    ),
    Decision(
        "color-contrast", "emptyValue", "input", "desk:intake_form-station-desk_intake_new_?own&secret",
        "A field in which nothing stands yet has no letters to measure.",
    ),
    Decision(
        "color-contrast", "equalRatio", ".button, .door, .shelf, .move-first", "home-writing-top",
        "In forced colours axe takes the white that our sheet names for the letters and the ground of the system; "
        "drawn are both of the system, as the approved pictures show.",
        media="(forced-colors: active)",
    ),
    Decision(
        "color-contrast", "elmPartiallyObscured", "h1", "office:messages-administrator-desk_office_messages",
        "On paper nothing is left that could lie over the heading: every point of it is the heading's own.",
        media="print",
    ),
)  # fmt: skip
