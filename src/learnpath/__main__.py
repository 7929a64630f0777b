"""The entry point: the window when no command is given, else the command line.

The window must show before anything but Qt and the database has been imported, so the plain start is recognised
here, without the command line's library.
"""

import sys


def main() -> None:
    """Run Learnpath with the arguments of the process."""
    if sys.argv[1:] == ["--read-pdf-text"]:
        # Learnpath has started itself to read a PDF: `interchange.personal.pdf_process`.
        from learnpath.interchange.personal.pdf_text import answer_once, limit_process

        limit_process()
        with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as target:
            answer_once(source, target)
        return
    if _opens_window(sys.argv[1:]):
        from learnpath.app import run_plain_window

        sys.exit(run_plain_window())
    from learnpath.cli.main import commands

    commands(prog_name="learnpath")


def _opens_window(arguments: list[str]) -> bool:
    return arguments in ([], ["gui"])


if __name__ == "__main__":
    main()
