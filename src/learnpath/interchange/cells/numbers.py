"""Numbers with points, commas and blanks as people write them."""

import re
from decimal import Decimal
from typing import Literal

_BLANKS = re.compile(r"(?<=\d)[\s'’\u00a0\u202f](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[+-]?\d[\d.,]{0,30}", re.ASCII)

NUMBER_PATTERN = r"\d+(?:[\s'’\u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)*"


def read_number(text: str, thousands: Literal["both", "comma"] = "comma") -> Decimal | None:
    """Return a number, or None when the text is none.

    The last of two different separators is the decimal one (`1.234,56`, `1,234.56`); one that repeats groups
    thousands. One separator before exactly three digits groups too: a comma always, a point only when `thousands`
    is "both" (no price has three decimals, but 1.125 hours exist).
    """
    plain = _BLANKS.sub("", text.strip())
    if not _NUMBER.fullmatch(plain):
        return None
    points, commas = plain.count("."), plain.count(",")
    if points and commas:
        decimal = max(".", ",", key=plain.rindex)
        plain = plain.replace("," if decimal == "." else ".", "")
        plain = plain.replace(decimal, ".") if plain.count(decimal) == 1 else plain
    elif points + commas:
        mark = "." if points else ","
        groups = plain.lstrip("+-").split(mark)
        is_grouping = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0"
        if len(groups) > 2 and not is_grouping:
            return None
        if is_grouping and (len(groups) > 2 or mark == "," or thousands == "both"):
            plain = plain.replace(mark, "")
        else:
            plain = plain.replace(mark, ".")
    try:
        return Decimal(plain)
    except ArithmeticError:
        return None
