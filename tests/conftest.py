"""The suite as a whole: what stays together on two cores, what is made once, and what is told at the end."""

from __future__ import annotations

import gc
import os
import re
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

from aics.language.spoken import _Process, speak
from autograder.course import labs
from autograder.grading.pool import cores
from tests.once import Once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LAB = re.compile("|".join(sorted((lab.name for lab in labs()), key=len, reverse=True)))
#: Some tests of these name a lab, but all share one thing: they would only wait for it in another process, or find it
#: changed by the module's last tests.
WHOLE = frozenset({"tests/grading/test_key.py", "tests/instructor/test_formgrader.py"})
REMARKS = pytest.StashKey[list[str]]()


class TogetherByModuleAndLab(LoadScopeScheduling):
    """A module's tests of one lab run in one process: fixtures of a module are made once for each lab."""

    def _split_scope(self, nodeid: str) -> str:
        module, _, test = nodeid.partition("::")
        lab = None if module in WHOLE else LAB.search(test)
        return f"{module} {lab[0]}" if lab else module


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect no garbage meanwhile, nor look through what was collected ever after: modules and tests stay."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    return TogetherByModuleAndLab(config, log)


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are cores, and one: a third of its time a test waits for a sandbox or a server."""
    return cores() + cores() // 2 + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs PyTorch. What takes long begins first, so that at the end no core waits for the other."""
    for item in items:
        if "torch" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.torch)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "what a timed test finds is told below the results and fails nothing, as in `make test`"
    parser.addoption("--clock-remarks", action="store_true", help=told)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a remark of a timed test's assertion that does not hold; any other error of it is one all the same."""
    report = yield
    asserted = call.excinfo is not None and call.excinfo.errisinstance(AssertionError)
    if asserted and item.get_closest_marker("timed") and item.config.getoption("clock_remarks"):
        item.config.stash[REMARKS].append(f"{item.nodeid}: {call.excinfo.exconly()}")
        report.outcome, report.wasxfail = "skipped", "the clock decides nothing here"
    return report


def pytest_configure(config: pytest.Config) -> None:
    config.stash[REMARKS] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what tests remarked: readings of this machine that decide nothing."""
    for remark in config.stash[REMARKS]:
        terminalreporter.write_line(f"REMARK {remark}")


@pytest.fixture(scope="session")
def remark(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Return ``remark(text)``: a line below the results, for what the clock of this machine decides."""
    return pytestconfig.stash[REMARKS].append


@pytest.fixture(scope="session")
def torch() -> ModuleType:
    """PyTorch, a second opinion where it is installed."""
    return pytest.importorskip("torch", reason="PyTorch is not installed; it is a second opinion")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Return ``once(name, make)``: a folder filled once in this run, for the tests of all processes."""
    own = tmp_path_factory.getbasetemp()
    shared, made = own if worker_id == "master" else own.parent, os.environ.get("AICS_TESTS_MADE")
    return Once(Path(shared), Path(made) if made else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process, in whichever folder they stand."""
    from playwright.sync_api import sync_playwright

    from tests.browser.servers import chromium

    with sync_playwright() as started:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        with started.chromium.launch(executable_path=chromium(), args=flags) as opened:
            yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that reaches this machine only; what it asks of others is refused."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(60_000)
    context.route(lambda url: not url.startswith(("http://127.0.0.1", "file:", "data:")), lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True, scope="module")
def no_demo_works_on(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a demo does in a thread has ended before another module's tests measure time."""
    before = set(threading.enumerate())
    yield
    if "demos" in request.path.parts:
        for thread in set(threading.enumerate()) - before:
            thread.join(20)


@pytest.fixture(scope="module", autouse=True)
def same_language() -> Iterator[None]:
    """A module of tests leaves its process the language that it found: notebooks in Chinese set it for good."""
    before = _Process.language
    yield
    speak(before)
