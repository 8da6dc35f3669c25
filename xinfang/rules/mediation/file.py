"""One mediation of a matter: its parties' answers, mediator, agreement with its signatures, and what was performed.

Sources: 人民调解法 14-33; 人民调解工作若干规定 30-35; domain 3.1, 3.2. A mediation stops no clock of the petition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from xinfang.rules.mediation.codes import AgreementForm, CourtWord, MediationKind, PartyAnswer, Performance, Signer

PETITIONER = 1  # the party who brought the matter; the others follow in the order of their names
MOST_OTHERS = 9


@dataclass(frozen=True)
class PerformanceStep:
    """One promised act: which party, by which day, how much in yuan (0: no money), and what became of it.

    `limit`: the k of the limit that asks for the follow-up visit.
    """

    k: int
    party: int
    due_on: date
    yuan: int = 0
    done: Performance | None = None
    done_on: date | None = None
    limit: int = 0


@dataclass(frozen=True)
class Agreement:
    """What the parties agreed. `signed`: on which day each signed; effect comes with the last of them (G8, G9)."""

    form: AgreementForm
    drafted_at: datetime
    seq: int
    steps: tuple[PerformanceStep, ...] = ()
    signed: Mapping[str, date] = field(default_factory=dict)
    effect_on: date | None = None

    @property
    def open_steps(self) -> tuple[PerformanceStep, ...]:
        return tuple(step for step in self.steps if step.done is None) if self.effect_on else ()

    @property
    def is_performed(self) -> bool:
        """Every promised act was done; an agreement without one is performed by its effect."""
        return self.effect_on is not None and all(step.done is Performance.KEPT for step in self.steps)

    @property
    def is_broken(self) -> bool:
        return any(step.done is Performance.BROKEN for step in self.steps)

    @property
    def last_day(self) -> date | None:
        """The last day of performance; the effect where nothing was to be done later."""
        return max((step.due_on for step in self.steps), default=self.effect_on)


@dataclass(frozen=True)
class Mediation:
    """One attempt to mediate. `others`: how many parties beside the petitioner. `k` counts from 1.

    `committee`: the unit whose committee keeps the file, where one is registered.
    """

    k: int
    kind: MediationKind
    offered_at: datetime
    others: int
    seq: int
    answers: Mapping[int, PartyAnswer] = field(default_factory=dict)
    mediator: int | None = None
    mediators: frozenset[int] = frozenset()
    committee: str = ""
    rights_told: frozenset[int] = frozenset()
    time_limit: int = 0
    until: date | None = None
    sittings: int = 0
    agreement: Agreement | None = None
    ended_at: datetime | None = None
    asked_court_on: date | None = None
    court: CourtWord | None = None

    @property
    def parties(self) -> tuple[int, ...]:
        return tuple(range(1, self.others + 2))

    @property
    def waiting_for(self) -> tuple[int, ...]:
        """The parties who have not answered yet."""
        return tuple(party for party in self.parties if party not in self.answers)

    @property
    def all_consent(self) -> bool:
        return all(self.answers.get(party) is PartyAnswer.CONSENTS for party in self.parties)

    @property
    def untold(self) -> tuple[int, ...]:
        """The parties who were not told of their rights (G5)."""
        return tuple(party for party in self.parties if party not in self.rights_told)

    @property
    def in_effect(self) -> bool:
        return self.agreement is not None and self.agreement.effect_on is not None

    @property
    def is_open(self) -> bool:
        """Still being mediated: neither ended nor agreed with effect."""
        return self.ended_at is None and not self.in_effect

    @property
    def may_begin(self) -> bool:
        """Everybody consents, knows their rights, and a mediator without a conflict is named (G1, G4, G5)."""
        return self.is_open and self.all_consent and self.mediator is not None and not self.untold

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Whose signature a written agreement still lacks, as keys of `Agreement.signed`."""
        if self.agreement is None or self.agreement.form is AgreementForm.ORAL:
            return ()
        wanted = [signature(Signer.PARTY, party) for party in self.parties]
        wanted += [signature(Signer.MEDIATOR), signature(Signer.COMMITTEE)]
        return tuple(key for key in wanted if key not in self.agreement.signed)


def signature(signer: Signer, party: int = 0) -> str:
    """The key of one signature: `party:2`, `mediator`, `committee`."""
    return f"{signer.value}:{party}" if signer is Signer.PARTY else signer.value


def last(mediations: tuple[Mediation, ...]) -> Mediation | None:
    """The mediation that counts: there is never a second one beside an open one."""
    return mediations[-1] if mediations else None
