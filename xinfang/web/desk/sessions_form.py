"""The form by which a session is called: everything that the file knows already is filled in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.queries.dossier import Dossier
from xinfang.queries.sessions import Person
from xinfang.rules.access.masking import masked_name
from xinfang.rules.people.seats import Role
from xinfang.rules.sessions.calling import MOST_REPRESENTATIVES, Asked
from xinfang.rules.sessions.codes import GuestKind
from xinfang.web.desk.unit_field import Groups, UnitField
from xinfang.web.parts.fields import LineField, WordsField

LENGTHS = (30, 60, 90, 120, 180)
OTHERS = 2
_FIRST = (Role.HANDLER, Role.MEMBER_OFFICER, Role.ORGAN_HEAD)


class SessionForm(forms.Form):
    """Who comes, what about, for how long; the time is chosen by a button beside it."""

    week = forms.DateField(required=False, widget=forms.HiddenInput)
    skip = forms.IntegerField(required=False, min_value=0, max_value=999, widget=forms.HiddenInput)
    subject = WordsField(label=_("议题"), rows=2, help_text=_("只写给参会的单位看，短信里没有。"))
    minutes = forms.TypedChoiceField(
        label=_("开多久"), coerce=int, choices=[(n, _("%(n)s 分钟") % {"n": n}) for n in LENGTHS],
        widget=forms.RadioSelect,
    )  # fmt: skip
    staff = forms.MultipleChoiceField(label=_("单位人员和调解员"), required=False, widget=forms.CheckboxSelectMultiple)
    parties = forms.MultipleChoiceField(
        label=_("信访人"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("代表最多 5 人。")
    )

    def __init__(self, dossier: Dossier, people: Iterable[Person], units: Groups, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = [person for person in people if person.why is None]
        fields: dict[str, Any] = self.fields
        fields["staff"].choices = [(str(p.user), f"{p.unit_name} {p.name}") for p in self.free]
        fields["parties"].choices = [
            (str(party.person_id), masked_name(party.person.opened("name"))) for party in dossier.parties
        ]
        for n in range(OTHERS):
            fields[f"name-{n}"] = LineField(label=_("其他人姓名"), required=False, private=True)
            fields[f"phone-{n}"] = LineField(label=_("电话"), required=False, private=True, kind="tel")
        fields["unit"] = UnitField(units, label=_("再请一个单位"), required=False)

    def others(self) -> list[tuple[Any, Any]]:
        """The fields for people whom the house does not know, in rows."""
        return [(self[f"name-{n}"], self[f"phone-{n}"]) for n in range(OTHERS)]

    def guests(self) -> list[Asked]:
        """Everybody who was ticked or typed."""
        given, units = self.cleaned_data, {str(person.user): person.unit for person in self.free}
        staff = [Asked(GuestKind.STAFF, user=int(user), unit=units[user]) for user in given["staff"]]
        parties = [Asked(GuestKind.PARTY, person=person) for person in given["parties"]]
        typed = [(given[f"name-{n}"], given[f"phone-{n}"]) for n in range(OTHERS)]
        others = [Asked(GuestKind.OTHER, name=name, phone=phone) for name, phone in typed if name or phone]
        return [*staff, *parties, *others]


def filled_in(dossier: Dossier, people: Iterable[Person]) -> dict[str, Any]:
    """Who is asked as a rule: whoever calls it, one of each unit with a part, the petitioners."""
    by_unit: dict[str, Person] = {}
    named = {task.handler for task in dossier.state.open_tasks}
    parts = {task.unit for task in dossier.state.open_tasks}
    for person in sorted(people, key=lambda p: (p.user not in named, _rank(p.role))):
        if person.why is None and person.unit in parts:
            by_unit.setdefault(person.unit, person)
    own = dossier.asked.actor.user_id
    return {
        "subject": dossier.word("title") or "",
        "minutes": 60,
        "staff": [str(user) for user in dict.fromkeys([own, *(person.user for person in by_unit.values())])],
        "parties": [str(party.person_id) for party in dossier.parties if party.part != "agent"][:MOST_REPRESENTATIVES],
    }


def _rank(role: Role) -> int:
    return _FIRST.index(role) if role in _FIRST else len(_FIRST)
