"""The rows of the administration: the administrator's own, and what the bureau of petitions decides along."""

from tests.web.access_table import FORM, SEND, Row


def office(name, **more):
    return Row(f"office:{name}", **{"happy": "administrator", "wrong": "director", **more})


ROWS = (
    office("home"),
    office("units"),
    office("unit_new", methods=FORM),
    office("unit", args=("999901001",)),
    office("unit_change", methods=SEND, args=("999901001", "rename")),
    office("people"),
    office("person_new", methods=FORM),
    office("person", args=("user",)),
    office("person_post", methods=SEND, args=("user",)),
    office("person_password", answers=302, methods=SEND, args=("user",)),
    office("person_close", answers=302, methods=SEND, args=("user",)),
    office("post_end", methods=FORM, args=("post",)),
    office("hours"),
    office("hours_change", methods=SEND, args=("hours",)),
    office("calendar", methods=FORM),
    office("calendar_file", methods=SEND),
    office("calendar_year", args=("2026",)),
    office("calendar_approve", happy="bureau", wrong="administrator", methods=SEND, args=("2026",), answers=302),
    office("policy"),
    office("policy_draft", methods=FORM),
    office("policy_version", args=("0",)),
    office("policy_publish", happy="bureau", wrong="administrator", methods=SEND, args=("1",), answers=302),
    office("policy_withdraw", methods=SEND, args=("1",), answers=302),
    office("messages"),
    office("catalogue"),
    office("learning"),
    office("learning_act", wrong="bureau", methods=SEND, args=("ask",), answers=302),
    office("catalogue_new", methods=FORM),
    office("catalogue_line", methods=FORM, args=("unpaid_wages",)),
    office("shelf_new", methods=FORM),
    office("shelf", methods=FORM, args=("work",)),
    office("shelf_remove", methods=SEND, args=("work",), answers=302),
    office("catalogue_release", methods=SEND, args=("unpaid_wages",), answers=302),
    office("catalogue_version", args=("0",)),
    office("catalogue_import", methods=FORM),
    office("catalogue_file", args=("0", "yaml")),
    office("catalogue_publish", happy="bureau", wrong="administrator", methods=SEND, args=("1",), answers=302),
    office("catalogue_withdraw", methods=SEND, args=("1",), answers=302),
    office("composition", methods=FORM),
    office("rollout", methods=FORM),
)
