"""Closed lists of the mediation file: what kind, what a party says, who signs, how it ends, what a court says."""

from enum import StrEnum


class MediationKind(StrEnum):
    """Which law the mediation follows (人民调解法; 医疗纠纷预防和处理条例; 劳动争议调解仲裁法)."""

    PEOPLE = "people"
    MEDICAL = "medical"
    LABOUR = "labour"


class MediationSource(StrEnum):
    """Where a mediation comes from (案件来源, F-M1)."""

    APPLIED = "applied"
    OFFERED = "offered"
    REFERRED = "referred"
    COURT = "court"


class PartyAnswer(StrEnum):
    """What a party says to being mediated. A refusal has no reason and no effect beyond the mediation (H-11)."""

    CONSENTS = "consents"
    DECLINES = "declines"


class AnsweredHow(StrEnum):
    """How a party's answer reached the house."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    WRITTEN = "written"
    ONLINE = "online"


class MediatorWhy(StrEnum):
    """Why this mediator: appointed, chosen by the parties, or in place of another (G4)."""

    APPOINTED = "appointed"
    CHOSEN = "chosen"
    CHANGE_ASKED = "change_asked"
    CONFLICT = "conflict"
    ABSENT = "absent"


class AgreementForm(StrEnum):
    """How an agreement was reached (人民调解法 28)."""

    WRITTEN = "written"
    ORAL = "oral"


class Signer(StrEnum):
    """Whose signature or seal a written agreement bears (人民调解法 29)."""

    PARTY = "party"
    MEDIATOR = "mediator"
    COMMITTEE = "committee"


class MediationEnd(StrEnum):
    """Why a mediation ended without an agreement (人民调解法 17, 26; 医疗纠纷预防和处理条例 31)."""

    NO_AGREEMENT = "no_agreement"
    PARTY_STOPS = "party_stops"
    COURT_TOOK = "court_took"
    UNFIT = "unfit"
    TIME_OVER = "time_over"


class Performance(StrEnum):
    """Whether one step of an agreement was performed on time, late, or not."""

    KEPT = "kept"
    BROKEN = "broken"


class CourtWord(StrEnum):
    """What a court says to the joint application for judicial confirmation (民事诉讼法 205, 206)."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NOT_TAKEN = "not_taken"


class Doubt(StrEnum):
    """Why a court may not confirm an agreement as it is worded (民诉法解释 355, 358); a person decides."""

    PROPERTY = "property"
    IDENTITY = "identity"
    UNCLEAR = "unclear"


class MediationPaper(StrEnum):
    """The papers of a mediation dossier that the house prints (domain 5.2)."""

    REQUEST = "request"
    RIGHTS = "rights"
    RECORD = "record"
    AGREEMENT = "agreement"
    COURT = "court"
    VISIT = "visit"
    END = "end"
