"""Learning paths: their progress, and their steps in order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from learnpath.domain.changes import Outcome
from learnpath.domain.dates import PartialDate
from learnpath.domain.progress import PathProgress, path_progress
from learnpath.domain.records import Credential, Path, PathStep, Program
from learnpath.errors import UsageError
from learnpath.storage.change import Change
from learnpath.storage.library import Library
from learnpath.storage.totals import logged_minutes


def list_paths(library: Library, today: date) -> list[PathProgress]:
    """Return all paths with their progress: active ones first, then by title."""
    found = _progress(library, library.all(Path), today)
    return sorted(found, key=lambda one: (not one.path.is_active, one.path.title.casefold()))


def path_details(library: Library, path_id: int, today: date) -> PathProgress:
    """Return one path with its steps; UsageError when there is none with this id."""
    return _progress(library, [library.get(Path, path_id)], today)[0]


def save_path(library: Library, path: Path) -> Outcome[Path]:
    """Store a new path (id 0) or replace one; UsageError without a title."""
    title = " ".join(path.title.split())
    if not title:
        raise UsageError("Enter a title.")
    with library.change(f"{'Edit' if path.id else 'Add'} path {title}") as change:
        stored = replace(path, title=title)
        if path.id:
            change.update(stored)
        else:
            stored = change.insert(stored)
    return Outcome(stored, change.change_set)


def set_goal(library: Library, path_id: int, on: PartialDate) -> Outcome[Path]:
    """Choose another day by which a path is to be done; UsageError when there is none with this id."""
    path = replace(library.get(Path, path_id), goal_on=on)
    with library.change(f"Choose a new date for {path.title}") as change:
        change.update(path)
    return Outcome(path, change.change_set)


def delete_path(library: Library, path_id: int) -> Outcome[Path]:
    """Remove a path and its steps; programs and credentials stay."""
    path = library.get(Path, path_id)
    with library.change(f"Delete path {path.title}") as change:
        change.delete(Path, [path_id])
    return Outcome(path, change.change_set)


def add_steps(
    library: Library, path_id: int, *, program_ids: Sequence[int] = (), credential_ids: Sequence[int] = ()
) -> Outcome[list[PathStep]]:
    """Append programs or credentials to a path, in order; those it already has are not added twice."""
    path = library.get(Path, path_id)
    steps = _steps(library, path_id)
    programs = [one for one in dict.fromkeys(program_ids) if one not in {step.program_id for step in steps}]
    credentials = [one for one in dict.fromkeys(credential_ids) if one not in {step.credential_id for step in steps}]
    new = [PathStep(path_id=path_id, position=0, program_id=one) for one in programs]
    new += [PathStep(path_id=path_id, position=0, credential_id=one) for one in credentials]
    with library.change(f"Add {len(new)} step{'' if len(new) == 1 else 's'} to {path.title}") as change:
        start = steps[-1].position + 1 if steps else 0
        added = change.insert_many([replace(step, position=start + offset) for offset, step in enumerate(new)])
    return Outcome(added, change.change_set)


def move_step(library: Library, step_id: int, offset: int) -> Outcome[list[PathStep]]:
    """Move a step up (negative) or down within its path; return the steps in their new order."""
    step = library.get(PathStep, step_id)
    steps = _steps(library, step.path_id)
    at = [one.id for one in steps].index(step_id)
    to = max(0, min(len(steps) - 1, at + offset))
    steps.insert(to, steps.pop(at))
    ordered = [replace(one, position=position) for position, one in enumerate(steps)]
    with library.change(f"Move a step of {library.get(Path, step.path_id).title}") as change:
        change.update_many(ordered)
    return Outcome(ordered, change.change_set)


def remove_step(library: Library, step_id: int) -> Outcome[PathStep]:
    """Remove a step from its path; the program or credential stays."""
    step = library.get(PathStep, step_id)
    with library.change(f"Remove a step of {library.get(Path, step.path_id).title}") as change:
        change.delete(PathStep, [step_id])
    return Outcome(step, change.change_set)


def name_steps(library: Library, change: Change, names: Mapping[int, str]) -> None:
    """Give each untitled step the name of its only program or credential, which is about to go (names by id)."""
    steps = library.where(
        PathStep,
        """title = '' AND (program_id IS NULL OR credential_id IS NULL)
        AND coalesce(program_id, credential_id) IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(names)),),
    )
    change.update_many([replace(step, title=names[step.program_id or step.credential_id or 0]) for step in steps])


def _steps(library: Library, path_id: int) -> list[PathStep]:
    return sorted(
        library.where(PathStep, "path_id = ?", (path_id,)),
        key=lambda step: (step.position, step.id),
    )


def _progress(library: Library, paths: Sequence[Path], today: date) -> list[PathProgress]:
    ids = {path.id for path in paths}
    steps = [step for step in library.all(PathStep) if step.path_id in ids]
    program_ids = {step.program_id for step in steps if step.program_id}
    credentials = library.where(
        Credential,
        "id IN (SELECT credential_id FROM path_step) OR program_id IN (SELECT program_id FROM path_step)",
    )
    programs = library.all(Program, program_ids | {one.program_id for one in credentials if one.program_id})
    minutes = logged_minutes(library)
    goal = library.profile().week_goal_minutes
    return [
        path_progress(
            path,
            [step for step in steps if step.path_id == path.id],
            credentials={one.id: one for one in credentials},
            programs={one.id: one for one in programs},
            logged_minutes=minutes,
            week_minutes=goal,
            today=today,
        )
        for path in paths
    ]
