"""One kind of file and how such files go wrong: what the families list and `test_fuzzers` runs."""

from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Fuzzer:
    """Nearly valid files of one kind. `valid` is one that is read; `format` None for an archive of several files.

    `weight` is the share of examples that it gets: less where one takes long.
    """

    name: str
    format: str | None
    valid: bytes
    files: st.SearchStrategy[bytes]
    file_name: str = "file"
    weight: float = 1.0
