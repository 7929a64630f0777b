"""The owner's name, headline, currency and weekly goal."""

from learnpath.domain.changes import Outcome
from learnpath.domain.records import Profile
from learnpath.storage.library import Library


def save_profile(library: Library, profile: Profile) -> Outcome[Profile]:
    """Store the profile."""
    with library.change("Edit profile") as change:
        change.set_profile(profile)
    return Outcome(profile, change.change_set)
