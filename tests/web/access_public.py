"""The rows of the citizen's side: open to everybody; what belongs to one matter leads back to number and code."""

from tests.web.access_table import FORM, SEND, Row

ABSENT = "00000000-0000-4000-8000-000000000000"


def everybody(name, **more):
    return Row(name, happy="", wrong=None, **{"anonymous": more.get("answers", 200), **more})


def with_code(name, **more):
    """Pages of one matter: without number and code one is sent to where they are asked for."""
    return everybody(name, answers=302, **more)


ROWS = (
    *(everybody(name) for name in ("home", "accusations", "privacy", "accessibility", "centres", "found")),
    everybody("search", methods=SEND, answers=302),
    everybody("shelf", answers=404, args=("no-such-shelf",)),
    everybody("item", answers=404, args=("no-such-thing",)),
    everybody("submit", methods=FORM),
    *(
        everybody(f"submit_{step}", methods=FORM, answers=302)
        for step in ("words", "where", "village", "who", "files", "check")
    ),
    everybody("submit_saved", methods=FORM, answers=302),
    everybody("submit_resume", methods=FORM),
    everybody("submit_done", answers=302),
    everybody("track", methods=FORM),
    everybody("elder", methods=SEND, answers=302),
    everybody("leave", methods=SEND, answers=302),
    *(with_code(name) for name in ("case", "confirm")),
    with_code("case_file", args=(ABSENT,)),
    with_code("case_record_file"),
    *(
        with_code(name, methods=FORM)
        for name in (
            "case_add",
            "case_urge",
            "case_contest",
            "case_review",
            "case_recusal",
            "case_told",
            "case_details",
            "case_record",
            "case_meeting",
            "confirm_rate",
            "confirm_rest",
        )
    ),
    *(with_code(name, methods=FORM) for name in ("confirm_revoke", "confirm_withdraw")),
)
