"""The runner works; its figures are printed and judged only where they are far off."""

import pytest
from tests.benchmarks.__main__ import run


@pytest.mark.benchmark
def test_every_figure_is_measured() -> None:
    figures = run(small=True)
    assert len(figures) == 18
    assert all(figure.ours > 0 and (figure.plain > 0 or figure.missing) for figure in figures)
    ratios = {figure.name: figure.ratio for figure in figures}
    assert ratios["import of 10,000 rows"] < 10
    # Within what a person may be made to wait, with room for a busy machine.
    assert all(ratio < 2 for name, ratio in ratios.items() if name.startswith("5,000 rows"))
