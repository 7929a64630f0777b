"""The fixed words of a library as files write them: stages, kinds of achievement, whether still offered."""

# The word tables are kept in wide lines.
# ruff: noqa: E501
from learnpath.domain.records import AchievementType, LifecycleStatus, Stage
from learnpath.interchange.cells.months import fold
from learnpath.interchange.cells.reading import UnreadableCell, quoted

_EMPTY = frozenset(
    {"", "nan", "n/a", "na", "null", "none", "#n/a", "#name?", "#value!", "#ref!", "-", "–", "—", "nil", "[]", "{}"}
)
# What people write where they know nothing yet.
_PLACEHOLDERS = frozenset((
    "n/a", "na", "n.a.", "n.a", "tbd", "tba", "tbc", "t.b.d.", "?", "??", "???", "unknown", "pending", "not applicable",
    "not available", "not yet", "k.a.", "k. a.", "keine angabe", "unbekannt", "offen", "inconnu", "desconocido",
    "pendiente", "desconhecido", "ismeretlen",
))  # fmt: skip

_STAGES = {
    Stage.WISHED: "wished|wish|wishlist|interested|someday|wunsch|souhaite|deseado",
    Stage.PLANNED: "planned|plan|todo|to do|not started|geplant|prevu|planificado|planejado|tervezett",
    Stage.ENROLLED: "enrolled|in progress|started|ongoing|studying|begonnen|in arbeit|en cours|en curso|em andamento|"
    "folyamatban",
    Stage.BOOKED: "booked|scheduled|registered|exam booked|gebucht|angemeldet|reserve|inscrito",
    Stage.EARNED: "earned|completed|complete|done|passed|active|valid|achieved|obtained|issued|awarded|certified|expired|"
    "erworben|bestanden|abgeschlossen|obtenu|termine|obtenido|aprobado|completado|obtido|concluido|megszerzett|kesz",
    Stage.LET_GO: "let go|let_go|dropped|abandoned|cancelled|canceled|aufgegeben|abgebrochen|abandonne|abandonado",
}
_TYPES = {
    AchievementType.CERTIFICATION: "certification|professional certification|zertifizierung|certificacion|certificacao|"
    "minosites|accreditation",
    AchievementType.CERTIFICATE: "certificate|professional certificate|zertifikat|certificat|certificado|tanusitvany",
    AchievementType.CERTIFICATE_OF_COMPLETION: "certificateofcompletion|certificate of completion|"
    "teilnahmebescheinigung|attestation",
    AchievementType.MICRO_CREDENTIAL: "microcredential|micro-credential|micro credential|mikrozertifikat",
    AchievementType.BADGE: "badge|digital badge|open badge|insignia",
    AchievementType.COURSE: "course|online course|video|kurs|cours|curso|tanfolyam|training|class",
    AchievementType.ASSESSMENT: "assessment|exam|test|prufung|examen|exame|vizsga",
    AchievementType.LICENSE: "license|licence|lizenz|licencia|licenca",
    AchievementType.DEGREE: "degree|bachelor|master|abschluss|diplome universitaire",
    AchievementType.DIPLOMA: "diploma|diplom|diplome",
    AchievementType.LEARNING_PROGRAM: "learningprogram|learning program|learning path|program|programme|specialization|"
    "bootcamp|lernpfad|nanodegree",
    AchievementType.MEMBERSHIP: "membership|mitgliedschaft",
    AchievementType.ACHIEVEMENT: "achievement",
}
_STATES = {
    LifecycleStatus.ANNOUNCED: "announced|beta|upcoming|coming soon|angekundigt",
    LifecycleStatus.ACTIVE: "active|current|available|live|aktiv|actif|activo|ativo|aktualis|open",
    LifecycleStatus.RETIRED: "retired|discontinued|legacy|deprecated|inactive|eingestellt|retire|retirado|withdrawn|"
    "megszunt|archived|closed",
}
_STAGE_OF = {word: stage for stage, words in _STAGES.items() for word in words.split("|")}
_TYPE_OF = {word: kind for kind, words in _TYPES.items() for word in words.split("|")}
_STATE_OF = {word: state for state, words in _STATES.items() for word in words.split("|")}


def is_empty(text: str) -> bool:
    """Return whether a cell says nothing: blank, or a word that programs write for it (`nan`, `N/A`, `NULL`)."""
    return (len(text) < 9 and text.strip().lower() in _EMPTY) or text.isspace()


def is_placeholder(text: str) -> bool:
    """Return whether a cell says in words that its value is not known ("tbd", "n/a", "?")."""
    return len(text) < 20 and _folded(text) in _PLACEHOLDERS


def read_stage(text: str) -> Stage:
    """Return how far a credential is. Raises UnreadableCell."""
    stage = _STAGE_OF.get(_folded(text))
    if stage is None:
        raise UnreadableCell(f"{quoted(text)} is no stage")
    return stage


def read_achievement_type(text: str) -> AchievementType:
    """Return the kind of achievement. Raises UnreadableCell."""
    kind = _TYPE_OF.get(_folded(text))
    if kind is None:
        raise UnreadableCell(f"{quoted(text)} is no kind of credential")
    return kind


def read_lifecycle_status(text: str) -> LifecycleStatus:
    """Return whether a program is still offered. Raises UnreadableCell."""
    state = _STATE_OF.get(_folded(text))
    if state is None:
        raise UnreadableCell(f"{quoted(text)} does not say whether it is still offered")
    return state


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
