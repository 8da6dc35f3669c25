"""Every state of every page, as data: who opens which address, and what is done there before it is looked at.

`who` is a name of the cast, "" somebody from outside, or a session of `town.SESSIONS`; `{served}` in a path is the
number of that matter. `send` is typed and chosen before the form's button is pressed: with nothing, the empty form.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """One page as somebody sees it; `name` is that of the address, `wrong` says that it must show its errors."""

    name: str
    who: str
    path: str
    send: dict[str, str] | None = None
    wrong: bool = False

    def __str__(self) -> str:
        how = "" if self.send is None else "-wrong" if self.wrong else "-sent"
        return f"{self.name}-{self.who or 'outside'}{how}-{self.path.strip('/').replace('/', '_') or 'top'}"


def wrong(name: str, who: str, path: str, /, **send: str) -> State:
    """The same form with something missing."""
    return State(name, who, path, send, wrong=True)


PUBLIC = (
    State("home", "", "/"),
    State("home", "writing", "/"),
    State("shelf", "", "/shelf/work/"),
    State("search", "", "/", {"q": "工资"}),
    State("found", "", "/found/"),
    State("item", "", "/thing/{item}/"),
    State("accusations", "", "/accusations/"),
    State("privacy", "", "/privacy/"),
    State("accessibility", "", "/accessibility/"),
    State("centres", "", "/centres/"),
    State("submit", "", "/submit/"),
    State("submit", "writing", "/submit/"),
    wrong("submit", "", "/submit/", own_people="no"),
    State("submit_words", "writing", "/submit/words/"),
    wrong("submit_words", "writing", "/submit/words/", words=" ", demand="修好路灯"),
    State("submit_where", "writing", "/submit/where/"),
    State("submit_village", "writing", "/submit/village/"),
    State("submit_who", "writing", "/submit/who/"),
    wrong("submit_who", "writing", "/submit/who/", name="长" * 51, address="甲村一组"),
    State("submit_files", "writing", "/submit/files/"),
    State("submit_check", "writing", "/submit/check/"),
    State("submit_done", "submitted", "/submit/done/"),
    State("track", "", "/track/"),
    wrong("track", "", "/track/"),
    wrong("track", "", "/track/", number="XF-0000-0000", code="000000000000"),
    State("case", "with:fresh", "/track/case/"),
    State("case", "with:served", "/track/case/"),
    State("case", "with:overdue", "/track/case/"),
    State("case", "with:long", "/track/case/"),
    State("case", "with:struck_off", "/track/case/"),
    State("case", "with:refused", "/track/case/"),
    State("case_add", "with:served", "/track/case/add/"),
    wrong("case_add", "with:served", "/track/case/add/"),
    State("case_urge", "with:served", "/track/case/urge/"),
    State("case_contest", "with:refused", "/track/case/contest/"),
    wrong("case_contest", "with:refused", "/track/case/contest/"),
    State("case_recusal", "with:served", "/track/case/recusal/"),
    wrong("case_recusal", "with:served", "/track/case/recusal/"),
    State("case_review", "with:served", "/track/case/review/"),
    State("confirm", "with:fresh", "/track/case/confirm/"),
    State("confirm", "with:served", "/track/case/confirm/"),
    State("confirm_rate", "with:served", "/track/case/confirm/rate/"),
    wrong("confirm_rate", "with:served", "/track/case/confirm/rate/", words="太慢"),
    State("confirm_rest", "with:older", "/track/case/confirm/rest/"),
    wrong("confirm_rest", "with:older", "/track/case/confirm/rest/", words="谢谢"),
    State("confirm_withdraw", "with:fresh", "/track/case/confirm/withdraw/"),
    wrong("confirm_withdraw", "with:fresh", "/track/case/confirm/withdraw/", words="不办了"),
    State("missing", "", "/no-such-page/"),
)

DESK = (
    State("sign_in", "", "/sign-in/"),
    wrong("sign_in", "", "/sign-in/", username="nobody"),
    wrong("sign_in", "", "/sign-in/", username="nobody", password="wrong-password"),
    State("password", "member", "/sign-in/password/"),
    wrong("password", "member", "/sign-in/password/"),
    State("desk:queue", "director", "/desk/"),
    State("desk:queue", "stranger", "/desk/"),
    State("desk:view", "director", "/desk/queue/overdue/"),
    State("desk:view", "town_handler", "/desk/queue/unit/"),
    State("desk:view", "bureau", "/desk/queue/unit/?channel=visit"),
    State("desk:search", "director", "/desk/search/"),
    State("desk:search", "director", "/desk/search/", {"q": "路灯"}),
    State("desk:search", "director", "/desk/search/", {"q": "没有的词"}),
    wrong("desk:search", "director", "/desk/search/", q="灯"),
    State("desk:notices", "director", "/desk/notices/"),
    State("desk:notices", "stranger", "/desk/notices/"),
    State("desk:supervision", "supervisor", "/desk/supervision/"),
    State("desk:supervision", "other_director", "/desk/supervision/"),
    State("desk:inbox", "supervisor", "/desk/supervision/reports/"),
    State("desk:inbox", "supervisor", "/desk/supervision/plans/"),
    *(
        State("desk:matter", who, f"/desk/m/{{{matter}}}/")
        for who, matter in (
            ("director", "fresh"),
            ("director", "long"),
            ("supervisor", "overdue"),
            ("director", "planned"),
            ("town_head", "assigned"),
            ("town_handler", "served"),
            ("caller", "proposed"),
            ("bureau", "closed"),
            ("bureau", "struck_off"),
            ("clerk", "triaged"),
        )
    ),
    *(
        State("desk:clock", who, f"/desk/m/{{{matter}}}/clock/{key}/")
        for who, matter, key in (
            ("director", "fresh", "13710-1"),
            ("director", "fresh", "13710-7"),
            ("director", "planned", "XF-DO60S"),
            ("director", "planned", "XF-REG15"),
            ("supervisor", "overdue", "TASK-1"),
            ("town_handler", "served", "RIGHT"),
            ("director", "triaged", "13710-1M"),
            ("director", "fresh", "13710-0"),
        )
    ),
    State("desk:figures", "director", "/desk/figures/"),
    State("desk:figures", "leader", "/desk/figures/"),
    State("desk:figure_list", "director", "/desk/figures/R-4/denominator/"),
    State("desk:identity", "director", "/desk/m/{fresh}/identity/"),
    State("desk:identity", "director", "/desk/m/{triaged}/identity/", {"reason": "电话联系核实情况"}),
    wrong("desk:identity", "director", "/desk/m/{fresh}/identity/"),
    *(
        State("desk:move", who, f"/desk/m/{{{matter}}}/move/{move}/")
        for who, matter, move in (
            ("director", "fresh", "triage"),
            ("director", "triaged", "assign"),
            ("town_head", "assigned", "accept"),
            ("town_head", "assigned", "not_accept"),
            ("town_head", "handling", "sign_opinion"),
            ("town_handler", "signed", "serve_opinion"),
            ("director", "planned", "file_plan"),
            ("caller", "proposed", "call_back"),
            ("caller", "proposed", "verify_resolved"),
            ("bureau", "closed", "strike_off"),
            ("bureau", "struck_off", "strike_off"),
            ("director", "served", "reopen"),
            ("director", "handling", "correct"),
            ("director", "overdue", "explain_breach"),
        )
    ),
    wrong("desk:move", "director", "/desk/m/{fresh}/move/triage/", first_step="先看看"),
    wrong("desk:move", "director", "/desk/m/{triaged}/move/assign/", document="青政信交〔2026〕1号"),
    wrong("desk:move", "director", "/desk/m/{planned}/move/file_plan/", why="要等资金"),
    wrong("desk:move", "town_head", "/desk/m/{handling}/move/sign_opinion/", findings="灯杆线路老化"),
    State("desk:intake", "clerk", "/desk/intake/"),
    wrong("desk:intake", "clerk", "/desk/intake/"),
    State("desk:intake", "clerk", "/desk/intake/", {"own": "no", "accuses": "yes", "secret": "no"}),
    State("desk:intake_form", "clerk", "/desk/intake/new/"),
    State("desk:intake_form", "station", "/desk/intake/new/?own&secret"),
    wrong("desk:intake_form", "clerk", "/desk/intake/new/", name="张一", present="x"),
    State("desk:receipt", "clerk", "/desk/intake/new/", {"original_words": "村口的路灯坏了"}),
    State("desk:receipt", "clerk", "/desk/intake/receipt/{fresh}/"),
    State("desk:visit_form", "director", "/desk/intake/receipt/{fresh}/form/"),
    State("desk:materials", "director", "/desk/m/{fresh}/materials/"),
)

OFFICE = (
    State("office:home", "administrator", "/desk/office/"),
    State("office:home", "bureau", "/desk/office/"),
    State("office:units", "administrator", "/desk/office/units/"),
    State("office:unit_new", "administrator", "/desk/office/units/new/"),
    wrong("office:unit_new", "administrator", "/desk/office/units/new/"),
    State("office:unit", "administrator", "/desk/office/units/999901001/"),
    State("office:people", "administrator", "/desk/office/people/"),
    State("office:people", "administrator", "/desk/office/people/?q=没有这个人"),
    State("office:person_new", "administrator", "/desk/office/people/new/"),
    wrong("office:person_new", "administrator", "/desk/office/people/new/", username="!"),
    State("office:person", "administrator", "/desk/office/people/{user}/"),
    State("office:post_end", "administrator", "/desk/office/posts/{post}/end/"),
    wrong("office:post_end", "administrator", "/desk/office/posts/{post}/end/", last_on=""),
    State("office:hours", "administrator", "/desk/office/hours/"),
    State("office:calendar", "bureau", "/desk/office/calendar/"),
    wrong("office:calendar", "bureau", "/desk/office/calendar/"),
    State("office:calendar_year", "administrator", "/desk/office/calendar/2026/"),
    State("office:policy", "administrator", "/desk/office/policy/"),
    State("office:policy_draft", "administrator", "/desk/office/policy/draft/"),
    wrong("office:policy_draft", "administrator", "/desk/office/policy/draft/", solve_days="100", warn_red="x"),
    State("office:policy_version", "administrator", "/desk/office/policy/0/"),
    State("office:policy_version", "bureau", "/desk/office/policy/1/"),
    State("office:policy_version", "administrator", "/desk/office/policy/1/"),
    State("office:composition", "administrator", "/desk/office/composition/"),
    wrong("office:composition", "administrator", "/desk/office/composition/"),
    State("office:rollout", "administrator", "/desk/office/rollout/"),
    wrong("office:rollout", "administrator", "/desk/office/rollout/", on=""),
)

STATES = (*PUBLIC, *DESK, *OFFICE)
# Addresses that show no page of their own: they take something and lead on, or hand over a file.
NO_PAGES = frozenset(
    {
        "elder", "leave", "set_language", "health", "case_file", "confirm_revoke", "sign_out",
        "desk:by_person", "desk:duplicate", "desk:receipt_qr", "desk:renew_code", "desk:paper",
        "office:unit_change", "office:person_post", "office:person_password", "office:person_close",
        "office:hours_change", "office:calendar_approve", "office:policy_publish", "office:policy_withdraw",
    }
)  # fmt: skip
