"""Sample data in and out, each as one change.

Records of the sample have small ids of their own (below `FIRST_REAL_ID`), which no id maker ever gives, so that
they can be told from the person's own at any time.
"""

import itertools
from datetime import date
from typing import TYPE_CHECKING

from learnpath.domain.changes import Outcome
from learnpath.domain.records import Credential, Profile
from learnpath.services.whole_library import insert_contents, store_files
from learnpath.storage.change import Change
from learnpath.storage.library import Library
from learnpath.storage.mapping import TABLES

if TYPE_CHECKING:
    from learnpath.services.sample_data import SampleLibrary

# Real ids begin with 42 bits of time; only the 21 bits of the counter lie below this.
FIRST_REAL_ID = 1 << 21


def has_sample(library: Library) -> bool:
    """Return whether the library holds any record of the sample."""
    return any(library.where(record_type, "id < ?", (FIRST_REAL_ID,)) for record_type in TABLES)


def add_sample(library: Library, today: date) -> Outcome[int]:
    """Put the sample person's records into the library; what is there stays. Returns the number of credentials."""
    sample = _build(today)
    contents = store_files(library, sample.contents, sample.files)
    with library.change("Add sample data") as change:
        _delete_sample(library, change)
        insert_contents(change, contents)
        if library.profile() == Profile():
            change.set_profile(contents.profile)
    return Outcome(len(contents.credentials), change.change_set)


def remove_sample(library: Library, today: date) -> Outcome[int]:
    """Take the sample's records out again; the person's own stay. Returns the number of credentials removed."""
    sample_profile = _build(today).contents.profile
    count = len(library.where(Credential, "id < ?", (FIRST_REAL_ID,)))
    with library.change("Remove sample data") as change:
        _delete_sample(library, change)
        if library.profile() == sample_profile:
            change.set_profile(Profile())
    return Outcome(count, change.change_set)


def _build(today: date) -> "SampleLibrary":
    # Read only when it is asked for: every start of the window asks whether there is a sample, few make one.
    from learnpath.services.sample_data import build_sample

    ids = itertools.count(1)
    return build_sample(today, lambda: next(ids))


def _delete_sample(library: Library, change: Change) -> None:
    for record_type in reversed(TABLES):
        change.delete(record_type, [one.id for one in library.where(record_type, "id < ?", (FIRST_REAL_ID,))])
