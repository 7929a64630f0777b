"""What the two files of Credly share: how it names who issues a badge, and what kind of thing the badge is."""

from learnpath.domain.records import AchievementType
from learnpath.interchange.badges.shape import JsonObject, first_text, objects, one_object, text_of

_TYPES = {
    "Certification": AchievementType.CERTIFICATION,
    "Learning": AchievementType.CERTIFICATE_OF_COMPLETION,
}
_ISSUED_BY = "issued by "


def type_of(template: JsonObject) -> AchievementType:
    """Return what kind of thing a badge template is."""
    return _TYPES.get(str(template.get("type_category")), AchievementType.BADGE)


def issuer_of(thing: JsonObject) -> str:
    """Return who issues a badge or a template, as it is written: the primary entity, else what the summary says."""
    issuer = one_object(thing.get("issuer"))
    primary = sorted(objects(issuer.get("entities")), key=lambda entity: entity.get("primary") is not True)
    name = first_text(*(one_object(entity.get("entity")).get("name") for entity in primary), issuer.get("name"))
    summary = text_of(issuer.get("summary")).strip()
    return name or (summary[len(_ISSUED_BY) :] if summary.lower().startswith(_ISSUED_BY) else summary)
