import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "servers"), str(HERE.parents[1] / "integration")]

from log_fixtures import logs, no_secret_in_any_output  # noqa: E402, F401: fixtures
from processes import Sandbox, Server  # noqa: E402: found through the line above

said = []  # lines for the end of the run


@pytest.fixture(scope="session")
def report():
    return said.append


@pytest.fixture(scope="session")
def sandbox(logs):
    sandbox = Sandbox(logs)
    yield sandbox
    sandbox.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("data"), logs, MIM_ACCESS_TOKEN_SECONDS=3600, MIM_TARGET_DEADLINE_SECONDS=3)
    yield server
    assert server.stop() == 0, server.log()[-2000:]


def pytest_terminal_summary(terminalreporter):
    for line in said:
        terminalreporter.write_line(f"NOTE: {line}")
