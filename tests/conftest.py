"""Settings shared by all tests, and the lines that benchmarks print."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis
import pytest

# The first example of a property may trigger a heavy import, so no deadline; the examples are the same in every run.
# `--hypothesis-profile brief` is for other versions of Python and of libraries, beside a run of all examples.
hypothesis.settings.register_profile("shellflow", deadline=None, derandomize=True)
hypothesis.settings.register_profile("brief", hypothesis.settings.get_profile("shellflow"), max_examples=10)
hypothesis.settings.load_profile("shellflow")

_LINES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_LINES] = []


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Print a line, such as a measured ratio, under "measured" when the run ends, whether or not the test passes."""
    return request.config.stash[_LINES].append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if lines := config.stash[_LINES]:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)
