"""What needs action in the window's words: the row, and the one next step."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from learnpath.domain.attention import Attention, AttentionKind
from learnpath.domain.deadlines import Urgency
from learnpath.domain.typed_dates import describe_distance
from learnpath.gui.models.deadline_lines import when_text
from learnpath.gui.widgets.agenda_line import AgendaLine
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import day_text, distance_text, weekday_text

_TITLES = {
    AttentionKind.CLAIM: "Claim {subject} costs",
    AttentionKind.EXAM_SOON: "{subject} exam {distance}",
    AttentionKind.EXAM_PASSED: "{subject}: how did it go?",
    AttentionKind.RENEWAL_UNPLANNED: "Renew {subject}",
    AttentionKind.TARGET_SLIPPED: "Finish {subject}",
    AttentionKind.GOAL_SLIPPED: "Goal: {subject}",
    AttentionKind.PROOF_MISSING: "{subject}",
}
_STEPS = {
    AttentionKind.CLAIM: "Ask for the money back",
    AttentionKind.EXAM_SOON: "Check time and place",
    AttentionKind.EXAM_PASSED: "Mark as earned or rebook",
    AttentionKind.RENEWAL_UNPLANNED: "Plan the renewal, or let it go",
    AttentionKind.TARGET_SLIPPED: "Choose a new date",
    AttentionKind.GOAL_SLIPPED: "Choose a new date",
    AttentionKind.PROOF_MISSING: "Attach the certificate or badge",
}
_CHIPS: dict[AttentionKind, tuple[str, ChipKind]] = {
    AttentionKind.CLAIM: ("Claim", "warn"),
    AttentionKind.EXAM_SOON: ("Exam", "warn"),
    AttentionKind.EXAM_PASSED: ("Result", "accent"),
    AttentionKind.RENEWAL_UNPLANNED: ("Renew", "warn"),
    AttentionKind.TARGET_SLIPPED: ("Target", "plan"),
    AttentionKind.GOAL_SLIPPED: ("Goal", "plan"),
    AttentionKind.PROOF_MISSING: ("Proof", "neutral"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Attention", text)


def attention_line(thing: Attention, today: date) -> AgendaLine:
    """Return the row: when, what, the next step, and a chip that is red for what is lost if ignored this week."""
    word, kind = _CHIPS[thing.kind]
    overdue = thing.urgency is Urgency.ACT and thing.on is not None and thing.on < today
    return AgendaLine(
        when=when_text(thing.on, today) if thing.on is not None else "–",
        title=_title(thing, today),
        subtitle=_tr(_STEPS[thing.kind]),
        chip=_tr("Overdue") if overdue else _tr(word),
        kind="bad" if thing.urgency is Urgency.ACT else kind,
    )


def attention_tip(thing: Attention, today: date) -> str:
    """Return the whole of it as text: the day, what it is about, and where the date comes from."""
    lines = [_title(thing, today), _tr(_STEPS[thing.kind])]
    if thing.on is not None:
        far = distance_text(describe_distance(thing.on, today))
        lines.insert(0, f"{weekday_text(thing.on)} {day_text(thing.on)}, {far}")
    if thing.detail:
        lines.append(thing.detail)
    return "\n".join(lines)


def _title(thing: Attention, today: date) -> str:
    distance = distance_text(describe_distance(thing.on, today)) if thing.on is not None else ""
    return _tr(_TITLES[thing.kind]).format(subject=thing.subject, distance=distance)
