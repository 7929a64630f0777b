"""Search as you type: every word the person typed must begin a word of the record, its issuer, skills or tags."""

import re
import unicodedata

from learnpath.storage.mapping import Value

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8


def matching_ids(text: str, table: str) -> tuple[str, list[Value]] | None:
    """Return SQL that selects the ids of `credential` or `program` rows matching the text, and its parameters.

    None when the text holds no word, which means "everything".
    """
    # Composed, because an accent that stands alone would part a word in two.
    words = _WORD.findall(unicodedata.normalize("NFC", text))[:_MOST_WORDS]
    if not words:
        return None
    one = f"""
        SELECT rowid FROM {table}_words WHERE {table}_words MATCH ?1
        UNION SELECT id FROM {table} WHERE issuer_id IN (SELECT rowid FROM issuer_words WHERE issuer_words MATCH ?1)
        UNION SELECT {table}_id FROM {table}_skill
            WHERE skill_id IN (SELECT rowid FROM skill_words WHERE skill_words MATCH ?1)
        UNION SELECT {table}_id FROM {table}_tag
            WHERE tag_id IN (SELECT rowid FROM tag_words WHERE tag_words MATCH ?1)
    """.replace("?1", "?")
    parameters: list[Value] = [f'"{word}"*' for word in words for _ in range(4)]
    return " INTERSECT ".join(f"SELECT * FROM ({one})" for _ in words), parameters
