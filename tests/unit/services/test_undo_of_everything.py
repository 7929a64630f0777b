"""Any sequence of changes can be taken back and repeated, exactly, at any point and over closing and opening."""

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.library_fixtures import TODAY, LibraryHouse, fixed_surroundings

from learnpath.domain.changes import ChangeSet
from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import CredentialFilter, ProgramFilter
from learnpath.domain.money import Money
from learnpath.domain.records import CostLine, Credential, Profile, Program, Stage
from learnpath.domain.records import Path as LearningPath
from learnpath.services import credentials, evidence, paths, profile, programs, study
from learnpath.storage.credential_list import credential_ids
from learnpath.storage.program_list import program_ids

T = TypeVar("T")
_TEXTS = st.sampled_from(
    [
        "Kovács Ágnes",
        "C++ basics",
        "covid-19 drill",
        "日本語 検定",
        'say "hi" OR NEAR(x)',
        "AZ-104",
        "cloud",
        "ÉCOLE un",
    ]
)
_NAMES = st.sampled_from(["Kovács Kft", "Microsoft", "Cloud Guild", "skill one", "naïve Bayes"])
_SEVERAL = st.lists(_NAMES, max_size=3).map(tuple)
_DATES = st.none() | st.sampled_from(["2024", "2026-05", "2026-12-31", "2027-02-28"]).map(PartialDate)
_PICK = st.integers(0, 50)
_PICKS = st.lists(_PICK, min_size=1, max_size=3)
_STAGES = st.sampled_from([stage for stage in Stage if stage not in {Stage.EARNED, Stage.BOOKED}])
_PROBES = ("kov", "agnes", "C", "covid 19", "micro", "naive", "az 104", "日本語", "cloud guild", "école", "zzz")


def _tokens(*texts: str) -> set[str]:
    plain = (unicodedata.normalize("NFD", text.casefold()) for text in texts)
    return {
        word for text in plain for word in re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c)))
    }


