"""The ordered steps from an empty file to today's schema.

Each step is a module with `upgrade(execute)`, plain SQL only: a step must mean the same in ten years, so it never
uses today's records or tables. A step that has been released is never edited.
"""

from collections.abc import Callable

from learnpath.storage.migrations import step_0001, step_0002

Execute = Callable[[str], object]

STEPS: tuple[Callable[[Execute], None], ...] = (step_0001.upgrade, step_0002.upgrade)
SCHEMA_VERSION = len(STEPS)
