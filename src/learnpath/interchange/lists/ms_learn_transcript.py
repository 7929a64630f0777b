"""The format `ms_learn_transcript`: a person's transcript of Microsoft Learn, saved from its share address.

Certifications and applied skills come first, then the learning paths and modules that were completed.
"""

from dataclasses import replace

from learnpath.domain.records import AchievementType, Stage
from learnpath.interchange.badges.shape import JsonObject, one_object
from learnpath.interchange.checkpoints import watched
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.lists.entries import Entry, as_objects, is_json, listed, load_list
from learnpath.interchange.lists.ms_learn import ISSUER, snake_names

FORMAT = "ms_learn_transcript"
_MODULES = "modules"
_HISTORICAL = "historical certifications"
_ENDED = ("expired", "retired", "revoked")
_MARKS = (
    *(b'"modulesCompleted"', b'"modules_completed"', b'"learningPathsCompleted"', b'"learning_paths_completed"'),
    *(b'"activeCertifications"', b'"active_certifications"', b'"appliedSkillsCredentials"'),
)


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for JSON with the names that only the transcript uses."""
    del file_name
    return 0.9 if is_json(data) and any(mark in data for mark in _MARKS) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return what the person earned and completed as credentials. Raises KnownError.

    Modules are steps of an hour, by the hundreds: they stay out unless wanted, where there is anything else. Which
    of them belong to a completed path the transcript does not tell.
    """
    found = _found(snake_names(one_object(load_list(data))))
    rows = (_row(number, *one) for number, one in enumerate(watched(found, options.check), start=1))
    parsed = listed(FORMAT, "credentials", rows, "The transcript lists nothing that was earned or completed.")
    has_others = any(row.group != _MODULES for row in parsed.rows)
    return replace(parsed, left_out=frozenset({_MODULES}) if has_others else frozenset())


def _found(transcript: JsonObject) -> list[tuple[str, AchievementType, JsonObject]]:
    certifications = snake_names(one_object(transcript.get("certification_data")))
    skills = snake_names(one_object(transcript.get("applied_skills_data")))
    groups = (
        ("certifications", AchievementType.CERTIFICATION, certifications.get("active_certifications")),
        (_HISTORICAL, AchievementType.CERTIFICATION, certifications.get("historical_certifications")),
        ("applied skills", AchievementType.MICRO_CREDENTIAL, skills.get("applied_skills_credentials")),
        ("learning paths", AchievementType.LEARNING_PROGRAM, transcript.get("learning_paths_completed")),
        (_MODULES, AchievementType.COURSE, transcript.get("modules_completed")),
    )
    return [(name, kind, snake_names(thing)) for name, kind, group in groups for thing in as_objects(group)]


def _row(number: int, group: str, kind: AchievementType, thing: JsonObject) -> ParsedRow:
    entry = Entry(number, thing)
    until = entry.date("expiration", "expires_on")
    status = entry.line("status").lower()
    ended = status if status in _ENDED else "historical" if group == _HISTORICAL else ""
    # Without a day on which it ended, only this stage does not call it valid.
    is_over = bool(ended) and until is None
    draft = CredentialDraft(
        title=entry.line("name", "title"),
        issuer_name=ISSUER,
        achievement_type=kind,
        level=", ".join(entry.names("levels")),
        stage=Stage.LET_GO if is_over else Stage.EARNED,
        awarded_on=entry.date("date_earned", "awarded_on", "completed_on", "completion_date"),
        valid_until=until,
        let_go_reason=f"{ISSUER} lists it as {ended}, without saying since when" if is_over else "",
        license_number=entry.line("certification_number", "credential_id"),
        external_id=entry.line("certification_number", "credential_id", "uid"),
        estimated_minutes=entry.minutes("duration", "duration_in_minutes"),
        notes="Microsoft no longer offers this certification." if status == "retired" else "",
    )
    return replace(entry.row(draft), group=group)
