"""Tables of people: their addresses and telephone numbers beside a name, and nothing that anybody could earn.

Each would look like a list of programs with the names of people. Told by the columns alone; what a list of people with
a course or a date is, is not decided here.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from learnpath.interchange.column_matching import count_known
from learnpath.interchange.linkedin_columns import first_headers

PEOPLE = "a list of people, such as contacts or recipients: it names no program and no credential"
HINT = "If it is a list of courses or certificates, add a column with their titles, and import it again."
# In folded words: English, German, French, Spanish, Portuguese, Italian, Dutch and Hungarian. Exports of address books
# number and qualify them: “E-mail 1 - Value”, “Home Phone”.
_REACHED = re.compile(
    r"\b(?:e ?mails?|emailaddress|mailadres\w*|mailadresse|eppn|phones?|telephone|telefono?n?|telefone|tel|mobile|"
    r"mobil|cell|fax|handy|courriel|correo|birthday|birth ?date|date of birth|geburtsdatum|geburtstag|"
    r"date de naissance|fecha de nacimiento|data de nascimento|data di nascita|geboortedatum|telefonszam|"
    r"szuletesi datum|street|strasse|postal code|postcode|zip(?: code)?|plz|postleitzahl|home address|"
    r"mailing address|postal address|anschrift|first name|last name|given name|family name|surname|vorname|"
    r"nachname|prenom|apellidos?|sobrenome|cognome|voornaam|achternaam|keresztnev|vezeteknev)\b"
)
# What only people have: with one of these columns the rows are people for certain.
_PERSONAL = re.compile(
    r"\b(?:birthday|birth ?date|date of birth|geburtsdatum|geburtstag|first name|last name|given name|family name|"
    r"surname|vorname|nachname|prenom|apellidos?|sobrenome|cognome|voornaam|achternaam|keresztnev|vezeteknev|recipient)\b"
)
# What lists of people have besides, and lists of programs as well; it does not say that there is something to earn.
_NEUTRAL = frozenset(
    (
        *("name", "title", "full name", "display name", "nickname", "nom", "nombre", "nome", "nev", "titel", "titre"),
        *("company", "organization", "organisation", "institution", "notes", "note", "id", "city", "country", "gender"),
        *("role", "position", "department"),
    )
)
# What address books have of people; beside a title and an address of mail it may be of a course.
_NEUTRAL_OF_PEOPLE = _NEUTRAL | {
    *("url", "website", "web", "web page", "link", "language", "status", "type", "tags", "category", "categories"),
    *("description", "location", "place", "state"),
}
_LONGEST_HEADER = 60
# An award is handed to these: grounds and proof of it, but not what it is.
_AWARDING = re.compile(r"\b(?:narrative|evidence|grade|recipient)\b")


def is_list_of_people(data: bytes) -> bool:
    """Return whether one of the first rows names columns of people, and none a column of a program or a credential."""
    return names_only_people(map(list, first_headers(data)))


def names_only_people(rows: Iterable[Sequence[str]]) -> bool:
    """Return the same of the first rows of a table, whose cells are in folded words."""
    filled = [[name for name in row if name] for row in rows]
    neutral = _NEUTRAL_OF_PEOPLE if any(_PERSONAL.search(name) for row in filled for name in row) else _NEUTRAL
    return any(map(_names_people, filled)) and not any(count_known(_others(row, neutral)) for row in filled)


def _names_people(names: Sequence[str]) -> bool:
    # Cells of data may be about e-mail.
    return len(names) > 1 and max(map(len, names)) <= _LONGEST_HEADER and any(map(_REACHED.search, names))


def _others(names: Sequence[str], neutral: Collection[str]) -> list[str]:
    return [name for name in names if name not in neutral and not _REACHED.search(name) and not _AWARDING.search(name)]
