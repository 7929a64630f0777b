"""Files planned one after the other: what is carried from file to file is what reading everything anew would give."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.interchange.simulation import record

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Stage
from learnpath.interchange.drafts import (
    CredentialDraft,
    Draft,
    ParsedFile,
    ParsedRow,
    PathDraft,
    ProgramDraft,
    RowsKind,
    SkillDraft,
)
from learnpath.interchange.groups import Groups
from learnpath.interchange.identity import Identity
from learnpath.interchange.known_records import KnownRecords
from learnpath.interchange.plan import Decision, ImportPlan, decide_all, plan_import, possible_decisions
from learnpath.interchange.planned_records import take_plan

_texts = st.sampled_from
_titles = _texts(("A", "a ", "A (AB-100)", "Cloud Basics", "Cloud Basic", "Cloud Basics 2", "cloud-basics", "B"))
_issuers = _texts(("", "Acme", "Acme Inc.", "ACME", "Other", "acme two"))
_numbers = _texts(("", "", "1", "2"))
_urls = _texts(("", "", "https://a.example/1", "http://a.example/1?trk=2", "https://a.example/2"))
_dates = st.none() | _texts(("2024", "2024-05", "2024-05-14", "2025-01")).map(PartialDate)
_DRAFTS: dict[RowsKind, st.SearchStrategy[Draft]] = {
    "programs": st.builds(
        ProgramDraft,
        name=_titles,
        issuer_name=_issuers,
        human_code=_texts(("", "AB-100")),
        external_id=_numbers,
        url=_urls,
        level=_texts(("", "x", "y")),
        checked_on=_dates,
    ),
    "credentials": st.builds(
        CredentialDraft,
        title=_titles,
        issuer_name=_issuers,
        license_number=_numbers,
        external_id=_texts(("", "", "urn:1", "urn:2")),
        verification_url=_urls,
        awarded_on=_dates,
        stage=st.none() | st.sampled_from((Stage.EARNED, Stage.PLANNED)),
        notes=_texts(("", "x")),
    ),
    "skills": st.builds(
        SkillDraft,
        name=_texts(("a", "A", "b", "c")),
        uri=_texts(("", "", "http://x.example/1", "http://x.example/2")),
        other_names=st.lists(_texts(("a", "b", "c")), max_size=2).map(tuple),
    ),
    "paths": st.builds(PathDraft, title=_texts(("a", "A", "b", "c"))),
}
_FORMATS = ("table", "linkedin_certifications", "badge")
_ALIASES = {"acme two": "acme"}


def parsed(kind: RowsKind, format_name: str, drafts: Sequence[Draft]) -> ParsedFile:
    rows = tuple(ParsedRow(f"line {at}", at, draft, (), ()) for at, draft in enumerate(drafts, 2))
    return ParsedFile(format=format_name, kind=kind, rows=rows)


def decided(plan: ImportPlan, choice: int) -> ImportPlan:
    """Return a plan with a decision for every other row that takes one."""
    decisions: dict[int, Decision] = {}
    for index, row in list(enumerate(plan.rows))[choice % 2 :: 2]:
        if possible := possible_decisions(row):
            decisions[index] = possible[choice % len(possible)]
    return decide_all(plan, decisions)


def rebuilt(known: KnownRecords, ids: Sequence[int]) -> KnownRecords:
    """Return the same records as if they had just been read."""
    return KnownRecords(known.kind, [one for place in ids if (one := known.find(place)) is not None], _ALIASES)


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_the_carried_records_plan_every_file_as_records_read_anew_do(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(tuple(_DRAFTS)))
    existing = [record(at, draft) for at, draft in enumerate(data.draw(st.lists(_DRAFTS[kind], max_size=4)), 100)]
    known = KnownRecords(kind, existing, _ALIASES)
    added = 0
    for _ in range(data.draw(st.integers(1, 5))):
        drafts = data.draw(st.lists(_DRAFTS[kind], max_size=5))
        file = parsed(kind, data.draw(st.sampled_from(_FORMATS)), drafts)
        plan = plan_import(file, known)
        # By the order of their ids, and then in the order in which they came.
        again = rebuilt(known, [*range(100, 105), *range(-1, -added - 1, -1)])
        assert plan == plan_import(file, again)
        plan = decided(plan, data.draw(st.integers(0, 5)))
        added += sum(1 for _ in plan.to_insert())
        is_changed = take_plan(known, plan)
        assert is_changed == any((*plan.to_insert(), *plan.to_update(), *plan.to_confirm()))


def _identity(place: int) -> Identity:
    return Identity("", "", "", "", "", (), "", "", place, (), "", "", "", "")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), _texts(("", "a", "b", "c"))), max_size=30))
def test_groups_hold_what_has_a_key_now_in_the_order_of_the_library(steps: list[tuple[int, str]]) -> None:
    order = (1, 2, 3, -1, -2, -3)
    groups, keys = Groups[Identity](), dict.fromkeys(order, "")
    for at, key in steps:
        place = order[at]
        groups.replace(keys[place], key, _identity(place))
        keys[place] = key
        for wanted in ("a", "b", "c"):
            found = [one.place for one in groups.get(wanted)]
            assert found == [one for one in order if keys[one] == wanted]
        assert not groups.get("")
