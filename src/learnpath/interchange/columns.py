"""What the columns of a table can mean, and by which headers they are known.

Labels are plain words for the mapping dialog. Synonyms are folded (lower case, no accents): English, German, French,
Spanish, Portuguese and Hungarian for the main ones. Matching columns to fields is in `column_matching`.
"""

# The word tables are kept in wide lines.
# ruff: noqa: E501
from dataclasses import dataclass
from typing import Literal

from learnpath.interchange.drafts import TableField, TableKind

ValueType = Literal[
    "text", "date", "url", "price", "currency", "minutes", "weekly", "weeks", "term", "days", "names", "stage", "type", "state",
    "clock", "zone",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One thing a column can be: its field, label, kind of value, and the headers that name it surely or perhaps."""

    name: str
    label: str
    value: ValueType
    sure: frozenset[str]
    perhaps: frozenset[str]

    @property
    def is_strict(self) -> bool:
        """Return whether a value that cannot be read makes its row unusable instead of only leaving the value out."""
        return self.value in ("date", "price")


def _rule(name: str, label: str, value: ValueType, sure: str, perhaps: str = "") -> FieldRule:
    return FieldRule(name, label, value, frozenset(sure.split("|")), frozenset(filter(None, perhaps.split("|"))))


_TITLE = (
    "title|name|course|course title|course name|certification|certification name|certificate|certificate name|"
    "credential|credential name|program|program name|programme|badge name|exam name|exam title|titel|bezeichnung|kurs|"
    "kursname|kurstitel|zertifikat|zertifizierung|zertifikatsname|titre|intitule|nom|formation|certificat|titulo|nombre|"
    "curso|certificado|certificacion|nome|certificacao|formacao|cim|nev|megnevezes|tanfolyam|kepzes|tanusitvany|"
    "minosites|cert name|content title"
)
_ISSUER = (
    "issuer|issuer name|issued by|issuing organization|issuing organisation|issuing authority|authority|vendor|vendor name|"
    "provider|provider name|organization|organisation|institution|awarding body|awarded by|aussteller|anbieter|"
    "herausgeber|ausgestellt von|organisme|emetteur|fournisseur|delivre par|emisor|entidad|proveedor|organizacion|"
    "institucion|emitido por|emissor|instituicao|fornecedor|organizacao|entidade|kibocsato|kiallito|szolgaltato|"
    "intezmeny|company"
)
_CODE = (
    "code|exam code|course code|certification code|human code|short name|acronym|abbreviation|kurzel|prufungscode|"
    "code examen|sigle|codigo|sigla|kod|vizsgakod|cert code|exam number|exam id"
)
_HOURS = (
    "effort|effort hours|hours|duration|duration hours|content duration|estimated hours|estimated minutes|minutes|study hours|"
    "estimated effort|total hours|estimated time|effort minutes|dauer|aufwand|stunden|umfang|duree|heures|"
    "volume horaire|duracion|horas|carga horaria|duracao|idotartam|ora|orak|oraszam|hossz|time"
)
_SKILLS = (
    "skills|skill|skills gained|skills covered|competencies|competences|fahigkeiten|kompetenzen|kenntnisse|habilidades|"
    "competencias|aptitudes|keszsegek|kompetenciak"
)
_TAGS = "tags|tag|labels|keywords|categories|category|schlagworte|schlagworter|etiquettes|etiquetas|cimkek|kategoria"
_TYPE = "type|credential type|achievement type|kind|course type|typ|art|tipo|tipus|content type|certificate type"
_LEVEL = "level|difficulty|difficulty level|niveau|stufe|schwierigkeit|nivel|szint|nehezseg"
_TERM = "valid for|validity|validity period|validity years|validity months|renewal|gultigkeit|gultigkeitsdauer|duree de validite|vigencia|validez|validade|ervenyesseg"

PROGRAM_RULES: tuple[FieldRule, ...] = (
    _rule("name", "Title", "text", _TITLE, "exam|subject title|item|label"),
    _rule("issuer_name", "Issuer", "text", _ISSUER, "platform|publisher|site|partner|school|university|source|plattform|"
          "plateforme|plataforma"),
    _rule("human_code", "Code", "text", _CODE, "exam|number|short"),
    _rule("achievement_type", "Kind", "type", _TYPE),
    _rule("description", "Description", "text", "description|summary|about|beschreibung|resume|descripcion|descricao|resumen|"
          "leiras|overview|course description", "headline|details|abstract|content|notes"),
    _rule("url", "Web address", "url", "url|link|web address|website|official url|course url|web|href|adresse|webadresse|"
          "lien|enlace|sitio|hivatkozas|webcim|page", "homepage|public information|address"),
    _rule("level", "Level", "text", _LEVEL),
    _rule("language", "Language", "text", "language|languages|sprache|langue|idioma|lingua|nyelv"),
    _rule("estimated_minutes", "Effort (hours)", "minutes", _HOURS, "length"),
    _rule("weekly_effort", "Hours per week", "weekly", "effort|weekly effort|hours per week|effort per week|course effort|"
          "stunden pro woche|heures par semaine|horas por semana"),
    _rule("length", "Length in weeks", "weeks", "length|course length|weeks|length weeks|duration|wochen|semaines|semanas|hetek"),
    _rule("price", "Price", "price", "price|cost|fee|exam fee|exam fees|exam cost|exam price|price usd|price eur|cost usd|"
          "cost eur|list price|preis|kosten|gebuhr|prix|cout|tarif|precio|coste|costo|preco|custo|valor|ar|koltseg|dij", "fees"),
    _rule("currency", "Currency", "currency", "currency|currency code|price currency|wahrung|devise|monnaie|moneda|moeda|"
          "penznem|deviza"),
    _rule("valid_for", "Valid for", "term", _TERM),
    _rule("lifecycle_status", "Still offered", "state", "lifecycle status|status|state|availability|zustand|statut|estado|"
          "situacao|allapot|statusz"),
    _rule("retires_on", "Retires on", "date", "retires on|retirement date|retirement|retires|retired on|end of life|"
          "abkundigung|eingestellt am|date de retrait|fecha de retiro"),
    _rule("external_id", "Catalogue number", "text", "id|course id|certification id|program id|external id|cert id|uid|uuid|"
          "identifier|catalog number|catalogue number|kurs id|kursnummer|identifiant|identificador|azonosito|slug"),
    _rule("source_url", "Source address", "url", "source url|source|quelle|source link"),
    _rule("checked_on", "Checked on", "date", "checked on|checked date|last checked|current checked date|gepruft am|"
          "verifie le|verificado"),
    _rule("required_names", "Requires", "names", "requires|required programs|required courses|required certifications|required badges"),
    _rule("skill_names", "Skills", "names", _SKILLS),
    _rule("tag_names", "Tags", "names", _TAGS + "|subject|subjects|topic|topics|fach|thema|themen|matiere|materia|assunto|"
          "tema|tantargy|course subject", "domain|field|area"),
)  # fmt: skip

CREDENTIAL_RULES: tuple[FieldRule, ...] = (
    _rule("title", "Title", "text", _TITLE, "exam|item|label|achievement"),
    _rule("issuer_name", "Issuer", "text", _ISSUER, "platform|publisher|school|university|source|by"),
    _rule("program_name", "Program", "text", "program|programme|programm"),
    _rule("human_code", "Code", "text", _CODE, "exam"),
    _rule("achievement_type", "Kind", "type", _TYPE),
    _rule("level", "Level", "text", _LEVEL),
    _rule("stage", "Stage", "stage", "stage|status|state|progress|stand|statut|estado|situacao|allapot|statusz"),
    _rule("target_on", "Wanted by", "date", "target date|target|wanted by|goal date|target on|due|due date|deadline|ziel|"
          "zieldatum|echeance|fecha objetivo|meta|hatarido|celdatum"),
    _rule("exam_on", "Exam on", "date", "exam on|exam date|test date|prufung am|prufungsdatum|date d examen|"
          "date examen|fecha de examen|fecha del examen|data do exame|vizsga datuma|vizsgadatum"),
    _rule("exam_time", "Exam time", "clock", "exam time"),
    _rule("exam_zone", "Exam time zone", "zone", "exam time zone"),
    _rule("exam_place", "Exam place", "text", "exam place|test center|test centre|exam location|prufungsort"),
    _rule("awarded_on", "Earned on", "date", "awarded on|earned on|awarded|earned|date earned|date awarded|award date|issued|"
          "issued on|issue date|date issued|issued at|completed|completed on|completed at|completion date|date completed|"
          "date of issue|achieved on|passed on|date obtained|obtained|obtained on|certification date|erworben am|erworben|"
          "ausgestellt am|ausstellungsdatum|abgeschlossen am|bestanden am|date d obtention|obtenu le|date obtention|"
          "date de delivrance|delivre le|fecha de obtencion|fecha de emision|fecha obtencion|obtenido|emitido|"
          "data de emissao|data de obtencao|obtido em|concluido em|data de conclusao|emitido em|megszerezve|"
          "megszerzes datuma|kiallitas datuma|kiallitva|kelt", "date|datum|fecha|data|started on|fecha de inicio"),
    _rule("valid_for", "Valid for", "term", _TERM),
    _rule("valid_until", "Valid until", "date", "valid until|valid to|expires|expires on|expiry|expiry date|expiration|"
          "expiration date|expires at|valid thru|valid through|date expires|gultig bis|ablaufdatum|lauft ab am|ablauf|"
          "valable jusqu au|valide jusqu au|date d expiration|expire le|valido hasta|vence|fecha de vencimiento|"
          "fecha de expiracion|caducidad|valido ate|validade ate|data de expiracao|data de validade|vencimento|ervenyes|"
          "ervenyesseg vege|lejarat|lejar"),
    _rule("renewal_opens_days", "Renewal opens (days before)", "days", "renewal opens days|renewal opens (days before)"),
    _rule("grace_days", "Grace (days)", "days", "grace days|grace (days)|grace period days"),
    _rule("renewal_note", "Renewal note", "text", "renewal note|renewal notes"),
    _rule("revoked_on", "Revoked on", "date", "revoked on|revoked|widerrufen am"),
    _rule("let_go_reason", "Reason for letting go", "text", "reason for letting go|let go reason"),
    _rule("license_number", "License number", "text", "license number|licence number|license|licence|license no|licence no|"
          "credential id|credential number|certificate number|certificate no|certification number|certificate id|"
          "verification code|serial number|zertifikatsnummer|lizenznummer|nachweis id|urkundennummer|numero de licence|"
          "numero de certificat|numero du certificat|numero de licencia|numero de certificado|id de credencial|"
          "numero da licenca|numero do certificado|codigo da credencial|engedelyszam|oklevelszam|tanusitvany szama|"
          "bizonyitvany szama", "certification id|number|no|nummer|numero|szam|reference"),
    _rule("verification_url", "Verification address", "url", "verification url|verification link|verify url|credential url|"
          "certificate url|certificate link|badge url|url|link|proof|web address|verification address|nachweis url|lien|"
          "enlace|hivatkozas|adresse|url de verificacion"),
    _rule("estimated_minutes", "Effort (hours)", "minutes", _HOURS),
    _rule("notes", "Notes", "text", "notes|note|comment|comments|remarks|notizen|bemerkung|anmerkung|bemerkungen|"
          "commentaire|commentaires|remarques|notas|comentarios|observaciones|observacoes|megjegyzes|megjegyzesek",
          "description|details"),
    _rule("skill_names", "Skills", "names", _SKILLS),
    _rule("tag_names", "Tags", "names", _TAGS, "subject|topic"),
)  # fmt: skip

# A column that only a list of one's own credentials has.
PERSONAL_FIELDS = frozenset({"awarded_on", "valid_until", "license_number", "stage", "exam_on", "target_on"})


def rules_for(kind: TableKind) -> tuple[FieldRule, ...]:
    """Return what the columns of a program list or of a list of credentials can be."""
    return PROGRAM_RULES if kind == "programs" else CREDENTIAL_RULES


def fields_for(kind: TableKind) -> tuple[TableField, ...]:
    """Return the same as names and labels, for choosing by hand."""
    return tuple(TableField(name=rule.name, label=rule.label) for rule in rules_for(kind))
