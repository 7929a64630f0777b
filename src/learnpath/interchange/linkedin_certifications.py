"""The format `linkedin_certifications`: Certifications.csv of LinkedIn's data export.

Its six columns are the same in every language LinkedIn exports; months, and perhaps headers, may be named in the
person's own language.
"""

from collections.abc import Mapping

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Stage
from learnpath.interchange.cells.links import read_url
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.linkedin_columns import ExportFile, ExportRow, clean_title

FORMAT = "linkedin_certifications"
_COLUMNS = ("name", "url", "authority", "started on", "finished on", "license number")
# The headers in German, French, Spanish, Portuguese, Italian and Dutch: our translations, as every export seen so far
# is in English. They count only when all six columns are there: a list of one's own may have some of them.
_TRANSLATIONS = {
    "name": "titel|bezeichnung|nom|nombre|nome|naam",
    "url": "link|lien|enlace|adresse|webadresse|url",
    "authority": "zertifizierungsstelle|aussteller|ausstellende organisation|autorite|organisme|"
    "organisme de certification|autoridad|entidad|autoridade|entidade|autorita|ente|autoriteit|instantie|uitgever",
    "started on": "begonnen am|gestartet am|startdatum|commence le|date de debut|iniciado el|fecha de inicio|"
    "iniciado em|data de inicio|iniziato il|data di inizio|begonnen op|gestart op",
    "finished on": "beendet am|abgeschlossen am|enddatum|termine le|date de fin|finalizado el|fecha de finalizacion|"
    "concluido em|data de termino|data de conclusao|terminato il|data di fine|beeindigd op|einddatum",
    "license number": "lizenznummer|numero de licence|numero de licencia|numero da licenca|numero di licenza|"
    "licentienummer",
}  # fmt: skip
_FIELDS = {
    "title": "name",
    "issuer_name": "authority",
    "awarded_on": "started on",
    "valid_until": "finished on",
    "license_number": "license number",
    "verification_url": "url",
}
_NAME_OF = {word: name for name, words in _TRANSLATIONS.items() for word in words.split("|")}
# Between a start and an expiry: shorter is the end of a course, which some people enter as "Finished On".
_LEAST_TERM_DAYS = 300


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.95 when one of the first rows is LinkedIn's header, else 0. The name does not matter."""
    del file_name
    return 0.95 if _FILE.is_header_in(data) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the certifications as earned credentials. Raises KnownError when the header is not LinkedIn's."""
    return _FILE.parse(data, options)[0]


def _find_columns(names: Mapping[str, int]) -> dict[str, int] | None:
    if {"name", "authority", "started on"} <= names.keys() and names.keys() & {"license number", "url"}:
        return {name: names[name] for name in _COLUMNS if name in names}
    meant = {_NAME_OF.get(name, name): column for name, column in names.items()}
    return {name: meant[name] for name in _COLUMNS} if meant.keys() >= set(_COLUMNS) else None


def _read_row(row: ExportRow) -> ParsedRow:
    number, link = _number_and_link(row)
    started = row.day("awarded_on", "started on")
    finished = row.day("valid_until", "finished on")
    if finished is not None and not _is_expiry(started, finished):
        row.note("valid_until", "finished on", f"“{finished}” under Finished On is no expiry and was left out")
        finished = None
    draft = CredentialDraft(
        title=clean_title(row.texts["name"]),
        issuer_name=row.texts["authority"],
        stage=Stage.EARNED,
        awarded_on=started,
        valid_until=finished,
        license_number=number,
        verification_url=link,
    )
    return row.parsed(draft, _FIELDS)


def _number_and_link(row: ExportRow) -> tuple[str, str]:
    number, link = row.texts.get("license number", ""), row.texts.get("url", "")
    try:
        link = read_url(link) if link else ""
    except UnreadableCell as problem:
        row.note("verification_url", "url", str(problem))
        link = ""
    if "://" in number:
        try:
            link, number = link or read_url(number), ""
        except UnreadableCell as problem:
            row.note("license_number", "license number", str(problem))
            number = ""
    return number, link


def _is_expiry(started: PartialDate | None, finished: PartialDate) -> bool:
    return started is None or (finished.last_day - started.first_day).days >= _LEAST_TERM_DAYS


_FILE = ExportFile(FORMAT, "Certifications.csv", _find_columns, _read_row)
