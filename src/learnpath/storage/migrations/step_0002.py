"""Schema 2: which programs a program requires."""

from collections.abc import Callable

# A program may come before those that it requires: what points at nothing is judged when all of them are there.
_REQUIREMENTS = """
CREATE TABLE program_requirement (
    program_id INTEGER NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    required_id INTEGER NOT NULL REFERENCES program (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    PRIMARY KEY (program_id, required_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX program_requirement_required ON program_requirement (required_id);
"""


def upgrade(execute: Callable[[str], object]) -> None:
    """Add the table of requirements."""
    execute(_REQUIREMENTS)
