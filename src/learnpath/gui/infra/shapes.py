"""Shapes that the style and widgets of our own paint alike: rounded rectangles, focus rings, chevrons.

Belongs here: shapes without a meaning. Whole controls are in `style_painting`.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOption

from learnpath.gui.infra.tokens import Look

RADIUS = 8.0


def area_of(option: QStyleOption) -> QRect:
    """Return the rectangle of an option."""
    return option.rect


def state_of(option: QStyleOption) -> QStyle.StateFlag:
    """Return the state of an option."""
    return option.state


def paint_rounded(
    painter: QPainter,
    rect: QRect,
    radius: float,
    fill: QColor | None,
    line: QColor | None,
    width: float = 1.0,
) -> None:
    """Paint a rounded rectangle whose line lies inside of `rect` and on whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, width))
    inset = 0.0 if line is None else width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)
    painter.restore()


def paint_chevron(painter: QPainter, rect: QRect, direction: str, color: QColor, size: float) -> None:
    """Paint a chevron `size` pixels wide in the middle of `rect`; direction is up, down, left or right."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QRectF(rect).center())
    painter.rotate({"down": 0, "left": 90, "up": 180, "right": 270}[direction])
    pen = QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = size / 2
    painter.drawPolyline([QPointF(-half, -half / 2), QPointF(0, half / 2), QPointF(half, -half / 2)])
    painter.restore()


def paint_ring(painter: QPainter, rect: QRect, look: Look, *, gap: bool = False, radius: float = RADIUS) -> None:
    """Paint the focus ring, 2 px, inside of `rect`; on a filled ground with a gap so that it is seen."""
    paint_rounded(painter, rect, radius, None, look.color("accent"), 2)
    if gap:
        paint_rounded(painter, rect.adjusted(2, 2, -2, -2), radius - 2, None, look.color("on-accent"), 1.5)
