"""Who may do what from which stage, written down a second time, by hand, from domain 6.2 and 9.2.

Nothing here is taken from the product: a move, a role or a stage that changes there must be changed here by somebody
who has thought about it. A line is `move: roles, from -> to`; `=` means that the stage stays.
"""

STAGES = {
    "reg": "registered", "tri": "triaged", "ass": "assigned", "obj": "objected", "inf": "informed",
    "cha": "channelled", "acc": "accepted", "nac": "not_accepted", "nol": "no_longer", "han": "handling",
    "ops": "opinion_served", "exe": "executing", "ext": "awaiting_external", "imp": "implemented",
    "wit": "withdrawn", "clo": "closed", "str": "struck_off", "arc": "archived",
}  # fmt: skip
ROLES = {
    "RCP": "window_clerk", "DIR": "centre_director", "DEP": "centre_deputy", "MEM": "member_officer",
    "STN": "station_head", "STM": "station_member", "MED": "mediator", "HND": "handler", "ORG": "organ_head",
    "LEG": "legal_reviewer", "SUP": "supervisor", "XFJ": "petition_bureau", "LDR": "leader", "REV": "review_organ",
    "DIS": "discipline_desk", "POL": "police_liaison", "ADM": "administrator", "DPO": "privacy_officer",
    "ARC": "archivist", "CAL": "caller", "PET": "petitioner", "SYS": "system",
}  # fmt: skip
GROUPS = {
    # with somebody and not ended
    "running": "reg tri ass obj inf cha acc nac nol han ops exe ext imp",
    "looked_at": "tri ass obj inf cha acc nac nol han ops exe ext imp",
    # something to tell the petitioner has come out
    "answered": "ops exe imp cha ext inf nac nol wit clo str arc",
    "any": "reg tri ass obj inf cha acc nac nol han ops exe ext imp wit clo str arc",
    # not struck off yet: a right runs on after the matter was closed
    "followed": "reg tri ass obj inf cha acc nac nol han ops exe ext imp wit clo",
    "with_unit": "ass obj acc han exe",
    "refusing": "nac nol clo str",
    # an opinion was served, whatever became of the matter since
    "reviewable": "han ops exe imp clo str arc",
}
TABLE = """
triage:                DIR DEP STN XFJ                  | reg -> tri
reclassify:            DIR DEP XFJ                      | looked_at =
set_explicit_date:     DIR DEP XFJ LDR                  | looked_at =
assign:                DIR DEP ORG XFJ                  | tri ass -> ass
escalate:              DIR DEP STN                      | reg =; tri =; ass -> tri
add_co_unit:           DIR DEP ORG XFJ                  | ass acc han exe =
sign_for:              DIR DEP STN MEM HND ORG          | with_unit =
name_handler:          DIR DEP ORG                      | with_unit =
object:                DIR ORG                          | ass -> obj
uphold_objection:      XFJ                              | obj -> tri
reject_objection:      XFJ                              | obj -> ass
finish_task:           DIR DEP STN MEM HND ORG          | with_unit =
object_part:           DIR ORG                          | with_unit =
rule_on_part:          XFJ                              | with_unit =
return_task:           DIR DEP HND ORG XFJ              | ass acc han exe =
urge_task:             DIR DEP HND ORG SUP XFJ          | with_unit =
call_off_task:         DIR DEP ORG XFJ                  | with_unit =
inform:                DIR DEP ORG XFJ                  | tri -> inf
channel:               ORG XFJ                          | tri ass acc han ext -> cha
tell_channelled:       RCP STN HND ORG XFJ              | cha =
await_external:        DIR DEP HND ORG XFJ              | cha -> ext
record_external_result: DIR DEP HND ORG XFJ             | ext =
accept:                ORG                              | tri ass -> acc
not_accept:            ORG XFJ                          | tri ass -> nac
no_longer_accept:      ORG XFJ                          | tri ass -> nol
serve_document:        RCP STN HND ORG XFJ              | looked_at wit clo =
contest_refusal:       PET                              | refusing =
uphold_refusal:        XFJ REV                          | refusing =
overturn_refusal:      XFJ REV                          | refusing -> tri
start_handling:        HND ORG                          | acc -> han
record_progress:       DIR DEP STN STM MEM HND ORG XFJ  | looked_at =
extend:                ORG                              | acc han =
approve_overrun:       DIR                              | looked_at =
sign_opinion:          ORG                              | han =
serve_opinion:         RCP STN HND ORG XFJ              | han -> ops
begin_execution:       HND ORG                          | ops -> exe
solve_on_the_spot:     DIR DEP STN MEM HND              | tri -> imp
implement:             DIR DEP STN MEM HND ORG          | ass ops exe -> imp ; acc han =
reply_directly:        DIR DEP ORG XFJ                  | tri ass acc han -> clo
report_preliminary:    DIR DEP STN MEM HND ORG XFJ      | looked_at clo =
read_report:           SUP                              | looked_at clo =
file_plan:             DIR ORG                          | looked_at =
approve_plan:          SUP XFJ                          | looked_at =
return_plan:           SUP XFJ                          | looked_at =
finish_step:           DIR DEP MEM HND ORG              | looked_at =
restudy:               DIR DEP XFJ                      | looked_at =
report_monthly:        DIR DEP STN MEM HND ORG XFJ      | looked_at clo =
explain_breach:        DIR DEP ORG XFJ                  | looked_at clo =
note_limit:            RCP DIR DEP STN STM MEM HND ORG XFJ | followed =
tell_limit:            RCP DIR DEP STN STM MEM HND ORG XFJ | followed =
meet_limit:            RCP DIR DEP STN STM MEM HND ORG XFJ | followed =
ask_legal_aid:         RCP DIR DEP STN STM MEM HND ORG XFJ | followed =
pause_limit:           DIR DEP MEM HND ORG XFJ          | followed =
resume_limit:          DIR DEP MEM HND ORG XFJ          | followed =
drop_limit:            DIR DEP MEM HND ORG XFJ          | followed =
ask_review:            PET                              | reviewable =
register_review:       RCP DIR DEP STN HND ORG XFJ REV  | reviewable =
note_lateness:         XFJ REV                          | reviewable =
open_hearing:          XFJ REV                          | reviewable =
close_hearing:         XFJ REV                          | reviewable =
decide_review:         XFJ REV                          | reviewable =
serve_review:          RCP STN HND ORG XFJ REV          | reviewable =
offer_mediation:       RCP DIR DEP STN STM MEM HND ORG XFJ | followed =
answer_mediation:      RCP DIR DEP STN STM MED PET      | followed =
name_mediator:         DEP STN MED                      | followed =
tell_mediation_rights: RCP DIR DEP STN STM MED          | followed =
hold_mediation:        DEP STN MED                      | followed =
prolong_mediation:     DEP STN MED                      | followed =
end_mediation:         DEP STN MED                      | followed =
draft_agreement:       DEP STN MED                      | followed =
add_performance:       DEP STN MED                      | followed =
sign_agreement:        DEP STN MED                      | followed =
record_performance:    RCP DIR DEP STN STM MED          | any =
visit_parties:         RCP DIR DEP STN STM MED          | any =
ask_confirmation:      RCP DIR DEP STN STM MED          | any =
record_confirmation:   RCP DIR DEP STN STM MED          | any =
mark_urgent:           RCP DIR DEP STN STM MEM HND ORG XFJ | followed =
report_urgent:         RCP DIR DEP STN STM MEM HND ORG XFJ | any =
note_safety:           RCP DIR DEP STN STM MEM HND ORG XFJ | followed =
renew_safety:          DIR POL                          | any =
end_safety:            DIR POL                          | any =
show_address:          DIR                              | any =
withdraw_urgent:       DIR XFJ                          | followed =
ask_papers:            RCP DIR DEP STN STM MEM HND ORG XFJ | running =
record_reception:      RCP DIR DEP XFJ LDR              | running =
take_charge:           DIR DEP XFJ LDR                  | running =
leave_charge:          DIR DEP XFJ LDR                  | running =
tell_result:           RCP DIR DEP STN HND ORG XFJ CAL  | answered =
call_back:             XFJ CAL                          | answered =
propose_resolved:      DIR DEP STN MEM HND ORG          | answered =
verify_resolved:       XFJ CAL                          | answered =
withdraw_resolved:     XFJ CAL                          | answered tri han =
put_at_rest:           PET                              | answered =
enter_rest_form:       XFJ CAL                          | answered =
revoke_rest:           PET XFJ CAL                      | any =
rate:                  PET                              | answered =
enter_rating_form:     XFJ CAL                          | answered =
revoke_rating:         PET                              | any =
ask_withdrawal:        PET                              | running =
enter_withdrawal_form: XFJ CAL                          | running =
revoke_withdrawal:     PET                              | running =
confirm_withdrawal:    XFJ CAL                          | running -> wit
close:                 DIR DEP STN MEM HND ORG XFJ      | ops imp cha ext inf nac nol wit -> clo
propose_strike_off:    DIR DEP STN MEM HND ORG          | clo =
strike_off:            SUP XFJ                          | clo -> str
reopen:                DIR DEP XFJ SUP LDR REV          | wit clo str arc -> tri
archive:               XFJ ARC                          | str -> arc
urge:                  PET                              | any =
ask_recusal:           PET                              | running =
recuse:                DIR DEP ORG XFJ                  | any =
link:                  RCP DIR DEP ORG XFJ              | any =
unlink:                DIR DEP XFJ                      | any =
merge:                 DIR DEP XFJ                      | reg tri ass -> clo
unmerge:               DIR DEP XFJ                      | clo -> tri
correct:               RCP DIR DEP ORG XFJ              | any =
"""


def _sources(text):
    return [STAGES[code] for word in text.split() for code in GROUPS.get(word, word).split()]


def _targets(text):
    found = {}
    for part in text.split(";"):
        if "->" in part:
            sources, target = part.split("->")
            found |= dict.fromkeys(_sources(sources), STAGES[target.strip()])
        else:
            found |= {source: source for source in _sources(part.replace("=", ""))}
    return found


def expected():
    """By move: the roles that may ask, and where each stage leads."""
    rows = {}
    for line in TABLE.strip().splitlines():
        name, rest = line.split(":", 1)
        roles, targets = rest.split("|")
        rows[name.strip()] = ({ROLES[code] for code in roles.split()}, _targets(targets))
    return rows
