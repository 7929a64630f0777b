"""What an Open Badges 3.0 credential says about how something was achieved, as lines for the notes of a credential.

Credits, field of study, role, time, term and results; what a record has a field for is read in `verifiable`.
"""

from collections.abc import Iterator

from learnpath.interchange.badges.moments import read_moment
from learnpath.interchange.badges.plain_text import line
from learnpath.interchange.badges.shape import JsonObject, address_of, first_text, objects, text_of

_MOST_RESULTS = 20


def facts_of(subject: JsonObject, achievement: JsonObject, notes: list[str]) -> list[str]:
    """Return a line for each fact, in plain words."""
    credits = first_text(subject.get("creditsEarned"), achievement.get("creditsAvailable"))
    stated = (
        ("Credits", credits.removesuffix(".0")),
        ("Field of study", text_of(achievement.get("fieldOfStudy"))),
        ("Specialization", text_of(achievement.get("specialization"))),
        ("Role", text_of(subject.get("role"))),
        ("Term", text_of(subject.get("term"))),
        ("Time", _time(subject, notes)),
    )
    return [f"{what}: {told}" for what, text in stated if (told := line(text, notes))]


def results_of(subject: JsonObject, achievement: JsonObject, notes: list[str]) -> list[str]:
    """Return a line for each result, such as “Result (Project): A, Completed”."""
    named = {address_of(one): one for one in objects(achievement.get("resultDescription"))}
    found = objects(subject.get("result"))[:_MOST_RESULTS]
    return [told for result in found if (told := _result(result, named, notes))]


def _result(result: JsonObject, named: dict[str, JsonObject], notes: list[str]) -> str:
    described = named.get(text_of(result.get("resultDescription")).strip(), {})
    words = [line(text_of(result.get(name)), notes) for name in ("value", "status")]
    words.append(line(_level(result, described), notes))
    name = line(text_of(described.get("name")), notes)
    told = ", ".join(dict.fromkeys(word for word in words if word))
    return f"Result ({name}): {told}" if name and told else f"Result: {told}" if told else ""


def _level(result: JsonObject, described: JsonObject) -> str:
    """Return what the level is called that a result reached, or ""."""
    reached = text_of(result.get("achievedLevel")).strip()
    for level in objects(described.get("rubricCriterionLevel")):
        if reached and address_of(level) == reached:
            return first_text(level.get("name"), level.get("level"))
    return ""


def _time(subject: JsonObject, notes: list[str]) -> str:
    return " ".join(_times(subject, notes))


def _times(subject: JsonObject, notes: list[str]) -> Iterator[str]:
    for word, name in (("from", "activityStartDate"), ("to", "activityEndDate")):
        day = read_moment(subject.get(name), name, notes)
        if day is not None:
            yield f"{word} {day}"
