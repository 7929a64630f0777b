"""What the ribbon of twelve months shows: each date by itself, or one dot a month when there are too many to read."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from learnpath.domain.deadlines import Deadline, Urgency
from learnpath.gui.models.deadline_lines import chip_kind, how_far_text
from learnpath.gui.widgets.month_grid import shift_month
from learnpath.gui.widgets.ribbon import RibbonItem

MONTHS = 12
MOST_ITEMS = 30


def _tr(text: str) -> str:
    return QCoreApplication.translate("RibbonItems", text)


def on_ribbon(deadlines: Sequence[Deadline], today: date) -> list[Deadline]:
    """Return the dates from the first of this month on, twelve months far."""
    start = today.replace(day=1)
    end = shift_month(start, MONTHS)
    return [one for one in deadlines if start <= one.on < end]


def ribbon_items(shown: Sequence[Deadline], today: date) -> list[RibbonItem]:
    """Return the items for the dates `on_ribbon`; the key of each is its deadline, of a month its first one."""
    if len(shown) <= MOST_ITEMS:
        return [
            RibbonItem(one, one.on, one.subject, chip_kind(one), f"{one.title}, {how_far_text(one, today)}")
            for one in shown
        ]
    months: dict[tuple[int, int], list[Deadline]] = {}
    for one in shown:
        months.setdefault((one.on.year, one.on.month), []).append(one)
    return [_month_item(members) for members in months.values()]


def _month_item(members: Sequence[Deadline]) -> RibbonItem:
    urgent = sum(1 for one in members if one.urgency is Urgency.ACT)
    count = QLocale().toString(len(members))
    label = _tr("1 date") if len(members) == 1 else _tr("{count} dates").format(count=count)
    detail = _tr("{count} need action").format(count=QLocale().toString(urgent)) if urgent else ""
    first = members[0].on.replace(day=1)
    return RibbonItem(members[0], first, label, "bad" if urgent else "accent", detail)
