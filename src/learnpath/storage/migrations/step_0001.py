"""Schema 1: the records of the first release, their search words, and the history of changes."""

from collections.abc import Callable

_TABLES = """
CREATE TABLE profile (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL, headline TEXT NOT NULL, place TEXT NOT NULL, email TEXT NOT NULL,
    currency TEXT NOT NULL, week_goal_minutes INTEGER NOT NULL
) STRICT;
CREATE TABLE issuer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, aliases TEXT NOT NULL, url TEXT NOT NULL, country_code TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE INDEX issuer_name ON issuer (name COLLATE NOCASE);
CREATE TABLE skill (id INTEGER PRIMARY KEY, name TEXT NOT NULL, uri TEXT NOT NULL) STRICT;
CREATE INDEX skill_name ON skill (name COLLATE NOCASE);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE INDEX tag_name ON tag (name COLLATE NOCASE);
CREATE TABLE program (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    issuer_id INTEGER REFERENCES issuer (id) ON DELETE SET NULL,
    human_code TEXT NOT NULL, achievement_type TEXT NOT NULL, description TEXT NOT NULL, url TEXT NOT NULL,
    level TEXT NOT NULL, language TEXT NOT NULL, estimated_minutes INTEGER,
    price_minor INTEGER, price_currency TEXT, valid_for TEXT NOT NULL,
    lifecycle_status TEXT NOT NULL, retires_on TEXT, external_id TEXT NOT NULL,
    source_url TEXT NOT NULL, checked_on TEXT
) STRICT;
CREATE INDEX program_name ON program (name COLLATE NOCASE, id);
CREATE INDEX program_issuer ON program (issuer_id);
CREATE TABLE program_skill (
    program_id INTEGER NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    skill_id INTEGER NOT NULL REFERENCES skill (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (program_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX program_skill_skill ON program_skill (skill_id);
CREATE TABLE program_tag (
    program_id INTEGER NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (program_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX program_tag_tag ON program_tag (tag_id);
CREATE TABLE credential (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    issuer_id INTEGER REFERENCES issuer (id) ON DELETE SET NULL,
    program_id INTEGER REFERENCES program (id) ON DELETE SET NULL,
    human_code TEXT NOT NULL, achievement_type TEXT NOT NULL, level TEXT NOT NULL, stage TEXT NOT NULL,
    target_on TEXT, exam_on TEXT, exam_time TEXT NOT NULL, exam_zone TEXT NOT NULL, exam_place TEXT NOT NULL,
    awarded_on TEXT, valid_for TEXT NOT NULL, valid_until TEXT, renewal_opens_days INTEGER,
    grace_days INTEGER NOT NULL, renewal_note TEXT NOT NULL, revoked_on TEXT, let_go_reason TEXT NOT NULL,
    license_number TEXT NOT NULL, external_id TEXT NOT NULL, verification_url TEXT NOT NULL,
    estimated_minutes INTEGER, notes TEXT NOT NULL
) STRICT;
CREATE INDEX credential_title ON credential (title COLLATE NOCASE, id);
CREATE INDEX credential_awarded ON credential (awarded_on);
CREATE INDEX credential_valid_until ON credential (valid_until);
CREATE INDEX credential_issuer ON credential (issuer_id);
CREATE INDEX credential_program ON credential (program_id);
CREATE INDEX credential_stage ON credential (stage);
CREATE TABLE credential_skill (
    credential_id INTEGER NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
    skill_id INTEGER NOT NULL REFERENCES skill (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (credential_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX credential_skill_skill ON credential_skill (skill_id);
CREATE TABLE credential_tag (
    credential_id INTEGER NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (credential_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX credential_tag_tag ON credential_tag (tag_id);
CREATE TABLE evidence_file (
    id INTEGER PRIMARY KEY,
    credential_id INTEGER NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
    file_name TEXT NOT NULL, original_name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,
    sha256 TEXT NOT NULL, role TEXT NOT NULL, added_at TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_file_credential ON evidence_file (credential_id);
CREATE TABLE cost_line (
    id INTEGER PRIMARY KEY,
    credential_id INTEGER NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, price_minor INTEGER NOT NULL, price_currency TEXT NOT NULL, state TEXT NOT NULL,
    payer TEXT NOT NULL, incurred_on TEXT, claim_state TEXT NOT NULL, claim_by TEXT, note TEXT NOT NULL
) STRICT;
CREATE INDEX cost_line_credential ON cost_line (credential_id);
CREATE TABLE study_session (
    id INTEGER PRIMARY KEY,
    credential_id INTEGER REFERENCES credential (id) ON DELETE SET NULL,
    studied_on TEXT NOT NULL, minutes INTEGER NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE INDEX study_session_day ON study_session (studied_on);
CREATE INDEX study_session_credential ON study_session (credential_id);
CREATE TABLE path (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL, description TEXT NOT NULL, goal_on TEXT, is_active INTEGER NOT NULL
) STRICT;
CREATE TABLE path_step (
    id INTEGER PRIMARY KEY,
    path_id INTEGER NOT NULL REFERENCES path (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, title TEXT NOT NULL,
    program_id INTEGER REFERENCES program (id) ON DELETE SET NULL,
    credential_id INTEGER REFERENCES credential (id) ON DELETE SET NULL,
    estimated_minutes INTEGER
) STRICT;
CREATE INDEX path_step_path ON path_step (path_id, position);
CREATE INDEX path_step_program ON path_step (program_id);
CREATE INDEX path_step_credential ON path_step (credential_id);
CREATE TABLE portfolio (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, sections TEXT NOT NULL, excluded_ids TEXT NOT NULL, show_expired INTEGER NOT NULL,
    show_planned INTEGER NOT NULL, show_links INTEGER NOT NULL, show_license_numbers INTEGER NOT NULL,
    show_email INTEGER NOT NULL
) STRICT;
CREATE TABLE import_source (
    id INTEGER PRIMARY KEY,
    original_name TEXT NOT NULL, file_name TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL,
    size INTEGER NOT NULL, imported_at TEXT NOT NULL
) STRICT;
CREATE TABLE record_source (
    id INTEGER PRIMARY KEY,
    record_kind TEXT NOT NULL, record_id INTEGER NOT NULL,
    import_source_id INTEGER NOT NULL REFERENCES import_source (id) ON DELETE CASCADE,
    fields TEXT NOT NULL
) STRICT;
CREATE INDEX record_source_record ON record_source (record_id);
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL, at TEXT NOT NULL, device TEXT NOT NULL, row_count INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')), changeset BLOB NOT NULL
) STRICT;
"""

