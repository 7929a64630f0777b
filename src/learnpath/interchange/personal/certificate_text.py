"""What the text of a certificate says, as far as its wording tells: proposals, never facts.

Reading the text out of a PDF is in `pdf_certificate`.
"""

# The tables of wordings are kept in wide lines.
# ruff: noqa: E501
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Stage
from learnpath.interchange.badges.plain_text import line
from learnpath.interchange.cells.dates import read_date
from learnpath.interchange.cells.links import read_url
from learnpath.interchange.cells.reading import LeftOut, UnreadableCell
from learnpath.interchange.drafts import CredentialDraft

_MOST_LINES, _LONGEST_LINE = 400, 300
# What stands before the name of what was completed.
_COMPLETED = re.compile(
    r"(?:(?:has|have) (?:successfully |satisfactorily )?(?:completed|passed|earned|achieved|fulfilled|attended)|"
    r"for (?:successfully |the successful )?(?:completing|completion of|passing)|successful completion of|"
    r"successfully (?:completed|passed)|(?:is|has been) (?:hereby )?(?:awarded|certified as|recogni[sz]ed as)|"
    r"course certificate|certificate of completion for|"
    r"(?:hat|haben) (?:die|den|das|am|an der)|erfolgreich (?:teilgenommen an|absolviert|abgeschlossen|bestanden)|"
    r"a (?:suivi|réussi|terminé|complété)(?: avec succès)?|ha (?:completado|superado|aprobado)(?: con éxito)?|"
    r"concluiu(?: com êxito| com sucesso)?|ha (?:completato|superato)(?: con successo)?|sikeresen (?:elvégezte|teljesítette)"
    r")\b",
    re.IGNORECASE,
)  # fmt: skip
_LEAD = re.compile(
    r"^(?:(?:and received a passing grade in|the|an?|their|all requirements for|requirements for|online|non-credit|following|course|training|program(?:me)?|"
    r"exam(?:ination)?|module|learning path|specialization|requirements|to be|as|of|in|for|kurs|den|die|das|le|la|el|"
    r"curso|cours|o|il|corso|a|az)\b[\s:]*)+",
    re.IGNORECASE,
)
_COMPLETED_BY = re.compile(r"(?:course|learning path|path|exam|training) (?:was )?completed by\b", re.IGNORECASE)
_GREETING = re.compile(
    r"congratulations|herzlichen glückwunsch|félicitations|enhorabuena|this (?:is to )?certif", re.IGNORECASE
)
_HEADING = re.compile(
    r"(?:certificate|statement|letter|diploma|certificat|certificado|zertifikat|tanúsítvány|urkunde|attestato|"
    r"bescheinigung|teilnahmebescheinigung|attestation|oklevél)"
    r"(?: (?:of|de|di|über)(?: (?:achievement|completion|accomplishment|attendance|participation|appreciation|"
    r"recognition|excellence|finalización|réussite|participación|conclusão|completamento))?)?",
    re.IGNORECASE,
)
_CERTIFICATE_WORD = re.compile(
    r"certif|zertifi|diplom|urkunde|bescheinigung|attest|tanúsítvány|oklevél|accomplishment|achievement|completion",
    re.IGNORECASE,
)
_CERTIFICATE_OF = re.compile(
    r"(?:certificate|diploma|zertifikat|certificado|certificat) (?:of|in|de|en) (.+)", re.IGNORECASE
)
_NAMED = re.compile(
    r"\b(?:certified|certification|certificate|professional|associate|practitioner|specialist)\b", re.IGNORECASE
)
_ISSUED_BY = re.compile(
    r"(?:issued|awarded|offered|authori[sz]ed|presented|provided|certified|conferred) by|issuing organi[sz]ation|issuer|"
    r"ausgestellt von|ausgestellt durch|délivré par|emitido por|otorgado por|rilasciato da|kiállította",
    re.IGNORECASE,
)
_AFTER_ISSUER = re.compile(r" and offered\b| through\b|, an? |, the ", re.IGNORECASE)
_EXPIRES = re.compile(
    r"valid (?:until|through|thru|to)|expir\w{1,6}|gültig bis|ablaufdatum|válido hasta|valable jusqu|validade|caduca|"
    r"scad\w{1,6}|érvényes",
    re.IGNORECASE,
)
_EARNED = re.compile(
    r"\b(?:date|dated|issued|issue|awarded|completed|completion|earned|granted|certified|on|datum|ausgestellt|am|den|"
    r"fecha|expedido|délivré|le|fait|data|emitido|rilasciato|kelt|dátum)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:credential|certificate|certification|licen[cs]e|verification|validation|candidate|registration|serial|reference|"
    r"zertifikats?|prüf|certificat|certificado|tanúsítvány|diploma)[ -]?(?:id|no\b\.?|number|code|nr\b\.?|nummer|#|"
    r"n[º°o]\b\.?|szám\w{0,3}|key)?\s{0,3}[:#]{1,2}\s{0,3}([A-Za-z0-9][A-Za-z0-9_/.-]{3,59})|"
    r"(?:credential|certificate|certification|licen[cs]e|verification|validation)[ -](?:id|no\b\.?|number|code)\s{1,3}"
    r"([A-Za-z0-9][A-Za-z0-9_/.-]{3,59})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b(?:id|number|code|no\.?|nummer|key)$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{4,500}|\b(?:[a-z0-9-]{1,60}\.){1,4}[a-z]{2,10}/[^\s<>\"]{2,500}", re.IGNORECASE
)
_VERIFIES = re.compile(r"verif|certificat|credential|accomplishment|badge|/cert|validate|ude\.my|credly", re.IGNORECASE)
_DATES = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}|\d{4}\. ?\d{1,2}\. ?\d{1,2}|"
    r"[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th|er|\.)? (?:de )?[^\W\d_]{3,12}\.?,? (?:de )?\d{4}|"
    r"\d{4}\. [^\W\d_]{3,12} \d{1,2}|[^\W\d_]{3,12} \d{4}",
    re.IGNORECASE,
)
# By what certificates of the larger issuers and platforms call them.
_ISSUERS = (
    *("Coursera", "edX", "Udemy", "Udacity", "LinkedIn Learning", "FutureLearn", "Pluralsight", "DataCamp", "Codecademy"),
    *("freeCodeCamp", "Khan Academy", "Skillshare", "openHPI", "openSAP", "iversity", "Alison", "Simplilearn", "edureka"),
    *("Amazon Web Services", "Microsoft", "Google Cloud", "Google", "IBM", "Oracle", "SAP", "Cisco", "Red Hat", "VMware"),
    *("Salesforce", "CompTIA", "ISACA", "ISC2", "(ISC)²", "EC-Council", "GIAC", "SANS", "Offensive Security", "PeopleCert"),
    *("AXELOS", "Project Management Institute", "Scrum Alliance", "Scrum.org", "Scaled Agile", "iSAQB", "ISTQB", "EXIN"),
    *("The Linux Foundation", "Cloud Native Computing Foundation", "HashiCorp", "Databricks", "Snowflake", "MongoDB"),
    *("Cambridge Assessment", "Goethe-Institut", "Instituto Cervantes", "British Council", "HubSpot", "Meta", "Kaggle"),
)  # fmt: skip


