"""The screens of which a picture is kept, by the names of their states in `states.py`, and its file."""

import re

from tests.journeys.states import STATES
from tests.journeys.states_form import State

named = str.split
CITIZEN = named("""
home-outside-top shelf-outside-shelf_work search-outside-sent-top item-outside-thing_{item}
accusations-outside-accusations centres-outside-centres submit-outside-submit
submit-outside-wrong-submit submit_words-writing-submit_words
submit_words-writing-wrong-submit_words submit_where-writing-submit_where submit_village-writing-submit_village
submit_who-writing-submit_who submit_files-writing-submit_files submit_check-writing-submit_check
submit_saved-saved-submit_saved submit_done-submitted-submit_done track-outside-track case-with:fresh-track_case
case-with:served-track_case case-with:overdue-track_case case-with:long-track_case case-with:refused-track_case
case_add-with:served-track_case_add case_contest-with:refused-track_case_contest
case_details-with:fresh-track_case_details case_review-with:served-track_case_review
confirm_rate-with:served-track_case_confirm_rate missing-outside-no-such-page
kiosk-outside-kiosk hall_board-outside-hall_999901001_board hall_ticket-outside-hall_999901001_ticket_A002
hall_notice-outside-hall_999901001_notice
""")
STAFF = named("""
sign_in-outside-sign-in sign_in-outside-wrong-sign-in desk:queue-director-desk desk:queue-stranger-desk
desk:view-director-desk_queue_overdue desk:view-town_handler-desk_queue_unit desk:search-director-sent-desk_search
desk:supervision-supervisor-desk_supervision desk:matter-director-desk_m_{fresh} desk:matter-director-desk_m_{long}
desk:matter-supervisor-desk_m_{overdue} desk:matter-town_handler-desk_m_{served} desk:matter-bureau-desk_m_{struck_off}
desk:clock-director-desk_m_{planned}_clock_XF-DO60S desk:figures-director-desk_figures
desk:leader_sheet-director-desk_m_{fresh}_leader-sheet desk:move-director-desk_m_{triaged}_move_assign
desk:move-town_head-wrong-desk_m_{handling}_move_sign_opinion desk:intake-clerk-desk_intake
desk:intake-clerk-wrong-desk_intake desk:intake_form-clerk-desk_intake_new desk:intake_form-clerk-wrong-desk_intake_new
desk:receipt-clerk-desk_intake_receipt_{fresh} desk:hall-sitting-desk_hall desk:hall_roster-director-desk_hall_roster
desk:letters-director-desk_letters office:home-administrator-desk_office office:people-administrator-desk_office_people
office:calendar_year-administrator-desk_office_calendar_2026 office:policy_draft-administrator-desk_office_policy_draft
""")
_NAMED = {str(state): state for state in STATES}
PICTURED: tuple[State, ...] = tuple(_NAMED[name] for name in (*CITIZEN, *STAFF))


def for_citizens(state: State) -> bool:
    return str(state) in CITIZEN


def file_name(state: State) -> str:
    return re.sub(r"[^\w-]+", "-", str(state)).strip("-") + ".webp"
