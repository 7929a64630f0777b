"""Large libraries and files for measuring, the same on every run."""

import csv
import io
import random
from pathlib import Path

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Issuer, Skill, Stage
from learnpath.services.libraries import open_library

_WORDS = tuple(
    "cloud data security kubernetes python network analysis design agile testing linux azure audit docker policy "
    "risk identity model visual finance storage delivery incident response platform governance statistics".split()
)
_ISSUERS = tuple(f"{word.title()} Institute" for word in _WORDS)
COLUMNS = ("title", "provider", "url", "level", "hours", "price usd")


def make_csv(rows: int) -> bytes:
    """Return a program list of so many rows as UTF-8 CSV."""
    chance = random.Random(7)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for number in range(rows):
        writer.writerow(
            (
                f"{' '.join(chance.choices(_WORDS, k=4)).title()} {number}",
                chance.choice(_ISSUERS),
                f"https://courses.example/{number}",
                chance.choice(("Beginner", "Intermediate", "Advanced")),
                chance.randint(1, 60),
                f"{chance.randint(0, 300)}.00",
            )
        )
    return text.getvalue().encode()


def fill_library(folder: Path, credentials: int) -> None:
    """Make a library with so many credentials of 30 issuers with three skills each."""
    chance = random.Random(11)
    library = open_library(folder)
    with library.change("Fill") as change:
        issuers = change.insert_many([Issuer(name=name) for name in _ISSUERS])
        skills = change.insert_many([Skill(name=word) for word in _WORDS])
        change.insert_many([_credential(chance, number, issuers, skills) for number in range(credentials)])
    library.close()


def _credential(chance: random.Random, number: int, issuers: list[Issuer], skills: list[Skill]) -> Credential:
    stage = chance.choices(tuple(Stage), weights=(1, 3, 2, 1, 12, 1))[0]
    year = chance.randint(2015, 2026)
    awarded = PartialDate(f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}")
    ends = PartialDate(f"{year + 3}{awarded.text[4:]}") if chance.random() < 0.6 else None
    is_earned = stage is Stage.EARNED
    return Credential(
        title=f"{' '.join(chance.choices(_WORDS, k=3)).title()} {number}",
        issuer_id=chance.choice(issuers).id,
        stage=stage,
        awarded_on=awarded if is_earned else None,
        valid_until=ends if is_earned else None,
        target_on=None if is_earned else PartialDate(f"2027-{chance.randint(1, 12):02}"),
        estimated_minutes=chance.randint(60, 6000),
        license_number=f"N-{number:06}" if is_earned else "",
        skill_ids=tuple(skill.id for skill in chance.sample(skills, 3)),
    )
