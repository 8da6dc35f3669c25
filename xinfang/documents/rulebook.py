"""What do the rules say, on paper? Tables and diagrams for docs/rules, made from the data that decides (domain 6, 9.2).

Nothing here is written by hand twice: `MOVES` feeds the buttons, the services and these pages alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from xinfang.documents.rulebook_words import (
    ALARMS,
    APPLIES,
    CLOCKS_INTRO,
    FIGURES_INTRO,
    LIFECYCLE_INTRO,
    MET_BY,
    MOVES_INTRO,
    NO_DATE,
    PERMISSIONS_INTRO,
    ROOMS_INTRO,
)
from xinfang.gateways.rooms import LAYERS, rooms
from xinfang.labels.clocks import CLOCKS
from xinfang.labels.matters import STAGES
from xinfang.labels.moves import MOVES as MOVE_WORDS
from xinfang.labels.people import ROLES
from xinfang.labels.refusals import REFUSALS
from xinfang.policies import shipped
from xinfang.rules.clocks import catalogue
from xinfang.rules.clocks.catalogue import DeadlineRule, Measure
from xinfang.rules.figures.definitions import DEFINITIONS, Part
from xinfang.rules.lifecycle.allowed import MOVES
from xinfang.rules.lifecycle.closing_moves import CLOSING_MOVES
from xinfang.rules.lifecycle.handling_moves import HANDLING_MOVES
from xinfang.rules.lifecycle.intake_moves import INTAKE_MOVES
from xinfang.rules.lifecycle.leader_moves import LEADER_MOVES
from xinfang.rules.lifecycle.limit_moves import LIMIT_MOVES
from xinfang.rules.lifecycle.move import Field, FieldKind, Move, Need
from xinfang.rules.lifecycle.safety_moves import SAFETY_MOVES
from xinfang.rules.lifecycle.urgent_moves import URGENT_MOVES
from xinfang.rules.matters.codes import UNFINISHED, ClockCode, Stage
from xinfang.rules.people.seats import Role

MADE = "<!-- Made by `xinfang docs` from the rules: do not edit. -->\n"
BROAD = 8
SPANS: tuple[tuple[frozenset[Stage], str], ...] = (
    (frozenset(Stage), "any stage"),
    (UNFINISHED, "any unfinished stage"),
    (UNFINISHED - {Stage.REGISTERED}, "any unfinished stage after triage"),
)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars inside a cell are kept from ending it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _codes(members: Iterable[Enum]) -> str:
    return ", ".join(f"`{member.value}`" for member in members)


def _stages(stages: Iterable[Stage]) -> str:
    """Stages in the order of the lifecycle, with a word where they are all of a kind."""
    left = set(stages)
    for span, name in SPANS:
        if span <= left:
            rest = left - span
            return name if not rest else f"{name}, {_stages(rest)}"
    return _codes(stage for stage in Stage if stage in left)


def _roles(roles: Iterable[Role]) -> str:
    return _codes(role for role in Role if role in set(roles))


def _target(move: Move) -> str:
    if all(source is target for source, target in move.targets.items()):
        return "—"
    moved = {target for source, target in move.targets.items() if source is not target}
    stays = [source for source, target in move.targets.items() if source is target]
    return _stages(moved) + (f" (stays in {_stages(stays)})" if stays else "")


def _field(field: Field) -> str:
    kind: str = field.kind.value
    if field.kind is FieldKind.CHOICE:
        kind = " / ".join(str(member.value) for member in (field.only or tuple(field.choices or ())))
    if field.kind is FieldKind.NUMBER:
        kind = f"{field.least}–{field.most}"
    return f"`{field.name}`{'' if field.required else '?'} ({kind})"


def _move_row(move: Move) -> list[str]:
    return [
        f"`{move.name}`",
        str(MOVE_WORDS.get(move.name, "")),
        _stages(move.targets),
        _target(move),
        _roles(move.roles),
        _codes(move.needs),
        "; ".join(_field(field) for field in move.fields),
        f"`{move.event.value}`",
    ]


def moves_page() -> str:
    """Every move: who may make it, from which stage, to which, what must be true and what is entered."""
    head = ["move", "中文", "from", "to", "roles", "needs", "fields", "event"]
    parts = [
        f"{MADE}# The moves 办理动作\n",
        MOVES_INTRO,
    ]
    for title, moves in (
        ("From the door to acceptance 受理", INTAKE_MOVES),
        ("Handling 办理", HANDLING_MOVES),
        ("Limits that somebody notes 其他期限", LIMIT_MOVES),
        ("Grave or urgent 重大紧急", URGENT_MOVES),
        ("Safety concern 安全关切", SAFETY_MOVES),
        ("Leaders 领导接访包案", LEADER_MOVES),
        ("To the end 办结与销号", CLOSING_MOVES),
    ):
        parts.append(f"## {title}\n\n" + table(head, [_move_row(move) for move in moves]))
    needs = [[f"`{need.value}`", str(REFUSALS.get(f"need_{need.value}", ""))] for need in Need]
    parts.append("## Needs 条件\n\n" + table(["need", "what is said when it is not so"], needs))
    return "\n".join(parts)


def _edges() -> dict[tuple[Stage, Stage], list[str]]:
    edges: dict[tuple[Stage, Stage], list[str]] = {}
    for move in MOVES:
        if len(move.targets) >= BROAD:
            continue
        for source in Stage:
            target = move.targets.get(source)
            if target is not None and target is not source:
                edges.setdefault((source, target), []).append(move.name)
    return edges


def lifecycle_page() -> str:
    """The stages and what leads from one to the next, as a state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {stage.value}: {STAGES[stage]} {stage.value}" for stage in Stage]
    lines.append(f"    [*] --> {Stage.REGISTERED.value}: register")
    for (source, target), names in _edges().items():
        lines.append(f"    {source.value} --> {target.value}: {', '.join(names)}")
    lines.append(f"    {Stage.ARCHIVED.value} --> [*]")
    broad = [
        [f"`{move.name}`", str(MOVE_WORDS.get(move.name, "")), _stages(move.targets), _target(move)]
        for move in MOVES
        if len(move.targets) >= BROAD and _target(move) != "—"
    ]
    return "\n".join(
        [
            f"{MADE}# The lifecycle 办理流程\n",
            LIFECYCLE_INTRO,
            "```mermaid\n" + "\n".join(lines) + "\n```\n",
            "Possible from so many stages that arrows would hide the rest:\n",
            table(["move", "中文", "from", "to"], broad),
        ]
    )


