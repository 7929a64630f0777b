"""Writing what previews planned, one file after the other, in one change.

Belongs here: planning a file anew when those before it have come in, its source, its bytes, the proof it is. Records
and fields are written in `draft_writing`, a whole exported library in `library_merge`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from learnpath.domain.records import ImportSource
from learnpath.interchange.checkpoints import Checkpoint
from learnpath.interchange.plan import Decision, ImportPlan, PlannedRow, decide_all, leave_open, possible_decisions
from learnpath.services.draft_writing import PlanWriter
from learnpath.services.import_proof import attach_import, unproved_credentials
from learnpath.services.library_merge import plan_merge, write_merge
from learnpath.services.planning import Planning, earlier_import, plan_file
from learnpath.services.previews import ImportedFile, Preview, report
from learnpath.storage.change import Change
from learnpath.storage.evidence_store import free_name, store_bytes
from learnpath.storage.library import Library


class ImportWriter:
    """Writes previews in one change. `check` may raise to stop, and `advance` hears of records written."""

    def __init__(self, library: Library, change: Change, check: Checkpoint, advance: Callable[[int], None]) -> None:
        self._library = library
        self._change = change
        self._check = check
        self._advance = advance
        self._planning = Planning(library)
        self._plans = PlanWriter(library, change, check)
        self._has_written = False

    def write(self, preview: Preview) -> ImportedFile:
        """Write what a preview planned and keep its file; one that changes nothing leaves nothing behind."""
        self._check()
        if preview.follows_others or self._has_written:
            preview = self._plan_again(preview)
        if preview.plan is None:
            return self._merge(preview)
        unproved = unproved_credentials(self._library, preview.parsed, preview.plan, preview.data)
        if not preview.changes_records and not unproved:
            return report(preview, 0, 0)
        source = self._source_of(preview)
        new, updated = self._write_plan(preview.plan, source.id)
        # Last, so that an import that is cancelled leaves no file behind.
        kept = store_bytes(self._library.files_folder, preview.file_name, preview.data)
        if preview.parsed.is_evidence:
            attach_import(self._library, self._change, preview.file_name, preview.parsed, kept, [*new, *unproved])
        result = report(preview, len(new), updated)
        return replace(result, only_proved=bool(unproved) and not (new or updated))

    def _plan_again(self, preview: Preview) -> Preview:
        """Return the preview as it is now that the files before it have come in: what they brought is not new again.

        A decision holds for a row that is asked the same as before. Another row stays open, and is told, unless what
        becomes of it by itself is what was decided.
        """
        if preview.plan is None:
            keeps_known = preview.options.on_duplicate == "keep"
            contents = preview.parsed.contents
            return replace(
                preview, merge=contents and plan_merge(self._library, contents, self._check, keeps_known=keeps_known)
            )
        known = self._planning.stored(preview.plan.kind, self._check)
        plan = plan_file(self._library, preview.parsed, preview.data, preview.options, known, self._check)
        decisions: dict[int, Decision] = {}
        dropped: list[int] = []
        for index, (before, now) in enumerate(zip(preview.plan.rows, plan.rows, strict=True)):
            if before.decision is None:
                continue
            if before.decision in possible_decisions(now) and _is_judged_alike(before, now):
                decisions[index] = before.decision
            elif before.decision != now.action:
                dropped.append(index)
        return replace(preview, plan=decide_all(leave_open(plan, dropped), decisions))

    def _merge(self, preview: Preview) -> ImportedFile:
        if preview.merge is None:
            raise ValueError("a preview has either a plan or a merge")
        new, updated = write_merge(self._library, self._change, preview.merge, preview.data, self._check, self._advance)
        # Records of all kinds may have come in.
        self._planning.forget()
        self._plans = PlanWriter(self._library, self._change, self._check)
        self._has_written |= bool(new or updated)
        return report(preview, new, updated)

    def _write_plan(self, plan: ImportPlan, import_source_id: int) -> tuple[list[int], int]:
        """Write a plan, and tell what files after it are planned against."""
        names = self._plans.names
        skills, issuers = len(names.made_skills), names.made_issuers
        new, updated = self._plans.write(plan, import_source_id, self._advance)
        confirmed = [record_id for record_id, _ in plan.to_confirm()]
        if names.made_issuers > issuers:
            self._planning.issuers_changed()
        if plan.kind == "programs" and any(name == "name" for _, _, all in plan.to_update() for name, _, _ in all):
            # Credentials are compared by the names of their programs, too, and programs by those they require.
            self._planning.forget("credentials", "programs")
        self._planning.wrote(plan.kind, {*new, *updated, *confirmed}, self._check)
        self._planning.wrote("skills", names.made_skills[skills:], self._check)
        self._has_written |= bool(new or updated)
        return new, len(updated)

    def _source_of(self, preview: Preview) -> ImportSource:
        """Return the record of the file, which is new unless the same file came in the same format before."""
        earlier = earlier_import(self._library, preview.data, preview.parsed.format)
        if earlier is not None:
            return earlier
        sha256 = hashlib.sha256(preview.data).hexdigest()
        return self._change.insert(
            ImportSource(
                original_name=preview.file_name,
                file_name=free_name(self._library.files_folder, preview.file_name, sha256),
                format=preview.parsed.format,
                sha256=sha256,
                size=len(preview.data),
                imported_at=self._library.now_text(),
            )
        )


def _is_judged_alike(before: PlannedRow, now: PlannedRow) -> bool:
    # What was only planned had no id of its own yet.
    was_planned = before.existing_id is not None and before.existing_id < 0 and now.existing_id is not None
    is_same_record = was_planned or before.existing_id == now.existing_id
    return is_same_record and before.kind is now.kind and _question(before) == _question(now)


def _question(row: PlannedRow) -> tuple[str, bool, bool]:
    # The same record may be asked about for another reason once the files before have come in.
    return row.reason, bool(row.entered), row.is_proposed
