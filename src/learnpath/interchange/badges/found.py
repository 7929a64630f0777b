"""One credential found in a file, and the parts that all kinds of badges describe alike."""

from dataclasses import dataclass

from learnpath.domain.records import AchievementType
from learnpath.interchange.badges.addresses import web_address
from learnpath.interchange.badges.plain_text import line, paragraph
from learnpath.interchange.badges.shape import JsonObject, address_of, first_text, many, objects, one_object, text_of
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.cells.words import read_achievement_type
from learnpath.interchange.drafts import CredentialDraft

_MOST_SKILLS = 50
_MOST_NOTES = 8_000
# Open Badges 3.0, AchievementType: members that are special cases of kinds we keep.
_ENDINGS = (
    ("Degree", AchievementType.DEGREE),
    ("Doctorate", AchievementType.DEGREE),
    ("Diploma", AchievementType.DIPLOMA),
    ("Certificate", AchievementType.CERTIFICATE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A credential as a file states it, or None with the reason among `notes`. `known` are the texts it gave.

    `untitled` says why nothing in the file names it; the draft is then without a title.
    """

    draft: CredentialDraft | None
    notes: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    untitled: str = ""


def achievement_type_of(value: object, otherwise: AchievementType | None) -> AchievementType | None:
    """Return the kind an `achievementType` names, also one of an extension (`ext:…`); `otherwise` when none is named.

    A kind that we have no word for is an achievement.
    """
    name = text_of(value).strip().removeprefix("ext:").strip()
    if not name:
        return otherwise
    try:
        return read_achievement_type(name)
    except UnreadableCell:
        return next((kind for ending, kind in _ENDINGS if name.endswith(ending)), AchievementType.ACHIEVEMENT)


def skills_of(achievement: JsonObject, notes: list[str]) -> tuple[str, ...]:
    """Return the names of what a badge aligns with, ESCO skills of its results and its tags, each once, at most 50."""
    aligned = (*objects(achievement.get("alignment")), *objects(achievement.get("alignments")))
    named = [first_text(target.get("targetName"), target.get("name")) for target in aligned]
    results = objects(achievement.get("resultDescription"))
    targets = [target for result in results for target in objects(result.get("alignment")) if _is_skill(target)]
    named += [text_of(target.get("targetName")) for target in targets]
    tags = [text_of(tag) for name in ("tag", "tags") for tag in many(achievement.get(name))]
    return distinct(named + tags, notes)


def _is_skill(target: JsonObject) -> bool:
    # Results are aligned with courses and rubrics, too: only what ESCO calls a skill surely is one.
    return "/esco/skill/" in text_of(target.get("targetUrl")).lower()


def distinct(names: list[str], notes: list[str]) -> tuple[str, ...]:
    """Return skill names as plain lines, each once (in any capitals) and at most 50."""
    found: dict[str, str] = {}
    for name in names:
        plain = line(name, notes)
        if plain:
            found.setdefault(plain.casefold(), plain)
    if len(found) > _MOST_SKILLS:
        notes.append(f"{len(found) - _MOST_SKILLS} more skills were left out")
    return tuple(found.values())[:_MOST_SKILLS]


def description_of(achievement: JsonObject, notes: list[str]) -> list[str]:
    """Return the description of a badge and what had to be done for it, as paragraphs."""
    parts = [paragraph(text_of(achievement.get("description")), notes)]
    written = achievement.get("criteria")
    criteria = [written] if isinstance(written, str) else [text_of(part.get("narrative")) for part in objects(written)]
    told = [paragraph(text, notes) for text in criteria if text]
    if not any(told) and (address := address_of(one_object(written))):
        told = [web_address(address, notes)]
    parts += [f"Criteria: {text}" for text in told if text]
    return [part for part in parts if part]


def evidence_of(value: object, notes: list[str]) -> tuple[str, list[str]]:
    """Return the first web address among a badge's evidence, and what each tells and where it is, as paragraphs."""
    link, told = "", list[str]()
    for part in objects(value):
        address = web_address(address_of(part), notes)
        link = link or address
        text = paragraph(first_text(part.get("narrative"), part.get("description"), part.get("name")), notes)
        words = " ".join(one for one in (text, address) if one)
        told += [f"Evidence: {words}"] if words else []
    return link, told


def joined(paragraphs: list[str]) -> str:
    """Return paragraphs as the notes of a credential, each once, 8,000 characters in all."""
    text = "\n\n".join(dict.fromkeys(paragraphs))
    return text if len(text) <= _MOST_NOTES else text[: _MOST_NOTES - 1].rstrip() + "…"