_WORDS = {
    "credential": ("title", "human_code", "license_number", "notes"),
    "program": ("name", "human_code", "level", "description"),
    "issuer": ("name", "aliases"),
    "skill": ("name",),
    "tag": ("name",),
}


def upgrade(execute: Callable[[str], object]) -> None:
    """Create every table, index and trigger of schema 1."""
    execute(_TABLES)
    for table, columns in _WORDS.items():
        execute(_words_of(table, columns))


def _words_of(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(columns)
    old = ", ".join(f"old.{column}" for column in columns)
    new = ", ".join(f"new.{column}" for column in columns)
    forget = f"INSERT INTO {table}_words ({table}_words, rowid, {names}) VALUES ('delete', old.id, {old});"
    learn = f"INSERT INTO {table}_words (rowid, {names}) VALUES (new.id, {new});"
    return f"""
CREATE VIRTUAL TABLE {table}_words USING fts5(
    {names}, content='{table}', content_rowid='id', prefix='2 3', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER {table}_words_insert AFTER INSERT ON {table} BEGIN {learn} END;
CREATE TRIGGER {table}_words_delete AFTER DELETE ON {table} BEGIN {forget} END;
CREATE TRIGGER {table}_words_update AFTER UPDATE OF {names} ON {table} BEGIN {forget} {learn} END;
"""