class ChangesAndUndo(RuleBasedStateMachine):
    """The model: the contents after each change that can still be taken back or repeated, and where we are."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="learnpath-undo-"))
        self.house = LibraryHouse(self.folder / "library", fixed_surroundings())
        self.library = self.house.open()
        self.states: list[LibraryContents] = [self.library.contents()]
        self.at = 0

    def teardown(self) -> None:
        assert self.library.problems() == []
        self.library.close()
        shutil.rmtree(self.folder)

    @property
    def now(self) -> LibraryContents:
        return self.states[self.at]

    def _do(self, act: Callable[[], ChangeSet | None]) -> None:
        told = act()
        after = self.library.contents()
        assert (told is not None) == (after != self.now)
        if told is not None:
            assert told.ids
            self.states[self.at + 1 :] = [after]
            self.at += 1

    @rule(title=_TEXTS, issuer=_NAMES | st.just(""), skills=_SEVERAL, tags=_SEVERAL, notes=_TEXTS, wanted_on=_DATES)
    def add_credential(
        self,
        title: str,
        issuer: str,
        skills: tuple[str, ...],
        tags: tuple[str, ...],
        notes: str,
        wanted_on: PartialDate | None,
    ) -> None:
        form = credentials.CredentialForm(
            credential=Credential(title=title, notes=notes, target_on=wanted_on),
            issuer_name=issuer,
            skill_names=skills,
            tag_names=tags,
        )
        self._do(lambda: credentials.save_credential(self.library, form).change)

    @precondition(lambda self: self.now.credentials)
    @rule(pick=_PICK, title=_TEXTS, issuer=_NAMES | st.just(""), skills=_SEVERAL, code=_TEXTS)
    def edit_credential(self, pick: int, title: str, issuer: str, skills: tuple[str, ...], code: str) -> None:
        form = credentials.read_form(self.library, _one(self.now.credentials, pick).id)
        edited = replace(
            form,
            credential=replace(form.credential, title=title, human_code=code),
            issuer_name=issuer,
            skill_names=skills,
        )
        self._do(lambda: credentials.save_credential(self.library, edited).change)

    @precondition(lambda self: self.now.credentials)
    @rule(picks=_PICKS)
    def delete_credentials(self, picks: list[int]) -> None:
        ids = [_one(self.now.credentials, pick).id for pick in picks]
        self._do(lambda: credentials.delete_credentials(self.library, ids).change)

    @precondition(lambda self: self.now.credentials)
    @rule(picks=_PICKS, stage=_STAGES)
    def set_stage(self, picks: list[int], stage: Stage) -> None:
        ids = [_one(self.now.credentials, pick).id for pick in picks]
        self._do(lambda: credentials.set_stage(self.library, ids, stage, reason="too far").change)

    @precondition(lambda self: self.now.credentials)
    @rule(picks=_PICKS)
    def mark_earned(self, picks: list[int]) -> None:
        ids = [_one(self.now.credentials, pick).id for pick in picks]
        self._do(lambda: credentials.mark_earned(self.library, ids, PartialDate("2026-11")).change)

    @rule(name=_TEXTS, issuer=_NAMES, skills=_SEVERAL, tags=_SEVERAL, level=_TEXTS)
    def add_program(self, name: str, issuer: str, skills: tuple[str, ...], tags: tuple[str, ...], level: str) -> None:
        program = Program(name=name, level=level, valid_for="P1Y", price=Money(9900, "USD"))
        form = programs.ProgramForm(program=program, issuer_name=issuer, skill_names=skills, tag_names=tags)
        self._do(lambda: programs.save_program(self.library, form).change)

    @precondition(lambda self: self.now.programs)
    @rule(pick=_PICK, name=_TEXTS, skills=_SEVERAL)
    def edit_program(self, pick: int, name: str, skills: tuple[str, ...]) -> None:
        form = programs.read_program_form(self.library, _one(self.now.programs, pick).id, TODAY)
        edited = replace(form, program=replace(form.program, name=name), skill_names=skills)
        self._do(lambda: programs.save_program(self.library, edited).change)

    @precondition(lambda self: self.now.programs)
    @rule(picks=_PICKS)
    def delete_programs(self, picks: list[int]) -> None:
        ids = [_one(self.now.programs, pick).id for pick in picks]
        self._do(lambda: programs.delete_programs(self.library, ids).change)

    @precondition(lambda self: self.now.programs)
    @rule(picks=_PICKS, stage=st.sampled_from([Stage.PLANNED, Stage.ENROLLED, Stage.EARNED]))
    def take_programs(self, picks: list[int], stage: Stage) -> None:
        ids = [_one(self.now.programs, pick).id for pick in picks]
        self._do(lambda: programs.take_programs(self.library, ids, stage, on=PartialDate("2026-03-04")).change)

    @rule(title=_TEXTS, goal=_DATES)
    def add_path(self, title: str, goal: PartialDate | None) -> None:
        self._do(lambda: paths.save_path(self.library, LearningPath(title=title, goal_on=goal)).change)

    @precondition(lambda self: self.now.paths)
    @rule(pick=_PICK, active=st.booleans())
    def edit_path(self, pick: int, active: bool) -> None:
        path = replace(_one(self.now.paths, pick), is_active=active)
        self._do(lambda: paths.save_path(self.library, path).change)

    @precondition(lambda self: self.now.paths)
    @rule(pick=_PICK)
    def delete_path(self, pick: int) -> None:
        self._do(lambda: paths.delete_path(self.library, _one(self.now.paths, pick).id).change)

    @precondition(lambda self: self.now.paths)
    @rule(pick=_PICK, program_picks=st.lists(_PICK, max_size=3), credential_picks=st.lists(_PICK, max_size=3))
    def add_steps(self, pick: int, program_picks: list[int], credential_picks: list[int]) -> None:
        path_id = _one(self.now.paths, pick).id
        chosen = [_one(self.now.programs, one).id for one in program_picks if self.now.programs]
        owned = [_one(self.now.credentials, one).id for one in credential_picks if self.now.credentials]
        self._do(lambda: paths.add_steps(self.library, path_id, program_ids=chosen, credential_ids=owned).change)
        steps = [step for step in self.now.steps if step.path_id == path_id]
        assert len({step.position for step in steps}) == len(steps)

    @precondition(lambda self: self.now.steps)
    @rule(pick=_PICK, offset=st.integers(-3, 3))
    def move_step(self, pick: int, offset: int) -> None:
        self._do(lambda: paths.move_step(self.library, _one(self.now.steps, pick).id, offset).change)

    @precondition(lambda self: self.now.steps)
    @rule(pick=_PICK)
    def remove_step(self, pick: int) -> None:
        self._do(lambda: paths.remove_step(self.library, _one(self.now.steps, pick).id).change)

    @precondition(lambda self: self.now.credentials)
    @rule(pick=_PICK, minor=st.integers(0, 50_000))
    def add_cost(self, pick: int, minor: int) -> None:
        cost = CostLine(credential_id=_one(self.now.credentials, pick).id, price=Money(minor, "EUR"))
        self._do(lambda: study.save_cost(self.library, cost).change)

    @precondition(lambda self: self.now.costs)
    @rule(pick=_PICK)
    def delete_cost(self, pick: int) -> None:
        self._do(lambda: study.delete_cost(self.library, _one(self.now.costs, pick).id).change)

    @rule(minutes=st.integers(1, 600), pick=st.none() | _PICK)
    def log_study(self, minutes: int, pick: int | None) -> None:
        of = _one(self.now.credentials, pick).id if pick is not None and self.now.credentials else None
        self._do(lambda: study.log_study(self.library, minutes, date(2026, 11, 20), credential_id=of).change)

    @rule(name=_NAMES)
    def save_profile(self, name: str) -> None:
        self._do(lambda: profile.save_profile(self.library, Profile(name=name)).change)

    @precondition(lambda self: self.now.credentials)
    @rule(pick=_PICK, text=_NAMES)
    def attach(self, pick: int, text: str) -> None:
        source = self.folder / f"{text}.txt"
        _ = source.write_text(text, encoding="utf-8")
        owner = _one(self.now.credentials, pick).id
        self._do(lambda: evidence.attach_files(self.library, owner, [source]).change)

    @precondition(lambda self: self.now.evidence)
    @rule(pick=_PICK)
    def detach(self, pick: int) -> None:
        self._do(lambda: evidence.detach_file(self.library, _one(self.now.evidence, pick).id).change)

    @rule(title=_TEXTS)
    def fail(self, title: str) -> None:
        with pytest.raises(ZeroDivisionError), self.library.change("Fail") as change:  # noqa: PT012
            _ = change.insert(Credential(title=title))
            change.delete(Credential, [one.id for one in self.now.credentials])
            raise ZeroDivisionError
        assert self.library.contents() == self.now

    @rule()
    def undo(self) -> None:
        told = self.library.undo()
        assert (told is not None) == (self.at > 0)
        self.at = max(0, self.at - 1)
        assert self.library.contents() == self.now

    @rule()
    def redo(self) -> None:
        told = self.library.redo()
        assert (told is not None) == (self.at < len(self.states) - 1)
        self.at = min(len(self.states) - 1, self.at + 1)
        assert self.library.contents() == self.now

    @rule()
    def open_again(self) -> None:
        self.library.close()
        self.library = self.house.open()
        assert self.library.contents() == self.now

    @invariant()
    def search_finds_what_the_records_say(self) -> None:
        names = {one.id: f"{one.name} {' '.join(one.aliases)}" for one in self.now.issuers}
        names |= {one.id: one.name for one in (*self.now.skills, *self.now.tags)}
        of_credential = {
            one.id: _tokens(one.title, one.human_code, one.license_number, one.notes, *_around(one, names))
            for one in self.now.credentials
        }
        of_program = {
            one.id: _tokens(one.name, one.human_code, one.level, one.description, *_around(one, names))
            for one in self.now.programs
        }
        for probe in _PROBES:
            found = credential_ids(self.library, CredentialFilter(text=probe), TODAY)
            assert sorted(found) == sorted(_matching(of_credential, probe))
            found = program_ids(self.library, ProgramFilter(text=probe))
            assert sorted(found) == sorted(_matching(of_program, probe))


def _one(records: tuple[T, ...], pick: int) -> T:
    return records[pick % len(records)]


def _around(one: Credential | Program, names: dict[int, str]) -> list[str]:
    return [names[each] for each in (one.issuer_id, *one.skill_ids, *one.tag_ids) if each is not None]


def _matching(tokens_by_id: dict[int, set[str]], probe: str) -> list[int]:
    return [
        one
        for one, tokens in tokens_by_id.items()
        if all(any(token.startswith(word) for token in tokens) for word in _tokens(probe))
    ]


_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def test_any_sequence_of_changes_can_be_taken_back_and_repeated() -> None:
    run_state_machine_as_test(
        ChangesAndUndo,
        settings=settings(max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=_SLOW_IS_FINE),
    )


@pytest.mark.heavy
@pytest.mark.timeout(3600)
def test_any_sequence_of_changes_can_be_taken_back_and_repeated_at_length() -> None:
    run_state_machine_as_test(
        ChangesAndUndo,
        settings=settings(max_examples=200, stateful_step_count=60, deadline=None, suppress_health_check=_SLOW_IS_FINE),
    )
