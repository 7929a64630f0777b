"""Adding, editing, earning and removing the person's own credentials."""

import re
import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from learnpath.domain.changes import Outcome
from learnpath.domain.dates import PartialDate, Term
from learnpath.domain.records import Credential, Issuer, Program, Skill, Stage, Tag
from learnpath.domain.validity import end_of_validity
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.services.evidence import store_proof
from learnpath.services.naming import NameBook
from learnpath.services.paths import name_steps
from learnpath.services.provenance import forget_changed
from learnpath.storage.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialForm:
    """A credential as a form shows it: the record, and names where the record has ids."""

    credential: Credential
    issuer_name: str = ""
    skill_names: tuple[str, ...] = ()
    tag_names: tuple[str, ...] = ()


def read_form(library: Library, credential_id: int) -> CredentialForm:
    """Return a stored credential for editing; UsageError when there is none with this id."""
    credential = library.get(Credential, credential_id)
    issuer = library.find(Issuer, credential.issuer_id or 0)
    names = {skill.id: skill.name for skill in library.all(Skill, credential.skill_ids)}
    tags = {tag.id: tag.name for tag in library.all(Tag, credential.tag_ids)}
    return CredentialForm(
        credential=credential,
        issuer_name=issuer.name if issuer else "",
        skill_names=tuple(names[one] for one in credential.skill_ids),
        tag_names=tuple(tags[one] for one in credential.tag_ids),
    )


def find_mistakes(form: CredentialForm) -> dict[str, str]:
    """Return what is wrong with a form, as one sentence by field name; empty when it can be saved."""
    one = form.credential
    found: dict[str, str] = {}
    if not one.title.strip():
        found["title"] = "Enter a title."
    if one.stage is Stage.EARNED and one.awarded_on is None:
        found["awarded_on"] = "Enter when you earned it. A year is enough."
    if one.stage is Stage.BOOKED and one.exam_on is None:
        found["exam_on"] = "Enter the day of the exam."
    if one.awarded_on and one.valid_until and one.valid_until.last_day < one.awarded_on.first_day:
        found["valid_until"] = "This is before it was earned."
    if one.valid_for and not is_term(one.valid_for):
        found["valid_for"] = "Enter a term such as P3Y (three years)."
    if one.verification_url and not is_web_address(one.verification_url):
        found["verification_url"] = "Enter a web address that begins with https://."
    if one.exam_time and not _is_time(one.exam_time):
        found["exam_time"] = "Enter a time such as 09:30."
    if one.exam_zone and one.exam_zone not in zoneinfo.available_timezones():
        found["exam_zone"] = "Enter a time zone such as Europe/Budapest."
    if one.estimated_minutes is not None and one.estimated_minutes < 0:
        found["estimated_minutes"] = "Enter hours of study, 0 or more."
    return found


def save_credential(library: Library, form: CredentialForm, proof: Sequence[Path] = ()) -> Outcome[Credential]:
    """Store a new credential (id 0) or replace one, with files as proof, as one change.

    Raises UsageError with the first mistake when the form has any, and for a file that cannot be read.
    """
    if mistakes := find_mistakes(form):
        raise UsageError(next(iter(mistakes.values())))
    title = " ".join(form.credential.title.split())
    verb = "Edit" if form.credential.id else "Add"
    files = store_proof(library, form.credential.id, proof)
    with library.change(f"{verb} {title}") as change:
        names = NameBook(library, change)
        credential = replace(
            with_validity(form.credential),
            title=title,
            issuer_id=names.issuer_id(form.issuer_name),
            skill_ids=names.skill_ids(form.skill_names),
            tag_ids=names.tag_ids(form.tag_names),
        )
        if credential.id:
            before = library.all(Credential, [credential.id])
            change.update(credential)
            forget_changed(library, change, before, [credential])
        else:
            credential = change.insert(credential)
        _ = change.insert_many([replace(one, credential_id=credential.id) for one in files])
    return Outcome(credential, change.change_set)