def permissions_page() -> str:
    """Which role may ask for which move; recusal, restricted sight and scope are cut beforehand."""
    seats = [role for role in Role if any(role in move.roles for move in MOVES)]
    head = ["move", *(str(ROLES[role]) for role in seats)]
    rows = [
        [f"`{move.name}` {MOVE_WORDS.get(move.name, '')}", *("●" if role in move.roles else "" for role in seats)]
        for move in MOVES
    ]
    without = [role for role in Role if role not in seats]
    return "\n".join(
        [
            f"{MADE}# Who may do what 岗位与权限\n",
            PERMISSIONS_INTRO,
            table(head, rows),
            f"Roles without a move of their own: {_roles(without)}.\n",
        ]
    )


LENGTHS: Mapping[Measure, str] = {
    Measure.DAY_ONE: "the end of the working day (C-R5)",
    Measure.CAL_D: "{n} calendar days",
    Measure.CAL_M: "{n} month",
    Measure.CAL_Y: "{n} years",
    Measure.WD: "{n} working days",
    Measure.EVERY_CAL_M: "every month",
    Measure.HOUR: "{n} hour",
}


def _length(rule: DeadlineRule | None) -> str:
    return LENGTHS[rule.rule].format(n=rule.n) if rule else ""


def _basis(rule: DeadlineRule | None) -> str:
    return f"《{rule.basis.title}》{rule.basis.article}" if rule else "13710"


def clocks_page() -> str:
    """Every clock: from when, how long, when it applies, what meets it, on which legal basis."""
    known = catalogue.read(shipped("deadline_rules.json"))
    rows = []
    for code in ClockCode:
        rule = known.get(code.value)
        length = NO_DATE.get(code) or _length(rule)
        trigger = rule.trigger if rule else ""
        rows.append([f"`{code.value}`", str(CLOCKS[code]), trigger, length, APPLIES[code], MET_BY[code], _basis(rule)])
    head = ["clock", "中文", "from", "length", "applies", "met by", "basis"]
    return "\n".join(
        [
            f"{MADE}# The clocks 期限\n",
            CLOCKS_INTRO,
            table(head, rows),
            ALARMS,
        ]
    )


def _part(part: Part | None) -> str:
    """A condition on the marks of a matter, in words."""
    if part is None:
        return "—"
    said = [f"`{mark.name}`" for mark in part.all]
    if part.any:
        said.append("any of " + ", ".join(f"`{mark.name}`" for mark in part.any))
    if part.bar:
        said.append("without " + ", ".join(f"`{mark.name}`" for mark in part.bar))
    return " and ".join(said) or "all"


def figures_page() -> str:
    """Every figure: what stands above and below the line, as conditions on the marks of a matter."""
    rows = [
        [
            f"`{figure.code}`",
            figure.block.value,
            figure.counted.value,
            _part(figure.numerator),
            _part(figure.denominator),
            str(figure.decimals) if figure.denominator is not None else "—",
        ]
        for figure in DEFINITIONS
    ]
    return "\n".join(
        [
            f"{MADE}# The figures 统计口径\n",
            FIGURES_INTRO,
            table(["figure", "block", "counts", "numerator", "denominator", "decimals"], rows),
        ]
    )


def rooms_page() -> str:
    """Every file of the house with the sentence at its top."""
    parts = [f"{MADE}# Where is what 房间一览\n", ROOMS_INTRO]
    for layer, folders in rooms().items():
        parts.append(f"## `xinfang/{layer}/`\n\n{LAYERS[layer]}\n")
        rows = [
            [f"[`{_short(folder, layer)}{name}`](../xinfang/{folder}/{name})", said]
            for folder, files in folders.items()
            for name, said in files
        ]
        parts.append(table(["file", "what it answers or does"], rows))
    return "\n".join(parts)


def _short(folder: str, layer: str) -> str:
    inside = folder.removeprefix(layer).strip("/")
    return f"{inside}/" if inside else ""


PAGES = {
    "docs/rooms.md": rooms_page,
    "docs/rules/moves.md": moves_page,
    "docs/rules/lifecycle.md": lifecycle_page,
    "docs/rules/permissions.md": permissions_page,
    "docs/rules/clocks.md": clocks_page,
    "docs/rules/figures.md": figures_page,
}
