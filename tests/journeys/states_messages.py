"""The states of what is sent to petitioners: letters that wait, a matter's log, the counts; see `town_messages`."""

from tests.journeys.states_form import State, wrong

MESSAGES = (
    State("desk:letters", "director", "/desk/letters/"),
    State("desk:letters", "other_director", "/desk/letters/"),
    State("desk:letter", "director", "/desk/letters/{letter}/"),
    State("desk:letter", "director", "/desk/letters/{letter}/", {}),
    State("desk:outgoing", "director", "/desk/m/{fresh}/messages/"),
    State("office:messages", "administrator", "/desk/office/messages/"),
    State("case_told", "with:served", "/track/case/told/"),
    wrong("case_told", "with:served", "/track/case/told/"),
)
MESSAGES_WITHOUT_PAGES = frozenset({"desk:letter_posted", "desk:message_again"})
