"""Which lane each label of the ribbon stands in, so that none covers another. No painting."""

from collections.abc import Sequence


def share_lanes(spans: Sequence[tuple[int, int]], gap: int) -> list[int]:
    """Return a lane number for each span `(left, right)` in pixels, in the spans' order.

    Spans in one lane keep `gap` pixels between them. Taken from left to right, each goes to the first lane
    with room, which needs no more lanes than the most spans over one place.
    """
    lanes = [0] * len(spans)
    ends: list[int] = []
    for index in sorted(range(len(spans)), key=lambda place: spans[place]):
        left, right = spans[index]
        lane = next((number for number, end in enumerate(ends) if end + gap <= left), len(ends))
        if lane == len(ends):
            ends.append(right)
        else:
            ends[lane] = right
        lanes[index] = lane
    return lanes
