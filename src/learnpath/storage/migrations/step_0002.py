"""Schema 2: which programs a program requires, and by what else an import knows a record."""

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
# Every row is written anew: one that ends before its last column could not be told from another table's when the file
# is damaged.
_FORMER = """
ALTER TABLE record_source ADD COLUMN former TEXT NOT NULL DEFAULT '[]';
UPDATE record_source SET former = '[]';
"""


def upgrade(execute: Callable[[str], object]) -> None:
    """Add the table of requirements, and what imports called records."""
    execute(_REQUIREMENTS)
    execute(_FORMER)