def with_validity(credential: Credential) -> Credential:
    """Return an earned credential with `valid_until` computed from its term when only the term is known."""
    if credential.valid_until or not credential.valid_for or not credential.awarded_on:
        return credential
    if credential.stage is not Stage.EARNED:
        return credential
    ends = end_of_validity(credential.awarded_on, credential.valid_for)
    return replace(credential, valid_until=ends) if ends is not None else credential


def mark_earned(library: Library, ids: Sequence[int], on: PartialDate) -> Outcome[list[Credential]]:
    """Mark credentials as earned on a day; the term of the program gives `valid_until` where it is known."""
    return _change_each(library, ids, "Mark {} as earned", lambda one, program: _earned(one, program, on))


def set_stage(library: Library, ids: Sequence[int], stage: Stage, *, reason: str = "") -> Outcome[list[Credential]]:
    """Move credentials to another stage; `reason` is kept when they are let go.

    UsageError when the stage needs a date that one of them lacks: the award, or the exam.
    """
    needed = {Stage.EARNED: "awarded_on", Stage.BOOKED: "exam_on"}.get(stage)
    for one in library.all(Credential, ids) if needed else ():
        if needed in (mistakes := find_mistakes(CredentialForm(credential=replace(one, stage=stage)))):
            raise UsageError(f"{one.title}: {mistakes[needed]}")
    label = "Set {} to " + stage.value.replace("_", " ")
    return _change_each(
        library,
        ids,
        label,
        lambda one, _: replace(one, stage=stage, let_go_reason=reason if stage is Stage.LET_GO else ""),
    )


def set_target(library: Library, credential_id: int, on: PartialDate) -> Outcome[Credential]:
    """Choose another day by which a credential is to be done; UsageError when there is none with this id."""
    before = library.get(Credential, credential_id)
    credential = replace(before, target_on=on)
    with library.change(f"Choose a new date for {credential.title}") as change:
        change.update(credential)
        forget_changed(library, change, [before], [credential])
    return Outcome(credential, change.change_set)


def delete_credentials(library: Library, ids: Sequence[int]) -> Outcome[int]:
    """Remove credentials with their costs and proofs' entries; Undo brings all of it back."""
    titles = {one.id: one.title for one in library.all(Credential, ids)}
    with library.change(f"Delete {_what(list(titles.values()))}") as change:
        name_steps(library, change, titles)
        change.delete(Credential, ids)
    return Outcome(len(titles), change.change_set)


def _earned(credential: Credential, program: Program | None, on: PartialDate) -> Credential:
    valid_for = credential.valid_for or (program.valid_for if program else "")
    # Where a term is known, the new award's end follows from it; otherwise what the person entered stays.
    until = None if valid_for else credential.valid_until
    return with_validity(
        replace(credential, stage=Stage.EARNED, awarded_on=on, valid_for=valid_for, valid_until=until, let_go_reason="")
    )


def _change_each(
    library: Library, ids: Sequence[int], label: str, step: Callable[[Credential, Program | None], Credential]
) -> Outcome[list[Credential]]:
    before = library.all(Credential, ids)
    programs = {one.id: one for one in library.all(Program, [one.program_id for one in before if one.program_id])}
    after = [step(one, programs.get(one.program_id or 0)) for one in before]
    with library.change(label.format(_what([one.title for one in before]))) as change:
        change.update_many(after)
        forget_changed(library, change, before, after)
    return Outcome(after, change.change_set)


def _what(titles: Sequence[str]) -> str:
    return titles[0] if len(titles) == 1 else count_text(len(titles), "credential")


def is_term(text: str) -> bool:
    """Return whether a text is an ISO 8601 term such as `P3Y`."""
    try:
        _ = Term.parse(text)
    except ValueError:
        return False
    return True


def is_web_address(text: str) -> bool:
    """Return whether a text is an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_time(text: str) -> bool:
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII) is not None