def names_certificate(text: str) -> bool:
    """Return whether the text calls itself a certificate, or tells of something completed or awarded."""
    plain = " ".join(text.split())
    return any(one.search(plain) for one in (_COMPLETED, _COMPLETED_BY, _GREETING, _CERTIFICATE_WORD))


def propose(text: str, notes: list[str]) -> CredentialDraft:
    """Return what the text of a certificate seems to say; the title is "" when nothing looks like one."""
    plain: list[str] = []
    lines = [found for part in text.splitlines()[:_MOST_LINES] if (found := line(part[:_LONGEST_LINE], plain))]
    awarded, expires = _find_dates(lines, notes)
    return CredentialDraft(
        title=_find_title(lines),
        issuer_name=_find_issuer(lines),
        stage=Stage.EARNED,
        awarded_on=awarded,
        valid_until=expires,
        license_number=_find_number(lines),
        verification_url=_find_address(lines),
    )


def _find_title(lines: Sequence[str]) -> str:
    completed = list(_completed(lines))
    # Some certificates say twice that something was completed, and only once what: "AWS Certified …".
    named = [title for title in completed if _NAMED.search(title)]
    if completed:
        return max(named, key=len) if named else completed[0]
    for text in lines:
        if _CERTIFICATE_OF.fullmatch(text) and not _HEADING.fullmatch(text):
            return text
    likely = [text for text in lines if _is_title(text)]
    return next((text for text in likely if _NAMED.search(text)), likely[0] if likely else "")


