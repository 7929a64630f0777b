"""The format `credly_catalogue`: what an organisation offers on Credly, as a saved list of badge templates.

The list is an object by template id, an array, or the `data` of an answer of Credly's interface. What a person earned
there is another list (`interchange.personal.credly_badges`), or a badge (`interchange.badges`).
"""

from collections.abc import Collection, Iterator

from learnpath.errors import KnownError
from learnpath.interchange.badges.shape import JsonObject, first_text, is_object, objects, one_object
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions, ProgramDraft
from learnpath.interchange.lists.credly import issuer_of, type_of
from learnpath.interchange.lists.descriptions import described, sentence, unique_names
from learnpath.interchange.lists.entries import Entry, as_objects, is_json, listed, load_list, minutes_of

FORMAT = "credly_catalogue"


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.85 for lists of Credly's badge templates or organisations, from their property names."""
    del file_name
    if not is_json(data):
        return 0.0
    is_templates = b'"badge_template_activities"' in data or b'"global_activity_url"' in data
    is_organisations = b'"/organizations/' in data[:4096] and b'"logo"' in data[:4096]
    return 0.85 if is_templates or is_organisations else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the badges on offer as programs. Raises KnownError for damaged JSON and lists without badges."""
    del options
    value = load_list(data)
    if is_object(value) and "data" in one_object(value):
        value = one_object(value)["data"]
    templates = [thing for thing in as_objects(value) if "name" in thing]
    if templates and all("/organizations/" in str(thing.get("url", ""))[:30] for thing in templates):
        raise KnownError(
            "The file lists organisations on Credly and none of their badges. Nothing was imported.",
            "Save the badges of one organisation and import that file.",
        )
    names = {str(thing.get("id", "")): str(thing["name"]) for thing in templates}
    unique = unique_names(names.values())
    rows = (_row(number, thing, names, unique) for number, thing in enumerate(templates, start=1))
    return listed(FORMAT, "programs", rows, "The file holds no badges of an organisation on Credly.")


def _row(number: int, thing: JsonObject, names: dict[str, str], unique: Collection[str]) -> ParsedRow:
    """Return a badge with those it requires: linked by a name that only one badge has, told in words where none has.

    `names` are all badges of the list by key, `unique` the names that one of them has alone.
    """
    entry = Entry(number, thing)
    required = dict(_required(thing, names))
    linked = [name for key, name in required.items() if key not in names or name in unique]
    told = [name for key, name in required.items() if key not in names or name not in unique]
    effort = entry.line("time_to_earn")
    minutes = minutes_of(effort)
    aligned = [first_text(target.get("name")) for target in objects(thing.get("alignments"))]
    draft = ProgramDraft(
        name=entry.line("name"),
        issuer_name=Entry(number, {"name": issuer_of(thing)}).line("name"),
        achievement_type=type_of(thing),
        description=described(
            entry.paragraph("description"),
            sentence("Requires", [*_activities(thing), *told], entry.notes),
            sentence("Aligned with", aligned, entry.notes),
            sentence("Cost", [entry.line("cost")], entry.notes),
            sentence("Time to earn", [effort] if minutes is None else [], entry.notes),
        ),
        url=entry.address("global_activity_url", "url"),
        level=entry.line("level"),
        estimated_minutes=minutes,
        external_id=entry.line("id"),
        source_url=entry.address("url"),
        required_names=Entry(number, {"names": linked}).names("names"),
        skill_names=entry.names("skills"),
    )
    return entry.row(draft)


def _required(thing: JsonObject, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the keys of the required badges with their names: of the list, else as this badge calls them."""
    for activity in objects(thing.get("badge_template_activities")):
        needed = activity.get("required_badge_template_id")
        if isinstance(needed, str) and needed and needed != thing.get("id"):
            yield needed, names.get(needed) or first_text(activity.get("title")) or needed


def _activities(thing: JsonObject) -> Iterator[str]:
    """Yield what a badge asks for that is no other badge."""
    for activity in objects(thing.get("badge_template_activities")):
        if not activity.get("required_badge_template_id"):
            yield first_text(activity.get("title"))