def _completed(lines: Sequence[str]) -> Iterator[str]:
    """Yield what stands after words such as "has successfully completed", or before "Course completed by"."""
    for at, text in enumerate(lines):
        match = _COMPLETED.search(text)
        if match is not None:
            rest = _LEAD.sub("", text[match.end() :].strip(" :,.–—-"))
            titles = (part.strip(" :,.“”\"'") for part in (rest, *lines[at + 1 : at + 3]))
            yield from [title for title in titles if _is_title(title)][:1]
        elif at and _COMPLETED_BY.match(text) and _is_title(lines[at - 1]):
            yield lines[at - 1]


def _is_title(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text)
    return (
        4 <= len(text) <= 150
        and letters >= 4
        and not _HEADING.fullmatch(text)
        and not _GREETING.match(text)
        and not _ISSUED_BY.match(text)
        and not _ADDRESS.search(text)
        and not _NUMBER.search(text)
        and not (_DATES.search(text) and letters < 25)
    )


def _find_issuer(lines: Sequence[str]) -> str:
    for at, text in enumerate(lines):
        match = _ISSUED_BY.search(text)
        if match is not None:
            for part in (text[match.end() :], *lines[at + 1 : at + 2]):
                found = _AFTER_ISSUER.split(part, maxsplit=1)[0].strip(" :,.–—-")
                if 2 <= len(found) <= 80 and any(sign.isalpha() for sign in found) and not _DATES.search(found):
                    return found
    whole = "\n".join(lines)
    return next((name for name in _ISSUERS if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", whole)), "")


def _find_number(lines: Sequence[str]) -> str:
    for text, after in zip_longest(lines, lines[1:], fillvalue=""):
        whole = f"{text}: {after}" if _LABEL.search(text) else text
        for match in _NUMBER.finditer(whole):
            found = (match[1] or match[2]).strip("./-")
            if any(sign.isdigit() for sign in found):
                return found
    return ""


def _find_address(lines: Sequence[str]) -> str:
    found: list[str] = []
    for match in (match for text in lines for match in _ADDRESS.finditer(text)):
        try:
            found.append(read_url(match[0].rstrip(".,;)]")))
        except UnreadableCell:
            continue
    return next((address for address in found if _VERIFIES.search(address)), found[0] if len(found) == 1 else "")


def _find_dates(lines: Sequence[str], notes: list[str]) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the day of the award and that of the expiry: by the words before them, else the only date there is."""
    awarded: list[PartialDate] = []
    expires: list[PartialDate] = []
    other: list[PartialDate] = []
    before = ""
    for text in lines:
        for words, found in _dates_in(text, notes):
            context = words if words.strip(" :,.") else before
            kind = expires if _EXPIRES.search(context) else awarded if _EARNED.search(context) else other
            kind.append(found)
        before = text
    single = other[0] if len(set(other)) == 1 else None
    return (awarded[0] if awarded else single), (expires[0] if expires else None)


def _dates_in(text: str, notes: list[str]) -> Iterator[tuple[str, PartialDate]]:
    """Yield the dates of a line, each with the words before it."""
    last = 0
    for match in _DATES.finditer(text):
        try:
            found = read_date(match[0])
        except LeftOut as problem:
            notes.append(str(problem))
            continue
        except UnreadableCell:
            continue
        if 1970 <= found.first_day.year <= 2100:
            yield text[last : match.start()], found
            last = match.end()
